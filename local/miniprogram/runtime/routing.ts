import type { GeneralComponent } from 'glass-easel'
import type { Root } from 'glass-easel-miniprogram-adapter'
import type { PageConfig } from '../package'
import { type Bars, drawBars } from './bars'
import { device } from './device'
import { runFile } from './loader'
import { miniProgram } from './mini-program'
import { behaviorConstructor, type Caller, createRoot, elementOf } from './render'
import { entering, report } from './server-link'
import { loadSubpackage, preloadSubpackages } from './subpackages'

/** Source: https://developers.weixin.qq.com/miniprogram/dev/framework/app-service/page-life-cycle.html */
const deepest = 10

export interface OpenPage {
  readonly id: number
  readonly route: string
  readonly query: Readonly<Record<string, string>>
  readonly config: PageConfig
  readonly caller: Caller
  readonly root: Root
  readonly frame: HTMLElement
  /** What scrolls. */
  readonly scroller: HTMLElement
  readonly bars: Bars
  channel?: EventChannel
}

export type OpenedBy = 'appLaunch' | 'navigateTo' | 'redirectTo' | 'reLaunch' | 'switchTab' | 'navigateBack'

type Listener = (...given: unknown[]) => void
/** Source: https://developers.weixin.qq.com/miniprogram/dev/api/route/EventChannel.html */
export class EventChannel {
  private readonly listeners = new Map<string, Listener[]>()
  on(name: string, listener: Listener): void {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener])
  }
  once(name: string, listener: Listener): void {
    const once: Listener = (...given) => {
      this.off(name, once)
      listener(...given)
    }
    this.on(name, once)
  }
  off(name: string, listener?: Listener): void {
    this.listeners.set(
      name,
      listener ? (this.listeners.get(name) ?? []).filter((one) => one !== listener) : [],
    )
  }
  emit(name: string, ...given: unknown[]): void {
    for (const listener of this.listeners.get(name) ?? []) listener(...given)
  }
}

let stack: OpenPage[] = []
/** Pages behind tabs stay when they are left. */
const tabs = new Map<string, OpenPage>()
let ids = 0

export const pageStack = (): readonly OpenPage[] => stack
export const currentPage = (): OpenPage | undefined => stack[stack.length - 1]
/** A page by its id; also one behind a tab. */
export const pageById = (id: number): OpenPage | undefined =>
  [...stack, ...tabs.values()].find((page) => page.id === id)

export const isTab = (route: string): boolean =>
  (miniProgram().app.tabBar?.list ?? []).some(({ pagePath }) => pagePath === route)

/** Calls what a page defines for an event; a page that throws is named. */
export const callPage = (page: OpenPage, name: string, ...given: unknown[]): unknown => {
  const work = page.caller[name]
  if (typeof work !== 'function') return undefined
  entering(page.route, name)
  try {
    return work.apply(page.caller, given)
  } catch (error) {
    report({
      kind: 'error',
      code: 'PAGE_FAILED',
      reason: `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      page: page.route,
      file: `${page.route}.js`,
    })
    return undefined
  }
}

const show = (page: OpenPage): void => {
  for (const other of [...stack, ...tabs.values()]) other.frame.hidden = other !== page
  page.bars.draw()
  preloadSubpackages(page.route)
  callPage(page, 'onShow')
  ;(elementOf(page.caller) as GeneralComponent).triggerPageLifetime('show', [])
}

const hide = (page: OpenPage): void => {
  callPage(page, 'onHide')
  ;(elementOf(page.caller) as GeneralComponent).triggerPageLifetime('hide', [])
}

const unload = (page: OpenPage): void => {
  callPage(page, 'onUnload')
  page.root.release()
  page.frame.remove()
  page.bars.remove()
  for (const [route, tab] of tabs) if (tab === page) tabs.delete(route)
}

const watchScrolling = (page: OpenPage): void => {
  /** How long the page was when its end was reached; a longer one has another end. */
  let reachedAt: number | undefined
  page.scroller.addEventListener(
    'scroll',
    () => {
      const { scrollTop, scrollHeight, clientHeight } = page.scroller
      if (page.frame.hidden) return
      callPage(page, 'onPageScroll', { scrollTop })
      const distance =
        page.config.onReachBottomDistance ?? miniProgram().app.window?.onReachBottomDistance ?? 50
      const isNear = scrollHeight - clientHeight - scrollTop <= distance
      if (isNear && reachedAt !== scrollHeight) callPage(page, 'onReachBottom')
      reachedAt = isNear ? scrollHeight : undefined
    },
    { passive: true },
  )
}

/** Makes a page. One that cannot be made leaves nothing behind, and is named. */
const open = async (route: string, query: Readonly<Record<string, string>>): Promise<OpenPage> => {
  let undo = () => {}
  try {
    return await make(route, query, (given) => {
      undo = given
    })
  } catch (error) {
    undo()
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
    report({ kind: 'error', code: 'PAGE_NOT_OPENED', reason, page: route, file: `${route}.js` })
    throw error
  }
}

const make = async (
  route: string,
  query: Readonly<Record<string, string>>,
  begun: (undo: () => void) => void,
): Promise<OpenPage> => {
  await loadSubpackage(route)
  const config = { ...miniProgram().app.window, ...miniProgram().pages[route] }
  const frame = document.createElement('div')
  frame.className = 'wx-page-frame'
  frame.dataset.route = route
  const scroller = document.createElement('div')
  scroller.className = 'wx-page-scroller'
  if (config.disableScroll) scroller.style.overflow = 'hidden'
  const placeholder = document.createElement('div')
  scroller.append(placeholder)
  frame.append(scroller)
  document.querySelector('.wx-pages')?.append(frame)
  const bars = drawBars(route, config as PageConfig, frame, scroller, () => currentPage()?.route === route)
  bars.draw()
  begun(() => {
    frame.remove()
    bars.remove()
  })

  const root = createRoot(route)
  const caller = root.get() as unknown as Caller
  ids += 1
  const page: OpenPage = {
    id: ids,
    route,
    query,
    config: config as PageConfig,
    caller,
    root,
    frame,
    scroller,
    bars,
  }
  Object.assign(caller, {
    route,
    __route__: route,
    options: query,
    __wxWebviewId__: page.id,
    getPageId: () => `pageId:${page.id}`,
    getOpenerEventChannel: () => page.channel ?? new EventChannel(),
    getTabBar: () => bars.tabBar(),
  })
  root.attach(scroller as never, placeholder as never)
  watchScrolling(page)
  return page
}

/** Lets the page load and, when it is drawn, be ready. */
const begin = (page: OpenPage): void => {
  callPage(page, 'onLoad', { ...page.query })
  show(page)
  requestAnimationFrame(() => requestAnimationFrame(() => callPage(page, 'onReady')))
}

const parse = (url: string): { readonly route: string; readonly query: Record<string, string> } => {
  const [path = '', search = ''] = url.split('?')
  const from = currentPage()?.route.split('/').slice(0, -1) ?? []
  const parts = path.startsWith('/') ? [] : from
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  const query: Record<string, string> = {}
  for (const pair of search.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = at < 0 ? pair : pair.slice(0, at)
    // WeChat hands on what stands there, as it stands there.
    query[name] = at < 0 ? '' : pair.slice(at + 1)
  }
  return { route: parts.join('/'), query }
}

type Move = (url: string) => Promise<EventChannel | undefined>

const known = (name: OpenedBy, url: string) => {
  const target = parse(url)
  if (!(target.route in miniProgram().pages))
    throw new Error(`${name}:fail page "${target.route}" is not found`)
  return target
}

/** One route at a time, as in WeChat: a second one waits. */
let last: Promise<unknown> = Promise.resolve()
const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const next = last.then(work, work)
  last = next.catch(() => undefined)
  return next
}

export const navigateTo: Move = async (url) => {
  const { route, query } = known('navigateTo', url)
  return inTurn(async () => {
    if (isTab(route)) throw new Error('navigateTo:fail can not navigateTo a tabbar page')
    if (stack.length >= deepest) {
      const reason = `page depth ${deepest} is reached: navigateTo ${route} would be refused`
      report({ kind: 'refused', code: 'PAGE_DEPTH', reason, page: currentPage()?.route ?? route })
      throw new Error(`navigateTo:fail webview count limit exceed`)
    }
    const from = currentPage()
    const page = await open(route, query)
    const channel = new EventChannel()
    page.channel = channel
    if (from) hide(from)
    stack = [...stack, page]
    begin(page)
    return channel
  })
}

export const redirectTo: Move = async (url) => {
  const { route, query } = known('redirectTo', url)
  return inTurn(async () => {
    if (isTab(route)) throw new Error('redirectTo:fail can not redirectTo a tabbar page')
    const page = await open(route, query)
    const from = currentPage()
    if (from) unload(from)
    stack = [...stack.slice(0, -1), page]
    begin(page)
    return undefined
  })
}

export const reLaunch: Move = async (url) => {
  const { route, query } = known('reLaunch', url)
  return inTurn(async () => {
    const page = await open(route, query)
    for (const other of new Set([...stack].reverse().concat([...tabs.values()]))) unload(other)
    stack = [page]
    if (isTab(route)) tabs.set(route, page)
    begin(page)
    return undefined
  })
}

export const switchTab: Move = async (url) => {
  const { route, query } = known('switchTab', url)
  return inTurn(async () => {
    if (!isTab(route)) throw new Error('switchTab:fail can not switch to no-tabBar page')
    if (Object.keys(query).length > 0) throw new Error('switchTab:fail url query is not allowed')
    const from = currentPage()
    if (from?.route === route) return undefined
    const kept = tabs.get(route)
    const page = kept ?? (await open(route, {}))
    for (const other of [...stack].reverse()) {
      if (isTab(other.route)) {
        if (other === from) hide(other)
      } else unload(other)
    }
    tabs.set(route, page)
    stack = [page]
    if (kept) show(page)
    else begin(page)
    return undefined
  })
}

export const navigateBack = (delta: number): Promise<void> =>
  inTurn(async () => {
    if (stack.length <= 1) throw new Error('navigateBack:fail cannot navigate back at first page')
    const stays = Math.max(1, stack.length - Math.max(1, delta))
    for (const page of stack.slice(stays).reverse()) unload(page)
    stack = stack.slice(0, stays)
    const page = currentPage()
    if (page) show(page)
  })

interface AppDefinition extends Record<string, unknown> {
  readonly onLaunch?: (options: object) => void
}

let app: AppDefinition | undefined
let tellListeners: (name: string, given: unknown) => void = () => {}

/** Those who listen to the app by `wx.onX` hear what the app itself is told. */
export const provideAppListeners = (given: typeof tellListeners): void => {
  tellListeners = given
}

export const theApp = (): AppDefinition | undefined => app

export const callApp = (name: string, given: unknown): void => {
  const work = app?.[name]
  if (typeof work === 'function') {
    entering('app', name)
    try {
      work.call(app, given)
    } catch (error) {
      const reason = `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
      report({ kind: 'error', code: 'APP_FAILED', reason, file: 'app.js' })
    }
  }
  tellListeners(name, given)
}

export const launchOptions = (): {
  path: string
  query: Record<string, string>
  scene: number
  referrerInfo: object
} => {
  const first = new URLSearchParams(location.search)
  const { app: config } = miniProgram()
  const { route, query } = parse(`/${first.get('page') ?? config.entryPagePath ?? config.pages[0] ?? ''}`)
  return { path: route, query, scene: 1001, referrerInfo: {} }
}

/** Runs app.js and opens the first page. */
export const launch = async (): Promise<void> => {
  const define = (definition: AppDefinition) => {
    app = definition
  }
  runFile('app.js', { App: define, Behavior: behaviorConstructor() })
  const options = launchOptions()
  callApp('onLaunch', { ...options })
  callApp('onShow', { ...options })
  await inTurn(async () => {
    let { path, query } = options
    if (!(path in miniProgram().pages)) {
      const before = last
      callApp('onPageNotFound', { path, query, isEntryPage: true })
      await new Promise((resolve) => setTimeout(resolve))
      if (last !== before) return
      path = miniProgram().app.pages[0] ?? ''
      query = {}
    }
    const page = await open(path, query)
    stack = [page]
    if (isTab(path)) tabs.set(path, page)
    begin(page)
  })
  // The app may have sent the user elsewhere.
  await last
}

/** The app goes to the back or comes to the front. */
export const showApp = (isShown: boolean): void => {
  const page = currentPage()
  if (isShown) {
    callApp('onShow', launchOptions())
    if (page) callPage(page, 'onShow')
  } else {
    if (page) callPage(page, 'onHide')
    callApp('onHide', {})
  }
}

/** Asks the page for what it shares. */
export const share = (from: 'button' | 'menu', target?: unknown): void => {
  const page = currentPage()
  if (!page) return
  const shared = callPage(page, 'onShareAppMessage', { from, target, webViewUrl: undefined })
  document.dispatchEvent(new CustomEvent('wx-shared', { detail: { from, page: page.route, shared } }))
}

export const pageHeight = (): number =>
  currentPage()?.scroller.clientHeight ?? window.innerHeight - device().statusBarHeight

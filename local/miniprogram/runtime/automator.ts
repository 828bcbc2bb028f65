import type { GeneralComponent, ShadowRoot } from 'glass-easel'
import { webSelector } from '../selectors'
import type { Self } from './components/built-in'
import { slideTo, turn, typeInto } from './components/form'
import { swipeTo } from './components/scroll'
import { changeDevice } from './device'
import { fingerDown, fingerMove, fingerUp } from './gestures'
import { miniProgram } from './mini-program'
import { domOf, elementOf, type Node, setDataCount } from './render'
import { currentPage, type OpenPage, pageById, pageStack, showApp, theApp } from './routing'
import { emit, provide, type Request } from './server-link'
import { mock, original, wx } from './wx'

type Params = Readonly<Record<string, unknown>>

const ids = new WeakMap<Node, string>()
const nodes = new Map<string, WeakRef<Node>>()

const idOf = (node: Node): string => {
  const known = ids.get(node)
  if (known) return known
  const id = `e${nodes.size + 1}`
  ids.set(node, id)
  nodes.set(id, new WeakRef(node))
  return id
}

const tagOf = (node: Node): string => domOf(node)?.tagName.toLowerCase().replace(/^wx-/, '') ?? ''

const isCustom = (node: Node): boolean =>
  node.is in miniProgram().components || node.is in miniProgram().pages

const told = (node: Node) => ({
  elementId: idOf(node),
  tagName: tagOf(node),
  ...(isCustom(node) ? { nodeId: idOf(node) } : {}),
})

const pageOf = ({ pageId }: Params): OpenPage => {
  const page = pageById(Number(pageId))
  if (!page) throw new Error(`no such page: ${String(pageId)}`)
  return page
}

const nodeOf = ({ elementId }: Params): Node => {
  const node = nodes.get(String(elementId))?.deref()
  const dom = node && domOf(node)
  if (!node || !dom?.isConnected) throw new Error('no such element: it is not on the page any more')
  return node
}

const shownNode = (dom: Element): Node | undefined => (dom as unknown as { __wxElement?: Node }).__wxElement

/** Inside one page or component only, as in DevTools: what a component shows is asked of the component. */
const search = (from: Node, selector: string): readonly Node[] => {
  const shadow: ShadowRoot | null = isCustom(from)
    ? (from as GeneralComponent).getShadowRoot()
    : (from.ownerShadowRoot ?? null)
  const owner = shadow?.getHostNode().is ?? ''
  const prefix = miniProgram().prefixes[owner]
  const { styleIsolation } = miniProgram().components[owner] ?? {}
  const isPrefixed = prefix !== undefined && styleIsolation !== 'shared'
  const dom = domOf(from)
  if (!dom) return []
  return [...dom.querySelectorAll(webSelector(selector, isPrefixed ? prefix : ''))].flatMap((found) => {
    const node = shownNode(found)
    return node && node.ownerShadowRoot === shadow ? [node] : []
  })
}

const first = (from: Node, selector: unknown): object => {
  const [node] = search(from, String(selector))
  if (!node) throw new Error(`no such element: ${String(selector)}`)
  return told(node)
}

/** Names of elements in a path, as the browser has them. */
const webPath = (path: string): string =>
  path.replace(/(^|[/:([|]\s*)(?!text\(\)|node\(\))([a-z][\w-]*)(?=\s*(?:$|[/[)|]))/g, '$1wx-$2')

const searchPath = (from: Node, path: unknown): readonly Node[] => {
  const dom = domOf(from)
  if (!dom) return []
  const written = webPath(String(path))
  const found = document.evaluate(
    written.startsWith('/') ? `.${written.startsWith('//') ? '' : '/'}${written}` : written,
    dom,
    null,
    XPathResult.ORDERED_NODE_SNAPSHOT_TYPE,
  )
  return Array.from({ length: found.snapshotLength }, (_, at) => found.snapshotItem(at)).flatMap((one) => {
    const node = one instanceof Element ? shownNode(one) : undefined
    return node ? [node] : []
  })
}

const names = ({ names: given }: Params): readonly string[] => given as readonly string[]

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const propertyOf = (node: Node, name: string): unknown => {
  const { data } = node as { data?: Record<string, unknown> }
  if (name === '__propPublic')
    return Object.fromEntries([
      ...Object.keys(data ?? {}).map((key) => [key, true]),
      ...(domOf(node)?.getAttributeNames() ?? []).map((key) => [key, true]),
    ])
  return data?.[camel(name)] ?? domOf(node)?.getAttribute(name) ?? undefined
}

const attributeOf = (node: Node, name: string): unknown => {
  if (name === 'class') return domOf(node)?.className ?? ''
  if (name === 'id') return node.id
  if (name.startsWith('data-')) return node.dataset[camel(name.slice('data-'.length))] ?? ''
  return propertyOf(node, name) ?? ''
}

const wxmlOf = (node: Node, type: unknown): string => {
  const dom = domOf(node)
  const html = type === 'outer' ? dom?.outerHTML : dom?.innerHTML
  return (html ?? '').replace(/(<\/?)wx-/g, '$1')
}

/** The middle of an element as a finger would find it. Refuses an element that is covered or has no size. */
const reach = async (
  node: Node,
): Promise<{ readonly dom: Element; readonly x: number; readonly y: number }> => {
  const dom = domOf(node)
  if (!dom) throw new Error('the element is not shown')
  const middle = () => {
    const rect = dom.getBoundingClientRect()
    return { rect, x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 }
  }
  // A place is a place when it stays.
  const settled = async () => {
    let at = middle()
    for (let tries = 0; tries < 30; tries += 1) {
      await new Promise(requestAnimationFrame)
      const next = middle()
      if (next.x === at.x && next.y === at.y) return next
      at = next
    }
    return at
  }
  const hitAt = ({ x, y }: { readonly x: number; readonly y: number }) => document.elementFromPoint(x, y)
  const isHit = (hit: Element | null) => hit !== null && (dom.contains(hit) || hit.contains(dom))
  let at = await settled()
  if (at.rect.width === 0 || at.rect.height === 0) throw new Error(`<${tagOf(node)}> has no size`)
  if (!isHit(hitAt(at))) {
    dom.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
    at = await settled()
  }
  const hit = hitAt(at)
  if (!hit || !isHit(hit))
    throw new Error(
      `<${tagOf(node)}> cannot be tapped: <${hit?.tagName.toLowerCase() ?? 'nothing'} class="${hit?.className ?? ''}"> lies over it`,
    )
  return { dom: dom.contains(hit) ? hit : dom, x: at.x, y: at.y }
}

const finger = 1
const element: Readonly<Record<string, Request>> = {
  getElement: (params) => first(nodeOf(params), params.selector),
  getElements: (params) => ({ elements: search(nodeOf(params), String(params.selector)).map(told) }),
  tap: async (params) => {
    const { dom, x, y } = await reach(nodeOf(params))
    fingerDown(finger, x, y, dom)
    fingerUp(finger)
  },
  touchstart: async (params) => {
    const { dom, x, y } = await reach(nodeOf(params))
    fingerDown(finger, x, y, dom)
  },
  touchmove: (params) => {
    const [touch] = (params.touches ?? []) as readonly {
      pageX?: number
      pageY?: number
      clientX?: number
      clientY?: number
    }[]
    const frame = currentPage()?.frame.getBoundingClientRect()
    const x = (touch?.clientX ?? touch?.pageX ?? 0) + (frame?.left ?? 0)
    const y = (touch?.clientY ?? touch?.pageY ?? 0) + (frame?.top ?? 0)
    fingerMove(finger, x, y)
  },
  touchend: () => fingerUp(finger),
  triggerEvent: (params) => {
    ;(nodeOf(params) as GeneralComponent).triggerEvent(String(params.type), (params.detail ?? {}) as never, {
      bubbles: false,
    })
  },
  getDOMProperties: (params) => ({
    properties: names(params).map(
      (name) => (domOf(nodeOf(params)) as unknown as Record<string, unknown>)[name],
    ),
  }),
  getAttributes: (params) => ({ attributes: names(params).map((name) => attributeOf(nodeOf(params), name)) }),
  getProperties: (params) => ({ properties: names(params).map((name) => propertyOf(nodeOf(params), name)) }),
  getStyles: (params) => {
    const style = getComputedStyle(domOf(nodeOf(params)) as HTMLElement)
    return { styles: names(params).map((name) => style.getPropertyValue(name)) }
  },
  getOffset: (params) => {
    const dom = domOf(nodeOf(params))
    const scroller = dom?.closest('.wx-page-scroller')
    const [rect, origin] = [dom?.getBoundingClientRect(), scroller?.getBoundingClientRect()]
    return {
      left: (rect?.left ?? 0) - (origin?.left ?? 0),
      top: (rect?.top ?? 0) - (origin?.top ?? 0) + (scroller?.scrollTop ?? 0),
    }
  },
  getWXML: (params) => ({ wxml: wxmlOf(nodeOf(params), params.type) }),
  getData: (params) => ({ data: pick((nodeOf(params) as GeneralComponent).data, params.path) }),
  setData: (params) => {
    ;(nodeOf(params) as GeneralComponent).setData(params.data as never)
  },
  callMethod: async (params) => {
    const caller = (nodeOf(params) as GeneralComponent).getMethodCaller() as unknown as Record<
      string,
      unknown
    >
    return { result: await callOf(caller, String(params.method), params.args) }
  },
  callFunction: (params) => {
    const node = nodeOf(params) as Self
    const [one, other] = (params.args ?? []) as readonly never[]
    const dom = domOf(node) as HTMLElement
    const functions: Readonly<Record<string, () => unknown>> = {
      'input.input': () => typeInto(node, String(one)),
      'textarea.input': () => typeInto(node, String(one)),
      'switch.tap': () => turn(node),
      'slider.slideTo': () => slideTo(node, Number(one)),
      'swiper.swipeTo': () => swipeTo(node, Number(one), 'touch'),
      'scroll-view.scrollTo': () => dom.scrollTo({ left: one, top: other, behavior: 'instant' }),
      'scroll-view.scrollTop': () => dom.scrollTop,
      'scroll-view.scrollLeft': () => dom.scrollLeft,
      'scroll-view.scrollWidth': () => dom.scrollWidth,
      'scroll-view.scrollHeight': () => dom.scrollHeight,
    }
    const work = functions[String(params.functionName)]
    if (!work)
      throw new Error(`Element.callFunction ${String(params.functionName)} is not provided by this host`)
    return { result: work() }
  },
}

const pick = (value: unknown, path: unknown): unknown => {
  if (path === undefined) return value
  return String(path)
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .reduce<unknown>((inside, part) => (inside as Record<string, unknown> | undefined)?.[part], value)
}

const callOf = (owner: Record<string, unknown>, name: string, args: unknown): unknown => {
  const work = owner[name]
  if (typeof work !== 'function') throw new Error(`there is no method ${name}`)
  return work.apply(owner, (args ?? []) as unknown[])
}

const rootOf = (params: Params): Node => elementOf(pageOf(params).caller)

const page: Readonly<Record<string, Request>> = {
  getElement: (params) => first(rootOf(params), params.selector),
  getElements: (params) => ({ elements: search(rootOf(params), String(params.selector)).map(told) }),
  getElementByXpath: (params) => {
    const [node] = searchPath(rootOf(params), params.selector)
    if (!node) throw new Error(`no such element: ${String(params.selector)}`)
    return told(node)
  },
  getElementsByXpath: (params) => ({ elements: searchPath(rootOf(params), params.selector).map(told) }),
  getData: (params) => ({ data: pick(pageOf(params).caller.data, params.path) }),
  setData: (params) =>
    new Promise<void>((resolve) => pageOf(params).caller.setData(params.data as never, resolve)),
  callMethod: async (params) => ({
    result: await callOf(pageOf(params).caller, String(params.method), params.args),
  }),
  getWindowProperties: (params) => {
    const { scroller } = pageOf(params)
    const known: Readonly<Record<string, unknown>> = {
      'document.documentElement.scrollWidth': scroller.scrollWidth,
      'document.documentElement.scrollHeight': scroller.scrollHeight,
      'document.documentElement.scrollTop': scroller.scrollTop,
      'document.body.scrollTop': 0,
    }
    return { properties: names(params).map((name) => known[name]) }
  },
}

const bindings: Record<string, (...args: unknown[]) => void> = {}
const logic = (): Readonly<Record<string, unknown>> => ({
  wx,
  getApp: theApp,
  getCurrentPages: () => pageStack().map(({ caller }) => caller),
  ...bindings,
})

/** A function from a test, run where the mini-program's logic runs. */
const functionOf = (declaration: unknown): ((...args: unknown[]) => unknown) => {
  const globals = logic()
  return new Function(...Object.keys(globals), `return (${String(declaration)})`)(...Object.values(globals))
}

const answerAs = (method: string, given: unknown[], value: unknown): unknown => {
  const [options] = given as [
    { success?: (v: unknown) => void; fail?: (v: unknown) => void; complete?: (v: unknown) => void }?,
  ]
  if (method.endsWith('Sync')) return value
  const isFailure = /:fail/.test(String((value as { errMsg?: unknown } | undefined)?.errMsg))
  const hear = isFailure ? options?.fail : options?.success
  if (!options?.success && !options?.fail && !options?.complete)
    return isFailure ? Promise.reject(value) : Promise.resolve(value)
  queueMicrotask(() => {
    hear?.(value)
    options.complete?.(value)
  })
  return undefined
}

const toldPage = (open: OpenPage) => ({ pageId: open.id, path: open.route, query: open.query })

const app: Readonly<Record<string, Request>> = {
  getPageStack: () => ({ pageStack: pageStack().map(toldPage) }),
  getCurrentPage: () => {
    const open = currentPage()
    if (!open) throw new Error('no page is open')
    return toldPage(open)
  },
  callWxMethod: async (params) => {
    const method = String(params.method)
    if (typeof wx[method] !== 'function') throw new Error(`wx.${method} is not provided by this host`)
    try {
      return { result: await callOf(wx, method, params.args) }
    } catch (error) {
      throw new Error((error as { errMsg?: string }).errMsg ?? String(error))
    }
  },
  callFunction: async (params) => ({
    result: await functionOf(params.functionDeclaration)(...((params.args ?? []) as unknown[])),
  }),
  mockWxMethod: (params) => {
    const method = String(params.method)
    if (params.functionDeclaration !== undefined) {
      const work = functionOf(params.functionDeclaration)
      const more = (params.args ?? []) as unknown[]
      mock(method, (...given: unknown[]) => {
        const value = work.apply({ origin: original(method) }, [...given, ...more])
        if (method.endsWith('Sync')) return value
        return value instanceof Promise
          ? value.then((settled: unknown) => answerAs(method, given, settled))
          : answerAs(method, given, value)
      })
    } else if ('result' in params)
      mock(method, (...given: unknown[]) => answerAs(method, given, params.result))
    else mock(method, undefined)
  },
  addBinding: ({ name }) => {
    bindings[String(name)] = (...args: unknown[]) => emit('App.bindingCalled', { name, args })
  },
  enableLog: () => {
    const { console: log } = globalThis
    for (const type of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      const write = log[type].bind(log)
      log[type] = (...args: unknown[]) => {
        write(...args)
        emit('App.logAdded', { type, args: args.map(String) })
      }
    }
  },
  exit: () => {},
}

const host: Readonly<Record<string, Request>> = {
  setDevice: (params) => changeDevice(params),
  showApp: ({ isShown }) => showApp(Boolean(isShown)),
  measure: () => {
    const counted = { ...setDataCount }
    Object.assign(setDataCount, { calls: 0, bytes: 0, largest: 0 })
    return counted
  },
}

const named = (prefix: string, requests: Readonly<Record<string, Request>>) =>
  Object.fromEntries(Object.entries(requests).map(([name, request]) => [`${prefix}.${name}`, request]))

/** The automator's protocol, as far as it concerns the page. */
export const openAutomator = (): void =>
  provide({
    ...named('App', app),
    ...named('Page', page),
    ...named('Element', element),
    ...named('Host', host),
  })

import * as glassEasel from 'glass-easel'
import { type CodeSpace, component, MiniProgramEnv, type Root } from 'glass-easel-miniprogram-adapter'
import { webLengths } from '../lengths'
import { animateFrames, clearAnimations, type Exported, playAnimation } from './animation'
import { defineBuiltIns } from './components'
import { runFile } from './loader'
import { miniProgram, reportOnce } from './mini-program'
import { entering, report } from './server-link'

export type Caller = component.Component<
  Record<string, unknown>,
  Record<string, never>,
  Record<string, (...given: unknown[]) => unknown>,
  unknown
> &
  Record<string, unknown>
export type Node = glassEasel.Element & { readonly is: string }

const mostSetDataBytes = 1024 * 1024
/** What went through setData, for measuring. */
export const setDataCount = { calls: 0, bytes: 0, largest: 0 }

export const elementOf = (caller: unknown): Node => ((caller as { _$?: Node })._$ ?? caller) as Node

/** The element of the browser that shows a node. */
export const domOf = (node: Node): HTMLElement | undefined =>
  (node.getBackendElement() as unknown as HTMLElement | null) ?? undefined

const describe = (caller: unknown): object => {
  const node = elementOf(caller)
  const dom = domOf(node)
  return {
    id: node.id,
    dataset: { ...node.dataset },
    offsetLeft: dom?.offsetLeft ?? 0,
    offsetTop: dom?.offsetTop ?? 0,
  }
}

const pageOf = (caller: unknown): string => {
  let node: glassEasel.GeneralComponent | undefined = elementOf(
    caller,
  ) as unknown as glassEasel.GeneralComponent
  for (;;) {
    const above: glassEasel.GeneralComponent | undefined = node?.ownerShadowRoot?.getHostNode()
    if (!above) return node?.is ?? ''
    node = above
  }
}

/** Functions stay where the logic is: they are in `this.data` and never in the view. */
const keepFunctions = (from: object, to: Record<string, unknown>): void => {
  for (const [name, value] of Object.entries(from)) {
    const copy = to[name]
    if (typeof value === 'function') to[name] = value
    else if (typeof value === 'object' && value !== null && typeof copy === 'object' && copy !== null)
      keepFunctions(value, copy as Record<string, unknown>)
  }
}

/** Data as it arrives on the other side: WeChat carries JSON between logic and view. */
const carried = (values: unknown, caller: unknown): Record<string, unknown> => {
  const page = pageOf(caller)
  const refuse = (code: string, reason: string): Error => {
    report({ kind: 'refused', code, reason, page, file: `${elementOf(caller).is}.js` })
    return new Error(`${code}: ${reason}`)
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw refuse('SET_DATA_NO_OBJECT', 'setData needs an object')
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) continue
    const reason = `Setting data field "${name}" to undefined is invalid.`
    reportOnce({ kind: 'warning', code: 'SET_DATA_UNDEFINED', reason, page })
  }
  let text: string
  try {
    text = JSON.stringify(values)
  } catch (error) {
    throw refuse('SET_DATA_NOT_SERIALISABLE', error instanceof Error ? error.message : String(error))
  }
  const bytes = new TextEncoder().encode(text).length
  setDataCount.calls += 1
  setDataCount.bytes += bytes
  setDataCount.largest = Math.max(setDataCount.largest, bytes)
  if (bytes > mostSetDataBytes)
    throw refuse('SET_DATA_TOO_LARGE', `one setData carries ${bytes} bytes, more than ${mostSetDataBytes}`)
  const copy = JSON.parse(text) as Record<string, unknown>
  keepFunctions(values, copy)
  return copy
}

const nativeSetData = component.ComponentCaller.prototype.setData
component.ComponentCaller.prototype.setData = function (values, callback) {
  nativeSetData.call(this, carried(values, this) as never, callback)
}

// Handlers get plain objects, as they do where logic and view are apart.
glassEasel.Event.prototype.wrapShadowedEvent = function (target, mark, currentTarget) {
  eventType = this.getEventName()
  const event = Object.create(this)
  event.target = describe(target)
  event.currentTarget = describe(currentTarget)
  event.mark = mark ?? {}
  nodesOfEvents.set(event, elementOf(currentTarget))
  return event
}
const nodesOfEvents = new WeakMap<object, Node>()
/** Who listens to an event that a handler was given. */
export const nodeOfEvent = (event: object): Node | undefined => nodesOfEvents.get(event)

const nativeStyle = glassEasel.Element.prototype.setNodeStyle
glassEasel.Element.prototype.setNodeStyle = function (style, segment) {
  nativeStyle.call(this, webLengths(style), segment)
}

const nativeAttribute = glassEasel.Element.prototype.setAttribute
glassEasel.Element.prototype.setAttribute = function (name, value) {
  const dom = name === 'animation' ? domOf(this as Node) : undefined
  if (dom) void playAnimation(dom, value as Exported)
  else nativeAttribute.call(this, name, value)
}

const found = (caller: unknown, selector: string): readonly HTMLElement[] =>
  (
    (elementOf(caller) as unknown as glassEasel.GeneralComponent)
      .getShadowRoot()
      ?.querySelectorAll(selector) ?? []
  )
    .map((node) => domOf(node as Node))
    .filter((dom) => dom !== undefined)

Object.assign(component.ComponentCaller.prototype, {
  animate(selector: string, frames: readonly Record<string, unknown>[], duration: number, done?: () => void) {
    void animateFrames(found(this, selector), frames, duration).then(() => done?.())
  },
  clearAnimation(selector: string, ...more: readonly unknown[]) {
    clearAnimations(found(this, selector))
    const done = more.find((one) => typeof one === 'function') as (() => void) | undefined
    done?.()
  },
})

/** Where the page of a node begins in the window; everything a page measures is measured from there. */
const frameOf = (node: Node): DOMRect | undefined =>
  domOf(node)?.closest('.wx-page-frame')?.getBoundingClientRect()

/** Where a node is, measured from the frame of its page. */
export const rectOf = (node: Node): Pick<DOMRect, 'left' | 'top' | 'width' | 'height'> => {
  const [rect, frame] = [domOf(node)?.getBoundingClientRect(), frameOf(node)]
  return {
    left: (rect?.left ?? 0) - (frame?.left ?? 0),
    top: (rect?.top ?? 0) - (frame?.top ?? 0),
    width: rect?.width ?? 0,
    height: rect?.height ?? 0,
  }
}

/** A handler that is named and not there does nothing; WeChat's console says so. */
let eventType = ''
const nativeMethod = glassEasel.Component.getMethod
glassEasel.Component.getMethod = ((host: glassEasel.GeneralComponent, name: string) => {
  const method = nativeMethod(host, name)
  if (typeof method !== 'function' && name !== '')
    reportOnce({
      kind: 'warning',
      code: 'HANDLER_MISSING',
      reason: `Component "${host.is}" does not have a method "${name}" to handle event "${eventType}".`,
      page: pageOf(host),
      file: `${host.is}.wxml`,
    })
  return method
}) as never

glassEasel.addGlobalErrorListener((error: unknown, where: unknown, related: unknown) => {
  const node = typeof related === 'object' && related !== null ? (related as Node) : undefined
  report({
    // A name of a method that is not there is nothing to WeChat.
    kind: /^Cannot find method/.test(error instanceof Error ? error.message : '') ? 'warning' : 'error',
    code: 'HANDLER_FAILED',
    reason: `${error instanceof Error ? (error.stack ?? error.message) : String(error)} (${String(where)})`,
    ...(node ? { page: pageOf(node), file: `${node.is}.js` } : {}),
  })
  return false
})
const isBuiltIn = (node: unknown): boolean =>
  String((node as { is?: unknown } | undefined)?.is ?? node).startsWith('wx:')

glassEasel.addGlobalWarningListener((message: string, related: unknown, element: unknown) => {
  // WeChat's own components take whatever they are given. Of wrong types it is not said whose they are.
  // A relation to a component that nobody uses is none; what a component does not ask for it does not hear.
  if (
    isBuiltIn(related) ||
    isBuiltIn(element) ||
    /received type-incompatible value|^the target of relation|is not a valid property$/.test(message)
  )
    return false
  const node = typeof related === 'object' && related !== null ? (related as Node) : undefined
  reportOnce({ kind: 'warning', code: 'VIEW', reason: message, ...(node ? { page: pageOf(node) } : {}) })
  return false
})

glassEasel.globalOptions.writeIdToDOM = true
// A property may be called like something that a node has, `data` or `shadowRoot`: programs reach them by `this.data`.
glassEasel.globalOptions.writeFieldsToNode = false
// A handler may be given to `this` while the page runs.
glassEasel.globalOptions.useMethodCallerListeners = true

/** Tags of WeChat are no elements of a browser, whatever they are called. */
const webDocument = new Proxy(document, {
  get: (target, name) => {
    if (name === 'createElement')
      return (tag: string) => target.createElement(tag.startsWith('wx-') ? tag : `wx-${tag}`)
    const value = Reflect.get(target, name) as unknown
    return typeof value === 'function' ? value.bind(target) : value
  },
})

class Backend extends glassEasel.CurrentWindowBackendContext {
  override document = webDocument as never
  // Gestures come from `gestures.ts`: WeChat's taps are not the browser's clicks.
  override onEvent(): void {}
  override setListenerStats(): void {}
}

const env = new MiniProgramEnv()
let space: CodeSpace | undefined
let backend: ReturnType<MiniProgramEnv['associateBackend']> | undefined

const codeSpace = (): CodeSpace => {
  if (!space) throw new Error('nothing is rendered before the mini-program is open')
  return space
}

type Definition = Record<string, unknown> & {
  options?: { styleIsolation?: string; addGlobalClass?: boolean }
  behaviors?: unknown
  externalClasses?: unknown
}

const shown = new Set<string>()
const showStyles = (name: string, isScoped: boolean): void => {
  const sheet = miniProgram().styles[name]
  if (!sheet || shown.has(name)) return
  shown.add(name)
  const element = document.createElement('style')
  const css = isScoped ? sheet.scoped : sheet.plain
  // Each page has a window of its own in WeChat: its styles reach no other page.
  element.textContent = name in miniProgram().pages ? `@scope ([data-route="${name}"]) {\n${css}\n}` : css
  element.dataset.of = name
  document.head.append(element)
}

/** What WeChat takes from a definition's options and this framework from the component's JSON only. */
const takeOptions = (name: string, definition: Definition): void => {
  const config = miniProgram().components[name] ?? miniProgram().pages[name]
  const { styleIsolation, addGlobalClass } = definition.options ?? {}
  if (config && (styleIsolation || addGlobalClass))
    codeSpace().addComponentStaticConfig(name, {
      ...config,
      styleIsolation: config.styleIsolation ?? (styleIsolation as never) ?? undefined,
      addGlobalClass: addGlobalClass as never,
    } as never)
  if (definition.behaviors !== undefined && !Array.isArray(definition.behaviors)) delete definition.behaviors
  // WeChat's own behaviors are names: `export` works without one, a form field has two properties more.
  const behaviors = (definition.behaviors ?? []) as readonly unknown[]
  if (behaviors.includes('wx://form-field'))
    definition.properties = { name: String, value: null, ...(definition.properties as object | undefined) }
  if (behaviors.some((one) => typeof one === 'string'))
    definition.behaviors = behaviors.filter((one) => typeof one !== 'string')
  if (definition.externalClasses !== undefined && !Array.isArray(definition.externalClasses))
    delete definition.externalClasses
}

/** Components keep their styles to themselves unless they say that they share them. */
const isScoped = (name: string): boolean => {
  const config = codeSpace().getComponentStaticConfig(name) as {
    component?: boolean
    styleIsolation?: string
  }
  return config?.component === true && !/^(page-)?shared$/.test(config.styleIsolation ?? 'isolated')
}

const watched = (name: string, handler: string, work: (...given: unknown[]) => unknown) =>
  function (this: unknown, ...given: unknown[]): unknown {
    entering(name, handler)
    return work.apply(this, given)
  }

const watchAll = (name: string, functions: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(functions).map(([key, value]) => [
      key,
      typeof value === 'function' ? watched(name, key, value as never) : value,
    ]),
  )

const registered = new Set<string>()

/** What a component is related to is known before the component is made, whichever page shows it first. */
const registerRelated = (name: string, { relations }: Definition): void => {
  for (const key of Object.keys((relations as object | undefined) ?? {})) {
    const path = key.startsWith('/') ? key : `/${name.split('/').slice(0, -1).join('/')}/${key}`
    const target = new URL(path, 'weapp://x').pathname.slice(1)
    if (target in miniProgram().components) related.add(target)
  }
}
const related = new Set<string>()

/** Runs the script of a page or a component, and before it those of the components that it uses. */
export const registerComponent = (name: string): void => {
  if (registered.has(name)) return
  registered.add(name)
  const { pages, components } = miniProgram()
  const config = pages[name] ?? components[name] ?? {}
  for (const used of Object.values(config.usingComponents ?? {})) registerComponent(used.slice(1))
  let isDefined = false
  codeSpace().componentEnv(name, ({ Page, Component, Behavior }) => {
    const define = (register: (definition: never) => unknown) => (given: Definition | undefined) => {
      isDefined = true
      if (given === undefined) return (register as () => unknown)()
      const definition: Definition = { ...given }
      takeOptions(name, definition)
      for (const part of ['methods', 'lifetimes', 'pageLifetimes', 'observers'] as const) {
        const functions = definition[part] as Record<string, unknown> | undefined
        if (functions) definition[part] = watchAll(name, functions)
      }
      registerRelated(name, definition)
      return register(definition as never)
    }
    const definePage = (given: Definition) => {
      takeOptions(name, given)
      isDefined = true
      return (Page as (definition: never) => unknown)(watchAll(name, given) as never)
    }
    const behavior = Object.assign(
      (given: Definition) => {
        registerRelated(name, given)
        return (Behavior as (definition: never) => unknown)(given as never)
      },
      { trait: Behavior.trait },
    )
    runFile(`${name}.js`, {
      Page: definePage,
      Component: define(Component as never),
      Behavior: behavior,
    })
  })
  if (!isDefined)
    report({
      kind: 'error',
      code: 'NOT_REGISTERED',
      reason: `${name} has not been registered: its script calls neither Page nor Component`,
      page: name,
      file: `${name}.js`,
    })
  if (!codeSpace().getComponentSpace().getComponentByUrlWithoutDefault(name, ''))
    codeSpace().componentEnv(name, ({ Component }) => (Component as (definition: object) => void)({}))
  showStyles(name, isScoped(name))
  for (const target of [...related]) registerComponent(target)
}

/** For app.js, which registers nothing and may make behaviors. */
export const behaviorConstructor = (): never =>
  codeSpace().componentEnv('app', ({ Behavior }) => Behavior as never)

/** Source: https://developers.weixin.qq.com/miniprogram/dev/reference/wxs/06datatype.html */
const wxsGlobals = {
  getRegExp: (pattern: string, flags?: string) => new RegExp(pattern, flags),
  getDate: (...given: []) => new Date(...given),
}

/** Makes everything ready to show pages. `given` are the names that compiled templates know. */
export const openRenderer = (given: Readonly<Record<string, unknown>>): void => {
  const { pages, components, templates, prefixes } = miniProgram()
  backend = env.associateBackend(new Backend())
  space = env.createCodeSpace('main', true)
  defineBuiltIns(space.getComponentSpace())

  const waiting: glassEasel.GeneralComponent[] = []
  space.setOverallBehavior(
    space.getComponentSpace().defineBehavior({
      lifetimes: {
        attached(this: Caller) {
          if (waiting.push(elementOf(this) as glassEasel.GeneralComponent) > 1) return
          requestAnimationFrame(() => {
            for (const node of waiting.splice(0)) node.triggerLifetime('ready', [])
          })
        },
      },
    }) as never,
  )
  const known = { ...wxsGlobals, ...given }
  const groupList = new Function(...Object.keys(known), `return ${templates}`)(
    ...Object.values(known),
  ) as Record<string, never>
  for (const [name, config] of [...Object.entries(components), ...Object.entries(pages)]) {
    space.addComponentStaticConfig(name, config as never)
    space.addStyleSheet(name, undefined, prefixes[name])
    if (groupList[name])
      space.addCompiledTemplate(name, {
        groupList,
        content: groupList[name],
        fallbackListenerOnNativeNode: true,
      } as never)
  }
  showStyles('app', false)
}

/** Makes a page's or a component's node and puts it in the place of `placeholder`. */
export const createRoot = (name: string): Root => {
  registerComponent(name)
  if (!backend) throw new Error('nothing is rendered before the mini-program is open')
  return backend.createRoot(name in miniProgram().pages ? 'page' : 'component', codeSpace(), name)
}

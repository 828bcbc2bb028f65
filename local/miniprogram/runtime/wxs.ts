import * as glassEasel from 'glass-easel'
import { domOf, type Node, nodeOfEvent, rectOf } from './render'

/** What a script of the view may do to an element. Source: https://developers.weixin.qq.com/miniprogram/dev/framework/view/interactive-animation.html */
type Descriptor = Readonly<Record<string, (...given: never[]) => unknown>>

/** Of a node's styles the segment that goes before the others: `StyleSegmentIndex.TEMP_EXTRA`. */
const temporary = 3

const descriptors = new WeakMap<Node, Descriptor>()

const hostOf = (node: Node): glassEasel.GeneralComponent =>
  (glassEasel.Component.isComponent(node) ? node : node.ownerShadowRoot?.getHostNode()) as never

const names = (given: string): readonly string[] => given.split(/\s+/).filter((name) => name !== '')

const written = (style: unknown): string =>
  typeof style === 'string'
    ? style
    : Object.entries((style ?? {}) as object)
        .map(([name, value]) => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${value}`)
        .join('; ')

const describe = (node: Node): Descriptor => {
  const known = descriptors.get(node)
  if (known) return known
  const state = {}
  const inside = () => hostOf(node).getShadowRoot()
  const descriptor: Descriptor = {
    selectComponent: (selector: string) => {
      const found = inside()?.querySelector(selector)
      return found ? describe(found as Node) : null
    },
    selectAllComponents: (selector: string) =>
      (inside()?.querySelectorAll(selector) ?? []).map((found) => describe(found as Node)),
    setStyle: (style: unknown) => {
      node.setNodeStyle(written(style), temporary)
      return descriptor
    },
    addClass: (given: string) => {
      for (const name of names(given)) node.classList?.toggle(name, true)
      return descriptor
    },
    removeClass: (given: string) => {
      for (const name of names(given)) node.classList?.toggle(name, false)
      return descriptor
    },
    hasClass: (given: string) => names(given).every((name) => node.classList?.contains(name)),
    getDataset: () => ({ ...node.dataset }),
    getState: () => state,
    callMethod: (name: string, given?: unknown) => {
      const host = hostOf(node)
      glassEasel.Component.getMethod(host, name)?.call(host.getMethodCaller(), given)
    },
    triggerEvent: (name: string, detail?: unknown) => {
      ;(node as unknown as glassEasel.GeneralComponent).triggerEvent(name, detail as never, {
        bubbles: false,
      })
    },
    getComputedStyle: (wanted: readonly string[]) => {
      const dom = domOf(node)
      const style = dom && getComputedStyle(dom)
      return Object.fromEntries(wanted.map((name) => [name, style?.[name as 'width'] ?? '']))
    },
    getBoundingClientRect: () => {
      const { left, top, width, height } = rectOf(node)
      return { left, top, width, height, right: left + width, bottom: top + height }
    },
    requestAnimationFrame: (work: () => void) => void requestAnimationFrame(() => work()),
    setTimeout: (work: () => void, ms: number) => setTimeout(work, ms) as unknown,
    clearTimeout: (id: number) => clearTimeout(id),
  }
  descriptors.set(node, descriptor)
  return descriptor
}

type Listener = (...given: unknown[]) => unknown

/** What compiled templates ask for by the names in `compile.ts`. */
export const viewScripts = {
  hearChange:
    (listener: unknown): Listener =>
    (value, before, owner, node) => {
      if (typeof listener !== 'function') return
      const hear = () => void listener(value, before, describe(owner as Node), describe(node as Node))
      // What is told while a page is made is heard when its elements are there.
      if (domOf(node as Node)?.isConnected) hear()
      else requestAnimationFrame(hear)
    },
  hearEvent: (caller: unknown, event: object, listener: Listener, script: unknown): unknown => {
    // Methods of the page and its components come without a script that they are in.
    const node = script ? nodeOfEvent(event) : undefined
    if (!node) return listener.call(caller, event)
    const owner = node.ownerShadowRoot?.getHostNode()
    return listener.call(
      undefined,
      Object.assign(event, { instance: describe(node) }),
      owner ? describe(owner as unknown as Node) : undefined,
    )
  },
}

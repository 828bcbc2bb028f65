import type * as glassEasel from 'glass-easel'

/** A definition as the framework takes it; `this` is a `Self`. */
export interface BuiltIn {
  readonly options?: object
  readonly properties?: Readonly<Record<string, unknown>>
  readonly observers?: Readonly<Record<string, (this: Self, ...values: never[]) => void>>
  readonly lifetimes?: Readonly<Record<string, (this: Self) => void>>
  readonly methods?: Readonly<Record<string, (this: Self, ...values: never[]) => unknown>>
  readonly behaviors?: readonly string[]
}

export type Self = glassEasel.GeneralComponent & {
  /** What a component keeps between its lifetimes. */
  kept: Record<string, unknown>
}

export const hostOf = (self: Self): HTMLElement => {
  const host = self.getBackendElement() as unknown as HTMLElement | null
  if (!host) throw new Error(`<${self.is}> is not shown`)
  return host
}

/** Tells the page of an event of a built-in component; such events do not bubble. */
export const tell = (self: Self, name: string, detail: unknown = {}): void => {
  self.triggerEvent(name, detail as never, { bubbles: false, composed: false })
}

/** Listens to taps on the component itself or on what is inside. */
export const onTap = (self: Self, work: (event: glassEasel.Event<unknown>) => void): void => {
  self.addListener('tap', (event) => {
    // Whoever heard the tap before may have taken it off the page.
    if (self.getBackendElement()) work(event as glassEasel.Event<unknown>)
  })
}

export const booleanProperty = (value = false) => ({ type: Boolean, value })
export const textProperty = (value = '') => ({ type: String, value })
export const numberProperty = (value = 0) => ({ type: Number, value })

/** The nearest built-in component around a node. */
export const around = (self: Self, name: string): Self | undefined => {
  let dom = hostOf(self).parentElement
  while (dom) {
    const node = (dom as unknown as { __wxElement?: Self }).__wxElement
    if (node?.is === `wx:${name}`) return node
    dom = dom.parentElement
  }
  return undefined
}

/** Built-in components inside a node, in the order of the page. */
export const inside = (dom: Element, names: readonly string[]): readonly Self[] =>
  [...dom.querySelectorAll(names.map((name) => `wx-${name}`).join(','))].flatMap((found) => {
    const node = (found as unknown as { __wxElement?: Self }).__wxElement
    return node ? [node] : []
  })

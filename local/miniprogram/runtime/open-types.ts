import type { Self } from './components/built-in'

/** Where a navigator leads. */
export interface Way {
  readonly url: string
  readonly openType: string
  readonly delta: number
}

type OpenTypes = Readonly<Record<string, (button: Self) => void>>

let types: OpenTypes = {}
let walk: (way: Way) => void = () => {}

/** What buttons and navigators reach for beyond their page. */
export const provideOpenTypes = (given: OpenTypes, navigate: (way: Way) => void): void => {
  types = given
  walk = navigate
}

export const openType = (name: string, button: Self): void => {
  const open = types[name]
  if (!open) throw new Error(`<button open-type="${name}"> is not provided by this host`)
  open(button)
}

export const follow = (way: Way): void => walk(way)

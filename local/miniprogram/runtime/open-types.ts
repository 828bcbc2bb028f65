import type { Self } from './components/built-in'
import { reportOnce } from './mini-program'

/** Those of WeChat that are not here. */
const refused = new Set(['launchApp', 'liveActivity', 'openPublicUsername'])

/** Where a navigator leads. */
export interface Way {
  readonly url: string
  readonly openType: string
  readonly delta: number
}

type OpenTypes = Readonly<Record<string, (button: Self) => void>>

let types: OpenTypes = {}
let walk: (way: Way) => Promise<unknown> = async () => {}

/** What buttons and navigators reach for beyond their page. */
export const provideOpenTypes = (given: OpenTypes, navigate: (way: Way) => Promise<unknown>): void => {
  types = given
  walk = navigate
}

export const openType = (name: string, button: Self): void => {
  const open = types[name]
  if (open) open(button)
  else if (refused.has(name)) throw new Error(`<button open-type="${name}"> is not provided by this host`)
  else
    reportOnce({ kind: 'warning', code: 'OPEN_TYPE', reason: `open-type="${name}" of a button is unknown` })
}

export const follow = (way: Way): Promise<unknown> => walk(way)

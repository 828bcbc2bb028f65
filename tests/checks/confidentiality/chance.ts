/** Numbers that look random and are the same for the same seed. */
export interface Chance {
  /** 0 … most - 1. */
  readonly below: (most: number) => number
  readonly of: <T>(options: readonly T[]) => T
  /** True so many times in a hundred. */
  readonly inHundred: (times: number) => boolean
  readonly uuid: (prefix?: string) => string
}

export const chanceOf = (seed: number): Chance => {
  let state = (seed * 2_654_435_761 + 1) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (most: number): number => Math.floor(next() * most)
  const hex = (length: number): string => Array.from({ length }, () => below(16).toString(16)).join('')
  return {
    below,
    of: <T>(options: readonly T[]): T => {
      if (options.length === 0) throw new Error('nothing to choose from')
      return options[below(options.length)] as T
    },
    inHundred: (times) => below(100) < times,
    uuid: (prefix = hex(8)) => `${prefix}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
  }
}

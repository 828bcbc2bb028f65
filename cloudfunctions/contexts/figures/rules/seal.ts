import type { Seal } from '../../red-face/rules/ledger'
import type { Month } from './month'

type Numbers = Readonly<Record<string, number | undefined>>

/** The month of a unit as it is sealed. */
export interface SealedSection {
  readonly id: string
  readonly own: Numbers
  readonly below: Numbers
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1

const canonical = (numbers: Numbers) =>
  Object.entries(numbers)
    .filter(([, count]) => count !== undefined && count !== 0)
    .sort(byName)

/**
 * Q6: seals the months of some units. The same figures give the same hash, in whatever order they come; a unit without
 * any is the same as none. Few small numbers could be guessed from their hash alone: the salt is told with them only.
 */
export const sealOf = (
  month: Month,
  salt: string,
  sections: readonly SealedSection[],
  sha256: (text: string) => string,
): Seal => {
  const said = sections
    .map(({ id, own, below }) => [id, canonical(own), canonical(below)] as const)
    .filter(([, own, below]) => own.length > 0 || below.length > 0)
    .sort(byName as (one: readonly [string, ...unknown[]], other: readonly [string, ...unknown[]]) => number)
  return { month, unitCount: said.length, hash: sha256(`${salt}${JSON.stringify(said)}`) }
}

import type { Change } from './change'
import type { Journalled } from './journalled'

/** What the clock owes a matter, at the instant at which it falls due. */
export interface Scheduled<Deed> {
  readonly at: number
  /** Set on deeds that leave no trace in the state: they are done once per mark. */
  readonly mark?: string
  readonly deed: Deed
}

/** How the time of one kind of matter passes. */
export interface Passing<T extends Journalled, C extends Change<T>, Deed> {
  /** Everything the clock would do if nobody else acted, earliest first; what bears a mark of the matter's is left out. */
  readonly scheduleOf: (matter: T) => readonly Scheduled<Deed>[]
  readonly begin: (matter: T, at: number) => C
  readonly carryOut: (change: C, deed: Deed) => void
  readonly finish: (change: C) => T
}

/** More deeds than any matter can owe at once: beyond it the schedule repeats itself, which is a bug. */
const mostDeedsAtOnce = 500

/**
 * Catches a matter up to `now`: every deed that has fallen due, in order, each dated when it fell due. Running it late,
 * twice or after a gap ends in the same matter. Returns the same object when nothing is due.
 */
export const catchUp = <T extends Journalled, C extends Change<T>, Deed>(
  matter: T,
  now: number,
  { scheduleOf, begin, carryOut, finish }: Passing<T, C, Deed>,
): T => {
  let current = matter
  for (let count = 0; count < mostDeedsAtOnce; count += 1) {
    const next = scheduleOf(current)[0]
    if (!next || next.at > now) return current
    const change = begin(current, Math.max(next.at, current.changedAt))
    const { draft } = change
    if (next.mark) draft.clockMarks = [...draft.clockMarks, next.mark]
    carryOut(change, next.deed)
    current = finish(change)
  }
  throw new Error(`${matter.id}: the clock does not come to an end`)
}

import type { UnitRef } from '../../organisation/rules/unit'
import { isFirstWordDueIn, type ReportStatus } from './lifecycle'

/** One unit's time with a report, from the hand-over to the next one. */
export interface Stint {
  readonly unit: UnitRef
  /** The unit had to say who answers; it did not answer itself. */
  readonly isSorting: boolean
  readonly from: number
  /** When it must have accepted (or sorted), counted anew for each (A1). */
  readonly acceptDueAt: number
  /** When it accepted, sorted, or proposed a decline. */
  readonly acceptedAt?: number
}

/** A time at which the problem's clock was held; open while it still is. */
export interface ClockHold {
  readonly from: number
  readonly to?: number
  /** The work alone waited: the first word to the resident did not. */
  readonly ofWork?: true
}

/** A unit's time with an earlier report of the same matter, on the clock of the one that goes on with it (K5). */
export type EarlierStint = Pick<Stint, 'unit' | 'from'>

/** The holds that the first word waited in, too: it never waits while a matter is suspended, or called done. */
export const holdsOfFirstWord = ({
  holds,
  status,
}: {
  readonly holds: readonly ClockHold[]
  readonly status: ReportStatus
}): readonly ClockHold[] =>
  holds.filter(({ to, ofWork }) => !(to === undefined ? isFirstWordDueIn(status) : ofWork))

/** Since when the clock of what is over stands; never held, since it was last changed. */
export const heldSince = ({
  holds,
  changedAt,
}: {
  readonly holds: readonly ClockHold[]
  readonly changedAt: number
}): number => holds[holds.length - 1]?.from ?? changedAt

/** Every unit's time with the matter, that with an earlier report of it first (A2, K5). */
export const allStints = ({
  earlierStints = [],
  stints,
}: {
  readonly earlierStints?: readonly EarlierStint[]
  readonly stints: readonly Stint[]
}): readonly EarlierStint[] => [...earlierStints, ...stints]

/** Had for one part in so many of the time allowed, what falls due after it was passed on stays with who had it (A2). */
export const staysAfterOneIn = 3

/** How much of the half-open span lies within holds, in milliseconds. */
const heldMs = (holds: readonly ClockHold[], from: number, to: number): number =>
  holds.reduce((sum, hold) => sum + Math.max(0, Math.min(hold.to ?? to, to) - Math.max(hold.from, from)), 0)

/** Milliseconds of the problem's own clock between two instants: what was held does not count (A2). */
export const runningMs = (holds: readonly ClockHold[], from: number, to: number): number =>
  Math.max(0, to - from - heldMs(holds, from, to))

/**
 * Whose a missed contact, plan or resolution is (A2): every unit that passed the report on after having had it
 * for a third of the time allowed, and the last if it had it for half; if that is nobody, the one that had it
 * longest, ties to the earlier. Time is the obligation's own clock, adds up over several stints, is the
 * sorter's while it is sorted and the branch's while a handler works.
 */
export const unitsThatMissed = (
  stints: readonly EarlierStint[],
  holds: readonly ClockHold[],
  startedAt: number,
  dueAt: number,
): readonly UnitRef[] => {
  const inTime = stints.filter((stint) => stint.from < dueAt)
  const [first] = stints
  const last = inTime[inTime.length - 1] ?? first
  if (!last) return []
  /** `passedOnMs`: what the unit had had when it last passed the report on. */
  const had = new Map<string, { readonly unit: UnitRef; readonly ms: number; readonly passedOnMs: number }>()
  inTime.forEach((stint, place) => {
    const next = inTime[place + 1]
    const from = Math.max(stint.from, startedAt)
    const to = Math.min(next?.from ?? dueAt, dueAt)
    const before = had.get(stint.unit.id)
    const ms = (before?.ms ?? 0) + runningMs(holds, from, Math.max(from, to))
    const isPassedOn = next !== undefined && next.unit.id !== stint.unit.id
    had.set(stint.unit.id, {
      unit: before?.unit ?? stint.unit,
      ms,
      passedOnMs: isPassedOn ? ms : (before?.passedOnMs ?? 0),
    })
  })
  const allowedMs = runningMs(holds, startedAt, dueAt)
  const shares = [...had.values()]
  // Getting it back for the last hour excuses nobody for having passed it on too late.
  const guilty = shares.filter(
    ({ unit, ms, passedOnMs }) =>
      (passedOnMs > 0 && passedOnMs * staysAfterOneIn >= allowedMs) ||
      (unit.id === last.unit.id && ms * 2 >= allowedMs),
  )
  if (guilty.length > 0) return guilty.map(({ unit }) => unit)
  const longest = shares.reduce<(typeof shares)[number] | undefined>(
    (best, one) => (best && best.ms >= one.ms ? best : one),
    undefined,
  )
  return [longest?.unit ?? last.unit]
}

/** Has the unit had the report for a third of the time allowed? Then what falls due later is also its own. */
export const hasHadAThird = (
  stints: readonly EarlierStint[],
  holds: readonly ClockHold[],
  unitId: string,
  startedAt: number,
  dueAt: number,
  now: number,
): boolean => {
  const ms = stints.reduce((sum, stint, place) => {
    if (stint.unit.id !== unitId) return sum
    const to = Math.min(stints[place + 1]?.from ?? now, now, dueAt)
    return sum + runningMs(holds, Math.max(stint.from, startedAt), Math.max(stint.from, startedAt, to))
  }, 0)
  return ms * staysAfterOneIn >= runningMs(holds, startedAt, dueAt)
}

import { dayMs } from '../../../ground/instant'
import { ok, type Refusal, type Result, refusal, refuse } from '../../../ground/result'
import { catchUp, type Scheduled } from '../../../journal/rules/catch-up'
import { begin, type Change, enqueue, finish, record } from '../../../journal/rules/change'
import type { CommandOrigin } from '../../../journal/rules/journalled'
import {
  type Doer,
  type Seat,
  type SeatDates,
  type SeatLine,
  type SeatLineKind,
  type Successor,
  seatWithoutHistory,
} from '../../organisation/rules/seat'
import { hasEnded, type Membership, type Unit } from '../../organisation/rules/unit'
import { takesTwoPersons } from './roles-of-unit'

const nobody: Doer = { accountId: null, name: null, unitName: null }
const never = Number.POSITIVE_INFINITY
/** How long a change may be undone. */
const undoneWithinMs = dayMs
/** A seat is no place to write in: after so many changes it takes its end and no other. */
const mostChanges = 50

const datesOf = ({ fromAt, untilAt }: SeatDates): SeatDates => ({
  ...(fromAt === undefined ? {} : { fromAt }),
  ...(untilAt === undefined ? {} : { untilAt }),
})

const finishSeat = (change: Change<Seat>): Seat =>
  finish(change, (draft) => {
    draft.nextClockAt = draft.status === 'held' ? (draft.untilAt ?? null) : null
  })

/** It is over: what follows from nobody's sitting there. */
const vacate = (change: Change<Seat>): void => {
  enqueue<Seat>(change, { kind: 'vacate' })
  enqueue<Seat>(change, { kind: 'take-back' })
}

/** Sets the dates and says so in the trace; a last day that has come ends the seat with all that follows. */
const date = (change: Change<Seat>, kind: SeatLineKind, by: Doer, after: SeatDates): void => {
  const { draft, at } = change
  const wasOver = draft.status === 'over'
  draft.fromAt = after.fromAt
  draft.untilAt = after.untilAt
  draft.status = (after.untilAt ?? never) <= at ? 'over' : 'held'
  record<Seat>(change, { kind, by, before: datesOf(change.before), after: datesOf(after) })
  if (draft.status === 'over' && !wasOver) vacate(change)
}

/** A seat that an invitation, or who hands over to somebody, gives. */
export const giveSeat = (
  membership: Membership,
  how: Pick<Seat, 'invitationId' | 'phoneTail'>,
  by: Doer,
  now: number,
): Seat => {
  const change = begin<Seat>({ ...seatWithoutHistory(membership), ...how, rev: 0, givenAt: now }, now)
  record<Seat>(change, { kind: 'given', by, before: null, after: datesOf(membership) })
  enqueue<Seat>(change, { kind: 'tell', what: 'given' })
  return finishSeat(change)
}

/** The seat as it is by now: over once its last day has come. */
export const seatNow = (seat: Seat, now: number): Seat =>
  catchUp<Seat, Change<Seat>, null>(seat, now, {
    scheduleOf: ({ status, nextClockAt }): readonly Scheduled<null>[] =>
      status === 'held' && nextClockAt !== null ? [{ at: nextClockAt, deed: null }] : [],
    begin,
    carryOut: (change) => {
      change.draft.status = 'over'
      record<Seat>(change, {
        kind: 'over',
        by: nobody,
        before: datesOf(change.before),
        after: datesOf(change.before),
      })
      vacate(change)
    },
    finish: finishSeat,
  })

/** Whether its last day has come, whether or not the clock has been there. */
const isPast = ({ untilAt }: SeatDates, now: number): boolean => (untilAt ?? never) <= now

/** The last thing that somebody did with it. */
const lastDeed = ({ timeline }: Seat): SeatLine | undefined =>
  timeline.findLast(({ kind }) => kind !== 'over')

/** Why its last change cannot be undone any more. */
const whyNotUndone = (seat: Seat, now: number): Refusal | undefined => {
  const last = lastDeed(seat)
  if (!last || last.kind === 'undone') return refusal('followed')
  if (now - last.at >= undoneWithinMs) return refusal('undo-too-late')
  if (last.kind === 'given') return isPast(seat, now) ? refusal('seat-over') : undefined
  if (last.before !== null && isPast(last.before, now)) return refusal('seat-over')
  return seat.timeline.length >= mostChanges ? refusal('changed-too-often') : undefined
}

/** What is done to a seat. */
export const seatActions = ['end', 'change-dates', 'undo', 'hand-over'] as const
export type SeatAction = (typeof seatActions)[number]

/**
 * Why somebody who may in general may not now: a button's condition and the refusal are one and the same (L5). Nobody
 * changes a seat of their own, but anybody may leave it.
 */
export const whyNotNow = (
  action: SeatAction,
  seat: Seat,
  accountId: string | null,
  now: number,
): Refusal | undefined => {
  if (action === 'undo') return seat.accountId === accountId ? refusal('own-seat') : whyNotUndone(seat, now)
  if (isPast(seat, now)) return refusal('seat-over')
  if (action !== 'end' && seat.accountId === accountId) return refusal('own-seat')
  return action === 'change-dates' && seat.timeline.length >= mostChanges
    ? refusal('changed-too-often')
    : undefined
}

/** In a unit that has ended nobody is given anything any more, and nothing that ended with it comes back. */
export const whyNotInUnit = (
  action: SeatAction,
  unit: Pick<Unit, 'endsAt'>,
  now: number,
): Refusal | undefined => (action !== 'end' && hasEnded(unit, now) ? refusal('unit-ended') : undefined)

/** Why its end cannot be then; one that never began ends where it would have begun. */
const endingAt = (
  action: 'end' | 'hand-over',
  seat: Seat,
  { at, by }: { readonly at?: number; readonly by: Doer },
  now: number,
): Result<number> => {
  const error = whyNotNow(action, seat, by.accountId, now)
  if (error) return { ok: false, error }
  const from = at ?? now
  if (from < now) return refuse('date-in-past')
  const ends = Math.max(from, seat.fromAt ?? from)
  return (seat.untilAt ?? never) <= ends ? refuse('seat-over', { untilAt: seat.untilAt }) : ok(ends)
}

/** Ends it from an instant on, now where none is said. Refuses `seat-over`, `date-in-past`. */
export const endSeat = (
  seat: Seat,
  ending: { readonly at?: number; readonly by: Doer },
  now: number,
  origin: CommandOrigin,
): Result<Seat> => {
  const ends = endingAt('end', seat, ending, now)
  if (!ends.ok) return ends
  const change = begin(seat, now, origin)
  date(change, 'ended', ending.by, { fromAt: seat.fromAt, untilAt: ends.value })
  enqueue<Seat>(change, { kind: 'tell', what: 'ended' })
  return ok(finishSeat(change))
}

/** The old seat ends when the new one begins. Refuses what ending it refuses. */
export const handSeatOver = (
  seat: Seat,
  { to, ...ending }: { readonly at?: number; readonly by: Doer; readonly to: Successor },
  now: number,
  origin: CommandOrigin,
): Result<Seat> => {
  const ends = endingAt('hand-over', seat, ending, now)
  if (!ends.ok) return ends
  const { by } = ending
  const change = begin(seat, now, origin)
  change.draft.successor = to
  // Before it is seen whether anybody is left in charge: whoever succeeds at once is.
  enqueue<Seat>(change, { kind: 'succeed', to, by, fromAt: ends.value })
  date(change, 'handed-over', by, { fromAt: seat.fromAt, untilAt: ends.value })
  enqueue<Seat>(change, { kind: 'tell', what: 'ended' })
  return ok(finishSeat(change))
}

/** What its dates are changed to; `untilAt: null`: no end. */
export interface NewDates {
  readonly fromAt?: number
  readonly untilAt?: number | null
}

const whyNotDated = (seat: Seat, after: SeatDates, now: number): Result<null> => {
  const isBegun = (seat.fromAt ?? now) <= now
  if (after.fromAt !== seat.fromAt && isBegun) return refuse('seat-begun')
  if (after.fromAt !== seat.fromAt && (after.fromAt ?? now) < now) return refuse('date-in-past')
  if (isPast(after, now)) return refuse('date-in-past')
  if ((after.untilAt ?? never) <= (after.fromAt ?? now)) return refuse('date-order')
  const isMore =
    (after.untilAt ?? never) > (seat.untilAt ?? never) || (after.fromAt ?? now) < (seat.fromAt ?? now)
  return takesTwoPersons(seat.role) && isMore ? refuse('second-person-again') : ok(null)
}

/**
 * Changes from when until when. Who held it when is never rewritten: the first day stays once it has come. More of a
 * seat that two persons give takes a new invitation. Refuses `seat-over`, `seat-begun`, `date-in-past`, `date-order`,
 * `second-person-again`, `changed-too-often`.
 */
export const changeSeatDates = (
  seat: Seat,
  { dates, by }: { readonly dates: NewDates; readonly by: Doer },
  now: number,
  origin: CommandOrigin,
): Result<Seat> => {
  const error = whyNotNow('change-dates', seat, by.accountId, now)
  if (error) return { ok: false, error }
  const after: SeatDates = {
    fromAt: dates.fromAt ?? seat.fromAt,
    untilAt: dates.untilAt === undefined ? seat.untilAt : (dates.untilAt ?? undefined),
  }
  const refused = whyNotDated(seat, after, now)
  if (!refused.ok) return refused
  const change = begin(seat, now, origin)
  date(change, 'dates-changed', by, after)
  enqueue<Seat>(change, { kind: 'tell', what: 'changed' })
  return ok(finishSeat(change))
}

/**
 * Takes the last change back, within a day: its dates are what they were before. One that was just given ends now, for
 * who had it did have it until then. Refuses `followed`, `undo-too-late`, `seat-over`, `changed-too-often`.
 */
export const undoSeat = (seat: Seat, by: Doer, now: number, origin: CommandOrigin): Result<Seat> => {
  const error = whyNotNow('undo', seat, by.accountId, now)
  if (error) return { ok: false, error }
  const { kind, before = null } = lastDeed(seat) ?? {}
  const change = begin(seat, now, origin)
  if (kind === 'given') {
    date(change, 'undone', by, { fromAt: seat.fromAt, untilAt: Math.max(now, seat.fromAt ?? now) })
    enqueue<Seat>(change, { kind: 'tell', what: 'ended' })
  } else {
    change.draft.successor = undefined
    date(change, 'undone', by, before ?? {})
    enqueue<Seat>(change, { kind: 'tell', what: 'restored' })
  }
  return ok(finishSeat(change))
}

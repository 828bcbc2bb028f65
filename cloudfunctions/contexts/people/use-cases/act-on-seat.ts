import { ok, type Result, refuse } from '../../../ground/result'
import { carryOut } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import { type CommandOrigin, shownRev } from '../../../journal/rules/journalled'
import type { Doer, Seat } from '../../organisation/rules/seat'
import type { Session } from '../../organisation/rules/session'
import type { Unit } from '../../organisation/rules/unit'
import { authorisePeople, type PeopleAction } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { PeoplePorts } from '../ports'
import { changeSeatDates, endSeat as end, seatNow, undoSeat } from '../rules/change-seat'
import { settleSeat } from '../shared/settle-seat'
import { type Known, viewSeat } from './views'

type Answer = OutputOf<'people.end'>

interface Act {
  readonly action: PeopleAction
  readonly call: string
  readonly input: { readonly commandId: string; readonly seatId: string; readonly rev: number }
  readonly take: (
    current: Seat,
    by: Doer,
    now: number,
    origin: CommandOrigin,
  ) => Promise<Result<Seat>> | Result<Seat>
}

interface Meeting {
  readonly by: Doer
  readonly unit: Unit
}

/**
 * One act on a seat, seen at its revision: of two admins who change it at once the second is told that it has changed.
 * Nobody changes a seat of their own, but anybody may leave it.
 */
export const actOnSeat = (ports: PeoplePorts) => {
  const carryOutOn = carryOut<Seat, null>({
    matters: ports.seats,
    lawOf: async () => null,
    catchUp: (seat, now) => seatNow(seat, now),
    settle: settleSeat(ports),
  })

  return async (session: Session, { action, call, input, take }: Act): Promise<Result<Answer>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const known: Known = { ...session, accountId }
    const digest = commandDigest(ports.keyed, accountId, call, input)
    const origin = { id: input.commandId, action: call, digest }
    return carryOutOn<Meeting, null, Answer>(input.seatId, now, {
      by: accountId,
      meet: async (seat) => {
        const isTheirs = seat.accountId === accountId
        const unit = await ports.units.get(seat.unitId)
        if (!unit) return refuse('not-found')
        const by = authorisePeople(known, action, unit, isTheirs ? ['holder'] : [])
        if (!by.ok) return by
        return isTheirs && action !== 'end' ? refuse('own-seat') : ok({ by: by.value, unit })
      },
      answered: (seat, { unit }) => {
        const line = seat.timeline.find(({ commandId }) => commandId === input.commandId)
        if (!line) return undefined
        return line.commandDigest === digest
          ? ok({ seat: viewSeat(seat, unit, known) })
          : refuse('command-reused')
      },
      seen: { rev: input.rev, of: shownRev, refusalOf: () => undefined },
      authorise: () => ok(null),
      take: async ({ current, caller: { by } }) => take(current, by, now, origin),
      answer: (after, { unit }) => ({ seat: viewSeat(after, unit, known) }),
    })
  }
}

/** Ends a seat from an instant on. Refuses `not-found`, `not-allowed`, `stale-rev`, `seat-over`, `date-in-past`. */
export const endSeat = (ports: PeoplePorts) => {
  const act = actOnSeat(ports)
  return (session: Session, input: ParsedInputOf<'people.end'>): Promise<Result<Answer>> =>
    act(session, {
      action: 'end',
      call: 'people.end',
      input,
      take: (current, by, now, origin) => end(current, { at: input.at, by }, now, origin),
    })
}

/**
 * Changes from when until when a seat is held. Refuses `not-found`, `not-allowed`, `own-seat`, `stale-rev` and what the
 * dates speak against.
 */
export const changeDates = (ports: PeoplePorts) => {
  const act = actOnSeat(ports)
  return (session: Session, input: ParsedInputOf<'people.changeDates'>): Promise<Result<Answer>> =>
    act(session, {
      action: 'change-dates',
      call: 'people.changeDates',
      input,
      take: (current, by, now, origin) => {
        const { fromAt, untilAt } = input
        return changeSeatDates(current, { dates: { fromAt, untilAt }, by }, now, origin)
      },
    })
}

/**
 * Takes the last change of a seat back. Refuses `not-found`, `not-allowed`, `own-seat`, `stale-rev`, `followed`,
 * `undo-too-late`, `seat-over`, `changed-too-often`.
 */
export const undoChange = (ports: PeoplePorts) => {
  const act = actOnSeat(ports)
  return (session: Session, input: ParsedInputOf<'people.undo'>): Promise<Result<Answer>> =>
    act(session, {
      action: 'undo',
      call: 'people.undo',
      input,
      take: (current, by, now, origin) => undoSeat(current, by, now, origin),
    })
}

import { ok, type Result, refuse } from '../../../ground/result'
import { saidCode } from '../../../ground/text/spoken-code'
import { carryOut } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import { type CommandOrigin, shownRev } from '../../../journal/rules/journalled'
import type { Doer, Seat, Successor } from '../../organisation/rules/seat'
import type { Session } from '../../organisation/rules/session'
import { isActiveMembership, type Unit } from '../../organisation/rules/unit'
import { authorisePeople } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { PeoplePorts } from '../ports'
import {
  changeSeatDates,
  endSeat as end,
  handSeatOver,
  type SeatAction,
  seatNow,
  undoSeat,
  whyNotInUnit,
} from '../rules/change-seat'
import { takesTwoPersons } from '../rules/roles-of-unit'
import { settleSeat } from '../shared/settle-seat'
import { codeAgain, codeSeed, newCodes } from './new-codes'
import { succeeded } from './succeeded'
import { type Known, viewSeat } from './views'

type Answer = OutputOf<'people.end'>

interface Act {
  readonly action: SeatAction
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
const actOnSeat = (ports: PeoplePorts) => {
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
        return by.ok ? ok({ by: by.value, unit }) : by
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
      take: async ({ current, caller: { by, unit } }) => {
        const error = whyNotInUnit(action, unit, now)
        return error ? { ok: false, error } : take(current, by, now, origin)
      },
      answer: (after, { unit }) => ({ seat: viewSeat(after, unit, known) }),
    })
  }
}

/**
 * One secretary goes and the next one comes: the old seat ends at the instant at which the new one begins. Who has a seat
 * in the unit has the new one at once; a seat that two persons give goes by an invitation alone. Refuses `not-found`,
 * `not-allowed`, `own-seat`, `stale-rev`, `invalid-input`, `unknown-member`, `has-seat`, `second-person` and what ending
 * a seat refuses.
 */
export const handOver = (ports: PeoplePorts) => {
  const act = actOnSeat(ports)
  const invitationIdOf = (seatId: string, seed: string): string =>
    `i${ports.keyed(`succession|${seatId}|${seed}`).slice(0, 24)}`

  const successorFor = async (
    seat: Seat,
    { toSeatId, name, commandId }: ParsedInputOf<'people.handOver'>,
    accountId: string,
    now: number,
  ): Promise<Result<Successor>> => {
    const seed = codeSeed(accountId, commandId, 0)
    if ((toSeatId === undefined) === (name === undefined))
      return refuse('invalid-input', { field: 'name' }, '请写由谁接任')
    if (name !== undefined) {
      const [code] = await newCodes(ports, [seed])
      if (!code) throw new Error('no code')
      const { codeDigest, codeNo } = code
      return ok({ kind: 'invitation', invitationId: invitationIdOf(seat.id, seed), codeDigest, codeNo, name })
    }
    if (takesTwoPersons(seat.role)) return refuse('second-person')
    const seats = await ports.seats.inUnits([seat.unitId])
    const to = seats.find(({ id }) => id === toSeatId)
    if (!to || !isActiveMembership(to, now)) return refuse('unknown-member')
    // Nobody gives a seat to themselves, whoever's it was.
    if (to.accountId === accountId) return refuse('own-seat')
    const hasIt = seats.some(
      (one) => one.accountId === to.accountId && one.role === seat.role && isActiveMembership(one, now),
    )
    if (hasIt) return refuse('has-seat')
    const seatId = `seat-${ports.keyed(`succession|${seat.id}|${seed}`).slice(0, 24)}`
    return ok({ kind: 'seat', seatId, accountId: to.accountId, name: to.name })
  }

  return async (
    session: Session,
    input: ParsedInputOf<'people.handOver'>,
  ): Promise<Result<OutputOf<'people.handOver'>>> => {
    const { accountId } = session
    if (accountId === null) return refuse('sign-in-required')
    const done = await act(session, {
      action: 'hand-over',
      call: 'people.handOver',
      input,
      take: async (current, by, now, origin) => {
        const to = await successorFor(current, input, accountId, now)
        return to.ok ? handSeatOver(current, { at: input.at, by, to: to.value }, now, origin) : to
      },
    })
    if (!done.ok) return done
    const seat = await ports.seats.get(input.seatId)
    const to = seat?.successor
    const seed = codeSeed(accountId, input.commandId, 0)
    // Sent again when it has been taken back, and the seat handed over anew, it has invited nobody.
    const invited =
      to?.kind === 'invitation' && to.invitationId === invitationIdOf(input.seatId, seed) ? to : undefined
    return ok({
      ...done.value,
      invitationId: invited?.invitationId ?? null,
      code: invited ? saidCode(codeAgain(ports.keyed, seed, invited.codeNo)) : null,
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
      take: async (current, by, now, origin) =>
        (await succeeded(ports, [current], now)).has(current.id)
          ? refuse('followed')
          : undoSeat(current, by, now, origin),
    })
}

import { clockRun, type Failure } from '../../../journal/clock'
import type { ClockMemory } from '../../../journal/clock-memory'
import { type Duty, everyTenMinutes } from '../../../journal/duties'
import type { Matters } from '../../../journal/matters'
import type { Journalled } from '../../../journal/rules/journalled'
import type { Settle } from '../../../journal/settle'
import type { PeoplePorts } from '../ports'
import { seatNow } from '../rules/change-seat'
import { invitationNow } from '../rules/invitation'
import { settleInvitation } from './settle-invitation'
import { settleSeat } from './settle-seat'

interface PeopleDutyPorts extends PeoplePorts {
  readonly invitationDueMemory: ClockMemory
  readonly invitationOutboxMemory: ClockMemory
  readonly seatDueMemory: ClockMemory
  readonly seatOutboxMemory: ClockMemory
}

interface Failed {
  readonly failures: readonly Failure[]
}

/** One kind of matter from its deadlines to its outboxes. */
const turnOf =
  <T extends Journalled>(
    matters: Matters<T>,
    memories: { readonly due: ClockMemory; readonly outbox: ClockMemory },
    passTo: (matter: T, now: number) => T,
    settle: Settle<T>,
  ) =>
  async (now: number, mayGoOn: () => boolean): Promise<{ readonly done: number } & Failed> => {
    const caught = await clockRun(matters, memories.due, now, mayGoOn).catchUp(async (matter) => {
      const after = passTo(matter, now)
      return { after, nextClockAt: after.nextClockAt }
    })
    const settled = await clockRun(matters, memories.outbox, now, mayGoOn).settle(settle)
    return { done: caught.done, failures: [...caught.failures, ...settled.failures] }
  }

/** What the clock owes people: invitations expire, seats end, and what that leaves is seen to. */
export const peopleDuties = (ports: PeopleDutyPorts) => {
  const invitationTurn = turnOf(
    ports.invitations,
    { due: ports.invitationDueMemory, outbox: ports.invitationOutboxMemory },
    invitationNow,
    settleInvitation(ports),
  )
  const seatTurn = turnOf(
    ports.seats,
    { due: ports.seatDueMemory, outbox: ports.seatOutboxMemory },
    seatNow,
    settleSeat(ports),
  )
  const invitations: Duty<Failed & { readonly invitationsExpired: number }> = {
    oncePer: everyTenMinutes,
    mostMs: 3_000,
    work: async (now, mayGoOn) => {
      const { done, failures } = await invitationTurn(now, mayGoOn)
      return { invitationsExpired: done, failures }
    },
  }
  const seats: Duty<Failed & { readonly seatsEnded: number }> = {
    oncePer: everyTenMinutes,
    mostMs: 3_000,
    work: async (now, mayGoOn) => {
      const { done, failures } = await seatTurn(now, mayGoOn)
      return { seatsEnded: done, failures }
    },
  }
  return { invitations, seats }
}

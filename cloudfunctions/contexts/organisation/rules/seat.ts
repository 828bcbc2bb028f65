import type { Journalled, TraceLine } from '../../../journal/rules/journalled'
import type { Membership } from './unit'

/** Who gave, changed or ended a seat. */
export interface Doer {
  /** Null where nobody of the unit's people did: the clock, or the owner of the environment at the first set-up. */
  readonly accountId: string | null
  /** As their colleagues call them. */
  readonly name: string | null
  /** The unit through whose seat they did it. */
  readonly unitName: string | null
}

/** From when until when a seat is held. */
export type SeatDates = Pick<Membership, 'fromAt' | 'untilAt'>

/** `over` once its last day has come. */
export type SeatStatus = 'held' | 'over'

/** What can happen to a seat. `over` is the clock's: its last day has come. */
export type SeatLineKind = 'given' | 'dates-changed' | 'ended' | 'handed-over' | 'undone' | 'over'

/** One change of a seat: who, when, before, after. */
export interface SeatLine extends TraceLine<SeatLineKind, SeatStatus> {
  readonly by: Doer
  /** Null before it was given. */
  readonly before: SeatDates | null
  readonly after: SeatDates
}

/** An invitation by which somebody succeeds to a seat, as far as it is not the seat's own. */
export interface SucceedingInvitation {
  readonly invitationId: string
  readonly codeDigest: string
  readonly codeNo: number
  readonly name: string
}

/** Who succeeds to a seat: somebody who has one in the unit already, or who is invited. */
export type Successor =
  | { readonly kind: 'seat'; readonly seatId: string; readonly accountId: string; readonly name?: string }
  | ({ readonly kind: 'invitation' } & SucceedingInvitation)

/** What follows from a change of a seat. */
export type SeatWork =
  /** Its holder is told. */
  | { readonly kind: 'tell'; readonly what: 'given' | 'ended' | 'changed' | 'restored' }
  /** It is over: is anybody left in charge? */
  | { readonly kind: 'vacate' }
  /** It is over: what was handed to its holder by name is the unit's again. */
  | { readonly kind: 'take-back' }
  | { readonly kind: 'succeed'; readonly to: Successor; readonly by: Doer; readonly fromAt: number }

/** A seat with its life: a membership, and how it came to be as it is. */
export interface Seat extends Membership, Journalled<SeatLine, SeatWork> {
  readonly status: SeatStatus
  /** When it was given; 0 for one of before seats had a history. Lists go by it: it never moves. */
  readonly givenAt: number
  /** The last digits of the holder's telephone, as they said them when they took the seat. */
  readonly phoneTail?: string
  /** By which invitation it was given. */
  readonly invitationId?: string
  /** Who succeeded to it: nothing that was done before is undone then. */
  readonly successor?: Successor
}

/** Nobody knows how it came about: of before seats had a history, or put there by whoever fills a database. */
export const noHistory = {
  rev: 1,
  status: 'held',
  changedAt: 0,
  // The clock tells nobody of an end that was never written down here.
  nextClockAt: null,
  clockMarks: [],
  timeline: [],
  outbox: [],
  givenAt: 0,
} as const satisfies Omit<Seat, keyof Membership>

export const seatWithoutHistory = (membership: Membership): Seat => ({ ...membership, ...noHistory })

import { allBelow, type Membership } from './unit'

/** The matter of a receipt whose number and code were right. */
export interface ShownReceipt {
  readonly reportId: string
  /** Into which it has been merged. */
  readonly parentReportId?: string
  /** Shown through a member's account, or the device that printed it: a no counts, a yes does not (Q5). */
  readonly isThroughOurs: boolean
}

/** Who calls, when, and what they may be taken for; read once per invocation. */
export interface Session {
  /** Null for somebody who has not signed in. */
  readonly accountId: string | null
  /** Seats held now. */
  readonly memberships: readonly Membership[]
  /** Seats held at any time. */
  readonly everyMembership: readonly Membership[]
  /** Units above one in which there is or was a seat, where there are seats in several units (`unitsAboveSeats`). */
  readonly unitsAbove: readonly string[]
  /** On which computer; absent where the person calls from WeChat. */
  readonly webSessionId?: string
  /** Who shows the number and code of a receipt is for this call whoever it was printed for, in that one matter alone. */
  readonly receipt?: ShownReceipt
  readonly now: number
}

/** Seats that have begun, whether or not they are over. */
export const begunSeats = (seats: readonly Membership[], now: number): readonly Membership[] =>
  seats.filter(({ fromAt }) => (fromAt ?? now) <= now)

/** Whom a complaint may accuse so that it is kept from whoever has these seats: each of their units, and all below each unit above them (H4). */
export const accusableSeats = (
  seats: readonly Pick<Membership, 'unitId'>[],
  unitsAbove: readonly string[],
): readonly string[] => [...new Set([...seats.map(({ unitId }) => unitId), ...unitsAbove.map(allBelow)])]

/** Of whom the caller may know no complaint, through whichever seat they look (H4). */
export const seatsEverIn = ({ everyMembership, unitsAbove, now }: Session): readonly string[] =>
  accusableSeats(begunSeats(everyMembership, now), unitsAbove)

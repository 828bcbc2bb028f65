import type { Membership } from './unit'

/** Who calls, when, and what they may be taken for; read once per invocation. */
export interface Session {
  /** Null for somebody who has not signed in. */
  readonly accountId: string | null
  /** Seats held now. */
  readonly memberships: readonly Membership[]
  /** Seats held at any time. */
  readonly everyMembership: readonly Membership[]
  readonly now: number
}

/** Units of whose complaints the caller may know nothing, through whichever seat they look (H4). */
export const seatsEverIn = (session: Session): readonly string[] => [
  ...new Set(
    session.everyMembership.flatMap((one) => ((one.fromAt ?? session.now) <= session.now ? one.unitId : [])),
  ),
]

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

import * as z from 'zod/mini'
import { type Answered, query } from '../../terms/action'
import { neededReading } from '../../terms/limits'
import { membershipView, unitRef } from '../organisation/contract'

export const accountContract = {
  'me.get': query(
    z.strictObject({}),
    z.object({
      isSignedIn: z.boolean(),
      memberships: z.array(membershipView),
      unreadCount: z.number(),
      /** The community the caller first reported from, else where they work; where “附近” begins. */
      homeUnit: z.nullable(unitRef),
    }),
    neededReading,
  ),
} as const

type Own = typeof accountContract
export type OutputOf<A extends keyof Own> = Answered<Own, A>

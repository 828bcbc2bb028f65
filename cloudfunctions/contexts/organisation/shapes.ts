import type { Store } from '../../platform/cloudbase/database'
import type { ShapeHistory } from '../../platform/cloudbase/shape'
import { mostOfOne } from '../../platform/cloudbase/stored'
import { noHistory } from './rules/seat'
import type { Membership } from './rules/unit'

export const membershipShapes: ShapeHistory = {
  steps: [
    // Whoever works at a level above was of one role; it has several now (L3), and this is what it could do.
    (document) => (document.role === 'upper' ? { ...document, role: 'clerk' } : document),
    // Seats have a history now; of one of before nobody knows who gave it.
    (document) => ('rev' in document ? document : { ...document, ...noHistory, outboxAt: null, cut: null }),
  ],
}

/** The accounts that have, had or will have a seat in a unit, of whichever shape their seats are. */
export const seatHolders =
  (store: Store) =>
  async (unitId: string): Promise<readonly string[]> =>
    (
      await store.findAll<Pick<Membership, 'accountId'>>('memberships', { unitId }, { atMost: mostOfOne })
    ).map(({ accountId }) => accountId)

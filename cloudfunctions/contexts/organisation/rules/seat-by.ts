import { unitsAbove } from '../../../ground/unit-path'
import type { Membership, StaffRole, Unit } from './unit'

/** How a seat stands to a unit that something is done to: in a unit above it, or in itself. */
export type UnitRelation = 'above' | 'own'

/** Which roles may do one thing, by how their seat stands; what is not here is denied (L4). */
export type SeatGrants = Readonly<Partial<Record<UnitRelation, readonly StaffRole[]>>>

/** The first of these seats that is granted it at a unit; undefined where none is. */
export const seatBy = (
  memberships: readonly Membership[],
  grants: SeatGrants,
  { id, path }: Pick<Unit, 'id' | 'path'>,
): Membership | undefined => {
  const above = unitsAbove(path)
  return memberships.find(
    ({ unitId, role }) =>
      (above.includes(unitId) && grants.above?.includes(role)) ||
      (unitId === id && grants.own?.includes(role)),
  )
}

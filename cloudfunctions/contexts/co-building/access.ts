import { unitsAbove } from '../../ground/unit-path'
import type { Session } from '../organisation/rules/session'
import type { Membership, StaffRole, Unit } from '../organisation/rules/unit'

/** How a seat stands to the unit that a bond is kept for: in itself, or in a unit above it. */
export type BondRelation = 'own' | 'above'

/** What is done to bonds, or asked of them, by those who keep them. */
export const bondAccessActions = [
  'begin',
  'change',
  'end',
  'undo',
  'list',
  'candidates',
  'gaps',
  'history',
] as const
export type BondAccessAction = (typeof bondAccessActions)[number]

const admins = { own: ['admin'], above: ['admin'] } as const

/** Who may do what: relation × role for each action; what is not here is denied (L4). */
export const bondAccess: Readonly<
  Record<BondAccessAction, Readonly<Record<BondRelation, readonly StaffRole[]>>>
> = {
  begin: admins,
  change: admins,
  end: admins,
  undo: admins,
  list: admins,
  candidates: admins,
  gaps: admins,
  history: admins,
}

/** The seat by which the caller may do this to what is kept for a unit; undefined where they may not. */
export const seatToKeep = (
  { memberships }: Pick<Session, 'memberships'>,
  action: BondAccessAction,
  { id, path }: Pick<Unit, 'id' | 'path'>,
): Membership | undefined => {
  const grants = bondAccess[action]
  const above = unitsAbove(path)
  return memberships.find(
    ({ unitId, role }) =>
      (unitId === id && grants.own.includes(role)) || (above.includes(unitId) && grants.above.includes(role)),
  )
}

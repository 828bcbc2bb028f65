import { type SeatGrants, seatBy } from '../organisation/rules/seat-by'
import type { Session } from '../organisation/rules/session'
import type { Membership, Unit } from '../organisation/rules/unit'

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
const bondAccess: Readonly<Record<BondAccessAction, SeatGrants>> = {
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
  unit: Pick<Unit, 'id' | 'path'>,
): Membership | undefined => seatBy(memberships, bondAccess[action], unit)

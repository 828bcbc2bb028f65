import { type SeatGrants, seatBy } from './rules/seat-by'
import type { Session } from './rules/session'
import type { Membership, Unit } from './rules/unit'
import { unitDeeds } from './rules/unit-deeds'

/** What is done to a unit, or asked of it, by those who keep units up. */
export const unitActions = [...unitDeeds, 'undo', 'history', 'search'] as const
export type UnitAction = (typeof unitActions)[number]

/**
 * Who may do what to a unit: relation × role for each action; what is not here is denied (L4). What is added lies
 * below the unit that is named: its own admin keeps up what is below it, and what concerns itself is for one above.
 */
export const unitAccess: Readonly<Record<UnitAction, SeatGrants>> = {
  add: { above: ['admin'], own: ['admin'] },
  correct: { above: ['admin'], own: ['admin'] },
  rename: { above: ['admin'] },
  close: { above: ['admin'] },
  move: { above: ['admin'] },
  split: { above: ['admin'] },
  undo: { above: ['admin'] },
  history: { above: ['admin'], own: ['admin'] },
  search: { above: ['admin'], own: ['admin'] },
}

/** The seat by which the caller may do this to a unit; undefined where they may not. */
export const seatToKeepUp = (
  { memberships }: Pick<Session, 'memberships'>,
  action: UnitAction,
  unit: Pick<Unit, 'id' | 'path'>,
): Membership | undefined => seatBy(memberships, unitAccess[action], unit)

import type { Unit } from './unit'

/** What somebody may begin with a unit, in the order in which a page offers it. */
export const unitDeeds = ['correct', 'rename', 'add', 'move', 'split', 'close'] as const
export type UnitDeed = (typeof unitDeeds)[number]

/** So many units come of one at most. */
export const mostParts = 10

/** Whether a deed is over for a unit: how one is reached is put right until its last day, the rest until an end is known. */
export const isDeedOver = (deed: UnitDeed, unit: Pick<Unit, 'endsAt'>, now: number): boolean =>
  deed === 'correct' ? unit.endsAt !== undefined && unit.endsAt <= now : unit.endsAt !== undefined

/** Whether a deed has to wait while another change of the unit does. */
export const isHeldUp = (deed: UnitDeed): boolean => deed !== 'correct' && deed !== 'add'

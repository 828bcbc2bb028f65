import { type Refusal, refusal } from '../../../ground/result'
import { type Unit, type UnitKind, type UnitLevel, unitLevels } from './unit'

/** So long a name may be. */
export const mostName = 40

/** A name that a table would take for a formula is none. */
export const hasUnitName = (name: string): boolean => !/^[=+\-@＝＋－＠]/u.test(name.trim())

/** Kinds that govern ground, each a level below the one above it. */
const governingKinds: readonly UnitKind[] = ['committee', 'community-committee', 'branch']

const levelBelow = (level: UnitLevel): UnitLevel | undefined => unitLevels[unitLevels.indexOf(level) + 1]

/** What lies above, as far as a place below it depends on it. */
type Above = Pick<Unit, 'kind' | 'level'>

/**
 * The level that a unit of this kind has under another; undefined where it has no place there. Who governs ground lies one
 * level down, a community's branches beside their committee; offices, squads, partners and cooperatives are of the level
 * that they belong to.
 */
export const levelUnder = (kind: UnitKind, above: Above): UnitLevel | undefined => {
  if (above.kind !== 'committee' && above.kind !== 'community-committee')
    return above.kind === 'branch' && kind === 'cooperative' ? above.level : undefined
  if (!governingKinds.includes(kind)) return above.level
  // Beside the committee of its community.
  if (above.level === 'village') return kind === 'branch' ? 'village' : undefined
  const level = levelBelow(above.level)
  if (kind === 'community-committee') return level === 'village' ? level : undefined
  if (kind === 'branch') return level === 'village' || level === 'township' ? level : undefined
  return level
}

/** Why a unit cannot lie under another: it would lie below itself, the other ends, the levels do not meet. */
export const whyNotUnder = (
  unit: Pick<Unit, 'id' | 'kind' | 'level'>,
  above: Unit | undefined,
): Refusal | undefined => {
  if (!above) return refusal('unknown-unit')
  if (above.path.includes(unit.id)) return refusal('unit-in-itself')
  if (above.endsAt !== undefined) return refusal('unit-ended')
  return levelUnder(unit.kind, above) === unit.level ? undefined : refusal('wrong-level')
}

/** Why one unit cannot take over from another: it has itself ended, lies below it, or is of another level. */
export const whyNoHeir = (unit: Unit, heir: Unit | undefined): Refusal | undefined => {
  if (!heir) return refusal('unknown-unit')
  if (heir.path.includes(unit.id)) return refusal('unit-in-itself')
  if (heir.endsAt !== undefined) return refusal('unit-ended')
  return heir.level === unit.level ? undefined : refusal('wrong-level')
}

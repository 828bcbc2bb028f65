import type { Units } from '../../organisation/ports'
import type { Unit } from '../../organisation/rules/unit'

/** The units that a unit's figures contain, and who contains it. */
export interface CountedUnits {
  readonly unit: Unit | undefined
  /** Itself, those it took over from and their temporary units; none where it is contained in another's itself. */
  readonly unitIds: readonly string[]
  readonly containedIn: string | null
}

/** A4: a temporary unit's figures are its parent's, an ended one's its successor's; null where they are its own. */
const takenOverBy = ({ kind, parentId, endsAt, successorId }: Unit, at: number): string | null =>
  kind === 'temporary' ? parentId : endsAt !== undefined && endsAt <= at ? (successorId ?? null) : null

/** Far more than successors that ended in their turn. */
const mostSteps = 20

/**
 * Whose figures count where, as it stood at `at`: each unit's in those of exactly one, itself or the last of its
 * successors.
 */
export const countedUnits = async (
  units: Pick<Units, 'get' | 'children' | 'predecessors'>,
  unitId: string,
  at: number,
): Promise<CountedUnits> => {
  const unit = await units.get(unitId)
  if (!unit) return { unit, unitIds: [], containedIn: null }

  /** Whom it ends with; itself where nobody there is takes it over, or they take over from one another. */
  const lastOf = async (from: Unit): Promise<string> => {
    let last = from
    for (let steps = 0; steps < mostSteps; steps += 1) {
      const nextId = takenOverBy(last, at)
      const next = nextId === null ? undefined : await units.get(nextId)
      if (!next) return last.id
      if (next.id === from.id) return from.id
      last = next
    }
    return from.id
  }

  const containedIn = await lastOf(unit)
  if (containedIn !== unit.id) return { unit, unitIds: [], containedIn }

  const counted = new Map([[unit.id, unit]])
  for (const one of counted.values()) {
    const [before, below] = await Promise.all([units.predecessors(one.id), units.children(one.id)])
    for (const other of [...before, ...below])
      if (!counted.has(other.id) && takenOverBy(other, at) === one.id) counted.set(other.id, other)
  }
  // Of those who take over from one another each counts by itself.
  const isRound = takenOverBy(unit, at) !== null && counted.has(takenOverBy(unit, at) ?? '')
  return { unit, unitIds: isRound ? [unit.id] : [...counted.keys()], containedIn: null }
}

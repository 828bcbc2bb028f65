import type {
  Membership,
  StaffRole,
  UnitKind,
  UnitLevel,
} from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { startAt, tickMs } from './compressed-law'

/** A unit of the model. Ids are as short as paths in words can bear. */
export interface ModelUnit {
  readonly id: string
  readonly name: string
  readonly kind: UnitKind
  readonly level: UnitLevel
  readonly path: readonly string[]
  readonly endsAt?: number
  readonly successorId?: string
}

const below = (path: readonly string[], id: string): readonly string[] => [...path, id]
const unit = (
  id: string,
  kind: UnitKind,
  level: UnitLevel,
  above: readonly string[],
  more: Partial<ModelUnit> = {},
): ModelUnit => ({ id, name: `${id}党组织`, kind, level, path: below(above, id), ...more })

const region = unit('15', 'committee', 'region', [])
const league = unit('1502', 'committee', 'league', region.path)
const banner = unit('150221', 'committee', 'banner', league.path)
const township = unit('T', 'committee', 'township', banner.path)
const branchA = unit('A', 'branch', 'village', township.path)
/** The tick at which the temporary unit Z and the branch E are no more. */
export const endsAtTick = 4
const endsAt = startAt + endsAtTick * tickMs

export const units = {
  region,
  league,
  banner,
  T: township,
  A: branchA,
  B: unit('B', 'branch', 'village', township.path),
  /** A branch without members. */
  M: unit('M', 'branch', 'village', township.path),
  /** A branch that ends, with a successor. */
  E: unit('E', 'branch', 'village', township.path, { endsAt, successorId: 'B' }),
  /** A squad of A that ends: what it leaves goes to A. */
  Z: unit('Z', 'temporary', 'village', branchA.path, { endsAt }),
  P: unit('P', 'partner', 'banner', banner.path),
  /** Where R1 works. */
  P2: unit('P2', 'partner', 'banner', banner.path),
} as const

export const unitById: ReadonlyMap<string, ModelUnit> = new Map(
  Object.values(units).map((one) => [one.id, one]),
)
export const unitOf = (id: string): ModelUnit => {
  const found = unitById.get(id)
  if (!found) throw new Error(`the model has no unit ${id}`)
  return found
}

export const seat = (person: string, unitId: string, role: StaffRole, fromAt?: number): Membership => {
  const { name, level } = unitOf(unitId)
  return {
    id: `${person}-${unitId}-${role}`,
    accountId: person,
    unitId,
    unitName: name,
    unitLevel: level,
    role,
    ...(fromAt === undefined ? {} : { fromAt }),
  }
}

/** Who is honest in every scene: clerks of the levels above, and B. */
export const honestSeats: readonly Membership[] = [
  seat('t1', 'T', 'clerk'),
  seat('n1', '150221', 'clerk'),
  seat('g1', '15', 'clerk'),
  seat('b1', 'B', 'secretary'),
]
export const branchSeats: readonly Membership[] = [
  seat('a1', 'A', 'secretary'),
  seat('a2', 'A', 'grid-worker'),
]
export const partnerSeats: readonly Membership[] = [seat('p1', 'P', 'partner-lead')]

import { isInPolygon, metresToPolygon, movePoint, type Point, type Rings } from '../../../ground/geometry'
import type { Category, CategoryId } from '../../category/rules/category'
import type { GridCell } from '../../grid/rules/grid-cell'
import type { RoutedUnit } from '../../organisation/rules/unit'
import type { RuleBook } from '../../rule-book/rules/rule-book'
import type { RoutingReason } from './reasons'
import type { Place, RoutingDecision, RoutingPolicy } from './routing'

/** A temporary party organisation or squad (临时党组织 / 突击队), its area and its time. */
export interface TemporaryUnitArea {
  readonly unit: RoutedUnit
  /** Absent: every category. */
  readonly categoryIds?: readonly CategoryId[]
  readonly rings: Rings
  readonly activeFrom: number
  /** The first instant at which it is no longer active. */
  readonly activeUntil: number
}

/** A branch that answers for categories throughout a banner: the police station's for public security. */
export interface SpecialisedBranch {
  readonly unit: RoutedUnit
  readonly categoryIds: readonly CategoryId[]
  readonly bannerId: string
}

/** Everything a routing decision is made of. */
export interface RoutingFacts {
  readonly at: number
  readonly rules: RuleBook
  readonly place: Place
  readonly category: Category
  /**
   * All cells with a tile in common with the circle around the place, of `borderMetres` where one of them holds it, else of
   * `reachMetres`; more do no harm.
   */
  readonly cells: readonly GridCell[]
  readonly temporaryUnits: readonly TemporaryUnitArea[]
  readonly specialisedBranches: readonly SpecialisedBranch[]
  /** The branch of the community or village the resident named. */
  readonly namedUnit?: RoutedUnit
  /** The township (or banner, or region) that sorts what no policy can place. */
  readonly handSorter: RoutedUnit
  /** So near the region's border that only a cell can say on which side. */
  readonly isNearRegionBorder?: boolean
  readonly oneUpOf: (unit: RoutedUnit) => RoutedUnit
}

/** What one policy makes of the facts; `responsible` null leaves the report to the hand-sorter. */
export interface RoutingOutcome {
  readonly responsible: RoutedUnit | null
  readonly reasons: readonly RoutingReason[]
  readonly isProvisional: boolean
  readonly cell?: GridCell
  readonly alternate?: RoutedUnit
  /** The place is known well enough to say that no cell covers it. */
  readonly isCoverageGap?: boolean
  /** The unit a complaint is about, as far as anybody can tell. */
  readonly accused?: RoutedUnit
}

/** One way to find the answerable unit; the first that decides is followed. */
export interface NamedRoutingPolicy {
  readonly policy: RoutingPolicy
  readonly find: (facts: RoutingFacts) => RoutingOutcome | undefined
}

/** Code-unit order: the same on every machine, whatever its language. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const accuracyOf = ({ place, rules }: RoutingFacts): number => borderMetres(rules, place)

/** An accuracy of kilometres is never certainty: such a position names no cell, only the surroundings. */
const isVague = (facts: RoutingFacts): boolean =>
  facts.place.point !== undefined && accuracyOf(facts) > facts.rules.routing.vagueBeyondMetres

/** The position, where it is good enough to look for a cell. */
const positionOf = (facts: RoutingFacts): Point | undefined =>
  isVague(facts) ? undefined : facts.place.point

/** How far around a place cells matter where one of them holds it: as far as the position may be wrong. */
export const borderMetres = ({ routing }: RuleBook, { accuracyMetres }: Place): number =>
  accuracyMetres ?? routing.defaultAccuracyMetres

/** How far they matter where none does: for nearness as the rules say; 0 where the position is too vague to say anything. */
export const reachMetres = (rules: RuleBook, place: Place): number => {
  const accuracy = borderMetres(rules, place)
  return accuracy > rules.routing.vagueBeyondMetres
    ? 0
    : Math.max(rules.routing.nearestWithinMetres, accuracy)
}

/** The cell that contains the point; should drawn cells overlap, the one with the lowest id. */
const cellAt = (cells: readonly GridCell[], point: Point): GridCell | undefined =>
  cells.filter((cell) => isInPolygon(point, cell.rings)).sort((a, b) => byText(a.id, b.id))[0]

const nearestCell = (
  facts: RoutingFacts,
): { readonly cell: GridCell; readonly metres: number } | undefined => {
  const point = positionOf(facts)
  if (!point) return undefined
  return facts.cells
    .map((cell) => ({ cell, metres: metresToPolygon(point, cell.rings) }))
    .filter(({ metres }) => metres <= facts.rules.routing.nearestWithinMetres)
    .sort((a, b) => a.metres - b.metres || byText(a.cell.id, b.cell.id))[0]
}

/** The branch whose ground this is, as far as anybody can tell: by cell, by name, by nearness. */
const localUnit = (facts: RoutingFacts): RoutedUnit | undefined => {
  const point = positionOf(facts)
  const cell = point && cellAt(facts.cells, point)
  return cell?.unit ?? facts.namedUnit ?? nearestCell(facts)?.cell.unit
}

const aboutBranch = (facts: RoutingFacts): RoutingOutcome | undefined => {
  if (!facts.category.isAboutBranch) return undefined
  const about = localUnit(facts)
  if (!about) {
    return {
      responsible: null,
      reasons: [{ why: 'complaint-to-sort', unit: facts.handSorter.name }],
      isProvisional: false,
    }
  }
  const responsible = facts.oneUpOf(about)
  return {
    responsible,
    reasons: [{ why: 'complaint', unit: responsible.name }],
    isProvisional: false,
    accused: about,
  }
}

/** How much a temporary unit was called together for: the fewer kinds, the narrower. */
const breadthOf = (one: TemporaryUnitArea): number => one.categoryIds?.length ?? Number.POSITIVE_INFINITY

/** Policy 2: the narrowest category, then the latest, wins. */
const narrowestFirst = (a: TemporaryUnitArea, b: TemporaryUnitArea): number => {
  const [ofA, ofB] = [breadthOf(a), breadthOf(b)]
  return (ofA === ofB ? 0 : ofA - ofB) || b.activeFrom - a.activeFrom || byText(a.unit.id, b.unit.id)
}

const temporaryUnit = (facts: RoutingFacts): RoutingOutcome | undefined => {
  const point = positionOf(facts)
  if (!point) return undefined
  const area = facts.temporaryUnits
    .filter(
      (one) =>
        one.activeFrom <= facts.at &&
        facts.at < one.activeUntil &&
        (one.categoryIds === undefined || one.categoryIds.includes(facts.category.id)) &&
        isInPolygon(point, one.rings),
    )
    .sort(narrowestFirst)[0]
  return (
    area && {
      responsible: area.unit,
      reasons: [{ why: 'temporary-unit', unit: area.unit.name, category: facts.category.name }],
      isProvisional: false,
    }
  )
}

const specialisedBranch = (facts: RoutingFacts): RoutingOutcome | undefined => {
  const local = localUnit(facts)
  // Beyond the border there is no banner whose branch could answer.
  if (!local && facts.isNearRegionBorder) return undefined
  const path = (local ?? facts.handSorter).path
  const branch = facts.specialisedBranches
    .filter((one) => one.categoryIds.includes(facts.category.id) && path.includes(one.bannerId))
    .sort((a, b) => byText(a.unit.id, b.unit.id))[0]
  return (
    branch && {
      responsible: branch.unit,
      reasons: [
        { why: 'specialised-branch', unit: branch.unit.name, category: facts.category.name },
        ...(isVague(facts) ? [vague(facts)] : []),
      ],
      isProvisional: isVague(facts),
    }
  )
}

const vague = (facts: RoutingFacts): RoutingReason => ({ why: 'vague', metres: accuracyOf(facts) })

/**
 * Evenly spread over the unit disc: the centre and rings of 6, 12, 18 and 24 points, each in the middle of its
 * share of the area, so that none stands on the rim.
 */
const discSamples: readonly (readonly [number, number])[] = [0, 1, 2, 3, 4].flatMap((ring) =>
  Array.from({ length: Math.max(1, 6 * ring) }, (_, place) => {
    const angle = (2 * Math.PI * place) / Math.max(1, 6 * ring)
    return [(ring / 4.5) * Math.cos(angle), (ring / 4.5) * Math.sin(angle)] as const
  }),
)

interface BranchNearby {
  readonly cell: GridCell
  readonly containsPlace: boolean
  readonly metres: number
  readonly sampleCount: number
}

/**
 * The branches with ground within the accuracy of the place, likeliest first: by their part of the circle of
 * uncertainty, then the one the place itself lies in, then the nearer. Each with its own likeliest cell.
 */
const branchesNearby = (
  facts: RoutingFacts,
  point: Point,
  accuracyMetres: number,
): readonly BranchNearby[] => {
  const near = facts.cells
    .map((cell) => ({ cell, metres: metresToPolygon(point, cell.rings) }))
    .filter(({ metres }) => metres <= accuracyMetres)
  if (new Set(near.map(({ cell }) => cell.branchId)).size < 2) return []

  const cells = near.map(({ cell }) => cell)
  const owner = cellAt(cells, point)
  const counts = new Map<string, number>()
  for (const [east, north] of discSamples) {
    const hit = cellAt(cells, movePoint(point, east * accuracyMetres, north * accuracyMetres))
    if (hit) counts.set(hit.id, (counts.get(hit.id) ?? 0) + 1)
  }
  const likelierFirst = (a: BranchNearby, b: BranchNearby): number =>
    b.sampleCount - a.sampleCount ||
    Number(b.containsPlace) - Number(a.containsPlace) ||
    a.metres - b.metres ||
    byText(a.cell.id, b.cell.id)
  const branches = new Map<string, BranchNearby[]>()
  for (const { cell, metres } of near) {
    const nearby = {
      cell,
      metres,
      containsPlace: cell.id === owner?.id,
      sampleCount: counts.get(cell.id) ?? 0,
    }
    branches.set(cell.branchId, [...(branches.get(cell.branchId) ?? []), nearby])
  }
  return [...branches.values()]
    .flatMap((ofBranch) => {
      const [likeliest] = ofBranch.sort(likelierFirst)
      const sampleCount = ofBranch.reduce((sum, one) => sum + one.sampleCount, 0)
      const containsPlace = ofBranch.some((one) => one.containsPlace)
      return likeliest ? [{ ...likeliest, sampleCount, containsPlace }] : []
    })
    .sort(likelierFirst)
}

const border = (facts: RoutingFacts): RoutingOutcome | undefined => {
  const point = positionOf(facts)
  if (!point) return undefined
  const accuracyMetres = accuracyOf(facts)
  const [likelier, other] = branchesNearby(facts, point, accuracyMetres)
  if (!likelier || !other) return undefined
  return {
    responsible: likelier.cell.unit,
    cell: likelier.cell,
    alternate: other.cell.unit,
    reasons: [
      { why: 'border', cell: likelier.cell.name, otherCell: other.cell.name, metres: accuracyMetres },
      {
        why: 'likelier',
        cell: likelier.cell.name,
        unit: likelier.cell.unit.name,
        otherUnit: other.cell.unit.name,
      },
    ],
    isProvisional: true,
  }
}

const cell = (facts: RoutingFacts): RoutingOutcome | undefined => {
  const point = positionOf(facts)
  const found = point && cellAt(facts.cells, point)
  return (
    found && {
      responsible: found.unit,
      cell: found,
      reasons: [{ why: 'in-cell', cell: found.name, unit: found.unit.name }],
      isProvisional: false,
    }
  )
}

const nearest = (facts: RoutingFacts): RoutingOutcome | undefined => {
  const found = nearestCell(facts)
  return (
    found && {
      responsible: found.cell.unit,
      cell: found.cell,
      reasons: [
        {
          why: 'nearest-cell',
          cell: found.cell.name,
          unit: found.cell.unit.name,
          // To the metre, as it is said: a fraction would place somebody more exactly.
          metres: Math.max(1, Math.round(found.metres)),
        },
      ],
      isProvisional: true,
    }
  )
}

const named = (facts: RoutingFacts): RoutingOutcome | undefined =>
  facts.namedUnit && {
    responsible: facts.namedUnit,
    reasons: [
      ...(isVague(facts) ? [vague(facts)] : []),
      ...(facts.isNearRegionBorder ? [{ why: 'near-region-border' } as const] : []),
      { why: 'named-unit', unit: facts.namedUnit.name },
    ],
    isProvisional: true,
  }

const whyToSort = (facts: RoutingFacts): RoutingReason => {
  const unit = facts.handSorter.name
  if (!facts.place.point) return { why: 'to-sort-by-words', unit }
  if (facts.isNearRegionBorder) return { why: 'to-sort-at-region-border', unit }
  if (isVague(facts)) return { why: 'to-sort-vague', unit, metres: accuracyOf(facts) }
  return { why: 'to-sort-off-grid', unit }
}

const handSorting = (facts: RoutingFacts): RoutingOutcome => ({
  responsible: null,
  reasons: [whyToSort(facts)],
  isProvisional: true,
  isCoverageGap: positionOf(facts) !== undefined && !facts.isNearRegionBorder,
})

/** Weighed in this order; the first that has an answer decides. */
export const routingPolicyList: readonly NamedRoutingPolicy[] = [
  { policy: 'about-branch', find: aboutBranch },
  { policy: 'temporary-unit', find: temporaryUnit },
  { policy: 'specialised-branch', find: specialisedBranch },
  { policy: 'border', find: border },
  { policy: 'cell', find: cell },
  { policy: 'nearest-cell', find: nearest },
  { policy: 'named-unit', find: named },
  { policy: 'hand-sorting', find: handSorting },
]

/**
 * 自动分派: which branch answers for a problem of this category at this place, and why. The place decides, never where
 * somebody is registered. `responsible` is null when the sorter has to decide by hand.
 */
export const route = (
  facts: RoutingFacts,
): {
  readonly decision: RoutingDecision
  readonly responsible: RoutedUnit | null
  readonly sorter: RoutedUnit
  /** The unit a complaint is about; no view shows it. */
  readonly accused: RoutedUnit | null
} => {
  for (const { policy, find } of routingPolicyList) {
    const outcome = find(facts)
    if (!outcome) continue
    const { responsible, reasons, isProvisional, alternate } = outcome
    return {
      decision: {
        policy,
        reasons,
        ...(outcome.cell ? { cellId: outcome.cell.id, cellName: outcome.cell.name } : {}),
        isProvisional,
        ...(alternate ? { alternate: { id: alternate.id, name: alternate.name, path: alternate.path } } : {}),
        ...(outcome.isCoverageGap ? { isCoverageGap: true as const } : {}),
        ruleVersion: facts.rules.version,
        at: facts.at,
      },
      responsible,
      sorter: facts.handSorter,
      accused: outcome.accused ?? null,
    }
  }
  throw new Error('no routing policy answered, though the last one always does')
}

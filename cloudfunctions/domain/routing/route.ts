import type { Category, CategoryId } from '../category/category'
import type { Place, Point } from '../report/report'
import type { RuleBook } from '../rules'
import { isInPolygon, metresToPolygon, movePoint, type Rings } from './geometry'
import type { GridCell } from './grid-cell'
import type { RoutedUnit, RoutingDecision, RoutingPolicy } from './routing'

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
  /** All cells with a tile in common with the circle of `nearestWithinMetres` around the place; more do no harm. */
  readonly cells: readonly GridCell[]
  readonly temporaryUnits: readonly TemporaryUnitArea[]
  readonly specialisedBranches: readonly SpecialisedBranch[]
  /** The branch of the community or village the resident named. */
  readonly namedUnit?: RoutedUnit
  /** The township (or banner, or region) that sorts what no policy can place. */
  readonly handSorter: RoutedUnit
  readonly oneUpOf: (unit: RoutedUnit) => RoutedUnit
}

/** What one policy makes of the facts; `responsible` null leaves the report to the hand-sorter. */
export interface RoutingOutcome {
  readonly responsible: RoutedUnit | null
  readonly reasons: readonly string[]
  readonly isProvisional: boolean
  readonly cell?: GridCell
  readonly alternate?: RoutedUnit
}

export interface NamedRoutingPolicy {
  readonly policy: RoutingPolicy
  readonly decide: (facts: RoutingFacts) => RoutingOutcome | undefined
}

/** Code-unit order: the same on every machine, whatever its language. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The cell that contains the point; should drawn cells overlap, the one with the lowest id. */
const cellAt = (cells: readonly GridCell[], point: Point): GridCell | undefined =>
  cells.filter((cell) => isInPolygon(point, cell.rings)).sort((a, b) => byText(a.id, b.id))[0]

const nearestCell = (
  facts: RoutingFacts,
): { readonly cell: GridCell; readonly metres: number } | undefined => {
  const { point } = facts.place
  if (!point) return undefined
  return facts.cells
    .map((cell) => ({ cell, metres: metresToPolygon(point, cell.rings) }))
    .filter(({ metres }) => metres <= facts.rules.routing.nearestWithinMetres)
    .sort((a, b) => a.metres - b.metres || byText(a.cell.id, b.cell.id))[0]
}

/** The branch whose ground this is, as far as anybody can tell: by cell, by name, by nearness. */
const localUnit = (facts: RoutingFacts): RoutedUnit | undefined => {
  const cell = facts.place.point && cellAt(facts.cells, facts.place.point)
  return cell?.unit ?? facts.namedUnit ?? nearestCell(facts)?.cell.unit
}

const aboutBranch = (facts: RoutingFacts): RoutingOutcome | undefined => {
  if (!facts.category.isAboutBranch) return undefined
  const about = localUnit(facts)
  if (!about) {
    return {
      responsible: null,
      reasons: [`反映支部或干部的事直接到上一级，由${facts.handSorter.name}确定由谁办理`],
      isProvisional: false,
    }
  }
  const responsible = facts.oneUpOf(about)
  return {
    responsible,
    reasons: [`反映支部或干部的事直接到上一级，由${responsible.name}负责，本支部看不到`],
    isProvisional: false,
  }
}

const temporaryUnit = (facts: RoutingFacts): RoutingOutcome | undefined => {
  const { point } = facts.place
  if (!point) return undefined
  const area = facts.temporaryUnits
    .filter(
      (one) =>
        one.activeFrom <= facts.at &&
        facts.at < one.activeUntil &&
        (one.categoryIds === undefined || one.categoryIds.includes(facts.category.id)) &&
        isInPolygon(point, one.rings),
    )
    .sort((a, b) => byText(a.unit.id, b.unit.id))[0]
  return (
    area && {
      responsible: area.unit,
      reasons: [`这里现在由${area.unit.name}集中攻坚，“${facts.category.name}”由它负责`],
      isProvisional: false,
    }
  )
}

const specialisedBranch = (facts: RoutingFacts): RoutingOutcome | undefined => {
  const path = (localUnit(facts) ?? facts.handSorter).path
  const branch = facts.specialisedBranches
    .filter((one) => one.categoryIds.includes(facts.category.id) && path.includes(one.bannerId))
    .sort((a, b) => byText(a.unit.id, b.unit.id))[0]
  return (
    branch && {
      responsible: branch.unit,
      reasons: [`“${facts.category.name}”由${branch.unit.name}专门负责`],
      isProvisional: false,
    }
  )
}

/** Evenly spread over the unit disc: the centre and rings of 6, 12, 18 and 24 points. */
const discSamples: readonly (readonly [number, number])[] = [0, 1, 2, 3, 4].flatMap((ring) =>
  Array.from({ length: Math.max(1, 6 * ring) }, (_, place) => {
    const angle = (2 * Math.PI * place) / Math.max(1, 6 * ring)
    return [(ring / 4) * Math.cos(angle), (ring / 4) * Math.sin(angle)] as const
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
  const { point } = facts.place
  if (!point) return undefined
  const accuracyMetres = Math.min(
    facts.place.accuracyMetres ?? facts.rules.routing.defaultAccuracyMetres,
    facts.rules.routing.nearestWithinMetres,
  )
  const [likelier, other] = branchesNearby(facts, point, accuracyMetres)
  if (!likelier || !other) return undefined
  return {
    responsible: likelier.cell.unit,
    cell: likelier.cell,
    alternate: other.cell.unit,
    reasons: [
      `这里靠近${likelier.cell.name}和${other.cell.name}的边界，定位约有${Math.round(accuracyMetres)}米误差`,
      `更可能属于${likelier.cell.name}，暂由${likelier.cell.unit.name}负责；也告诉了${other.cell.unit.name}，它可以主动接办，时限不变`,
    ],
    isProvisional: true,
  }
}

const cell = (facts: RoutingFacts): RoutingOutcome | undefined => {
  const found = facts.place.point && cellAt(facts.cells, facts.place.point)
  return (
    found && {
      responsible: found.unit,
      cell: found,
      reasons: [`这里属于${found.name}，由${found.unit.name}负责`],
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
        `这里还没有划入网格，离得最近的是${found.cell.name}（约${Math.max(1, Math.round(found.metres))}米），暂由${found.cell.unit.name}负责`,
      ],
      isProvisional: true,
    }
  )
}

const named = (facts: RoutingFacts): RoutingOutcome | undefined =>
  facts.namedUnit && {
    responsible: facts.namedUnit,
    reasons: [`按您选的社区（嘎查村），暂由${facts.namedUnit.name}负责`],
    isProvisional: true,
  }

const handSorting = (facts: RoutingFacts): RoutingOutcome => ({
  responsible: null,
  reasons: [
    facts.place.point
      ? `这里附近还没有网格，由${facts.handSorter.name}指定责任支部`
      : `没有地图上的位置，由${facts.handSorter.name}按文字说明指定责任支部`,
  ],
  isProvisional: true,
})

/** Weighed in this order; the first that has an answer decides. */
export const routingPolicyList: readonly NamedRoutingPolicy[] = [
  { policy: 'about-branch', decide: aboutBranch },
  { policy: 'temporary-unit', decide: temporaryUnit },
  { policy: 'specialised-branch', decide: specialisedBranch },
  { policy: 'border', decide: border },
  { policy: 'cell', decide: cell },
  { policy: 'nearest-cell', decide: nearest },
  { policy: 'named-unit', decide: named },
  { policy: 'hand-sorting', decide: handSorting },
]

/**
 * 自动分派: which branch answers for a problem of this category at this place, and why, in words the resident
 * can read. The place decides, never where somebody is registered. `responsible` is null when the sorter has
 * to decide by hand.
 */
export const route = (
  facts: RoutingFacts,
): {
  readonly decision: RoutingDecision
  readonly responsible: RoutedUnit | null
  readonly sorter: RoutedUnit
} => {
  for (const { policy, decide } of routingPolicyList) {
    const outcome = decide(facts)
    if (!outcome) continue
    const { responsible, reasons, isProvisional, alternate } = outcome
    return {
      decision: {
        policy,
        reasons,
        ...(outcome.cell ? { cellId: outcome.cell.id, cellName: outcome.cell.name } : {}),
        isProvisional,
        ...(alternate ? { alternate: { id: alternate.id, name: alternate.name, path: alternate.path } } : {}),
        ruleVersion: facts.rules.version,
        at: facts.at,
      },
      responsible,
      sorter: facts.handSorter,
    }
  }
  throw new Error('no routing policy answered, though the last one always does')
}

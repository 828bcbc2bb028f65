import { isInPolygon, metresToPolygon, tilesAround } from '../../../ground/geometry'
import { ok, type Result, refuse, refuseAt } from '../../../ground/result'
import { bannerOf, oneLevelUp, townshipOf, type UnitPath } from '../../../ground/unit-path'
import type { Category } from '../../category/rules/category'
import type { GridCell } from '../../grid/rules/grid-cell'
import { regionPosition } from '../../grid/rules/region-outline'
import {
  hasEnded,
  hasNoGround,
  type RoutedUnit,
  regionUnitId,
  toRoutedUnit,
  type Unit,
} from '../../organisation/rules/unit'
import { defaultRuleBook, type RuleBook } from '../../rule-book/rules/rule-book'
import type { RoutingPorts } from '../ports'
import { borderMetres, reachMetres, route } from '../rules/route'
import type { Place } from '../rules/routing'

export interface PlaceRoute {
  readonly rules: RuleBook
  readonly category: Category
  readonly cells: readonly GridCell[]
  readonly outcome: ReturnType<typeof route>
}

/** No rule book makes routing look farther than this. */
const mostReachMetres = 5_000

/** The cells that matter here, and the ground of the nearest: which decides whose rules and whose queue it is. */
const cellsAround = async (
  grid: RoutingPorts['grid'],
  ruleBooks: RoutingPorts['ruleBooks'],
  place: Place,
): Promise<{ readonly cells: readonly GridCell[]; readonly ground: RoutedUnit | undefined }> => {
  const { point } = place
  if (!point) return { cells: [], ground: undefined }
  const within = (metres: number) => grid.inTiles(tilesAround(point, Math.min(metres, mostReachMetres)))
  const nearestOf = (cells: readonly GridCell[]): RoutedUnit | undefined =>
    cells
      .map((cell) => ({ cell, metres: metresToPolygon(point, cell.rings) }))
      .sort((a, b) => a.metres - b.metres)[0]?.cell.unit
  const farthest = reachMetres(defaultRuleBook, place)
  const beside = Math.min(borderMetres(defaultRuleBook, place), farthest)
  const own = await within(beside)
  // Where a cell holds the place, none farther off than the position may be wrong has a say.
  const isHeld = own.some((cell) => isInPolygon(point, cell.rings))
  const usual = isHeld ? beside : farthest
  const near = usual > beside ? await within(usual) : own
  const ground = nearestOf(near) ?? (await grid.groundNear(point))
  // The banner's own rule book may look farther (or take a vaguer position) than the region's.
  const rules = await ruleBooks.of(ground ? bannerOf(ground.path) : null)
  const reach = reachMetres(rules, place)
  if (reach === 0) return { cells: [], ground }
  const needed = isHeld ? borderMetres(rules, place) : reach
  return { cells: needed > usual ? await within(needed) : near, ground }
}

/** L1: whoever sorts by hand is a township or a banner; a place in none lies with the region's sorters. */
const sorterIdOf = (named: Unit | undefined, path: UnitPath, isNearRegionBorder: boolean): string => {
  if (named?.kind === 'committee') return townshipOf(named.path) ?? bannerOf(named.path) ?? regionUnitId
  return (isNearRegionBorder ? null : townshipOf(path)) ?? bannerOf(path) ?? regionUnitId
}

/** What is known of a place before it is decided whose it is. */
interface Surroundings {
  readonly place: Place
  readonly rules: RuleBook
  readonly category: Category
  readonly cells: readonly GridCell[]
  /** The unit that the resident has named. */
  readonly named: Unit | undefined
  readonly path: UnitPath
  readonly isNearRegionBorder: boolean
}

/**
 * Where a place lies, and by whose rules it is judged there. Refuses `place-missing` without a point or a named
 * community, `place-outside-region`, `unknown-unit`, `unknown-category`.
 */
export const lookAround =
  (ports: RoutingPorts) =>
  async (place: Place, categoryId: string): Promise<Result<Surroundings>> => {
    const { point, namedUnitId } = place
    if (!point && namedUnitId === undefined) return refuseAt('place', 'place-missing')
    const position = point && regionPosition(point)
    if (position === 'outside') return refuseAt('place', 'place-outside-region')
    const [named, { cells, ground }] = await Promise.all([
      namedUnitId === undefined ? undefined : ports.units.lately([namedUnitId]).then(([unit]) => unit),
      cellsAround(ports.grid, ports.ruleBooks, place),
    ])
    if (namedUnitId !== undefined && (!named || hasNoGround(named))) return refuseAt('place', 'unknown-unit')
    // Where no cell can decide, the community that was named does, by the rules of its banner.
    const path = (cells.length > 0 ? ground : (named ?? ground))?.path ?? [regionUnitId]
    const rules = await ports.ruleBooks.of(bannerOf(path))
    const category = rules.categories.find((one) => one.id === categoryId)
    if (!category) return refuse('unknown-category')
    return ok({ place, rules, category, cells, named, path, isNearRegionBorder: position === 'near-border' })
  }

/** So many successors and levels are followed to somebody who is there. */
const mostHeirs = 10

/**
 * L1: what a drawing or a page of before, or the kind, leads to a unit that has ended goes to its successor, else to
 * the unit above. The heirs of those that have ended, by their ids.
 */
const heirsOf = async (
  ports: Pick<RoutingPorts, 'units'>,
  known: readonly Unit[],
  now: number,
): Promise<ReadonlyMap<string, RoutedUnit>> => {
  const heirs = known.map(async (one) => {
    let unit: Unit | undefined = one
    for (let steps = 0; unit && hasEnded(unit, now) && steps < mostHeirs; steps += 1) {
      const nextId: string | null = unit.successorId ?? oneLevelUp(unit.path)
      unit = nextId === null ? undefined : (await ports.units.lately([nextId]))[0]
    }
    return unit && unit !== one ? ([[one.id, toRoutedUnit(unit)]] as const) : []
  })
  return new Map((await Promise.all(heirs)).flat())
}

/** Looks up the units that may answer for a place, and routes. */
export const routeWithin =
  (ports: RoutingPorts) =>
  async (around: Surroundings, now: number): Promise<PlaceRoute> => {
    const { place, rules, category, named, path, isNearRegionBorder } = around
    const bannerId = bannerOf(path)
    const sorterId = sorterIdOf(named, path, isNearRegionBorder)
    const drawn = around.cells.map((cell) => cell.unit)
    const locals = named && named.kind !== 'committee' ? [...drawn, toRoutedUnit(named)] : drawn
    const parentIds = locals.flatMap((unit) => oneLevelUp(unit.path) ?? [])
    const localIds = locals.map((unit) => unit.id)
    const [special, nearby] = await Promise.all([
      bannerId === null ? [] : ports.grid.specialUnits(bannerId, now),
      ports.units.lately([...new Set([...parentIds, ...localIds, sorterId])]),
    ])
    // Most kinds of matters have no branch of their own: nothing more is looked up for them.
    const specialised = special.filter(
      (one) => one.kind === 'specialised' && one.categoryIds.includes(category.id),
    )
    const specialists =
      specialised.length === 0 ? [] : await ports.units.lately(specialised.map((one) => one.unit.id))
    const known = [...nearby, ...specialists]
    const heirs = await heirsOf(ports, known, now)
    const standing = (unit: RoutedUnit): RoutedUnit => heirs.get(unit.id) ?? unit
    const cells = around.cells.map((cell) => ({ ...cell, unit: standing(cell.unit) }))
    const namedUnit = named && named.kind !== 'committee' ? standing(toRoutedUnit(named)) : undefined
    const uppers = new Map(known.map((unit) => [unit.id, standing(toRoutedUnit(unit))]))
    const handSorter = uppers.get(sorterId)
    if (!handSorter) throw new Error(`unit ${sorterId} is missing: nobody could sort this report by hand`)

    const outcome = route({
      at: now,
      rules,
      place,
      category,
      cells,
      temporaryUnits: special.flatMap((one) =>
        one.kind === 'temporary' && one.rings && one.activeFrom !== undefined && one.activeUntil !== undefined
          ? [
              {
                unit: one.unit,
                ...(one.categoryIds.length > 0 ? { categoryIds: one.categoryIds } : {}),
                rings: one.rings,
                activeFrom: one.activeFrom,
                activeUntil: one.activeUntil,
              },
            ]
          : [],
      ),
      specialisedBranches: specialised.map((one) => ({ ...one, unit: standing(one.unit) })),
      ...(namedUnit ? { namedUnit } : {}),
      handSorter,
      isNearRegionBorder,
      oneUpOf: (unit) => uppers.get(oneLevelUp(unit.path) ?? '') ?? handSorter,
    })
    return { rules, category, cells, outcome }
  }

/** Looks up everything routing needs and routes (自动分派). Refuses what looking around refuses. */
export const routePlace =
  (ports: RoutingPorts) =>
  async (place: Place, categoryId: string, now: number): Promise<Result<PlaceRoute>> => {
    const around = await lookAround(ports)(place, categoryId)
    return around.ok ? ok(await routeWithin(ports)(around.value, now)) : around
  }

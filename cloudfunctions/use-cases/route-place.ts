import type { Category } from '../domain/category/category'
import { oneLevelUp, type Unit } from '../domain/organisation/unit'
import type { Place } from '../domain/report/report'
import { ok, type Result, refuse } from '../domain/result'
import { metresToPolygon, tilesAround } from '../domain/routing/geometry'
import type { GridCell } from '../domain/routing/grid-cell'
import { isInRegion } from '../domain/routing/region-outline'
import { route } from '../domain/routing/route'
import type { RoutedUnit } from '../domain/routing/routing'
import { defaultRuleBook, type RuleBook } from '../domain/rules'
import type { Ports } from './ports'

export const regionUnitId = '15'

export const toRoutedUnit = (unit: Unit): RoutedUnit => ({
  id: unit.id,
  name: unit.name,
  path: unit.path,
  level: unit.level,
})

export interface PlaceRoute {
  readonly rules: RuleBook
  readonly category: Category
  readonly cells: readonly GridCell[]
  readonly outcome: ReturnType<typeof route>
}

/** The cells nearest to the place beyond the routing radius: they only tell whose hand-sorting queue it is. */
const farZoom = 10
const farMetres = 30_000

/**
 * Looks up everything routing needs and routes (自动分派). Refuses `place-missing` without a point or a named
 * community, `place-outside-region`, `unknown-unit`, `unknown-category`.
 */
export const routePlace =
  (ports: Pick<Ports, 'units' | 'grid' | 'ruleBooks'>) =>
  async (place: Place, categoryId: string, now: number): Promise<Result<PlaceRoute>> => {
    const { point } = place
    if (!point && place.namedUnitId === undefined) return refuse('place-missing')
    if (point && !isInRegion(point)) return refuse('place-outside-region')
    const named = place.namedUnitId === undefined ? undefined : await ports.units.get(place.namedUnitId)
    if (place.namedUnitId !== undefined && (!named || named.kind === 'partner')) return refuse('unknown-unit')

    const reach = defaultRuleBook.routing.nearestWithinMetres
    const cells = point ? await ports.grid.inTiles(tilesAround(point, reach)) : []
    const around =
      cells.length > 0 || !point
        ? cells
        : await ports.grid.inCoarseTiles(tilesAround(point, farMetres, farZoom))
    const nearest = point
      ? around
          .map((cell) => ({ cell, metres: metresToPolygon(point, cell.rings) }))
          .sort((a, b) => a.metres - b.metres)[0]?.cell
      : undefined

    const path = nearest?.unit.path ?? named?.path ?? [regionUnitId]
    const rules = await ports.ruleBooks.of(path[2])
    const category = rules.categories.find((one) => one.id === categoryId)
    if (!category) return refuse('unknown-category')

    const sorterId = named && named.kind === 'committee' ? named.id : (path[3] ?? path[2] ?? regionUnitId)
    const special = path[2] === undefined ? [] : await ports.grid.specialUnits(path[2])
    const namedUnit = named && named.kind !== 'committee' ? toRoutedUnit(named) : undefined
    const locals = [...cells.map((cell) => cell.unit), ...(namedUnit ? [namedUnit] : [])]
    const parentIds = locals.flatMap((unit) => oneLevelUp(unit.path) ?? [])
    const uppers = new Map(
      (await ports.units.getMany([...new Set([...parentIds, sorterId])])).map((unit) => [
        unit.id,
        toRoutedUnit(unit),
      ]),
    )
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
      specialisedBranches: special.filter((one) => one.kind === 'specialised'),
      ...(namedUnit ? { namedUnit } : {}),
      handSorter,
      oneUpOf: (unit) => uppers.get(oneLevelUp(unit.path) ?? '') ?? handSorter,
    })
    return ok({ rules, category, cells, outcome })
  }

import { type CellKeys, cellKeysOf, type GridCell } from '../../cloudfunctions/contexts/grid/rules/grid-cell'
import { type RoutedUnit, toRoutedUnit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import { movePoint, type Point, type Position } from '../../cloudfunctions/ground/geometry'
import { communitiesWithTwoBranches, demoUnit, demoUnits, storyCommunityId } from './divisions'
import { type Random, randomFrom } from './random'
import { type Spot, voronoiCells } from './voronoi'

/** A cell as the database keeps it: with the map tiles by which it is found. */
export type DemoCell = GridCell & CellKeys

/** Centre of 萨拉齐镇's town and of 先锋乡, about where they really lie. */
export const townCentre: Point = { lng: 110.51, lat: 40.56 }
const villagesCentre: Point = { lng: 120.3, lat: 43.8 }

const distance = ([x, y]: Spot): number => Math.hypot(x, y)

/** Points of a triangular lattice around the origin, the nearest first, each shaken a little. */
const lattice = (spacingMetres: number, count: number, random: Random): readonly Spot[] => {
  const reach = Math.ceil(Math.sqrt(count)) + 2
  const steps = Array.from({ length: 2 * reach + 1 }, (_, step) => step - reach)
  return steps
    .flatMap((row) =>
      steps.map(
        (column): Spot => [
          (column + (row % 2 === 0 ? 0 : 0.5)) * spacingMetres,
          row * spacingMetres * Math.sqrt(0.75),
        ],
      ),
    )
    .sort((a, b) => distance(a) - distance(b) || a[1] - b[1] || a[0] - b[0])
    .slice(0, count)
    .map(([x, y]): Spot => {
      const shake = spacingMetres * 0.12
      return [x + random.between(-shake, shake), y + random.between(-shake, shake)]
    })
}

/** Points on a circle around the origin, about `spacingMetres` apart, each shaken a little. */
const ring = (radiusMetres: number, spacingMetres: number, random: Random): readonly Spot[] => {
  const count = Math.round((2 * Math.PI * radiusMetres) / spacingMetres)
  return Array.from({ length: count }, (_, at): Spot => {
    const angle = ((at + random.between(-0.1, 0.1)) * 2 * Math.PI) / count
    const radius = radiusMetres + spacingMetres * random.between(-0.08, 0.08)
    return [radius * Math.cos(angle), radius * Math.sin(angle)]
  })
}

/** One place of residence to be divided into cells. */
interface Settlement {
  readonly unitId: string
  readonly centre: Spot
  readonly widthMetres: number
}

const settlementsIn = (unitIds: readonly string[], places: readonly Spot[], widthMetres: number) =>
  unitIds.map((unitId, at): Settlement => ({ unitId, centre: places[at] ?? [0, 0], widthMetres }))

const villageIdsOf = (township: string): readonly string[] =>
  demoUnits.filter((unit) => unit.parentId === township && unit.level === 'village').map((unit) => unit.id)

const townWidthMetres = 780
const villageWidthMetres = 2200

/** Communities form the town; the villages lie around it. The outermost ring only closes the villages' cells. */
const townSettlements = (random: Random): readonly (readonly Settlement[])[] => {
  const ids = villageIdsOf('150221104')
  const communities = ids.filter((id) => id < '150221104200')
  const villages = ids.filter((id) => id >= '150221104200')
  const inTown = lattice(townWidthMetres, communities.length, random)
  const firstRingMetres = Math.max(...inTown.map(distance)) + 0.58 * villageWidthMetres
  const outside = [0, 1, 2, 3].flatMap((at) =>
    ring(firstRingMetres + at * villageWidthMetres, villageWidthMetres, random),
  )
  // The community of the story lies in the middle of the town.
  const order = [storyCommunityId, ...communities.filter((id) => id !== storyCommunityId)]
  const rest = outside.slice(villages.length)
  return [
    [
      ...settlementsIn(order, inTown, townWidthMetres),
      ...settlementsIn(villages, outside, villageWidthMetres),
    ],
    settlementsIn(
      rest.map(() => ''),
      rest,
      villageWidthMetres,
    ),
  ]
}

const villageSettlements = (random: Random): readonly (readonly Settlement[])[] => {
  const ids = villageIdsOf('150421201')
  const places = lattice(2400, 60, random)
  const rest = places.slice(ids.length)
  return [
    settlementsIn(ids, places, 2400),
    settlementsIn(
      rest.map(() => ''),
      rest,
      2400,
    ),
  ]
}

/** Two to six seeds around the middle of a settlement. */
const seedsOf = ({ centre, widthMetres }: Settlement, count: number, random: Random): readonly Spot[] => {
  const turn = random.between(0, 2 * Math.PI)
  return Array.from({ length: count }, (_, at): Spot => {
    const angle = turn + ((at + random.between(-0.15, 0.15)) * 2 * Math.PI) / count
    const radius = widthMetres * random.between(0.26, 0.32)
    return [centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)]
  })
}

const ordinals = ['一', '二', '三', '四', '五', '六'] as const

/** The branch that answers for the cell with this number in a community. */
const branchOf = (unitId: string, at: number, count: number): RoutedUnit =>
  toRoutedUnit(
    demoUnit(communitiesWithTwoBranches.includes(unitId) ? `${unitId}-${at < count / 2 ? 1 : 2}` : unitId),
  )

const toDegrees = (centre: Point, [east, north]: Spot): Position => {
  const { lng, lat } = movePoint(centre, east, north)
  return [Math.round(lng * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6]
}

/** Corners that fall on the same microdegree are one corner. */
const withoutRepeats = (ring: readonly Position[]): readonly Position[] =>
  ring.filter(([lng, lat], at) => {
    const before = ring[(at + ring.length - 1) % ring.length]
    return before === undefined || before[0] !== lng || before[1] !== lat
  })

const cellsAround = (
  centre: Point,
  [settlements = [], rim = []]: readonly (readonly Settlement[])[],
  random: Random,
): readonly DemoCell[] => {
  const planned = settlements.flatMap((settlement) => {
    const count =
      settlement.unitId === storyCommunityId
        ? 5
        : settlement.widthMetres === townWidthMetres
          ? random.whole(4, 6)
          : random.whole(2, 4)
    return seedsOf(settlement, count, random).map((seed, at) => ({
      seed,
      at,
      count,
      unitId: settlement.unitId,
    }))
  })
  const shapes = voronoiCells([
    ...planned.map(({ seed }) => seed),
    ...rim.flatMap((settlement) => seedsOf(settlement, 2, random)),
  ])
  return planned.map(({ unitId, at, count }, place): DemoCell => {
    const unit = branchOf(unitId, at, count)
    const corners = withoutRepeats((shapes[place] ?? []).map((corner) => toDegrees(centre, corner)))
    return {
      id: `${unitId}-cell-${at + 1}`,
      name: `${demoUnit(unitId).areaName}第${ordinals[at]}网格`,
      branchId: unit.id,
      unit,
      rings: [corners],
      ...cellKeysOf({ unit, rings: [corners] }),
      isGenerated: true,
    }
  })
}

/**
 * Generated grid cells for 萨拉齐镇 and 先锋乡: there is no open boundary material below the banner. The cells
 * of a township leave no gap and do not overlap.
 */
export const demoCells: readonly DemoCell[] = (() => {
  const town = randomFrom('cells of 150221104')
  const villages = randomFrom('cells of 150421201')
  return [
    ...cellsAround(townCentre, townSettlements(town), town),
    ...cellsAround(villagesCentre, villageSettlements(villages), villages),
  ]
})()

/** The cells of one community or village. */
export const demoCellsOf = (unitId: string): readonly DemoCell[] =>
  demoCells.filter((cell) => cell.unitPath.includes(unitId))

import * as fc from 'fast-check'
import {
  type CellKeys,
  cellKeysOf,
  type GridCell,
} from '../../../cloudfunctions/contexts/grid/rules/grid-cell'
import type { Unit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { toRoutedUnit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import type { Place } from '../../../cloudfunctions/contexts/routing/rules/routing'
import { routePlace } from '../../../cloudfunctions/contexts/routing/shared/route-place'
import { defaultRuleBook } from '../../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { movePoint, type Position, tilesAround } from '../../../cloudfunctions/ground/geometry'
import {
  banner,
  branch,
  farBranch,
  mondayAt,
  otherBranch,
  region,
  township,
  units,
} from '../../support/builders'
import { somePorts } from '../../support/some-ports'

/** Where a place goes in a country of these units in which no cell is drawn. */
const sorterOf = async (place: Place, ground?: Unit): Promise<string | undefined> => {
  const ports = somePorts({
    units: {
      lately: async (ids) => units.filter((unit) => ids.includes(unit.id)),
    },
    grid: {
      inTiles: async () => [],
      groundNear: async () => ground && toRoutedUnit(ground),
      specialUnits: async () => [],
    },
  })
  const routed = await routePlace(ports)(place, 'lane-repair', mondayAt)
  if (!routed.ok) throw new Error(routed.error.code)
  return routed.value.outcome.responsible === null ? routed.value.outcome.sorter.id : undefined
}

describe('L1: who sorts by hand', () => {
  test('is the township that the resident has named', async () => {
    expect(await sorterOf({ words: '东头', namedUnitId: township.id })).toBe(township.id)
  })

  test('is the banner, or the region, where that is what was named', async () => {
    expect(await sorterOf({ words: '东头', namedUnitId: banner.id })).toBe(banner.id)
    expect(await sorterOf({ words: '东头', namedUnitId: region.id })).toBe(region.id)
  })

  test('is the township of the nearest ground, well within the region', async () => {
    expect(await sorterOf({ words: '', point: { lng: 110.52, lat: 40.56 } }, branch)).toBe(township.id)
  })

  test('is the banner, not its township, where the place may lie beyond the region’s border', async () => {
    // 二连浩特, where the outline cannot tell.
    expect(await sorterOf({ words: '', point: { lng: 111.98, lat: 43.65 } }, branch)).toBe(banner.id)
  })

  test('is the region where the place lies in no banner', async () => {
    expect(await sorterOf({ words: '', point: { lng: 111.98, lat: 43.65 } })).toBe(region.id)
  })
})

describe('L1: what leads to a unit that has ended', () => {
  const point = { lng: 110.52, lat: 40.56 }
  const corner = (east: number, north: number): Position => {
    const { lng, lat } = movePoint(point, east, north)
    return [lng, lat]
  }
  const cell: GridCell = {
    id: 'cell',
    name: '第一网格',
    branchId: branch.id,
    rings: [[corner(-200, -200), corner(200, -200), corner(200, 200), corner(-200, 200)]],
    isGenerated: false,
    unit: toRoutedUnit(branch),
  }
  /** Who answers once these have ended, each into its successor where one is named. */
  const answersAfter = async (place: Place, ended: Readonly<Record<string, Partial<Unit>>>) => {
    const ports = somePorts({
      units: {
        lately: async (ids) =>
          units.filter((unit) => ids.includes(unit.id)).map((unit) => ({ ...unit, ...ended[unit.id] })),
      },
      grid: {
        inTiles: async () => (place.point ? [cell] : []),
        groundNear: async () => undefined,
        specialUnits: async () => [],
      },
    })
    const routed = await routePlace(ports)(place, 'lane-repair', mondayAt)
    if (!routed.ok) throw new Error(routed.error.code)
    const { responsible, sorter } = routed.value.outcome
    return (responsible ?? sorter).id
  }

  test.each<[string, Place]>([
    ['a cell that has not been redrawn', { words: '', point, accuracyMetres: 10 }],
    ['a community named on a page opened before', { words: '东头', namedUnitId: branch.id }],
  ])('by %s goes to the successor, else to the unit above', async (_how, place) => {
    expect(await answersAfter(place, {})).toBe(branch.id)
    const into = (successorId: string) => ({ endsAt: mondayAt, successorId })
    expect(await answersAfter(place, { [branch.id]: into(otherBranch.id) })).toBe(otherBranch.id)
    const twice = { [branch.id]: into(otherBranch.id), [otherBranch.id]: into(farBranch.id) }
    expect(await answersAfter(place, twice)).toBe(farBranch.id)
    expect(await answersAfter(place, { [branch.id]: { endsAt: mondayAt } })).toBe(township.id)
    expect(await answersAfter(place, { [branch.id]: { endsAt: mondayAt + 1 } })).toBe(branch.id)
  })

  test('by a branch of its own for a kind goes to that one’s successor, else above it', async () => {
    const answers = async (ended: Readonly<Record<string, Partial<Unit>>>) => {
      const ports = somePorts({
        units: {
          lately: async (ids) =>
            units.filter((unit) => ids.includes(unit.id)).map((unit) => ({ ...unit, ...ended[unit.id] })),
        },
        grid: {
          inTiles: async () => [cell],
          groundNear: async () => undefined,
          specialUnits: async () => [
            {
              id: 'special',
              kind: 'specialised',
              bannerId: banner.id,
              unit: toRoutedUnit(otherBranch),
              categoryIds: ['street-lamp'],
            },
          ],
        },
      })
      const place = { words: '', point, accuracyMetres: 10 }
      const routed = await routePlace(ports)(place, 'street-lamp', mondayAt)
      if (!routed.ok) throw new Error(routed.error.code)
      return routed.value.outcome.responsible?.id
    }
    expect(await answers({})).toBe(otherBranch.id)
    const into = { [otherBranch.id]: { endsAt: mondayAt, successorId: farBranch.id } }
    expect(await answers(into)).toBe(farBranch.id)
    expect(await answers({ [otherBranch.id]: { endsAt: mondayAt } })).toBe(township.id)
  })

  test('to be sorted goes to whoever sorts there now', async () => {
    const place = { words: '东头', namedUnitId: township.id }
    expect(await answersAfter(place, { [township.id]: { endsAt: mondayAt } })).toBe(banner.id)
  })
})

test('whatever a rule book allows, no place is looked around farther than 5 km', async () => {
  const asked: number[] = []
  const far = {
    ...defaultRuleBook,
    routing: { ...defaultRuleBook.routing, vagueBeyondMetres: 20_000, nearestWithinMetres: 20_000 },
  }
  const ports = somePorts({
    units: { lately: async () => [...units] },
    ruleBooks: { of: async () => far },
    grid: {
      inTiles: async (tiles) => {
        asked.push(tiles.length)
        return []
      },
      groundNear: async () => toRoutedUnit(branch),
      specialUnits: async () => [],
    },
  })
  const point = { lng: 110.52, lat: 40.56 }
  await routePlace(ports)({ words: '', point, accuracyMetres: 19_000 }, 'lane-repair', mondayAt)
  expect(asked).toHaveLength(2)
  expect(Math.max(...asked)).toBeLessThanOrEqual(tilesAround(point, 5_000).length)
})

describe('where a cell holds the place', () => {
  const middle = { lng: 110.52, lat: 40.56 }
  /** A town of cells of 150 m, of so many branches that neighbours are seldom of one. */
  const cells: readonly (GridCell & CellKeys)[] = Array.from({ length: 400 }, (_, no) => {
    const [column, row] = [(no % 20) - 10, Math.floor(no / 20) - 10]
    const corner = (east: number, north: number): Position => {
      const { lng, lat } = movePoint(middle, (column + east) * 150, (row + north) * 150)
      return [lng, lat]
    }
    const rings = [[corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]]
    const unit = { ...toRoutedUnit(branch), id: `branch-${no % 7}`, name: `第${no % 7}党支部` }
    return {
      id: `cell-${no}`,
      name: `第${no}网格`,
      branchId: unit.id,
      rings,
      isGenerated: true,
      unit,
      ...cellKeysOf({ unit, rings }),
    }
  })
  const routeBy = async (place: Place, inTiles: (tiles: readonly string[]) => readonly GridCell[]) => {
    const ports = somePorts({
      units: { lately: async () => [...units] },
      grid: {
        inTiles: async (tiles) => inTiles(tiles),
        groundNear: async () => toRoutedUnit(branch),
        specialUnits: async () => [],
      },
    })
    const routed = await routePlace(ports)(place, 'lane-repair', mondayAt)
    if (!routed.ok) throw new Error(routed.error.code)
    return routed.value.outcome
  }
  const within = (tiles: readonly string[]) =>
    cells.filter((cell) => cell.tiles.some((tile) => tiles.includes(tile)))

  test('no other is read than those about as near as the position may be wrong', async () => {
    const read: number[] = []
    await routeBy({ words: '', point: middle, accuracyMetres: 15 }, (tiles) => {
      const found = within(tiles)
      read.push(found.length)
      return found
    })
    expect(read).toHaveLength(1)
    expect(read[0]).toBeLessThan(40)
    expect(within(tilesAround(middle, 500)).length).toBeGreaterThan(100)
  })

  test('it is routed as if all around had been read', async () => {
    const metres = fc.integer({ min: -1_700, max: 1_700 })
    await fc.assert(
      fc.asyncProperty(
        metres,
        metres,
        fc.integer({ min: 0, max: 1_200 }),
        async (east, north, accuracyMetres) => {
          const place = { words: '', point: movePoint(middle, east, north), accuracyMetres }
          expect(await routeBy(place, within)).toEqual(await routeBy(place, () => cells))
        },
      ),
      { numRuns: 60 },
    )
  })
})

import * as fc from 'fast-check'
import type { UnitView } from '../../../client/features/reporting/words'
import { distanceText, nearestFirst } from '../../../client/words/nearest-first'
import { movePoint, roundPoint } from '../../../cloudfunctions/ground/geometry'

const spot = { lng: 110.51, lat: 40.56 }

const aUnit = (id: string): UnitView => ({
  id,
  name: `${id}党支部`,
  areaName: id,
  kind: 'branch',
  level: 'village',
  parentId: '150221104',
  path: ['15', '1502', '150221', '150221104', id],
  phone: null,
  address: null,
})

/** A square of 100 m whose western side lies so far to the east of the spot. */
const groundOf = (branchId: string, metresEast: number) => {
  const corners = [
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
  ] as const
  const ring = corners.map(([east, north]): [number, number] => {
    const { lng, lat } = movePoint(spot, metresEast + east, north)
    return [lng, lat]
  })
  return { branchId, rings: [ring] }
}

const units = ['甲', '乙', '丙', '丁'].map(aUnit)
const idsOf = (placed: readonly { readonly unit: UnitView }[]) => placed.map(({ unit }) => unit.id)

test('without a spot the order stays, and nothing is said about distances', () => {
  const placed = nearestFirst(units, undefined, [groundOf('丙', 0)])
  expect(idsOf(placed)).toEqual(['甲', '乙', '丙', '丁'])
  expect(placed.every(({ metres }) => metres === undefined)).toBe(true)
})

test('the nearest comes first, by the nearest piece of its ground; what has none comes last', () => {
  const grounds = [groundOf('乙', 3000), groundOf('乙', 900), groundOf('丙', 400), groundOf('丁', 2000)]
  expect(idsOf(nearestFirst(units, spot, grounds))).toEqual(['丙', '乙', '丁', '甲'])
})

test('whatever lies where, every unit is there once and none is nearer than the one before it', () => {
  const anyGround = fc.tuple(fc.constantFrom('甲', '乙', '丙', '丁'), fc.integer({ min: -5000, max: 5000 }))
  fc.assert(
    fc.property(fc.array(anyGround, { maxLength: 12 }), (grounds) => {
      const placed = nearestFirst(
        units,
        spot,
        grounds.map(([id, metres]) => groundOf(id, metres)),
      )
      expect(idsOf(placed).sort()).toEqual(idsOf(nearestFirst(units, undefined, [])).sort())
      const metres = placed.map((one) => one.metres ?? Number.POSITIVE_INFINITY)
      expect(metres).toEqual([...metres].sort((a, b) => (a === b ? 0 : a - b)))
    }),
  )
})

test('S1: all spots that round to the same place give the same list', () => {
  const grounds = [groundOf('甲', 740), groundOf('乙', -830), groundOf('丙', 120)]
  fc.assert(
    fc.property(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 }), (east, north) => {
      const moved = movePoint(roundPoint(spot), east / 2, north / 2)
      fc.pre(roundPoint(moved).lng === roundPoint(spot).lng && roundPoint(moved).lat === roundPoint(spot).lat)
      expect(nearestFirst(units, moved, grounds)).toEqual(nearestFirst(units, spot, grounds))
    }),
  )
})

test.each([
  [0, '就在这一带'],
  [49, '就在这一带'],
  [51, '约100米'],
  [949, '约900米'],
  [951, '约1公里'],
  [2149, '约2.1公里'],
])('%p m are said as %s', (metres, said) => {
  expect(distanceText(metres)).toBe(said)
})

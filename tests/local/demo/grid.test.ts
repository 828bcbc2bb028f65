import fc from 'fast-check'
import { isInRegion } from '../../../cloudfunctions/contexts/grid/rules/region-outline'
import { isInPolygon, metresToBorder, tilesAround } from '../../../cloudfunctions/ground/geometry'
import { alleys, storyPlace } from '../../../local/demo/alleys'
import { demoUnit, demoUnits, storyCommunityId } from '../../../local/demo/divisions'
import { type DemoCell, demoCells, demoCellsOf } from '../../../local/demo/grid'

const townships = ['150221104', '150421201'] as const
const cornersOf = (cell: DemoCell) => cell.rings[0] ?? []
const key = (corner: readonly [number, number]) => corner.join(' ')
const edgesOf = (cell: DemoCell) =>
  cornersOf(cell).map((from, at, ring) => [from, ring[(at + 1) % ring.length] ?? from] as const)

describe.each(townships)('the generated cells of township %s', (township) => {
  const cells = demoCellsOf(township)
  const corners = cells.flatMap(cornersOf)
  const lngs = corners.map(([lng]) => lng)
  const lats = corners.map(([, lat]) => lat)

  it('cover each of its communities and villages with two to six cells', () => {
    const areas = demoUnits.filter(
      (unit) => unit.parentId === township && unit.level === 'village' && unit.areaCode === unit.id,
    )
    expect(areas.length).toBeGreaterThan(10)
    for (const area of areas) {
      const count = demoCellsOf(area.id).length
      expect(count).toBeGreaterThanOrEqual(2)
      expect(count).toBeLessThanOrEqual(6)
    }
  })

  it('share every inner edge exactly, corner for corner, with one neighbour', () => {
    const directed = new Map<string, number>()
    for (const cell of cells) {
      for (const [from, to] of edgesOf(cell)) {
        const edge = `${key(from)} → ${key(to)}`
        directed.set(edge, (directed.get(edge) ?? 0) + 1)
      }
    }
    // Counter-clockwise neighbours walk their common edge in opposite directions, each once.
    expect([...directed.values()].every((count) => count === 1)).toBe(true)
    const rim = [...directed.keys()].filter((edge) => !directed.has(edge.split(' → ').reverse().join(' → ')))
    // What is left is one closed line around the township.
    const next = new Map(rim.map((edge) => edge.split(' → ') as [string, string]))
    expect(next.size).toBe(rim.length)
    const [start] = next.keys()
    let steps = 0
    for (let at = start; at !== undefined && (steps === 0 || at !== start); at = next.get(at)) steps += 1
    expect(steps).toBe(rim.length)
  })

  it('own every place among them exactly once', () => {
    fc.assert(
      fc.property(
        fc.double({ min: Math.min(...lngs), max: Math.max(...lngs), noNaN: true }),
        fc.double({ min: Math.min(...lats), max: Math.max(...lats), noNaN: true }),
        (lng, lat) => cells.filter((cell) => isInPolygon({ lng, lat }, cell.rings)).length <= 1,
      ),
      { numRuns: 1500 },
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...cells),
        fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 }),
        (cell, shares) => {
          // A mean of the corners with any weights lies within a convex cell.
          const ring = cornersOf(cell)
          const weights = ring.map((_, at) => shares[at % shares.length] ?? 1)
          const sum = weights.reduce((a, b) => a + b, 0)
          const mean = (axis: 0 | 1) =>
            ring.reduce((total, corner, at) => total + corner[axis] * (weights[at] ?? 0), 0) / sum
          const point = { lng: mean(0), lat: mean(1) }
          return cells.filter((one) => isInPolygon(point, one.rings)).length === 1
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('are found by the tile of any place in them', () => {
    const unfound = cells.filter((cell) =>
      cornersOf(cell).some(([lng, lat]) => {
        const [tile = ''] = tilesAround({ lng, lat }, 0)
        return !cell.tiles.includes(tile)
      }),
    )
    expect(unfound).toEqual([])
    expect(Math.max(...cells.map((cell) => cell.tiles.length))).toBeLessThanOrEqual(100)
  })

  it('lie in the region, on whole microdegrees, and say that they are generated', () => {
    for (const cell of cells) {
      expect(cell.isGenerated).toBe(true)
      expect(cell.unitPath).toEqual(demoUnit(cell.branchId).path)
      expect(cell.unit.name).toBe(demoUnit(cell.branchId).name)
    }
    const isWhole = (degrees: number) => degrees === Math.round(degrees * 1e6) / 1e6
    expect(corners.filter(([lng, lat]) => !isWhole(lng) || !isWhole(lat))).toEqual([])
    expect(corners.filter(([lng, lat]) => !isInRegion({ lng, lat }))).toEqual([])
  })
})

describe('the 26 alleys', () => {
  it('lie in 后炭市社区, more than 50 m from one another', () => {
    expect(alleys).toHaveLength(26)
    expect(alleys.map((alley) => alley.name)).toEqual(
      expect.arrayContaining(['一号巷', '十号巷', '十二号巷', '二十号巷', '二十六号巷']),
    )
    for (const { point } of alleys) {
      const owners = demoCells.filter((cell) => isInPolygon(point, cell.rings))
      expect(owners.map((cell) => cell.branchId)).toEqual([storyCommunityId])
      for (const other of alleys) {
        const [dx, dy] = [(other.point.lng - point.lng) * 84_400, (other.point.lat - point.lat) * 111_195]
        if (other.point !== point) expect(Math.hypot(dx, dy)).toBeGreaterThan(55)
      }
    }
  })

  it('leave the place of the story in the third cell, far from every border of the community', () => {
    const owner = demoCells.find((cell) => isInPolygon(storyPlace.point, cell.rings))
    expect(owner?.name).toBe('后炭市社区第三网格')
    const others = demoCells.filter((cell) => cell.branchId !== storyCommunityId)
    expect(Math.min(...others.map((cell) => metresToBorder(storyPlace.point, cell.rings)))).toBeGreaterThan(
      100,
    )
  })
})

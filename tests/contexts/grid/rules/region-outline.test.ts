import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { isInRegion, regionPosition } from '../../../../cloudfunctions/contexts/grid/rules/region-outline'
import { isInPolygon, movePoint, type Rings } from '../../../../cloudfunctions/ground/geometry'

// Source: Tianditu administrative boundaries, WGS84, 5,817 positions.
const original = JSON.parse(readFileSync(path.join(__dirname, 'inner-mongolia-outline.geojson'), 'utf8')) as {
  readonly geometry: { readonly coordinates: readonly Rings[] }
}
const rings = original.geometry.coordinates.flat()

describe('the region', () => {
  test('holds every position of its original outline', () => {
    const refused = rings.flat().filter(([lng, lat]) => !isInRegion({ lng, lat }))
    expect(rings.flat().length).toBeGreaterThan(5000)
    expect(refused).toEqual([])
  })

  test('holds every place inside its original outline, near the border above all', () => {
    const positions = rings.flat()
    const anyPlaceNearTheBorder = fc
      .record({
        index: fc.nat({ max: positions.length - 1 }),
        east: fc.integer({ min: -20_000, max: 20_000 }),
        north: fc.integer({ min: -20_000, max: 20_000 }),
      })
      .map(({ index, east, north }) => {
        const [lng, lat] = positions[index] ?? [110, 41]
        return movePoint({ lng, lat }, east, north)
      })
    const anyPlace = fc.record({
      lng: fc.double({ min: 105, max: 124, noNaN: true }),
      lat: fc.double({ min: 39, max: 50, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.oneof({ weight: 3, arbitrary: anyPlaceNearTheBorder }, anyPlace), (place) => {
        fc.pre(isInPolygon(place, rings))
        expect(isInRegion(place)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    ['后炭市社区', 110.5256, 40.5633],
    ['先锋乡', 120.08, 43.88],
    ['呼和浩特', 111.7492, 40.8426],
    ['满洲里', 117.4554, 49.5906],
    ['二连浩特', 111.9786, 43.6532],
    ['额济纳旗', 101.0688, 41.9676],
    ['加格达奇以西', 123.0, 50.4],
  ])('holds %s', (_name, lng, lat) => {
    expect(isInRegion({ lng, lat })).toBe(true)
  })

  test.each([
    ['北京', 116.4074, 39.9042],
    ['银川', 106.2309, 38.4872],
    ['大同', 113.3, 40.0768],
    ['榆林', 109.7347, 38.2852],
    ['沈阳', 123.4315, 41.8057],
    ['哈尔滨', 126.535, 45.8038],
    ['乌兰巴托', 106.9057, 47.8864],
    ['nowhere at all', 0, 0],
  ])('does not hold %s', (_name, lng, lat) => {
    expect(isInRegion({ lng, lat })).toBe(false)
  })
})

describe('what the simplified outline cannot tell', () => {
  test.each([
    ['河曲', 111.147, 39.384],
    ['扎门乌德', 111.905, 43.722],
    ['后贝加尔斯克', 117.33, 49.65],
    ['二连浩特', 111.9786, 43.6532],
  ])('%s is near the border, not taken as inside', (_name, lng, lat) => {
    expect(regionPosition({ lng, lat })).toBe('near-border')
  })

  test('nothing outside the original outline is taken as inside, nothing inside it as outside', () => {
    const positions = rings.flat()
    fc.assert(
      fc.property(
        fc.nat({ max: positions.length - 1 }),
        fc.integer({ min: -12_000, max: 12_000 }),
        fc.integer({ min: -12_000, max: 12_000 }),
        (index, east, north) => {
          const [lng, lat] = positions[index] ?? [110, 41]
          const place = movePoint({ lng, lat }, east, north)
          const isReallyIn = isInPolygon(place, rings)
          expect(regionPosition(place)).not.toBe(isReallyIn ? 'outside' : 'inside')
        },
      ),
      { numRuns: 400 },
    )
  })
})

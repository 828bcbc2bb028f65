import * as fc from 'fast-check'
import {
  alikeMetres,
  publicDistanceMetres,
  publicPlaceOf,
  publicPlacesAround,
  publicRouting,
} from '../../../../cloudfunctions/contexts/routing/rules/public-place'
import { routingReasonText } from '../../../../cloudfunctions/contexts/routing/words'
import { distanceMetres, movePoint, type Point, roundPoint } from '../../../../cloudfunctions/ground/geometry'

const inRegion = fc.record({
  lng: fc.double({ min: 97, max: 127, noNaN: true }),
  lat: fc.double({ min: 37, max: 54, noNaN: true }),
})
/** Another point of the same square of about 100 m. */
const inItsSquare = (point: Point, east: number, north: number): Point => {
  const { lng, lat } = roundPoint(point)
  return { lng: lng + east * 0.000499, lat: lat + north * 0.000499 }
}
const share = fc.double({ min: -1, max: 1, noNaN: true })

test('S1: two houses of one square are the same place to outsiders, whatever is asked', () => {
  fc.assert(
    fc.property(inRegion, share, share, share, share, inRegion, (near, a, b, c, d, far) => {
      const one = inItsSquare(near, a, b)
      const other = inItsSquare(near, c, d)
      expect(publicPlaceOf(one)).toBe(publicPlaceOf(other))
      for (const asked of [far, near, movePoint(near, 130, -80)]) {
        expect(publicDistanceMetres(asked, one)).toBe(publicDistanceMetres(asked, other))
      }
      expect(publicPlacesAround(one, alikeMetres)).toEqual(publicPlacesAround(other, alikeMetres))
    }),
  )
})

test('S1: a distance comes in steps of 100 m, and is never farther from the truth than two squares are wide', () => {
  fc.assert(
    fc.property(
      inRegion,
      fc.integer({ min: -400, max: 400 }),
      fc.integer({ min: -400, max: 400 }),
      (asked, east, north) => {
        const place = movePoint(asked, east, north)
        const told = publicDistanceMetres(asked, place)
        expect(told % 100).toBe(0)
        expect(Math.abs(told - distanceMetres(asked, place))).toBeLessThan(50 + 2 * 75)
      },
    ),
  )
})

test('M1: the places around are all rounded places within 250 m, each once, the nearest first', () => {
  fc.assert(
    fc.property(
      inRegion,
      fc.integer({ min: -400, max: 400 }),
      fc.integer({ min: -400, max: 400 }),
      (asked, east, north) => {
        const around = publicPlacesAround(asked, alikeMetres)
        expect(around[0]).toEqual({ key: publicPlaceOf(asked), metres: 0 })
        expect(new Set(around.map(({ key }) => key)).size).toBe(around.length)
        expect(around.length).toBeLessThan(60)
        const metres = around.map((place) => place.metres)
        expect(metres).toEqual([...metres].sort((a, b) => a - b))
        const other = movePoint(asked, east, north)
        // The law's number, not the code's own.
        const isNear = distanceMetres(roundPoint(asked), roundPoint(other)) <= 250
        expect(around.some(({ key }) => key === publicPlaceOf(other))).toBe(isNear)
      },
    ),
    { numRuns: 300 },
  )
})

test('places go on beyond the antimeridian', () => {
  const keys = publicPlacesAround({ lng: 179.9999, lat: 50 }, 150).map(({ key }) => key)
  expect(keys).toContain('-179999,50000')
  expect(keys).toContain('179999,50000')
  expect(publicPlaceOf({ lng: 180, lat: 50 })).toBe(publicPlaceOf({ lng: -180, lat: 50 }))
})

test.each([
  ['the pole', { lng: 0, lat: 89.99 }, 250],
  ['nowhere', { lng: Number.NaN, lat: 40 }, 250],
  ['no latitude', { lng: 110, lat: Number.POSITIVE_INFINITY }, 250],
  ['too wide a circle', { lng: 110, lat: 40 }, 301],
  ['no radius', { lng: 110, lat: 40 }, Number.NaN],
])('nobody looks around at %s', (_what, point, radius) => {
  expect(() => publicPlacesAround(point, radius)).toThrow(RangeError)
})

test('S1: outsiders read which unit answers, never the cell, the nearness or the border', () => {
  expect(publicRouting({ answerableUnit: { name: '后炭市社区党支部' }, isSorting: false })).toEqual({
    policy: null,
    reasons: [{ why: 'answers', unit: '后炭市社区党支部' }],
    cellId: null,
    cellName: null,
    isProvisional: false,
    alternateName: null,
  })
  expect(
    publicRouting({ answerableUnit: { name: '萨拉齐镇党委' }, isSorting: true }).reasons.map(
      routingReasonText,
    ),
  ).toEqual(['由萨拉齐镇党委指定责任单位'])
})

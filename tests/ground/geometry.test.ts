import * as fc from 'fast-check'
import {
  distanceMetres,
  isInPolygon,
  metresToBorder,
  metresToPolygon,
  movePoint,
  type Point,
  type Ring,
  type Rings,
  roundPoint,
  tilesAround,
  tilesOfPolygon,
} from '../../cloudfunctions/ground/geometry'

/** Whole microdegrees near 后炭市社区, so that nothing is lost in writing them as degrees. */
const west = 110_500_000
const south = 40_550_000
const pointAt = (x: number, y: number): Point => ({ lng: (west + x) / 1e6, lat: (south + y) / 1e6 })
const ringOf = (corners: readonly (readonly [number, number])[]): Ring =>
  corners.map(([x, y]) => [(west + x) / 1e6, (south + y) / 1e6] as const)

const anywhere = fc.record({
  lng: fc.double({ min: 97.2, max: 126, noNaN: true }),
  lat: fc.double({ min: 37.5, max: 53.3, noNaN: true }),
})

/**
 * A square cut into nine pieces by lines whose joints are moved at random: neighbours share slanted edges,
 * corners, and, since each piece runs in its own direction, write the same edge both ways round.
 */
const anyPartition = fc
  .record({
    shifts: fc.array(fc.tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -300, max: 300 })), {
      minLength: 16,
      maxLength: 16,
    }),
    isReversed: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
  })
  .map(({ shifts, isReversed }) => {
    const jointAt = (column: number, row: number): readonly [number, number] => {
      const [dx, dy] = shifts[row * 4 + column] ?? [0, 0]
      const isRim = column === 0 || column === 3 || row === 0 || row === 3
      return isRim ? [column * 1000, row * 1000] : [column * 1000 + dx, row * 1000 + dy]
    }
    const pieces: { readonly rings: Rings; readonly corners: readonly (readonly [number, number])[] }[] = []
    for (let row = 0; row < 3; row += 1) {
      for (let column = 0; column < 3; column += 1) {
        const corners = [
          jointAt(column, row),
          jointAt(column + 1, row),
          jointAt(column + 1, row + 1),
          jointAt(column, row + 1),
        ]
        if (isReversed[row * 3 + column]) corners.reverse()
        pieces.push({ rings: [ringOf(corners)], corners })
      }
    }
    return pieces
  })

describe('a point in a polygon', () => {
  const square = [
    [0, 0],
    [1000, 0],
    [1000, 1000],
    [0, 1000],
  ] as const

  test('is inside, outside, or in a hole', () => {
    const rings = [
      ringOf(square),
      ringOf([
        [400, 400],
        [600, 400],
        [600, 600],
        [400, 600],
      ]),
    ]
    expect(isInPolygon(pointAt(100, 100), rings)).toBe(true)
    expect(isInPolygon(pointAt(500, 500), rings)).toBe(false)
    expect(isInPolygon(pointAt(1100, 500), rings)).toBe(false)
    expect(isInPolygon(pointAt(500, 1100), rings)).toBe(false)
  })

  test('does not depend on where the ring starts, which way it runs or whether it is closed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })), {
          minLength: 3,
          maxLength: 9,
        }),
        fc.nat({ max: 8 }),
        fc.integer({ min: -1, max: 51 }),
        fc.integer({ min: -1, max: 51 }),
        (corners, turn, x, y) => {
          const rotated = [
            ...corners.slice(turn % corners.length),
            ...corners.slice(0, turn % corners.length),
          ]
          const expected = isInPolygon(pointAt(x, y), [ringOf(corners)])
          expect(isInPolygon(pointAt(x, y), [ringOf(rotated)])).toBe(expected)
          expect(isInPolygon(pointAt(x, y), [ringOf([...corners].reverse())])).toBe(expected)
          expect(isInPolygon(pointAt(x, y), [ringOf([...corners, ...corners.slice(0, 1)])])).toBe(expected)
        },
      ),
    )
  })

  test('of a partition has exactly one owner, on edges and corners as well', () => {
    fc.assert(
      fc.property(
        anyPartition,
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2999 }), fc.integer({ min: 0, max: 2999 })), {
          minLength: 20,
          maxLength: 20,
        }),
        (pieces, random) => {
          const corners = pieces.flatMap((piece) => piece.corners)
          const middles = pieces.flatMap((piece) =>
            piece.corners.map(([x, y], index) => {
              const [nextX, nextY] = piece.corners[(index + 1) % piece.corners.length] ?? [x, y]
              return [Math.round((x + nextX) / 2), Math.round((y + nextY) / 2)] as const
            }),
          )
          for (const [x, y] of [...corners, ...middles, ...random]) {
            if (x < 0 || y < 0 || x >= 3000 || y >= 3000) continue
            const owners = pieces.filter((piece) => isInPolygon(pointAt(x, y), piece.rings))
            expect(owners).toHaveLength(1)
          }
        },
      ),
    )
  })

  test('is decided exactly at the scale of the whole region', () => {
    // A line across 29 degrees, and the three microdegrees around it: the cross product nears 2^50.
    const rings: Rings = [
      [
        [97.0, 37.0],
        [126.0, 53.0],
        [97.0, 53.0],
      ],
    ]
    expect(isInPolygon({ lng: 111.5, lat: 45.000001 }, rings)).toBe(true)
    expect(isInPolygon({ lng: 111.5, lat: 44.999999 }, rings)).toBe(false)
  })
})

describe('distances', () => {
  test('are right for a known pair: 呼和浩特 to 包头 is about 162 km', () => {
    const hohhot = { lng: 111.7492, lat: 40.8426 }
    const baotou = { lng: 109.8404, lat: 40.6574 }
    expect(distanceMetres(hohhot, baotou) / 1000).toBeCloseTo(162, 0)
  })

  test('are the same both ways, nothing to oneself, and keep the triangle', () => {
    fc.assert(
      fc.property(anywhere, anywhere, anywhere, (a, b, c) => {
        expect(distanceMetres(a, b)).toBe(distanceMetres(b, a))
        expect(distanceMetres(a, a)).toBe(0)
        expect(distanceMetres(a, c)).toBeLessThanOrEqual(distanceMetres(a, b) + distanceMetres(b, c) + 0.001)
      }),
    )
  })

  test('to a border agree with the distance to its nearest point', () => {
    // A straight border running north: the nearest point of it lies due west.
    const rings = [
      ringOf([
        [0, -200_000],
        [10, -200_000],
        [10, 200_000],
        [0, 200_000],
      ]),
    ]
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 100_000 }), (x) => {
        const expected = distanceMetres(pointAt(x, 0), pointAt(10, 0))
        expect(metresToBorder(pointAt(x, 0), rings) / expected).toBeCloseTo(1, 3)
        expect(metresToPolygon(pointAt(x, 0), rings)).toBe(metresToBorder(pointAt(x, 0), rings))
      }),
    )
  })

  test('to the polygon one stands in are nothing, to its border they are not', () => {
    const rings = [
      ringOf([
        [0, 0],
        [9000, 0],
        [9000, 9000],
        [0, 9000],
      ]),
    ]
    expect(metresToPolygon(pointAt(4500, 4500), rings)).toBe(0)
    expect(metresToBorder(pointAt(4500, 4500), rings)).toBeGreaterThan(300)
  })

  test('moving a point moves it that far', () => {
    fc.assert(
      fc.property(
        anywhere,
        fc.integer({ min: -500, max: 500 }),
        fc.integer({ min: -500, max: 500 }),
        (point, east, north) => {
          const moved = distanceMetres(point, movePoint(point, east, north))
          expect(Math.abs(moved - Math.hypot(east, north))).toBeLessThan(0.5)
        },
      ),
    )
  })
})

describe('tiles', () => {
  test('of a point are the one it lies in', () => {
    expect(tilesAround({ lng: 0.001, lat: 0.001 }, 0, 1)).toEqual(['1/1/0'])
    expect(tilesAround({ lng: 110.5256, lat: 40.5633 }, 0)).toEqual(['16/52888/24676'])
  })

  test('around a point contain the tile of every point of the circle', () => {
    fc.assert(
      fc.property(
        anywhere,
        fc.integer({ min: 0, max: 1000 }),
        fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (point, radius, angle, part) => {
          const other = movePoint(point, radius * part * Math.cos(angle), radius * part * Math.sin(angle))
          const [tile] = tilesAround(other, 0)
          expect(tilesAround(point, radius)).toContain(tile)
        },
      ),
    )
  })

  test('around a point within 500 m are few enough for one query', () => {
    fc.assert(
      fc.property(anywhere, (point) => {
        const tiles = tilesAround(point, 500)
        expect(new Set(tiles).size).toBe(tiles.length)
        expect(tiles.length).toBeLessThanOrEqual(25)
      }),
    )
  })

  const anyStar = fc
    .record({
      centre: anywhere,
      metres: fc.array(fc.integer({ min: 50, max: 3000 }), { minLength: 3, maxLength: 12 }),
    })
    .map(({ centre, metres }) => {
      const ring = metres.map((reach, index): readonly [number, number] => {
        const angle = (2 * Math.PI * index) / metres.length
        const corner = movePoint(centre, reach * Math.cos(angle), reach * Math.sin(angle))
        return [corner.lng, corner.lat]
      })
      return { centre, ring }
    })

  test('of a polygon contain the tile of every point in it and on its border', () => {
    fc.assert(
      fc.property(
        anyStar,
        fc.constantFrom(10, 16),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 11 })), {
          minLength: 10,
          maxLength: 10,
        }),
        ({ centre, ring }, zoom, picks) => {
          const tiles = new Set(tilesOfPolygon([ring], zoom))
          for (const [part, pick] of picks) {
            const [lng, lat] = ring[pick % ring.length] ?? [centre.lng, centre.lat]
            const [nextLng, nextLat] = ring[(pick + 1) % ring.length] ?? [lng, lat]
            const onBorder = { lng: lng + part * (nextLng - lng), lat: lat + part * (nextLat - lat) }
            const inward = {
              lng: onBorder.lng + part * (centre.lng - onBorder.lng),
              lat: onBorder.lat + part * (centre.lat - onBorder.lat),
            }
            for (const point of [onBorder, inward]) {
              if (point === inward && !isInPolygon(inward, [ring])) continue
              expect(tiles.has(tilesAround(point, 0, zoom)[0] ?? '')).toBe(true)
            }
          }
        },
      ),
    )
  })

  test('of a polygon leave out the tiles it does not touch', () => {
    fc.assert(
      fc.property(anyStar, ({ centre, ring }) => {
        const reach = Math.max(...ring.map(([lng, lat]) => distanceMetres(centre, { lng, lat })))
        const around = new Set(tilesAround(centre, reach + 1))
        for (const tile of tilesOfPolygon([ring])) expect(around.has(tile)).toBe(true)
      }),
    )
  })

  test('of a cell and of the circle around a place within 500 m of it always meet', () => {
    fc.assert(
      fc.property(
        anyStar,
        fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
        fc.integer({ min: 0, max: 4000 }),
        ({ centre, ring }, angle, far) => {
          const place = movePoint(centre, far * Math.cos(angle), far * Math.sin(angle))
          fc.pre(metresToPolygon(place, [ring]) <= 499)
          const cellTiles = new Set(tilesOfPolygon([ring]))
          expect(tilesAround(place, 500).some((tile) => cellTiles.has(tile))).toBe(true)
        },
      ),
    )
  })

  test('at the poles and the antimeridian are few, and tiles of the map', () => {
    const hostile = fc.record({
      lng: fc.oneof(
        fc.constantFrom(-180, 180, 179.9999, -179.9999),
        fc.double({ min: -180, max: 180, noNaN: true }),
      ),
      lat: fc.oneof(
        fc.constantFrom(-90, 90, 89.99, -89.99, 85.06),
        fc.double({ min: -90, max: 90, noNaN: true }),
      ),
    })
    fc.assert(
      fc.property(hostile, fc.constantFrom(0, 60, 500), fc.constantFrom(10, 16), (point, radius, zoom) => {
        const tiles = tilesAround(point, radius, zoom)
        expect(tiles.length).toBeGreaterThan(0)
        expect(tiles.length).toBeLessThanOrEqual(300)
        expect(new Set(tiles).size).toBe(tiles.length)
        for (const tile of tiles) {
          const [, x = -1, y = -1] = tile.split('/').map(Number)
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x).toBeLessThan(2 ** zoom)
          expect(y).toBeGreaterThanOrEqual(0)
          expect(y).toBeLessThan(2 ** zoom)
        }
      }),
    )
    expect(tilesAround({ lng: 180, lat: 50 }, 500)).toContain(tilesAround({ lng: -180, lat: 50 }, 0)[0])
  })

  test.each([
    ['nowhere', { lng: Number.NaN, lat: 40 }, 100],
    ['a latitude that is none', { lng: 110, lat: 90.1 }, 100],
    ['an infinite longitude', { lng: Number.POSITIVE_INFINITY, lat: 40 }, 100],
    ['a radius that is none', { lng: 110, lat: 40 }, Number.NaN],
    ['a negative radius', { lng: 110, lat: 40 }, -1],
    ['half the world', { lng: 110, lat: 40 }, 5_000_000],
  ])('are not counted around %s', (_what, point, radius) => {
    expect(() => tilesAround(point, radius)).toThrow(RangeError)
  })

  test('of nothing are none', () => {
    expect(tilesOfPolygon([])).toEqual([])
  })
})

test('a rounded place lies within about 100 m of the true one and says nothing finer', () => {
  fc.assert(
    fc.property(anywhere, (point) => {
      const rounded = roundPoint(point)
      expect(distanceMetres(point, rounded)).toBeLessThan(75)
      expect(rounded.lng).toBe(Number(rounded.lng.toFixed(3)))
      expect(rounded.lat).toBe(Number(rounded.lat.toFixed(3)))
      expect(roundPoint(rounded)).toEqual(rounded)
    }),
  )
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import type { DatabaseConfig } from '../../../local/cloudbase'
import { type Engine, openEngine } from '../../../local/cloudbase/database/engine'
import { matcher } from '../../../local/cloudbase/database/mongo'
import { aGeoIndex, anIndex } from './a-cloud'

type Row = Readonly<Record<string, unknown>> & { readonly _id: string }
type Position = readonly [number, number]

const collections: DatabaseConfig['collections'] = [
  { CollectionName: 'plain', AclTag: 'ADMINONLY', CreateIndexes: [aGeoIndex('place', ['@loc'])] },
  {
    CollectionName: 'compound',
    AclTag: 'ADMINONLY',
    CreateIndexes: [
      aGeoIndex('kind_place', ['kind', '@loc', '-n']),
      aGeoIndex('place', ['@loc', 'n']),
      anIndex('number', ['n']),
    ],
  },
]

let engine: Engine
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'geo-'))
  engine = openEngine({ folder, collections, unindexedQueries: 'refuse' })
})
afterAll(async () => {
  engine.close()
  await rm(folder, { recursive: true, force: true })
})

const earthRadiusMetres = 6_378_100
const radians = (degrees: number) => (degrees * Math.PI) / 180
/** By the chord between two points of a sphere: another way than the code takes. */
const metresBetween = ([lngA, latA]: Position, [lngB, latB]: Position): number => {
  const vector = (lng: number, lat: number) => [
    Math.cos(radians(lat)) * Math.cos(radians(lng)),
    Math.cos(radians(lat)) * Math.sin(radians(lng)),
    Math.sin(radians(lat)),
  ]
  const b = vector(lngB, latB)
  const chord = Math.hypot(...vector(lngA, latA).map((one, at) => one - (b[at] ?? 0)))
  return 2 * Math.asin(Math.min(1, chord / 2)) * earthRadiusMetres
}

const decimal = (min: number, max: number) => fc.double({ min, max, noNaN: true })
/** On a coarse grid many things touch; anywhere few do. */
const position: fc.Arbitrary<Position> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.integer({ min: 109, max: 113 }), fc.integer({ min: 39, max: 42 })) },
  { weight: 3, arbitrary: fc.tuple(decimal(97, 126), decimal(37, 53)) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(180, -180, 179, -179, 178.5), fc.integer({ min: -2, max: 2 })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(0, 90, 180, -90, 45.5), fc.constantFrom(90, -90, 89.5, 88)),
  },
  { weight: 1, arbitrary: fc.tuple(decimal(-180, 180), decimal(-90, 90)) },
  { weight: 1, arbitrary: fc.tuple(fc.integer({ min: -1, max: 1 }), fc.integer({ min: -1, max: 1 })) },
)
const inRange = ([lng, lat]: Position): Position => [
  lng > 180 ? lng - 360 : lng < -180 ? lng + 360 : lng,
  Math.max(-90, Math.min(90, lat)),
]
const step = fc.oneof(fc.integer({ min: -3, max: 3 }), decimal(-2, 2), decimal(-0.001, 0.001))
const near = (start: Position) =>
  fc.tuple(step, step).map(([x, y]): Position => inRange([start[0] + x, start[1] + y]))

const line = position.chain((start) =>
  fc.array(near(start), { minLength: 1, maxLength: 3 }).map((rest) => [start, ...rest]),
)
const size = fc.oneof(fc.integer({ min: 1, max: 4 }), decimal(0.0001, 3))
const box = ([west, south]: Position, width: number, height: number): Position[] => {
  const [east, north] = [west + width, Math.min(90, south + height)]
  return (
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ] as Position[]
  ).map(inRange)
}
const polygon = fc.oneof(
  fc.tuple(position, size, size).map(([corner, width, height]) => [box(corner, width, height)]),
  fc
    .tuple(position, size, size)
    .map(([[west, south], width, height]) => [
      box([west, south], width, height),
      box(inRange([west + width / 4, south + height / 4]), width / 2, height / 2),
    ]),
  position.chain((start) =>
    fc.array(near(start), { minLength: 2, maxLength: 5 }).map((rest) => [[start, ...rest, start]]),
  ),
)
const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 })
const geometry = fc.oneof(
  { weight: 5, arbitrary: position.map((coordinates) => ({ type: 'Point', coordinates })) },
  line.map((coordinates) => ({ type: 'LineString', coordinates })),
  polygon.map((coordinates) => ({ type: 'Polygon', coordinates })),
  few(position).map((coordinates) => ({ type: 'MultiPoint', coordinates })),
  few(line).map((coordinates) => ({ type: 'MultiLineString', coordinates })),
  few(polygon).map((coordinates) => ({ type: 'MultiPolygon', coordinates })),
)
const isTaken = (loc: unknown): boolean => {
  try {
    matcher({ loc: { $geoIntersects: { $geometry: loc } } })
    return true
  } catch {
    return false
  }
}
const place = geometry.filter(isTaken)
const areaGeometry = fc
  .oneof(
    { weight: 3, arbitrary: polygon.map((coordinates) => ({ type: 'Polygon', coordinates })) },
    few(polygon).map((coordinates) => ({ type: 'MultiPolygon', coordinates })),
  )
  .filter(isTaken)

const metres = fc.oneof(fc.constantFrom(0, 1, 111_320, 500_000, 20_100_000), decimal(0, 400_000))
const nearness = fc
  .tuple(position, fc.option(metres), fc.option(metres, { freq: 2 }))
  .map(([coordinates, most, least]) => ({
    $nearSphere: {
      $geometry: { type: 'Point', coordinates },
      ...(most === null ? {} : { $maxDistance: most }),
      ...(least === null || most === null ? {} : { $minDistance: Math.min(least, most) / 2 }),
    },
  }))
const area = fc.oneof(
  areaGeometry.map((one) => ({ $geoWithin: { $geometry: one } })),
  fc
    .tuple(position, metres)
    .map(([centre, radius]) => ({ $geoWithin: { $centerSphere: [centre, radius / earthRadiusMetres] } })),
  place.map((one) => ({ $geoIntersects: { $geometry: one } })),
)
const kind = fc.constantFrom('a', 'b')
const others = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  kind.map((one) => ({ kind: one })),
  fc.constant({ kind: { $in: ['a', 'b'] } }),
  fc.constant({ n: { $gte: 2 } }),
)
const query = fc.oneof(
  fc.tuple(others, area).map(([other, loc]) => ({ ...other, loc })),
  fc.tuple(area, area).map(([one, two]) => ({ $and: [{ loc: one }, { loc: two }] })),
  fc.tuple(kind, area, area).map(([one, a, b]) => ({ kind: one, loc: a, $or: [{ loc: b }, { n: 1 }] })),
  fc.tuple(area, area).map(([one, two]) => ({ loc: one, $nor: [{ loc: two }] })),
)
const row = fc.record(
  {
    kind,
    n: fc.integer({ min: 0, max: 4 }),
    loc: fc.oneof({ weight: 8, arbitrary: place }, few(place), fc.constant(null)),
  },
  { requiredKeys: ['kind', 'n'] },
)

const refill = async (rows: readonly object[]): Promise<Row[]> => {
  const documents = rows.map((one, at): Row => ({ _id: `r${String(at).padStart(2, '0')}`, ...one }))
  for (const { CollectionName: name } of collections) {
    await engine.remove(name, { _id: { $gte: '' } }, true)
    await engine.insert(name, documents)
  }
  return documents
}

const found = async (name: string, query: Row | object, page: object = {}): Promise<Row[]> =>
  (await engine.find(name, { query: query as Row, ...page })).map((text) => JSON.parse(text) as Row)
const measured = async (name: string, nearby: object, query: object = {}): Promise<Row[]> => {
  const { $geometry, $maxDistance, $minDistance } = nearby as Record<string, unknown>
  const limits = {
    ...($maxDistance === undefined ? {} : { maxDistance: $maxDistance }),
    ...($minDistance === undefined ? {} : { minDistance: $minDistance }),
  }
  const stage = { near: $geometry, spherical: true, distanceField: 'far', key: 'loc', query, ...limits }
  return (await engine.aggregate(name, [{ $geoNear: stage }])).map((text) => JSON.parse(text) as Row)
}
const names = (rows: readonly object[]) => rows.map((one) => (one as Row)._id)

test('conditions on places find by the index what looking at every document finds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 5, maxLength: 40 }),
      fc.array(query, { minLength: 20, maxLength: 20 }),
      async (rows, queries) => {
        const documents = await refill(rows)
        for (const one of queries) {
          const expected = names(documents.filter(matcher(one)))
          for (const { CollectionName: name } of collections) {
            expect(names(await found(name, one)).sort()).toEqual(expected)
            expect(await engine.count(name, one)).toBe(expected.length)
          }
        }
      },
    ),
    { numRuns: 30 },
  )
})

test('what is near comes by distance, limited or not, as sorting every document would give it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 5, maxLength: 120 }),
      fc.array(fc.tuple(others, nearness, fc.integer({ min: 1, max: 9 })), { minLength: 20, maxLength: 20 }),
      async (rows, queries) => {
        const documents = await refill(rows)
        for (const [other, loc, limit] of queries) {
          const one = { ...other, loc }
          const expected = names(documents.filter(matcher(one)))
          for (const { CollectionName: name } of collections) {
            const all = names(await found(name, one))
            expect([...all].sort()).toEqual(expected)
            const distances = (await measured(name, loc.$nearSphere, other)).map(({ _id, far }) => [_id, far])
            expect(distances.map(([id]) => id)).toEqual(all)
            const far = distances.map(([, metres]) => metres as number)
            expect(far).toEqual([...far].sort((a, b) => a - b))
            expect(names(await found(name, one, { limit }))).toEqual(all.slice(0, limit))
            expect(names(await found(name, one, { limit, offset: 2 }))).toEqual(all.slice(2, 2 + limit))
          }
        }
      },
    ),
    { numRuns: 15 },
  )
})

test('the distance of points is that of the sphere, across the antimeridian and at the poles too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(position, { minLength: 1, maxLength: 30 }),
      position,
      async (positions, centre) => {
        await refill(positions.map((coordinates) => ({ kind: 'a', loc: { type: 'Point', coordinates } })))
        const rows = await measured('plain', { $geometry: { type: 'Point', coordinates: centre } })
        expect(rows).toHaveLength(positions.length)
        for (const each of rows) {
          const at = positions[Number(String(each._id).slice(1))] as Position
          expect(Math.abs((each.far as number) - metresBetween(centre, at))).toBeLessThan(1)
        }
      },
    ),
    { numRuns: 60 },
  )
})

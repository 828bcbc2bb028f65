import { aCloud, aGeoIndex, type TestCloud } from './a-cloud'

interface Place {
  readonly _id: string
  readonly [field: string]: unknown
}

let test_: TestCloud
beforeAll(async () => {
  test_ = await aCloud({
    database: {
      collections: [
        {
          CollectionName: 'places',
          AclTag: 'ADMINONLY',
          CreateIndexes: [aGeoIndex('place', ['@loc']), aGeoIndex('stop', ['@stops.at'])],
        },
        {
          CollectionName: 'kinds',
          AclTag: 'ADMINONLY',
          CreateIndexes: [aGeoIndex('kind_place', ['kind', '@loc', 'n'])],
        },
        { CollectionName: 'bare', AclTag: 'ADMINONLY', CreateIndexes: [] },
      ],
      storage: { AclTag: 'ADMINONLY' },
    },
    // Geo queries need their index even where others do not.
    unindexedQueries: 'warn',
  })
})
afterAll(() => test_.close())

const collection = (name = 'places') => test_.database.collection(name)
const command = () => test_.database.command
/** The SDK's types know points only. */
const geo = (): Readonly<Record<string, new (...parts: unknown[]) => object>> => test_.database.Geo as never

beforeEach(async () => {
  for (const name of ['places', 'kinds', 'bare'])
    await collection(name)
      .where({ _id: command().gte('') })
      .remove()
})

const made = (type: string) => (parts: readonly object[]) => {
  const Shape = geo()[type] as new (parts: readonly object[]) => object
  return new Shape(parts) as never
}
const aLineString = made('LineString')
const aPolygon = made('Polygon')
const aMultiPoint = made('MultiPoint')
const aMultiLineString = made('MultiLineString')
const aMultiPolygon = made('MultiPolygon')
const pointAt = (longitude: number, latitude: number) => new test_.database.Geo.Point(longitude, latitude)
const ring = (...positions: readonly (readonly [number, number])[]) =>
  aLineString([...positions, ...positions.slice(0, 1)].map(([lng, lat]) => pointAt(lng, lat)))
const boxRing = (west: number, south: number, east: number, north: number) =>
  ring([west, south], [east, south], [east, north], [west, north])
const boxed = (west: number, south: number, east: number, north: number) =>
  aPolygon([boxRing(west, south, east, north)])

const fill = async (places: Readonly<Record<string, unknown>>, name = 'places') => {
  await collection(name).add(Object.entries(places).map(([_id, loc]) => ({ _id, loc })) as never)
}
const namesOf = ({ data }: { readonly data: unknown[] }): string[] => (data as Place[]).map((one) => one._id)
const found = async (loc: unknown, name = 'places'): Promise<string[]> =>
  namesOf(
    await collection(name)
      .where({ loc } as never)
      .get(),
  )
const foundSet = async (loc: unknown): Promise<string[]> => (await found(loc)).sort()

const failure = async (work: Promise<unknown>): Promise<{ code: string; message: string }> => {
  try {
    await work
  } catch (error) {
    const { code, message } = error as { code: string; message: string }
    return { code, message }
  }
  throw new Error('it was not refused')
}
const invalid = { code: 'INVALID_PARAM' }

/** A place that the SDK would not make: the server refuses it by itself. */
const raw = (type: string, coordinates: unknown) => ({ type, coordinates })
const rawWhere = (query: object) =>
  collection()
    .where(query as never)
    .get()

describe('what is near', () => {
  test('comes from the nearest on, as far as the limits go, and as a Geo.Point', async () => {
    await fill({
      far: pointAt(111.8, 40.8),
      here: pointAt(111.7, 40.8),
      close: pointAt(111.71, 40.8),
      other: pointAt(120, 49),
    })
    const geometry = pointAt(111.7, 40.8)
    expect(await found(command().geoNear({ geometry }))).toEqual(['here', 'close', 'far', 'other'])
    expect(await found(command().geoNear({ geometry, maxDistance: 10_000 }))).toEqual([
      'here',
      'close',
      'far',
    ])
    expect(await found(command().geoNear({ geometry, minDistance: 100, maxDistance: 5000 }))).toEqual([
      'close',
    ])
    const { data } = await collection()
      .where({ loc: command().geoNear({ geometry, maxDistance: 1 }) })
      .get()
    expect((data as Place[])[0]?.loc).toEqual(geometry)
  })

  test('both limits belong to it', async () => {
    await fill({ a: pointAt(0, 1) })
    const one = (6_378_100 * Math.PI) / 180
    const near = (minDistance: number, maxDistance: number) =>
      found(command().geoNear({ geometry: pointAt(0, 0), minDistance, maxDistance }))
    expect(await near(one - 0.001, one + 0.001)).toEqual(['a'])
    expect(await near(0, one - 0.001)).toEqual([])
    expect(await near(one + 0.001, one * 2)).toEqual([])
  })

  test('another order may be asked for, and pages go on where the last one ended', async () => {
    await fill({ c: pointAt(111, 40), a: pointAt(112, 40), b: pointAt(113, 40) })
    const where = () => collection().where({ loc: command().geoNear({ geometry: pointAt(110, 40) }) })
    expect(namesOf(await where().orderBy('_id', 'asc').get())).toEqual(['a', 'b', 'c'])
    expect(namesOf(await where().limit(2).get())).toEqual(['c', 'a'])
    expect(namesOf(await where().skip(2).limit(2).get())).toEqual(['b'])
  })

  test('the way across the antimeridian and over a pole is the shorter one', async () => {
    await fill({
      east: pointAt(-179.9, 0),
      west: pointAt(179, 0),
      pole: pointAt(0, 89.9),
      beyond: pointAt(170, 89.8),
      further: pointAt(-10, 88),
    })
    expect(await found(command().geoNear({ geometry: pointAt(180, 0), maxDistance: 200_000 }))).toEqual([
      'east',
      'west',
    ])
    expect(await found(command().geoNear({ geometry: pointAt(-10, 90), maxDistance: 300_000 }))).toEqual([
      'pole',
      'beyond',
      'further',
    ])
  })

  test('a line is as near as its nearest point, and a polygon is no way off from its inside', async () => {
    await fill({
      line: aLineString([pointAt(110, 41), pointAt(112, 41)]),
      polygon: boxed(110, 39, 112, 40.5),
      point: pointAt(111, 40.9),
    })
    const geometry = pointAt(111, 40.4)
    expect(await found(command().geoNear({ geometry }))).toEqual(['polygon', 'point', 'line'])
    const { data } = await collection()
      .aggregate()
      .geoNear({ near: geometry, spherical: true, distanceField: 'metres', key: 'loc' })
      .end()
    const metres = (data as Place[]).map((one) => one.metres as number)
    expect(metres[0]).toBe(0)
    expect(metres[1]).toBeCloseTo((0.5 * Math.PI * 6_378_100) / 180, 3)
  })

  test('a document is as near as the nearest of its places, and stands in the answer once', async () => {
    await collection().add([
      { _id: 'a', stops: [{ at: pointAt(110, 40) }, { at: pointAt(120, 50) }] },
      { _id: 'b', stops: [{ at: pointAt(118, 50) }] },
    ] as never)
    const { data } = await collection()
      .where({ 'stops.at': command().geoNear({ geometry: pointAt(120.5, 50) }) })
      .get()
    expect((data as Place[]).map((one) => one._id)).toEqual(['a', 'b'])
  })

  test('counts, updates and removals keep to it', async () => {
    await fill({ a: pointAt(110, 40), b: pointAt(110.01, 40), c: pointAt(112, 40) })
    const near = () =>
      collection().where({ loc: command().geoNear({ geometry: pointAt(110, 40), maxDistance: 5000 }) })
    expect((await near().count()).total).toBe(2)
    expect((await near().update({ seen: true })).updated).toBe(2)
    expect((await near().remove()).deleted).toBe(2)
    expect(namesOf(await collection().get())).toEqual(['c'])
  })
})

describe('what is within', () => {
  test('an edge and a corner belong to the area', async () => {
    await fill({
      inside: pointAt(111, 40.5),
      edge: pointAt(110, 40.5),
      corner: pointAt(110, 40),
      outside: pointAt(109.999, 40.5),
    })
    expect(await foundSet(command().geoWithin({ geometry: boxed(110, 40, 112, 41) }))).toEqual([
      'corner',
      'edge',
      'inside',
    ])
  })

  test('a hole does not belong to it, its edge does', async () => {
    await fill({ inside: pointAt(110.5, 40.5), hole: pointAt(112, 42), edge: pointAt(111, 42) })
    const geometry = aPolygon([boxRing(110, 40, 114, 44), boxRing(111, 41, 113, 43)])
    expect(await foundSet(command().geoWithin({ geometry }))).toEqual(['edge', 'inside'])
  })

  test('a polygon with the hole in its middle is not within, one with that very hole is', async () => {
    await fill({
      over: boxed(110.5, 40.5, 113.5, 43.5),
      beside: boxed(110.1, 40.1, 110.9, 43),
      filling: boxed(111, 41, 113, 43),
      around: aPolygon([boxRing(110.5, 40.5, 113.5, 43.5), boxRing(111, 41, 113, 43)]),
    })
    const geometry = aPolygon([boxRing(110, 40, 114, 44), boxRing(111, 41, 113, 43)])
    expect(await foundSet(command().geoWithin({ geometry }))).toEqual(['around', 'beside'])
  })

  test('of several polygons one is enough, and a line must be whole in one', async () => {
    await fill({
      first: pointAt(110.5, 40.5),
      second: pointAt(120.5, 48.5),
      line: aLineString([pointAt(110.1, 40.1), pointAt(110.9, 40.9)]),
      across: aLineString([pointAt(110.5, 40.5), pointAt(120.5, 48.5)]),
    })
    const geometry = aMultiPolygon([boxed(110, 40, 111, 41), boxed(120, 48, 121, 49)])
    expect(await foundSet(command().geoWithin({ geometry }))).toEqual(['first', 'line', 'second'])
  })

  test('a circle takes its radius in radians and holds lines and polygons that lie in it wholly', async () => {
    await fill({
      inside: pointAt(111.05, 40.8),
      outside: pointAt(111.2, 40.8),
      line: aLineString([pointAt(111, 40.8), pointAt(111.05, 40.8)]),
      out: aLineString([pointAt(111, 40.8), pointAt(111.5, 40.8)]),
      polygon: boxed(110.98, 40.79, 111.02, 40.81),
      around: boxed(110, 40, 112, 42),
    })
    const centerSphere = [pointAt(111, 40.8), 10 / 6378.1] as never
    expect(await foundSet(command().geoWithin({ centerSphere } as never))).toEqual([
      'inside',
      'line',
      'polygon',
    ])
  })

  test('an area may lie across the antimeridian: edges go the shorter way', async () => {
    await fill({
      west: pointAt(179.5, 0),
      east: pointAt(-179.5, 0),
      seam: pointAt(180, 0.5),
      far: pointAt(0, 0),
    })
    const geometry = aPolygon([ring([179, -1], [-179, -1], [-179, 1], [179, 1])])
    expect(await foundSet(command().geoWithin({ geometry }))).toEqual(['east', 'seam', 'west'])
  })

  test('no order is promised, so one may be asked for', async () => {
    await fill({ b: pointAt(111, 40), a: pointAt(112, 40) })
    const { data } = await collection()
      .where({ loc: command().geoWithin({ geometry: boxed(110, 39, 113, 42) }) })
      .orderBy('_id', 'desc')
      .get()
    expect((data as Place[]).map((one) => one._id)).toEqual(['b', 'a'])
  })
})

describe('what intersects', () => {
  test('shares a point at least, whatever the two shapes are', async () => {
    await fill({
      point: pointAt(111, 41),
      line: aLineString([pointAt(109, 41), pointAt(113, 41)]),
      touching: boxed(112, 40, 113, 42),
      around: boxed(100, 30, 125, 50),
      lines: aMultiLineString([
        aLineString([pointAt(0, 0), pointAt(1, 1)]),
        aLineString([pointAt(111, 39), pointAt(111, 43)]),
      ]),
      points: aMultiPoint([pointAt(0, 0), pointAt(110, 40)]),
      polygons: aMultiPolygon([boxed(0, 0, 1, 1), boxed(111.5, 41.5, 115, 45)]),
      elsewhere: boxed(120, 40, 121, 41),
    })
    expect(await foundSet(command().geoIntersects({ geometry: boxed(110, 40, 112, 42) }))).toEqual([
      'around',
      'line',
      'lines',
      'point',
      'points',
      'polygons',
      'touching',
    ])
    expect(await foundSet(command().geoIntersects({ geometry: pointAt(111, 41) }))).toEqual([
      'around',
      'line',
      'lines',
      'point',
    ])
  })

  test('nothing in a hole does', async () => {
    await fill({ ring: aPolygon([boxRing(110, 40, 114, 44), boxRing(111, 41, 113, 43)]) })
    expect(await found(command().geoIntersects({ geometry: pointAt(112, 42) }))).toEqual([])
    expect(await found(command().geoIntersects({ geometry: boxed(111.5, 41.5, 112.5, 42.5) }))).toEqual([])
    expect(await found(command().geoIntersects({ geometry: pointAt(111, 42) }))).toEqual(['ring'])
  })
})

describe('the stage geoNear', () => {
  const stage = (more: object = {}) =>
    ({
      near: pointAt(111, 40),
      spherical: true,
      distanceField: 'how.far',
      key: 'loc',
      ...more,
    }) as never

  test('adds the distance in metres, and the place, and takes the others stages after it', async () => {
    await collection().add([
      { _id: 'a', loc: [pointAt(0, 0), pointAt(111, 41)], n: 1 },
      { _id: 'b', loc: pointAt(111, 40), n: 2 },
      { _id: 'c', loc: pointAt(111, 42), n: 1 },
    ] as never)
    const { data } = await collection()
      .aggregate()
      .geoNear(stage({ includeLocs: 'how.place', distanceMultiplier: 0.001, query: { n: 1 } }))
      .limit(1)
      .project({ how: 1 })
      .end()
    const [{ how }] = data as [{ how: { far: number; place: unknown } }]
    expect(how.far).toBeCloseTo((6378.1 * Math.PI) / 180, 6)
    expect(how.place).toEqual({ type: 'Point', coordinates: [111, 41] })
  })

  test('keeps to its limits', async () => {
    await fill({ a: pointAt(111, 40), b: pointAt(111, 40.1), c: pointAt(111, 41), d: pointAt(111, 42) })
    const names = async (more: object) =>
      namesOf((await collection().aggregate().geoNear(stage(more)).end()) as never)
    expect(await names({ limit: 2 })).toEqual(['a', 'b'])
    expect(await names({ minDistance: 1, maxDistance: 112_000 })).toEqual(['b', 'c'])
    expect(await names({ query: { _id: command().in(['c', 'b']) } })).toEqual(['b', 'c'])
  })

  test.each([
    [{ spherical: false }, 'spherical'],
    [{ distanceField: undefined }, 'distanceField'],
    [{ distanceField: '$far' }, 'distanceField'],
    [{ near: undefined }, 'Point'],
    [{ key: undefined }, 'key must name one'],
    [{ maxDistance: -1 }, 'maxDistance'],
    [{ limit: 0 }, 'limit'],
    [{ uniqueDocs: true }, 'uniqueDocs'],
  ])('is refused with %j', async (more, message) => {
    const refused = await failure(collection().aggregate().geoNear(stage(more)).end())
    expect(refused).toMatchObject({ ...invalid, message: expect.stringContaining(message) })
  })

  test('comes first or not at all', async () => {
    const refused = await failure(collection().aggregate().match({ _id: 'a' }).geoNear(stage()).end())
    expect(refused).toMatchObject({ ...invalid, message: expect.stringContaining('first') })
  })

  test('$match knows areas, not nearness', async () => {
    await fill({ a: pointAt(111, 40), b: pointAt(113, 40) })
    const { data } = (await collection()
      .aggregate()
      .match({ loc: command().geoWithin({ geometry: boxed(110, 39, 112, 41) }) })
      .end()) as { data: Place[] }
    expect(data.map((one) => one._id)).toEqual(['a'])
    const near = command().geoNear({ geometry: pointAt(111, 40) })
    await expect(failure(collection().aggregate().match({ loc: near }).end())).resolves.toMatchObject(invalid)
    await expect(
      failure(collection().aggregate().limit(1).match({ loc: near }).end()),
    ).resolves.toMatchObject(invalid)
  })
})

describe('the geo index', () => {
  test('is needed, whatever other queries need; the refusal names it', async () => {
    await fill({ a: pointAt(111, 40) }, 'bare')
    const within = command().geoWithin({ geometry: boxed(110, 39, 112, 41) })
    const near = command().geoNear({ geometry: pointAt(111, 40) })
    for (const query of [
      { loc: within },
      { loc: near },
      { _id: 'a', loc: within },
      command().or([{ loc: within }, { _id: 'a' }]),
    ]) {
      await expect(
        failure(
          collection('bare')
            .where(query as never)
            .get(),
        ),
      ).resolves.toMatchObject({
        code: 'DATABASE_REQUEST_FAILED',
        message: expect.stringContaining('(loc 2dsphere)'),
      })
    }
    const stage = { near: pointAt(0, 0), spherical: true, distanceField: 'far', key: 'loc' } as const
    await expect(failure(collection('bare').aggregate().geoNear(stage).end())).resolves.toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
    })
  })

  test('with fields before the place serves queries that name them', async () => {
    await collection('kinds').add([
      { _id: 'a', kind: 'road', loc: pointAt(111, 40) },
      { _id: 'b', kind: 'water', loc: pointAt(111, 40) },
      { _id: 'c', kind: 'road', loc: pointAt(111.1, 40) },
      { _id: 'd', kind: 'road' },
      { _id: 'e', kind: 'light', loc: pointAt(111.05, 40) },
    ] as never)
    const loc = command().geoNear({ geometry: pointAt(111.2, 40), maxDistance: 50_000 })
    const names = async (query: object) =>
      namesOf(
        await collection('kinds')
          .where(query as never)
          .get(),
      )
    expect(await names({ kind: 'road', loc })).toEqual(['c', 'a'])
    expect(await names({ kind: command().in(['road', 'light']), loc })).toEqual(['c', 'e', 'a'])
    await expect(failure(names({ loc }))).resolves.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
  })

  test('takes documents without a place, and follows a place that moves', async () => {
    await fill({ none: undefined, null: null, empty: [], a: pointAt(111, 40) })
    const near = () => found(command().geoNear({ geometry: pointAt(100, 30), maxDistance: 1000 }))
    expect(await near()).toEqual([])
    await collection()
      .doc('a')
      .update({ loc: pointAt(100, 30) } as never)
    expect(await near()).toEqual(['a'])
    await collection().doc('a').remove()
    expect(await near()).toEqual([])
  })

  test.each([
    [raw('Point', [181, 0]), 'longitude'],
    [raw('Point', [0, 90.5]), 'latitude'],
    [raw('Point', ['1', 0]), 'longitude'],
    [raw('Point', [1]), 'position'],
    [raw('Circle', [1, 2]), 'Circle'],
    [raw('LineString', [[0, 0]]), 'line'],
    [
      raw('LineString', [
        [1, 1],
        [1, 1],
      ]),
      'different',
    ],
    [
      raw('Polygon', [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
      ]),
      'not closed',
    ],
    [
      raw('Polygon', [
        [
          [0, 80],
          [120, 80],
          [-120, 80],
          [0, 80],
        ],
      ]),
      'pole',
    ],
    ['somewhere', 'GeoJSON'],
    [{ lng: 1, lat: 2 }, 'GeoJSON'],
    [[111, 40], 'GeoJSON'],
  ])('takes no %j', async (loc, message) => {
    const expected = {
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringMatching(new RegExp(`Can't extract geo keys.*${message}`)),
    }
    await expect(failure(collection().add({ _id: 'a', loc }))).resolves.toMatchObject(expected)
    await collection().add({ _id: 'a', loc: pointAt(1, 1) })
    await expect(failure(collection().doc('a').set({ loc }))).resolves.toMatchObject(expected)
    const transaction = await test_.database.startTransaction()
    await expect(failure(transaction.collection('places').doc('a').set({ loc }))).resolves.toMatchObject(
      expected,
    )
    await transaction.rollback()
    expect((await collection().count()).total).toBe(1)
    await collection('bare').add({ _id: 'a', loc })
  })

  test('a transaction finds what it has written itself, in its place', async () => {
    await fill({ a: pointAt(111, 40), b: pointAt(111.2, 40) })
    const transaction = await test_.database.startTransaction()
    await transaction
      .collection('places')
      .doc('c')
      .set({ loc: pointAt(111.1, 40) })
    const query = { loc: command().geoNear({ geometry: pointAt(111, 40) }) }
    expect(namesOf(await transaction.collection('places').where(query).get())).toEqual(['a', 'c', 'b'])
    await transaction.rollback()
    expect(namesOf(await collection().where(query).get())).toEqual(['a', 'b'])
  })
})

describe('a geo condition is refused before anything is read', () => {
  const point = raw('Point', [111, 40])
  const square = [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  ]
  test.each([
    ['a negative distance', { loc: { $nearSphere: { $geometry: point, $maxDistance: -1 } } }],
    ['a distance that is none', { loc: { $nearSphere: { $geometry: point, $minDistance: '1' } } }],
    ['no point to be near to', { loc: { $nearSphere: { $maxDistance: 1 } } }],
    ['near to a polygon', { loc: { $near: { $geometry: raw('Polygon', square) } } }],
    ['a legacy pair', { loc: { $near: [111, 40] } }],
    ['within a line', { loc: { $geoWithin: { $geometry: raw('LineString', square[0]) } } }],
    ['within a flat circle', { loc: { $geoWithin: { $center: [[0, 0], 1] } } }],
    ['a circle without a radius', { loc: { $geoWithin: { $centerSphere: [[0, 0]] } } }],
    ['a circle of a negative radius', { loc: { $geoWithin: { $centerSphere: [[0, 0], -1] } } }],
    ['a circle around nowhere', { loc: { $geoWithin: { $centerSphere: [[0, 91], 1] } } }],
    ['an open ring', { loc: { $geoIntersects: { $geometry: raw('Polygon', [square[0]?.slice(0, 3)]) } } }],
    ['a latitude that is none', { loc: { $geoIntersects: { $geometry: raw('Point', [0, 100]) } } }],
    ['a geometry that is none', { loc: { $geoIntersects: { $geometry: 'here' } } }],
    [
      'two nearnesses',
      { $and: [{ loc: { $near: { $geometry: point } } }, { loc: { $near: { $geometry: point } } }] },
    ],
    ['nearness or something else', { $or: [{ loc: { $near: { $geometry: point } } }, { n: 1 }] }],
    ['no nearness', { loc: { $not: { $near: { $geometry: point } } } }],
    ['nearness of an element', { stops: { $elemMatch: { at: { $near: { $geometry: point } } } } }],
  ])('%s', async (_what, query) => {
    await expect(failure(rawWhere(query))).resolves.toMatchObject(invalid)
  })
})

test('an area may be one of several alternatives, and may be excluded', async () => {
  await fill({ a: pointAt(110.5, 40.5), b: pointAt(112.5, 40.5), c: pointAt(115, 45) })
  const within = (west: number) => command().geoWithin({ geometry: boxed(west, 40, west + 1, 41) })
  const large = command().geoWithin({ geometry: boxed(100, 30, 120, 50) })
  const wide = { loc: large }
  expect(
    namesOf(
      await collection()
        .where(command().and([wide, command().or([{ loc: within(110) }, { loc: within(112) }])]) as never)
        .get(),
    ).sort(),
  ).toEqual(['a', 'b'])
  expect(
    namesOf(
      await collection()
        .where(command().and([wide, command().nor([{ loc: within(110) }])]) as never)
        .get(),
    ).sort(),
  ).toEqual(['b', 'c'])
})

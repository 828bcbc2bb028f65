import type { Bench, Case } from '../case'

const near = 'https://docs.cloudbase.net/api-reference/server/node-sdk/database/geo'
const guide =
  'https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/Command.geoNear.html'
const within =
  'https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/Command.geoWithin.html'
const intersects =
  'https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/Command.geoIntersects.html'
const aggregateNear =
  'https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/aggregate/Aggregate.geoNear.html'

/** One run's own corner of the world, so that runs do not see one another's places. */
const cornerOf = (bench: Bench): readonly [number, number] => {
  const seed = Number.parseInt(bench.run.slice(0, 8), 16)
  return [100 + (seed % 1000) / 50, 38 + (Math.floor(seed / 1000) % 1000) / 80]
}

/** Points along a road that leads east: `a` at the corner, each of the others about 85 m further. */
const road = async (bench: Bench): Promise<readonly [number, number]> => {
  const [lng, lat] = cornerOf(bench)
  const { Point } = bench.geo
  await bench.fill(
    {
      a: { at: new Point(lng, lat), kind: 'lamp' },
      b: { at: new Point(lng + 0.001, lat), kind: 'lamp' },
      c: { at: new Point(lng + 0.002, lat), kind: 'drain' },
      d: { at: new Point(lng + 0.02, lat), kind: 'lamp' },
    },
    bench.places,
  )
  return [lng, lat]
}

const inOrder = async (bench: Bench, condition: object): Promise<readonly string[]> => {
  const { data } = await bench.places.where({ run: bench.run, ...condition }).get()
  return (data as { _id: string }[]).map((row) => row._id.slice(bench.run.length + 1))
}

const square = (bench: Bench, lng: number, lat: number, size: number) => {
  const { LineString, Point, Polygon } = bench.geo
  return new Polygon([
    new LineString([
      new Point(lng, lat),
      new Point(lng + size, lat),
      new Point(lng + size, lat + size),
      new Point(lng, lat + size),
      new Point(lng, lat),
    ]),
  ])
}

export const placeCases: readonly Case[] = [
  {
    name: 'geoNear finds the nearest first',
    source: guide,
    run: async (bench) => {
      const [lng, lat] = await road(bench)
      const geometry = new bench.geo.Point(lng + 0.0021, lat)
      expect(await inOrder(bench, { at: bench.command.geoNear({ geometry, maxDistance: 500 }) })).toEqual([
        'c',
        'b',
        'a',
      ])
    },
  },
  {
    name: 'geoNear leaves out what is further than maxDistance in metres',
    source: guide,
    run: async (bench) => {
      const [lng, lat] = await road(bench)
      const geometry = new bench.geo.Point(lng, lat)
      expect(await inOrder(bench, { at: bench.command.geoNear({ geometry, maxDistance: 120 }) })).toEqual([
        'a',
        'b',
      ])
    },
  },
  {
    name: 'geoNear leaves out what is nearer than minDistance',
    source: guide,
    run: async (bench) => {
      const [lng, lat] = await road(bench)
      const geometry = new bench.geo.Point(lng, lat)
      const at = bench.command.geoNear({ geometry, minDistance: 50, maxDistance: 500 })
      expect(await inOrder(bench, { at })).toEqual(['b', 'c'])
    },
  },
  {
    name: 'geoNear goes together with other conditions',
    source: near,
    run: async (bench) => {
      const [lng, lat] = await road(bench)
      const geometry = new bench.geo.Point(lng, lat)
      const at = bench.command.geoNear({ geometry, maxDistance: 5000 })
      expect(await inOrder(bench, { at, kind: 'lamp' })).toEqual(['a', 'b', 'd'])
    },
  },
  {
    name: 'geoWithin finds what lies in a polygon',
    source: within,
    run: async (bench) => {
      const [lng, lat] = await road(bench)
      const geometry = square(bench, lng + 0.0005, lat - 0.001, 0.002)
      expect(await inOrder(bench, { at: bench.command.geoWithin({ geometry }) })).toEqual(['b', 'c'])
    },
  },
  {
    name: 'geoWithin finds what lies in a circle, its radius in radians',
    source: within,
    run: async (bench) => {
      const [lng, lat] = await road(bench)
      const at = bench.command.geoWithin({ centerSphere: [[lng, lat], 0.12 / 6378.1] } as never)
      expect([...(await inOrder(bench, { at }))].sort()).toEqual(['a', 'b'])
    },
  },
  {
    name: 'geoWithin a MultiPolygon finds what lies in any of its parts',
    source: within,
    run: async (bench) => {
      const [lng, lat] = await road(bench)
      const geometry = new bench.geo.MultiPolygon([
        square(bench, lng - 0.0005, lat - 0.0005, 0.001),
        square(bench, lng + 0.0195, lat - 0.0005, 0.001),
      ])
      expect([...(await inOrder(bench, { at: bench.command.geoWithin({ geometry }) }))].sort()).toEqual([
        'a',
        'd',
      ])
    },
  },
  {
    name: 'geoIntersects finds the area that a point lies in',
    source: intersects,
    run: async (bench) => {
      const [lng, lat] = cornerOf(bench)
      await bench.fill(
        {
          here: { at: square(bench, lng, lat, 0.01) },
          there: { at: square(bench, lng + 0.02, lat, 0.01) },
        },
        bench.places,
      )
      const geometry = new bench.geo.Point(lng + 0.005, lat + 0.005)
      expect(await inOrder(bench, { at: bench.command.geoIntersects({ geometry }) })).toEqual(['here'])
    },
  },
  {
    name: 'geoIntersects finds every area that a line crosses',
    source: intersects,
    run: async (bench) => {
      const [lng, lat] = cornerOf(bench)
      const { LineString, Point } = bench.geo
      await bench.fill(
        {
          a: { at: square(bench, lng, lat, 0.01) },
          b: { at: square(bench, lng + 0.02, lat, 0.01) },
          c: { at: square(bench, lng, lat + 0.05, 0.01) },
        },
        bench.places,
      )
      const geometry = new LineString([
        new Point(lng - 0.01, lat + 0.005),
        new Point(lng + 0.05, lat + 0.005),
      ])
      expect([...(await inOrder(bench, { at: bench.command.geoIntersects({ geometry }) }))].sort()).toEqual([
        'a',
        'b',
      ])
    },
  },
  {
    name: 'a place comes back as a Geo.Point',
    source: '@cloudbase/database/dist/commonjs/util.js',
    run: async (bench) => {
      const [lng, lat] = await road(bench)
      const { at } = (await bench.read('a', bench.places)) as { at: { longitude: number; latitude: number } }
      expect([at.longitude, at.latitude]).toEqual([lng, lat])
    },
  },
  {
    name: 'a place outside of the world is not stored',
    source: 'https://www.mongodb.com/docs/manual/reference/geojson/',
    run: async ({ places, id, run, refused }) => {
      const outside = { _id: id('x'), run, at: { type: 'Point', coordinates: [500, 10] } }
      expect(await refused(places.add(outside))).toMatch(/^(DATABASE_|INVALID_PARAM)/)
    },
  },
  {
    name: 'the geoNear stage gives each document its distance, nearest first',
    source: aggregateNear,
    run: async (bench) => {
      const [lng, lat] = await road(bench)
      const { data } = (await bench.places
        .aggregate()
        .geoNear({
          near: new bench.geo.Point(lng, lat),
          spherical: true,
          distanceField: 'metres',
          query: { run: bench.run },
          key: 'at',
        } as never)
        .limit(2)
        .end()) as { data: { _id: string; metres: number }[] }
      expect(data.map((one) => one._id)).toEqual([bench.id('a'), bench.id('b')])
      expect(data[0]?.metres).toBeCloseTo(0, 3)
      expect(data[1]?.metres).toBeGreaterThan(60)
      expect(data[1]?.metres).toBeLessThan(95)
    },
  },
  {
    name: 'the geoNear stage keeps within maxDistance',
    source: aggregateNear,
    run: async (bench) => {
      const [lng, lat] = await road(bench)
      const { data } = (await bench.places
        .aggregate()
        .geoNear({
          near: new bench.geo.Point(lng, lat),
          spherical: true,
          distanceField: 'metres',
          query: { run: bench.run },
          maxDistance: 120,
          key: 'at',
        } as never)
        .end()) as { data: unknown[] }
      expect(data).toHaveLength(2)
    },
  },
  {
    name: 'the geoNear stage can be grouped on',
    source: aggregateNear,
    run: async (bench) => {
      const [lng, lat] = await road(bench)
      const { data } = (await bench.places
        .aggregate()
        .geoNear({
          near: new bench.geo.Point(lng, lat),
          spherical: true,
          distanceField: 'metres',
          query: { run: bench.run },
          key: 'at',
        } as never)
        .group({ _id: '$kind', n: bench.$.sum(1) })
        .sort({ _id: 1 })
        .end()) as { data: unknown[] }
      expect(data).toEqual([
        { _id: 'drain', n: 1 },
        { _id: 'lamp', n: 3 },
      ])
    },
  },
]

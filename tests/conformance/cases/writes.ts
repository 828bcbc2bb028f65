import type { Bench, Case } from '../case'

const platform = 'https://docs.cloudbase.net/database'
const weixin = 'https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database'
const manual = 'https://www.mongodb.com/docs/manual'
const sdk = '@cloudbase/database/dist/commonjs'

/** A duplicate key as the server SDK is told of it. */
const duplicate = 'DATABASE_REQUEST_FAILED'
/** A refusal by the platform, whatever it is for. */
const anyRefusal = /^(INVALID_PARAM|DATABASE_[A-Z_]+)$/

/** Missing in the SDK's types. */
type Creatable = { readonly create: (row: object) => Promise<unknown> }
type Add = { readonly id: string; readonly ids?: readonly string[] }
const add = async ({ documents, run }: Bench, ...rows: readonly object[]): Promise<Add> =>
  (await documents.add(
    (rows.length === 1 ? { ...rows[0], run } : rows.map((row) => ({ ...row, run }))) as never,
  )) as unknown as Add

/** What is stored comes back equal. */
const keeps = (
  name: string,
  source: string,
  value: (bench: Bench) => unknown,
  more: { readonly seen?: unknown; readonly uncertain?: string } = {},
): Case => ({
  name,
  source,
  ...(more.uncertain ? { uncertain: more.uncertain } : {}),
  run: async (bench) => {
    await bench.fill({ a: { value: value(bench) } })
    const row = await bench.read('a')
    expect(row).toEqual({ value: 'seen' in more ? more.seen : value(bench) })
  },
})

const adding: readonly Case[] = [
  {
    name: 'add answers the id that the document brings',
    source: `${weixin}/collection/Collection.add.html`,
    run: async (bench) => {
      const { id } = await add(bench, { _id: bench.id('a'), n: 1 })
      expect(id).toBe(bench.id('a'))
      expect(await bench.read('a')).toEqual({ n: 1 })
    },
  },
  {
    name: 'add answers a generated id, a text, when the document brings none',
    source: `${platform}/add`,
    run: async (bench) => {
      const { id } = await add(bench, { n: 1 })
      expect(id).toMatch(/^[0-9a-zA-Z_-]{16,}$/)
      expect((await bench.documents.doc(id).get()).data).toEqual([{ _id: id, run: bench.run, n: 1 }])
    },
  },
  {
    name: 'two documents without ids get different ones',
    source: `${platform}/add`,
    run: async (bench) => {
      expect((await add(bench, {})).id).not.toBe((await add(bench, {})).id)
    },
  },
  {
    name: 'add of several documents answers their ids in order',
    source: `${sdk}/collection.js:62`,
    run: async (bench) => {
      const answer = await add(bench, { _id: bench.id('b') }, { n: 1 }, { _id: bench.id('a') })
      expect(answer.ids).toEqual([bench.id('b'), expect.any(String), bench.id('a')])
      expect(answer.id).toBeUndefined()
      expect(await bench.found({ n: 1 })).toHaveLength(1)
    },
  },
  {
    name: 'a list of one document answers a list of ids',
    source: `${sdk}/collection.js:62`,
    run: async ({ documents, id, run }) => {
      const answer = (await documents.add([{ _id: id('a'), run }] as never)) as unknown as Add
      expect(answer.ids).toEqual([id('a')])
    },
  },
  {
    name: 'add of an id that is taken is refused and the first document stays',
    source: 'https://docs.cloudbase.net/error-code/DATABASE_DUPLICATE_WRITE',
    uncertain:
      'documentation names DATABASE_DUPLICATE_WRITE; environments were seen to answer DATABASE_REQUEST_FAILED with E11000',
    run: async (bench) => {
      await bench.fill({ a: { n: 1 } })
      expect(await bench.refused(add(bench, { _id: bench.id('a'), n: 2 }))).toBe(duplicate)
      expect(await bench.read('a')).toEqual({ n: 1 })
    },
  },
  {
    name: 'add of several documents with the same id adds none of them',
    source: `${manual}/reference/method/db.collection.insertMany/`,
    uncertain: 'whether what comes before the duplicate stays',
    run: async (bench) => {
      const work = add(bench, { _id: bench.id('a') }, { _id: bench.id('b') }, { _id: bench.id('b') })
      expect(await bench.refused(work)).toBe(duplicate)
      expect(await bench.found({})).toEqual([])
    },
  },
  {
    name: 'add of several documents adds none when the first id is taken',
    source: `${manual}/reference/method/db.collection.insertMany/`,
    run: async (bench) => {
      await bench.fill({ a: { n: 1 } })
      expect(await bench.refused(add(bench, { _id: bench.id('a') }, { _id: bench.id('b') }))).toBe(duplicate)
      expect(await bench.found({})).toEqual(['a'])
    },
  },
  {
    name: 'an empty document may be added',
    source: `${platform}/add`,
    run: async ({ documents, id }) => {
      await documents.add({ _id: id('empty') } as never)
      const { data } = await documents.doc(id('empty')).get()
      await documents.doc(id('empty')).remove()
      expect(data).toEqual([{ _id: id('empty') }])
    },
  },
  {
    name: 'the same id may be in two collections',
    source: `${manual}/core/document/#the-_id-field`,
    run: async ({ fill, read, others }) => {
      await fill({ a: { n: 1 } })
      await fill({ a: { n: 2 } }, others)
      expect([await read('a'), await read('a', others)]).toEqual([{ n: 1 }, { n: 2 }])
    },
  },
  {
    name: 'an id is case sensitive and may hold Chinese characters and punctuation',
    source: `${manual}/core/document/#the-_id-field`,
    run: async ({ fill, found }) => {
      await fill({ a: {}, A: {}, '红-🚩': {}, 'a.b$c': {}, ' ': {} })
      expect(await found({})).toEqual([' ', 'A', 'a', 'a.b$c', '红-🚩'])
    },
  },
  {
    name: 'adding to a collection that does not exist is refused',
    source: 'https://docs.cloudbase.net/error-code/service/DATABASE_COLLECTION_NOT_EXIST',
    run: async ({ db, refused }) => {
      const code = await refused(db.collection('conformance_missing').add({ n: 1 }) as Promise<unknown>)
      expect(code).toBe('DATABASE_COLLECTION_NOT_EXIST')
    },
  },
  {
    name: 'a field that is undefined is not stored, at any depth',
    source: `${sdk}/serializer/datatype.js:54`,
    run: async ({ fill, documents, id, found }) => {
      await fill({ a: { gone: undefined, deep: { gone: undefined, n: 1 } } })
      const [row] = (await documents.doc(id('a')).get()).data as Record<string, object>[]
      expect(Object.keys(row ?? {}).sort()).toEqual(['_id', 'deep', 'run'])
      expect(Object.keys(row?.deep ?? {})).toEqual(['n'])
      expect(await found({ gone: { $exists: true } })).toEqual([])
    },
  },
  {
    name: 'an undefined element of a list becomes null',
    source: 'https://www.mongodb.com/docs/drivers/node/current/fundamentals/bson/undefined-values/',
    uncertain: 'nobody writes it down for lists',
    run: async ({ fill, read }) => {
      await fill({ a: { list: [1, undefined, 3] } })
      expect(await read('a')).toEqual({ list: [1, null, 3] })
    },
  },
  keeps('null is stored as null', `${manual}/tutorial/query-for-null-fields/`, () => null),
  keeps('false, zero and the empty text are stored', `${platform}/add`, () => [false, 0, '']),
  keeps('empty lists and empty objects are stored', `${platform}/add`, () => ({
    list: [],
    object: {},
    lists: [[], [[]]],
    objects: [{}],
  })),
  keeps('nested objects and lists come back as they were', `${platform}/data-type`, () => ({
    a: [{ b: { c: [1, 'two', [3, { four: 4 }]] } }, null, true],
  })),
  keeps('a date keeps its milliseconds', `${platform}/data-type`, () => new Date(1700000000123)),
  keeps(
    'dates before 1970 and far away come back as they were',
    `${manual}/reference/bson-types/#date`,
    () => [new Date(-1), new Date('0001-01-01T00:00:00Z'), new Date('9999-12-31T23:59:59.999Z')],
  ),
  keeps('dates in lists and nested objects stay dates', `${platform}/data-type`, () => ({
    list: [{ at: new Date(5) }],
  })),
  keeps(
    'texts keep line ends, quotes, emoji and combining characters',
    `${manual}/reference/bson-types/#string`,
    () => 'a\n\t"\\ \u0000 é e\u0301 🚩 中文 \u2028',
  ),
  keeps(
    'a text that looks like a number, a date or an id stays a text',
    `${manual}/reference/bson-types/`,
    () => ['1', '2026-01-01T00:00:00.000Z', '507f1f77bcf86cd799439011', 'true', 'null'],
  ),
  {
    name: 'the fields of a document keep their order',
    source: `${manual}/core/document/#document-field-order`,
    run: async ({ fill, read }) => {
      await fill({ a: { z: 1, b: { y: 1, a: 2 }, a: 3 } })
      const row = await read('a')
      expect(Object.keys(row ?? {})).toEqual(['z', 'b', 'a'])
      expect(Object.keys(row?.b as object)).toEqual(['y', 'a'])
    },
  },
  {
    name: 'a Geo point comes back as a Geo point',
    source: `${weixin}/Geo/Geo.Point.html`,
    run: async ({ db, fill, read }) => {
      await fill({ a: { at: new db.Geo.Point(113.5, 23.25) } })
      const { at } = (await read('a')) as { at: { longitude: number; latitude: number } }
      expect(at).toBeInstanceOf(db.Geo.Point)
      expect([at.longitude, at.latitude]).toEqual([113.5, 23.25])
    },
  },
  {
    name: 'a Geo point is stored as GeoJSON',
    source: `${weixin}/Geo/Geo.Point.html`,
    run: async ({ db, fill, aggregate }) => {
      await fill({ a: { at: new db.Geo.Point(113.5, 23.25) } })
      const [row] = await aggregate((from) => from.project({ _id: 0, at: 1 }))
      expect(row).toEqual({ at: { type: 'Point', coordinates: [113.5, 23.25] } })
    },
  },
  {
    name: 'lines, polygons and lists of them come back as they were',
    source: `${weixin}/Geo/Geo.Polygon.html`,
    run: async ({ geo, fill, read }) => {
      const point = (x: number, y: number) => new geo.Point(x, y)
      const line = new geo.LineString([point(0, 0), point(1, 1)])
      const ring = new geo.LineString([point(0, 0), point(3, 0), point(3, 3), point(0, 0)])
      const polygon = new geo.Polygon([ring])
      const places = {
        line,
        polygon,
        points: new geo.MultiPoint([point(0, 0), point(1, 1)]),
        lines: new geo.MultiLineString([line]),
        polygons: new geo.MultiPolygon([polygon]),
      }
      await fill({ a: places })
      expect(await read('a')).toEqual(places)
    },
  },
  {
    name: 'serverDate is the time of the server',
    source: `${weixin}/Database.serverDate.html`,
    run: async ({ db, fill, read }) => {
      await fill({ a: { at: db.serverDate() }, b: { at: db.serverDate() } })
      const { at } = (await read('a')) as { at: Date }
      expect(at).toBeInstanceOf(Date)
      expect(await read('b')).toEqual({ at })
    },
  },
  {
    name: 'serverDate with an offset is so many milliseconds later',
    source: `${weixin}/Database.serverDate.html`,
    run: async ({ db, fill, read }) => {
      await fill({ a: { now: db.serverDate(), later: [db.serverDate({ offset: 3_600_000 })] } })
      const { now, later } = (await read('a')) as { now: Date; later: Date[] }
      expect(Number(later[0]) - Number(now)).toBe(3_600_000)
    },
  },
  {
    name: 'serverDate with a negative offset is earlier',
    source: `${weixin}/Database.serverDate.html`,
    run: async ({ db, fill, read }) => {
      await fill({ a: { now: db.serverDate(), deep: { past: db.serverDate({ offset: -1000 }) } } })
      const { now, deep } = (await read('a')) as { now: Date; deep: { past: Date } }
      expect(Number(deep.past) - Number(now)).toBe(-1000)
    },
  },
]

const numbersAndTypes: readonly Case[] = [
  keeps(
    'whole numbers around the limits of 32 bits come back exactly',
    `${manual}/reference/bson-types/`,
    () => [2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1],
  ),
  keeps('whole numbers up to 2^53 come back exactly', `${manual}/reference/bson-types/`, () => [
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    2 ** 53,
  ]),
  keeps(
    'whole numbers beyond 2^53 come back as the number they were in JavaScript',
    `${manual}/reference/bson-types/`,
    () => [2 ** 53 + 2, 2 ** 62, -(2 ** 62), 2 ** 64, 1e21],
  ),
  keeps(
    'fractions, very small and very large numbers come back exactly',
    `${manual}/reference/bson-types/`,
    () => [0.1, 1 / 3, 5e-324, Number.MAX_VALUE, -1.5],
  ),
  keeps(
    'NaN and the infinities are numbers',
    'https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/',
    () => [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ),
  {
    name: 'minus zero is written as zero',
    source: '@cloudbase/database/node_modules/bson/lib/extended_json.js',
    run: async ({ fill, read, found }) => {
      await fill({ a: { n: -0 } })
      expect(Object.is((await read('a'))?.n, 0)).toBe(true)
      expect(await found({ n: 0 })).toEqual(['a'])
    },
  },
  {
    name: '1 and 1.0 are the same number',
    source: `${manual}/reference/bson-type-comparison-order/`,
    run: async ({ fill, found, db }) => {
      await fill({ a: { n: 1 }, b: { n: 1.5 } })
      await db
        .collection('conformance_documents')
        .where({ n: 1.5 })
        .update({ n: db.command.inc(-0.5) })
      expect(await found({ n: 1 })).toEqual(['a', 'b'])
    },
  },
  {
    name: 'a regular expression as a value comes back as one',
    source: `${manual}/reference/bson-types/#regular-expression`,
    uncertain: 'the SDK writes it; nobody says that documents may hold it',
    run: async ({ fill, aggregate }) => {
      await fill({ a: { pattern: /^a.b$/i } })
      const rows = await aggregate((from) =>
        from.project({ _id: 0, pattern: 1, kind: { $type: '$pattern' } }),
      )
      expect(rows[0]?.kind).toBe('regex')
    },
  },
  {
    name: 'an ObjectId as a value stays one',
    source: `${sdk}/ObjectId/index.js`,
    run: async ({ db, fill, aggregate }) => {
      const made = new (db as unknown as { ObjectId: new (of: object) => object }).ObjectId({
        id: '507f1f77bcf86cd799439011',
      })
      await fill({ a: { value: made } })
      const [row] = await aggregate((from) => from.project({ _id: 0, value: 1 }))
      expect(String(row?.value)).toBe('507f1f77bcf86cd799439011')
    },
  },
]

/** Ids that are numbers, this run's own. */
const numbersOf = ({ run }: Bench): readonly [number, number, number] => {
  const first = Number.parseInt(run.slice(0, 10), 16)
  return [first, first + 1, -first - 0.5]
}
/** The SDK takes numbers, its types texts only. */
const numbered = ({ documents }: Bench, id: number) => documents.doc(id as never)

const numberedDocuments: readonly Case[] = [
  {
    name: 'an id may be a number, which add answers and doc finds',
    source: '@cloudbase/database/dist/commonjs/collection.js:21',
    run: async (bench) => {
      const [id] = numbersOf(bench)
      expect(await add(bench, { _id: id, n: 1 })).toMatchObject({ id })
      expect((await numbered(bench, id).get()).data).toEqual([{ _id: id, run: bench.run, n: 1 }])
      expect((await bench.documents.doc(String(id)).get()).data).toEqual([])
    },
  },
  {
    name: 'a document under a number is updated, replaced and removed like any other',
    source: '@cloudbase/database/dist/commonjs/collection.js:21',
    run: async (bench) => {
      const { run, command } = bench
      const [id] = numbersOf(bench)
      await numbered(bench, id).set({ run, n: 1 })
      await numbered(bench, id).update({ n: command.inc(1) })
      expect((await numbered(bench, id).get()).data).toEqual([{ _id: id, run, n: 2 }])
      await numbered(bench, id).set({ run, only: true })
      expect((await numbered(bench, id).get()).data).toEqual([{ _id: id, run, only: true }])
      expect(await deleted(numbered(bench, id).remove())).toBe(1)
      expect((await numbered(bench, id).get()).data).toEqual([])
    },
  },
  {
    name: 'a number that is taken is refused as an id',
    source: `${weixin}/collection/Collection.add.html`,
    run: async (bench) => {
      const [id] = numbersOf(bench)
      await add(bench, { _id: id, n: 1 })
      expect(await bench.refused(add(bench, { _id: id, n: 2 }))).toBe(duplicate)
    },
  },
  {
    name: 'ids that are numbers come in their order, before those that are texts',
    source: `${manual}/reference/bson-type-comparison-order/`,
    run: async (bench) => {
      const { run, documents, command: _ } = bench
      const [one, two, least] = numbersOf(bench)
      await add(bench, { _id: two }, { _id: bench.id('text') }, { _id: least }, { _id: one })
      const found = async (query: object, direction: 'asc' | 'desc') =>
        (
          await documents
            .where({ run, ...query })
            .orderBy('_id', direction)
            .get()
        ).data.map((row: { _id: unknown }) => row._id)
      expect(await found({}, 'asc')).toEqual([least, one, two, bench.id('text')])
      expect(await found({}, 'desc')).toEqual([bench.id('text'), two, one, least])
      expect(await found({ _id: _.gt(least) }, 'asc')).toEqual([one, two])
      expect(await found({ _id: _.lte(one) }, 'desc')).toEqual([one, least])
      expect(await found({ _id: _.in([two, bench.id('text')]) }, 'asc')).toEqual([two, bench.id('text')])
    },
  },
]

const limits: readonly Case[] = [
  {
    name: 'a document of more than 16 MB is refused',
    source: `${manual}/reference/limits/#mongodb-limit-BSON-Document-Size`,
    uncertain: 'the platform’s own limit for a request may come first, and have a code of its own',
    run: async (bench) => {
      const text = 'x'.repeat(16 * 1024 * 1024)
      expect(await bench.refused(add(bench, { _id: bench.id('a'), text }))).toMatch(/^[A-Z_]+$/)
      expect(await bench.read('a')).toBeUndefined()
    },
  },
  {
    name: 'a document of more than a hundred levels is refused',
    source: `${manual}/reference/limits/#mongodb-limit-Nested-Depth-for-BSON-Documents`,
    run: async (bench) => {
      const levels = (count: number): object =>
        Array.from({ length: count }).reduce<object>((inside) => ({ inside }), { n: 1 })
      expect(await bench.refused(add(bench, { _id: bench.id('a'), ...levels(120) }))).toMatch(anyRefusal)
      await add(bench, { _id: bench.id('b'), ...levels(80) })
      expect(await bench.read('b')).toEqual(levels(80))
    },
  },
]

const updated = async (work: Promise<unknown>): Promise<unknown> =>
  ((await work) as { updated?: unknown }).updated
const deleted = async (work: Promise<unknown>): Promise<unknown> =>
  ((await work) as { deleted?: unknown }).deleted

const documents: readonly Case[] = [
  {
    name: 'create adds a document under the id of its reference',
    source: `${sdk}/document.js:36`,
    run: async ({ documents, id, run, read }) => {
      const answer = await (documents.doc(id('a')) as unknown as Creatable).create({ run, n: 1 })
      expect(answer).toMatchObject({ id: id('a') })
      expect(await read('a')).toEqual({ n: 1 })
    },
  },
  {
    name: 'create refuses an id that is taken',
    source: `${sdk}/document.js:36`,
    run: async ({ documents, id, run, fill, read, refused }) => {
      await fill({ a: { n: 1 } })
      expect(await refused((documents.doc(id('a')) as unknown as Creatable).create({ run, n: 2 }))).toBe(
        duplicate,
      )
      expect(await read('a')).toEqual({ n: 1 })
    },
  },
  {
    name: 'set replaces the whole document',
    source: `${weixin}/document/Document.set.html`,
    run: async ({ documents, id, run, fill, read }) => {
      await fill({ a: { n: 1, old: true } })
      const answer = await documents.doc(id('a')).set({ run, fresh: { n: 2 } } as never)
      expect(answer).toMatchObject({ updated: 1 })
      expect((answer as { upsertedId?: unknown }).upsertedId ?? null).toBeNull()
      expect(await read('a')).toEqual({ fresh: { n: 2 } })
    },
  },
  {
    name: 'set creates a document that is missing and answers its id',
    source: `${weixin}/document/Document.set.html`,
    run: async ({ documents, id, run, read }) => {
      const answer = await documents.doc(id('a')).set({ run, n: 1 } as never)
      expect(answer).toMatchObject({ updated: 0, upsertedId: id('a') })
      expect(await read('a')).toEqual({ n: 1 })
    },
  },
  {
    name: 'set drops undefined and keeps dates and server dates',
    source: `${sdk}/document.js:91`,
    run: async ({ db, documents, id, run, read }) => {
      const at = new Date(7)
      await documents.doc(id('a')).set({ run, at, gone: undefined, seen: db.serverDate() } as never)
      const row = await read('a')
      expect(Object.keys(row ?? {}).sort()).toEqual(['at', 'seen'])
      expect(row).toEqual({ at, seen: expect.any(Date) })
    },
  },
  {
    name: 'set with an update command is refused',
    source: `${sdk}/document.js:88`,
    run: async ({ command, documents, id, fill, read, refused }) => {
      await fill({ a: { n: 1 } })
      expect(await refused(documents.doc(id('a')).set({ n: command.inc(1) } as never))).toBe(
        'DATABASE_REQUEST_FAILED',
      )
      expect(await read('a')).toEqual({ n: 1 })
    },
  },
  {
    name: 'set and update with an _id are refused',
    source: `${sdk}/document.js:71`,
    run: async ({ documents, id, run, fill, read, refused }) => {
      await fill({ a: { n: 1 } })
      const one = documents.doc(id('a'))
      expect(await refused(one.set({ _id: id('b'), run } as never))).toBe('INVALID_PARAM')
      expect(await refused(one.update({ _id: id('b') } as never))).toBe('INVALID_PARAM')
      expect(await refused(documents.where({ run }).update({ _id: id('b') }))).toBe('INVALID_PARAM')
      expect(await read('a')).toEqual({ n: 1 })
    },
  },
  {
    name: 'update changes what it names and keeps the rest',
    source: `${platform}/update`,
    run: async ({ documents, id, fill, read }) => {
      await fill({ a: { n: 1, kept: [1] }, b: { n: 1 } })
      expect(await updated(documents.doc(id('a')).update({ n: 2, fresh: 'x' }))).toBe(1)
      expect(await read('a')).toEqual({ n: 2, kept: [1], fresh: 'x' })
      expect(await read('b')).toEqual({ n: 1 })
    },
  },
  {
    name: 'update of a document that is missing changes nothing and creates nothing',
    source: `${sdk}/document.js:118`,
    run: async ({ documents, id, run, found }) => {
      expect(await updated(documents.doc(id('nobody')).update({ run, n: 2 }))).toBe(0)
      expect(await found({})).toEqual([])
    },
  },
  {
    name: 'update merges nested objects field by field',
    source: `${weixin}/command/Command.set.html`,
    run: async ({ documents, id, fill, read }) => {
      await fill({ a: { style: { color: 'blue', size: { w: 1, h: 2 } } } })
      await documents.doc(id('a')).update({ style: { color: 'red', size: { h: 3 } } })
      expect(await read('a')).toEqual({ style: { color: 'red', size: { w: 1, h: 3 } } })
    },
  },
  {
    name: 'update makes the objects on the way to a nested field',
    source: `${manual}/reference/operator/update/set/#set-fields-in-embedded-documents`,
    run: async ({ documents, id, fill, read }) => {
      await fill({ a: {} })
      await documents.doc(id('a')).update({ one: { two: { three: 3 } } })
      expect(await read('a')).toEqual({ one: { two: { three: 3 } } })
    },
  },
  {
    name: 'update takes dotted paths, into lists too',
    source: `${platform}/update`,
    run: async ({ documents, id, fill, read }) => {
      await fill({ a: { style: { color: 'blue', w: 1 }, list: [{ n: 1, m: 1 }, { n: 2 }] } })
      await documents.doc(id('a')).update({ 'style.color': 'red', 'list.0.n': 9 })
      expect(await read('a')).toEqual({ style: { color: 'red', w: 1 }, list: [{ n: 9, m: 1 }, { n: 2 }] })
    },
  },
  {
    name: 'command.set replaces an object',
    source: `${weixin}/command/Command.set.html`,
    run: async ({ command, documents, id, fill, read }) => {
      await fill({ a: { style: { color: 'blue', w: 1 } } })
      await documents.doc(id('a')).update({ style: command.set({ color: 'red' }) })
      expect(await read('a')).toEqual({ style: { color: 'red' } })
    },
  },
  {
    name: 'update replaces lists, dates and places whole',
    source: `${sdk}/serializer/common.js:63`,
    run: async ({ db, documents, id, fill, read }) => {
      await fill({ a: { list: [1, 2, 3], at: new Date(1), place: new db.Geo.Point(1, 2) } })
      const change = { list: [{ n: 1 }], at: new Date(2), place: new db.Geo.Point(3, 4) }
      await documents.doc(id('a')).update(change)
      expect(await read('a')).toEqual(change)
    },
  },
  {
    name: 'update with undefined leaves the field alone, null overwrites it',
    source: `${sdk}/serializer/common.js:12`,
    run: async ({ documents, id, fill, read }) => {
      await fill({ a: { n: 1, m: 1 } })
      await documents.doc(id('a')).update({ n: undefined, m: null })
      expect(await read('a')).toEqual({ n: 1, m: null })
    },
  },
  {
    name: 'update of an object with an empty object changes nothing',
    source: `${sdk}/serializer/common.js:35`,
    uncertain: 'an update without operators may be refused as empty',
    run: async ({ documents, id, fill, read }) => {
      await fill({ a: { style: { w: 1 }, n: 1 } })
      await documents.doc(id('a')).update({ style: {}, n: 2 })
      expect(await read('a')).toEqual({ style: { w: 1 }, n: 2 })
    },
  },
  {
    name: 'update takes serverDate with an offset',
    source: `${weixin}/Database.serverDate.html`,
    run: async ({ db, documents, id, fill, read }) => {
      await fill({ a: {} })
      await documents
        .doc(id('a'))
        .update({ now: db.serverDate(), later: { at: db.serverDate({ offset: 60_000 }) } })
      const row = (await read('a')) as { now: Date; later: { at: Date } }
      expect(Number(row.later.at) - Number(row.now)).toBe(60_000)
    },
  },
  {
    name: 'remove of a document answers one, and the document is gone',
    source: `${weixin}/document/Document.remove.html`,
    run: async ({ documents, id, fill, found }) => {
      await fill({ a: {}, b: {} })
      expect(await deleted(documents.doc(id('a')).remove())).toBe(1)
      expect(await found({})).toEqual(['b'])
    },
  },
  {
    name: 'remove of a document that is missing answers zero',
    source: `${weixin}/document/Document.remove.html`,
    run: async ({ documents, id }) => {
      expect(await deleted(documents.doc(id('nobody')).remove())).toBe(0)
    },
  },
  {
    name: 'an id is free again after its document is removed',
    source: `${weixin}/document/Document.remove.html`,
    run: async ({ documents, id, fill, read }) => {
      await fill({ a: { n: 1 } })
      await documents.doc(id('a')).remove()
      await fill({ a: { n: 2 } })
      expect(await read('a')).toEqual({ n: 2 })
    },
  },
]

const many: readonly Case[] = [
  {
    name: 'where().update changes every document that meets the condition',
    source: `${platform}/update`,
    run: async ({ command, documents, run, fill, found }) => {
      await fill({ a: { n: 1 }, b: { n: 2 }, c: { n: 3 } })
      expect(
        await updated(documents.where({ run, n: command.gte(2) }).update({ seen: true, n: command.inc(10) })),
      ).toBe(2)
      expect(await found({ seen: true })).toEqual(['b', 'c'])
      expect(await found({ n: command.gt(10) })).toEqual(['b', 'c'])
    },
  },
  {
    name: 'where().update is not limited to a hundred documents',
    source: `${platform}/update`,
    run: async ({ documents, run, fill, found }) => {
      await fill(Object.fromEntries(Array.from({ length: 250 }, (_, n) => [String(n), { n }])))
      expect(await updated(documents.where({ run }).update({ seen: true }))).toBe(250)
      expect(await found({ seen: true })).toHaveLength(250)
    },
  },
  {
    name: 'where().update that meets nothing answers zero and creates nothing',
    source: `${platform}/update`,
    run: async ({ documents, run, fill, found }) => {
      await fill({ a: { n: 1 } })
      expect(await updated(documents.where({ run, n: 7 }).update({ n: 8 }))).toBe(0)
      expect(await found({ n: 1 })).toEqual(['a'])
    },
  },
  {
    name: 'where().update with multiple false changes one document',
    source: `${sdk}/query.js:157`,
    run: async ({ documents, run, fill, found }) => {
      await fill({ a: { n: 1 }, b: { n: 1 } })
      expect(await updated(documents.where({ run }).options({ multiple: false }).update({ n: 2 }))).toBe(1)
      expect(await found({ n: 2 })).toHaveLength(1)
      expect(await found({ n: 1 })).toHaveLength(1)
    },
  },
  {
    name: 'an update of many documents is all or nothing',
    source: `${manual}/reference/method/db.collection.updateMany/`,
    uncertain: 'MongoDB keeps what it changed before the document that fails; this cloud keeps nothing',
    onlyLocal: 'an atomic update of many is more than the platform promises',
    run: async ({ command, documents, run, fill, read, refused }) => {
      await fill({ a: { n: 1 }, b: { n: 'text' } })
      expect(await refused(documents.where({ run }).update({ n: command.inc(1) }))).toMatch(anyRefusal)
      expect([await read('a'), await read('b')]).toEqual([{ n: 1 }, { n: 'text' }])
    },
  },
  {
    name: 'updateAndReturn answers the changed document',
    source: `${sdk}/query.js:228`,
    run: async ({ command, documents, id, run, fill, read }) => {
      await fill({ a: { n: 1 }, b: { n: 5 } })
      const answer = await documents.where({ run, n: 1 }).updateAndReturn({ n: command.inc(1) })
      expect(answer).toMatchObject({ updated: 1, doc: { _id: id('a'), run, n: 2 } })
      expect([await read('a'), await read('b')]).toEqual([{ n: 2 }, { n: 5 }])
    },
  },
  {
    name: 'updateAndReturn changes one document only',
    source: `${sdk}/query.js:228`,
    run: async ({ documents, run, fill, found }) => {
      await fill({ a: { n: 1 }, b: { n: 1 } })
      await documents.where({ run }).updateAndReturn({ n: 2 })
      expect(await found({ n: 1 })).toHaveLength(1)
    },
  },
  {
    name: 'updateAndReturn that meets nothing answers no document',
    source: `${sdk}/query.js:228`,
    uncertain: 'null or undefined',
    run: async ({ documents, run }) => {
      const answer = await documents.where({ run }).updateAndReturn({ n: 2 })
      expect(answer).toMatchObject({ updated: 0 })
      expect(answer.doc ?? null).toBeNull()
    },
  },
  {
    name: 'where().remove removes every document that meets the condition',
    source: `${platform}/delete`,
    run: async ({ command, documents, run, fill, found }) => {
      await fill({ a: { n: 1 }, b: { n: 2 }, c: { n: 3 } })
      expect(await deleted(documents.where({ run, n: command.gte(2) }).remove())).toBe(2)
      expect(await found({})).toEqual(['a'])
    },
  },
  {
    name: 'where().remove that meets nothing answers zero',
    source: `${platform}/delete`,
    run: async ({ documents, run }) => {
      expect(await deleted(documents.where({ run }).remove())).toBe(0)
    },
  },
  {
    name: 'where().remove with multiple false removes one document',
    source: `${sdk}/query.js:205`,
    run: async ({ documents, run, fill, found }) => {
      await fill({ a: {}, b: {} })
      expect(await deleted(documents.where({ run }).options({ multiple: false }).remove())).toBe(1)
      expect(await found({})).toHaveLength(1)
    },
  },
  {
    name: 'increments that come at the same time are all counted',
    source: `${weixin}/command/Command.inc.html`,
    run: async ({ command, documents, id, fill, read }) => {
      await fill({ a: { n: 0 } })
      const one = documents.doc(id('a'))
      await Promise.all(Array.from({ length: 20 }, () => one.update({ n: command.inc(1) })))
      expect(await read('a')).toEqual({ n: 20 })
    },
  },
  {
    name: 'of conditional updates that come at the same time one gets through',
    source: `${manual}/core/write-operations-atomicity/`,
    run: async ({ documents, run, fill }) => {
      await fill({ a: { state: 'open' } })
      const counts = await Promise.all(
        Array.from({ length: 8 }, () =>
          updated(documents.where({ run, state: 'open' }).update({ state: 'taken' })),
        ),
      )
      expect(counts.filter((count) => count === 1)).toHaveLength(1)
    },
  },
]

const uniqueness: readonly Case[] = [
  {
    name: 'a unique index refuses a second document with the same values',
    source: `${manual}/core/index-unique/`,
    run: async ({ unique, id, run, fill, found, refused }) => {
      await fill({ a: { serial: 1 } }, unique)
      expect(await refused(unique.add({ _id: id('b'), run, serial: 1 } as never) as Promise<unknown>)).toBe(
        duplicate,
      )
      expect(await found({}, unique)).toEqual(['a'])
    },
  },
  {
    name: 'a batch with a duplicate in a unique index adds nothing',
    source: `${manual}/core/index-unique/`,
    uncertain: 'whether what comes before the duplicate stays',
    run: async ({ unique, fill, found, refused }) => {
      expect(await refused(fill({ a: { serial: 1 }, b: { serial: 2 }, c: { serial: 1 } }, unique))).toBe(
        duplicate,
      )
      expect(await found({}, unique)).toEqual([])
    },
  },
  {
    name: 'an update into a duplicate is refused and changes nothing',
    source: `${manual}/core/index-unique/`,
    run: async ({ unique, id, fill, read, refused }) => {
      await fill({ a: { serial: 1 }, b: { serial: 2, n: 1 } }, unique)
      expect(await refused(unique.doc(id('b')).update({ serial: 1, n: 2 }))).toBe(duplicate)
      expect(await read('b', unique)).toEqual({ serial: 2, n: 1 })
    },
  },
  {
    name: 'set into a duplicate is refused and changes nothing',
    source: `${manual}/core/index-unique/`,
    run: async ({ unique, id, run, fill, found, refused }) => {
      await fill({ a: { serial: 1 } }, unique)
      expect(await refused(unique.doc(id('b')).set({ run, serial: 1 } as never))).toBe(duplicate)
      expect(await found({}, unique)).toEqual(['a'])
    },
  },
  {
    name: 'a document may be replaced under the values it holds itself',
    source: `${manual}/core/index-unique/`,
    run: async ({ unique, id, run, fill, read }) => {
      await fill({ a: { serial: 1 } }, unique)
      await unique.doc(id('a')).set({ run, serial: 1, n: 2 } as never)
      expect(await read('a', unique)).toEqual({ serial: 1, n: 2 })
    },
  },
  {
    name: 'the values are free again when their document is removed or changed',
    source: `${manual}/core/index-unique/`,
    run: async ({ unique, id, fill, found }) => {
      await fill({ a: { serial: 1 }, b: { serial: 2 } }, unique)
      await unique.doc(id('a')).remove()
      await unique.doc(id('b')).update({ serial: 3 })
      await fill({ c: { serial: 1 }, d: { serial: 2 } }, unique)
      expect(await found({}, unique)).toEqual(['b', 'c', 'd'])
    },
  },
  {
    name: 'a missing field counts as null in a unique index: the second is refused',
    source: `${manual}/core/index-unique/#missing-document-field-in-a-unique-single-field-index`,
    run: async ({ unique, fill, found, refused }) => {
      await fill({ a: {} }, unique)
      expect(await refused(fill({ b: { serial: null } }, unique))).toBe(duplicate)
      expect(await found({}, unique)).toEqual(['a'])
    },
  },
  {
    name: '1 and the text 1 are different in a unique index',
    source: `${manual}/reference/bson-type-comparison-order/`,
    run: async ({ unique, fill, found }) => {
      await fill({ a: { serial: 1 }, b: { serial: '1' }, c: { serial: true }, d: { serial: [2, 3] } }, unique)
      expect(await found({}, unique)).toEqual(['a', 'b', 'c', 'd'])
    },
  },
  {
    name: 'each element of a list takes its place in a unique index',
    source: `${manual}/core/index-unique/#unique-constraint-across-separate-documents`,
    run: async ({ unique, fill, refused }) => {
      await fill({ a: { serial: [2, 2, 3] } }, unique)
      expect(await refused(fill({ b: { serial: 3 } }, unique))).toBe(duplicate)
    },
  },
]

export const writeCases: readonly Case[] = [
  ...adding,
  ...numberedDocuments,
  ...limits,
  ...numbersAndTypes,
  ...documents,
  ...many,
  ...uniqueness,
]

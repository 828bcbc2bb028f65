import type { Bench, Case } from '../case'

const weixin = 'https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command'
const manual = 'https://www.mongodb.com/docs/v4.4/reference'
const guide = 'https://docs.cloudbase.net/database/query'

type Documents = Readonly<Record<string, object>>
type Condition = (bench: Bench) => object

const page = (name: string): string => (name.includes('/') ? name : `${weixin}/Command.${name}.html`)

/** A condition, and which of the documents meet it. */
const finds = (
  name: string,
  source: string,
  documents: Documents,
  condition: Condition,
  expected: string,
  uncertain?: string,
): Case => ({
  name,
  source: page(source),
  ...(uncertain === undefined ? {} : { uncertain }),
  run: async (bench) => {
    await bench.fill(documents)
    expect((await bench.found(condition(bench))).join('')).toBe(expected)
  },
})

type Raw = {
  readonly options: (options: object) => {
    readonly where: (query: object) => { readonly get: () => Promise<{ data: { _id: string }[] }> }
  }
}
/** A query in MongoDB's own words. */
const raw = ({ documents, run }: Bench, query: object) =>
  (documents as unknown as Raw)
    .options({ raw: true })
    .where({ run, ...query })
    .get()

/** A condition in MongoDB's own words, and which of the documents meet it. */
const findsRaw = (
  name: string,
  source: string,
  documents: Documents,
  query: object,
  expected: string,
): Case => ({
  name,
  source: page(source),
  run: async (bench) => {
    await bench.fill(documents)
    const { data } = await raw(bench, query)
    expect(
      data
        .map((row) => row._id.slice(bench.run.length + 1))
        .sort()
        .join(''),
    ).toBe(expected)
  },
})

const refuses = (name: string, source: string, query: object, uncertain?: string): Case => ({
  name,
  source: page(source),
  ...(uncertain === undefined ? {} : { uncertain }),
  run: async (bench) => {
    await bench.fill({ a: { n: 1 } })
    expect(await bench.refused(raw(bench, query))).toMatch(/^(INVALID_PARAM|DATABASE_[A-Z_]+)$/)
  },
})

const numbers = { a: { n: 1 }, b: { n: 2 }, c: { n: 3 }, d: { n: 'x' }, e: { n: null }, f: {} }
const lists = { a: { l: [1, 2] }, b: { l: [2, 3] }, c: { l: [] }, d: { l: 2 }, e: {} }
const rows = {
  a: {
    r: [
      { p: 1, q: 'x' },
      { p: 2, q: 'y' },
    ],
  },
  b: { r: [{ p: 1, q: 'y' }] },
  c: { r: [] },
}

const comparisons: readonly Case[] = [
  finds('eq finds the value, not another type', 'eq', numbers, ({ command: _ }) => ({ n: _.eq(1) }), 'a'),
  finds('a bare value means eq', guide, numbers, () => ({ n: 2 }), 'b'),
  finds(
    'eq null finds null and missing fields',
    `${manual}/operator/query/eq/`,
    numbers,
    ({ command: _ }) => ({ n: _.eq(null) }),
    'ef',
  ),
  finds(
    'neq finds other types, null and missing fields too',
    'neq',
    numbers,
    ({ command: _ }) => ({ n: _.neq(1) }),
    'bcdef',
  ),
  finds('neq null finds what has a value', 'neq', numbers, ({ command: _ }) => ({ n: _.neq(null) }), 'abcd'),
  finds(
    'lt and gt stay within the type of their value',
    'gt',
    numbers,
    ({ command: _ }) => ({ n: _.gt(1) }),
    'bc',
  ),
  finds(
    'gte and lte take the bound in',
    'gte',
    numbers,
    ({ command: _ }) => ({ n: _.gte(2).and(_.lte(3)) }),
    'bc',
  ),
  finds(
    'lt of a text compares texts by their bytes',
    'lt',
    { a: { t: 'A' }, b: { t: 'a' }, c: { t: '中' } },
    ({ command: _ }) => ({ t: _.lt('b') }),
    'ab',
  ),
  finds(
    'dates compare as instants',
    'lt',
    { a: { at: new Date(1) }, b: { at: new Date(5) } },
    ({ command: _ }) => ({ at: _.lt(new Date(3)) }),
    'a',
  ),
  finds(
    'false is less than true',
    `${manual}/bson-type-comparison-order/`,
    { a: { f: false }, b: { f: true } },
    ({ command: _ }) => ({ f: _.lt(true) }),
    'a',
  ),
  finds('in finds any of its values', 'in', numbers, ({ command: _ }) => ({ n: _.in([1, 'x', 9]) }), 'ad'),
  finds('in with null finds missing fields', 'in', numbers, ({ command: _ }) => ({ n: _.in([null]) }), 'ef'),
  finds('in of nothing finds nothing', 'in', numbers, ({ command: _ }) => ({ n: _.in([]) }), ''),
  finds(
    'nin leaves out its values and keeps missing fields',
    'nin',
    numbers,
    ({ command: _ }) => ({ n: _.nin([1, 2]) }),
    'cdef',
  ),
  finds(
    'in takes five hundred values',
    'in',
    numbers,
    ({ command: _ }) => ({ n: _.in(Array.from({ length: 500 }, (_x, at) => at + 3)) }),
    'c',
  ),
  finds(
    'exists true finds fields that are there, null too',
    'exists',
    numbers,
    ({ command: _ }) => ({ n: _.exists(true) }),
    'abcde',
  ),
  finds(
    'exists false finds missing fields only',
    'exists',
    numbers,
    ({ command: _ }) => ({ n: _.exists(false) }),
    'f',
  ),
  finds(
    'mod divides and compares the rest',
    'mod',
    numbers,
    ({ command: _ }) => ({ n: (_.mod as (...given: number[]) => object)(2, 1) }),
    'ac',
  ),
  finds(
    'an object is equal with its fields in the same order',
    `${manual}/operator/query/eq/`,
    { a: { o: { x: 1, y: 2 } }, b: { o: { y: 2, x: 1 } }, c: { o: { x: 1 } } },
    ({ command: _ }) => ({ o: _.eq({ x: 1, y: 2 }) }),
    'a',
  ),
  finds(
    'an object in where() looks at its fields one by one',
    guide,
    { a: { o: { x: 1, y: 2 } }, b: { o: { x: 2 } } },
    () => ({ o: { x: 1 } }),
    'a',
  ),
  finds(
    'a dotted path looks into objects',
    guide,
    { a: { o: { x: { y: 1 } } }, b: { o: { x: 1 } } },
    () => ({ 'o.x.y': 1 }),
    'a',
  ),
  finds(
    'minus zero is zero',
    `${manual}/operator/query/eq/`,
    { a: { n: 0 } },
    ({ command: _ }) => ({ n: _.eq(-0) }),
    'a',
  ),
  finds('1 and 1.0 are the same', `${manual}/operator/query/eq/`, { a: { n: 1.0 } }, () => ({ n: 1 }), 'a'),
  finds(
    'a text is found whatever it is made of',
    guide,
    { a: { t: '红脸😀 "\\' }, b: { t: '红脸' } },
    () => ({ t: '红脸😀 "\\' }),
    'a',
  ),
  finds('a field may have a Chinese name', guide, { a: { 巷子: 1 } }, () => ({ 巷子: 1 }), 'a'),
]

const logic: readonly Case[] = [
  finds(
    'and of two conditions on one field',
    'and',
    numbers,
    ({ command: _ }) => ({ n: _.and(_.gt(1), _.lt(3)) }),
    'b',
  ),
  finds(
    'and of whole conditions',
    'and',
    numbers,
    ({ command: _ }) => _.and([{ n: _.gt(1) }, { n: _.lt(3) }]),
    'b',
  ),
  finds(
    'or of two conditions on one field',
    'or',
    numbers,
    ({ command: _ }) => ({ n: _.or(_.eq(1), _.eq(3)) }),
    'ac',
  ),
  finds(
    'or of whole conditions',
    'or',
    { a: { n: 1 }, b: { m: 1 }, c: {} },
    ({ command: _ }) => _.or([{ n: 1 }, { m: 1 }]),
    'ab',
  ),
  finds('or goes on from a command', 'or', numbers, ({ command: _ }) => ({ n: _.lt(2).or(_.gt(2)) }), 'ac'),
  finds(
    'nor finds what meets none, missing fields too',
    'nor',
    numbers,
    ({ command: _ }) => _.nor([{ n: 1 }, { n: 'x' }]),
    'bcef',
  ),
  finds(
    'not finds what the command does not, other types and missing fields too',
    'not',
    numbers,
    ({ command: _ }) => ({ n: _.not(_.gt(1)) }),
    'adef',
  ),
  finds(
    'and, or and nor nest',
    'and',
    { a: { n: 1, m: 1 }, b: { n: 1, m: 2 }, c: { n: 2, m: 1 } },
    ({ command: _ }) => _.and([{ n: 1 }, _.or([{ m: 1 }, { m: 3 }])]),
    'a',
  ),
  finds(
    'several fields must all be met',
    guide,
    { a: { n: 1, m: 1 }, b: { n: 1 } },
    () => ({ n: 1, m: 1 }),
    'a',
  ),
  finds('no condition finds everything', guide, { a: {}, b: {} }, () => ({}), 'ab'),
]

const arrays: readonly Case[] = [
  finds(
    'a value is found in a list as well as by itself',
    `${manual}/operator/query/eq/`,
    lists,
    () => ({ l: 2 }),
    'abd',
  ),
  finds(
    'a comparison is met by any element',
    `${manual}/operator/query/gt/`,
    lists,
    ({ command: _ }) => ({ l: _.gt(2) }),
    'b',
  ),
  finds(
    'two comparisons may be met by two elements of one list',
    `${manual}/tutorial/query-arrays/`,
    { a: { l: [1, 9] }, b: { l: [4] }, c: { l: [1] } },
    ({ command: _ }) => ({ l: _.gt(3).and(_.lt(5)) }),
    'ab',
  ),
  finds(
    'eq of a list takes the whole list in its order',
    `${manual}/operator/query/eq/`,
    lists,
    ({ command: _ }) => ({ l: _.eq([1, 2]) }),
    'a',
  ),
  finds('all needs each of its values', 'all', lists, ({ command: _ }) => ({ l: _.all([2, 3]) }), 'b'),
  finds(
    'all of one value is met by the value itself',
    'all',
    lists,
    ({ command: _ }) => ({ l: _.all([2]) }),
    'abd',
  ),
  finds('size counts elements exactly', 'size', lists, ({ command: _ }) => ({ l: _.size(2) }), 'ab'),
  finds('size 0 finds empty lists only', 'size', lists, ({ command: _ }) => ({ l: _.size(0) }), 'c'),
  finds(
    'elemMatch needs one element that meets everything',
    'elemMatch',
    rows,
    ({ command: _ }) => ({ r: _.elemMatch({ p: 1, q: 'y' }) }),
    'b',
  ),
  finds(
    'dotted conditions may be met by different elements',
    guide,
    rows,
    () => ({ 'r.p': 1, 'r.q': 'y' }),
    'ab',
  ),
  finds(
    'elemMatch takes operators on the elements themselves',
    `${manual}/operator/query/elemMatch/`,
    { a: { l: [1, 9] }, b: { l: [4] } },
    () => ({ l: { $elemMatch: { $gt: 3, $lt: 5 } } }),
    'b',
    'the SDK passes operators through',
  ),
  finds(
    'elemMatch finds nothing in what is no list',
    `${manual}/operator/query/elemMatch/`,
    { a: { r: { p: 1 } }, b: { r: [{ p: 1 }] } },
    ({ command: _ }) => ({ r: _.elemMatch({ p: 1 }) }),
    'b',
  ),
  finds('a number in a path means a place in a list', guide, rows, () => ({ 'r.0.q': 'y' }), 'b'),
  finds('a path goes through every element of a list', guide, rows, () => ({ 'r.q': 'y' }), 'ab'),
  finds(
    'in with a list among its values finds that very list',
    'in',
    lists,
    ({ command: _ }) => ({ l: _.in([[1, 2]]) }),
    'a',
  ),
  finds(
    'nin leaves out lists that hold one of its values',
    'nin',
    lists,
    ({ command: _ }) => ({ l: _.nin([3]) }),
    'acde',
  ),
]

const elemMatch = `${manual}/operator/query/elemMatch/`
const nested = { a: { l: [[2]] }, b: { l: [2] }, c: { l: 2 }, d: { l: [] }, e: { l: [{ p: 2 }] } }
const elements: readonly Case[] = [
  findsRaw(
    'elemMatch does not look into lists that are elements',
    elemMatch,
    nested,
    { l: { $elemMatch: { $gt: 1 } } },
    'b',
  ),
  findsRaw(
    'elemMatch in elemMatch looks into lists that are elements',
    elemMatch,
    nested,
    { l: { $elemMatch: { $elemMatch: { $gt: 1 } } } },
    'a',
  ),
  findsRaw(
    'elemMatch with size counts a list that is an element',
    elemMatch,
    nested,
    { l: { $elemMatch: { $size: 1 } } },
    'a',
  ),
  findsRaw(
    'elemMatch with in finds a list among the elements by the very list',
    elemMatch,
    nested,
    { l: { $elemMatch: { $in: [[2]] } } },
    'a',
  ),
  findsRaw(
    'elemMatch with ne needs one element that is another',
    elemMatch,
    nested,
    { l: { $elemMatch: { $ne: 2 } } },
    'ae',
  ),
  findsRaw(
    'elemMatch with not needs one element that fails',
    elemMatch,
    nested,
    { l: { $elemMatch: { $not: { $gt: 1 } } } },
    'ae',
  ),
  findsRaw(
    'elemMatch with fields finds no scalars',
    elemMatch,
    nested,
    { l: { $elemMatch: { p: { $exists: false } } } },
    'a',
  ),
  findsRaw(
    'elemMatch with type takes the element’s own',
    elemMatch,
    nested,
    { l: { $elemMatch: { $type: 'number' } } },
    'b',
  ),
  findsRaw(
    'elemMatch at a path through a list needs a list at its end',
    elemMatch,
    { a: { r: [{ l: 2 }] }, b: { r: [{ l: [2] }] }, c: { r: [{ l: [0] }, { l: [3] }] } },
    { 'r.l': { $elemMatch: { $gt: 1 } } },
    'bc',
  ),
  findsRaw(
    'null at a path through a list finds an element without the field, and none that has no fields',
    `${manual}/../tutorial/query-for-null-fields/`,
    {
      a: { r: [{ p: 1 }, {}] },
      b: { r: [{ p: null }] },
      c: { r: [{ p: 1 }] },
      d: { r: [1] },
      e: { r: [] },
      f: { r: 1 },
      g: {},
    },
    { 'r.p': null },
    'abfg',
  ),
  findsRaw(
    'ne null leaves out what null finds',
    `${manual}/operator/query/ne/`,
    { a: { r: [{}] }, b: { r: [{ p: 1 }] } },
    { 'r.p': { $ne: null } },
    'b',
  ),
  findsRaw(
    'gte null and lte null find null and missing fields',
    `${manual}/bson-type-comparison-order/`,
    numbers,
    { n: { $gte: null } },
    'ef',
  ),
  findsRaw(
    'lists compare as a whole, element by element',
    `${manual}/bson-type-comparison-order/`,
    { a: { l: [1, 9] }, b: { l: [2] }, c: { l: 1 } },
    { l: { $lt: [2] } },
    'a',
  ),
  findsRaw(
    'objects compare as a whole, field by field',
    `${manual}/bson-type-comparison-order/`,
    { a: { o: { p: 10 } }, b: { o: { p: 9 } }, c: { o: 10 } },
    { o: { $gt: { p: 9 } } },
    'a',
  ),
  findsRaw(
    'mod cuts the fraction of a number off',
    `${manual}/operator/query/mod/`,
    { a: { n: 8.5 }, b: { n: 9 }, c: { n: -8 } },
    { n: { $mod: [4, 0] } },
    'ac',
  ),
  findsRaw(
    'type number finds numbers in lists too',
    `${manual}/operator/query/type/`,
    { a: { l: ['x', 1.5] }, b: { l: ['x'] }, c: { l: 3 } },
    { l: { $type: 'number' } },
    'ac',
  ),
  findsRaw(
    'type array finds lists, empty ones too',
    `${manual}/operator/query/type/`,
    { a: { l: [] }, b: { l: [1] }, c: { l: 1 } },
    { l: { $type: 'array' } },
    'ab',
  ),
]

const texts = {
  a: { t: 'Road 12' },
  b: { t: 'road' },
  c: { t: 'x\nroad' },
  d: { t: 5 },
  e: { t: ['a', 'road'] },
}
const patterns: readonly Case[] = [
  finds(
    'a regular expression finds texts, also in lists',
    `${weixin}/../Database.RegExp.html`,
    texts,
    ({ db }) => ({ t: db.RegExp({ regexp: '^road' }) }),
    'be',
  ),
  finds(
    'its option i takes capitals for small letters',
    `${weixin}/../Database.RegExp.html`,
    texts,
    ({ db }) => ({ t: db.RegExp({ regexp: '^road', options: 'i' }) }),
    'abe',
  ),
  finds(
    'its option m lets ^ begin each line',
    `${weixin}/../Database.RegExp.html`,
    texts,
    ({ db }) => ({ t: db.RegExp({ regexp: '^road', options: 'm' }) }),
    'bce',
  ),
  finds(
    'its option s lets a dot be a new line',
    `${weixin}/../Database.RegExp.html`,
    texts,
    ({ db }) => ({ t: db.RegExp({ regexp: 'x.road', options: 's' }) }),
    'c',
  ),
  finds(
    'a RegExp of JavaScript does the same',
    `${weixin}/../Database.RegExp.html`,
    texts,
    () => ({ t: /^ROAD/i }),
    'abe',
  ),
  finds(
    'it finds Chinese',
    `${weixin}/../Database.RegExp.html`,
    { a: { t: '泥泞的巷子' }, b: { t: '路' } },
    ({ db }) => ({ t: db.RegExp({ regexp: '巷' }) }),
    'a',
  ),
  finds(
    'in takes regular expressions among its values',
    `${manual}/operator/query/in/`,
    texts,
    () => ({ t: { $in: [/^Road/, 5] } }),
    'ad',
    'the SDK passes operators through',
  ),
]

const ordered = async (
  { documents, run }: Bench,
  ...fields: readonly (readonly [string, 'asc' | 'desc'])[]
) => {
  let query = documents.where({ run })
  for (const [field, direction] of fields) query = query.orderBy(field, direction)
  const { data } = await query.limit(1000).get()
  return (data as { _id: string }[]).map((row) => row._id.slice(run.length + 1)).join('')
}

const orders = (
  name: string,
  source: string,
  documents: Documents,
  fields: readonly (readonly [string, 'asc' | 'desc'])[],
  expected: string,
): Case => ({
  name,
  source: source.includes('/') ? source : `${weixin}/../collection/Collection.${source}.html`,
  run: async (bench) => {
    await bench.fill(documents)
    expect(await ordered(bench, ...fields)).toBe(expected)
  },
})

const order: readonly Case[] = [
  orders('orderBy asc goes up', 'orderBy', { a: { n: 3 }, b: { n: 1 }, c: { n: 2 } }, [['n', 'asc']], 'bca'),
  orders(
    'orderBy desc goes down',
    'orderBy',
    { a: { n: 3 }, b: { n: 1 }, c: { n: 2 } },
    [['n', 'desc']],
    'acb',
  ),
  orders(
    'the second orderBy decides where the first is equal',
    'orderBy',
    { a: { n: 1, m: 1 }, b: { n: 1, m: 2 }, c: { n: 0, m: 3 } },
    [
      ['n', 'asc'],
      ['m', 'desc'],
    ],
    'cba',
  ),
  orders(
    'orderBy goes into objects',
    'orderBy',
    { a: { o: { n: 2 } }, b: { o: { n: 1 } } },
    [['o.n', 'asc']],
    'ba',
  ),
  orders(
    'missing and null come first, then numbers, texts, objects, lists by their least, flags, dates',
    `${manual}/bson-type-comparison-order/`,
    { a: { v: new Date(0) }, b: { v: true }, c: { v: 'x' }, d: { v: 1 }, e: { v: { x: 1 } } },
    [['v', 'asc']],
    'dceba',
  ),
  orders(
    'numbers are in order of their size, whatever their kind',
    'orderBy',
    { a: { n: 10 }, b: { n: 9.5 }, c: { n: -1 }, d: { n: 1e20 } },
    [['n', 'asc']],
    'cbad',
  ),
  orders(
    'a list counts by its least element going up and by its greatest going down',
    `${manual}/method/cursor.sort/`,
    { a: { l: [5, 1] }, b: { l: [2, 3] } },
    [['l', 'desc']],
    'ab',
  ),
]

const many = (count: number): Documents =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [String(at).padStart(4, '0'), { n: at }]))

const pages: readonly Case[] = [
  {
    name: 'a query without a limit answers a hundred documents at most',
    source: `${weixin}/../collection/Collection.limit.html`,
    run: async (bench) => {
      await bench.fill(many(120))
      expect((await bench.documents.where({ run: bench.run }).get()).data).toHaveLength(100)
    },
  },
  {
    name: 'a limit reaches up to a thousand documents on the server',
    source: `${weixin}/../collection/Collection.limit.html`,
    run: async (bench) => {
      await bench.fill(many(120))
      const { data } = await bench.documents.where({ run: bench.run }).limit(1000).get()
      expect(data).toHaveLength(120)
    },
  },
  {
    name: 'skip and limit take a page',
    source: `${weixin}/../collection/Collection.skip.html`,
    run: async (bench) => {
      await bench.fill(many(10))
      const { data } = await bench.documents
        .where({ run: bench.run })
        .orderBy('n', 'asc')
        .skip(3)
        .limit(2)
        .get()
      expect((data as { n: number }[]).map(({ n }) => n)).toEqual([3, 4])
    },
  },
  {
    name: 'a query that skips beyond the end answers nothing',
    source: `${weixin}/../collection/Collection.skip.html`,
    run: async (bench) => {
      await bench.fill(many(3))
      expect((await bench.documents.where({ run: bench.run }).skip(5).get()).data).toEqual([])
    },
  },
  {
    name: 'count counts everything that meets the condition, without a limit',
    source: `${weixin}/../collection/Collection.count.html`,
    run: async (bench) => {
      await bench.fill(many(130))
      const { total } = await bench.documents.where({ run: bench.run, n: bench.command.gte(10) }).count()
      expect(total).toBe(120)
    },
  },
  {
    name: 'count of nothing is zero',
    source: `${weixin}/../collection/Collection.count.html`,
    run: async ({ documents, run }) => {
      expect(await documents.where({ run }).count()).toMatchObject({ total: 0 })
    },
  },
  {
    name: 'a query that finds nothing answers an empty list',
    source: guide,
    run: async ({ documents, run }) => {
      expect((await documents.where({ run, n: 1 }).get()).data).toEqual([])
    },
  },
  {
    name: 'a document that is missing is an empty list for the server SDK',
    source: '@cloudbase/database/dist/commonjs/document.js',
    run: async ({ documents, id }) => {
      expect((await documents.doc(id('nobody')).get()).data).toEqual([])
    },
  },
  {
    name: 'a collection that is not there is said to be missing',
    source: 'https://docs.cloudbase.net/error-code/basic',
    uncertain: 'environments may make it, or answer nothing',
    run: async ({ db, refused }) => {
      expect(await refused(db.collection('conformance_nowhere').where({ a: 1 }).get())).toMatch(
        /DATABASE|RESOURCE/,
      )
    },
  },
]

const whole = {
  a: {
    n: 1,
    m: 2,
    o: { p: 3, q: 4 },
    l: [1, 2, 3],
    r: [
      { p: 1, q: 1 },
      { p: 2, q: 2 },
    ],
  },
}

const shows = (name: string, field: Condition, expected: object, uncertain?: string): Case => ({
  name,
  source: `${weixin}/../collection/Collection.field.html`,
  ...(uncertain === undefined ? {} : { uncertain }),
  run: async (bench) => {
    await bench.fill(whole)
    const { data } = await bench.documents
      .where({ run: bench.run })
      .field(field(bench) as never)
      .get()
    expect(data).toEqual([expected])
  },
})

const hidden = { _id: false }
const projections: readonly Case[] = [
  shows('field true passes the named fields only', () => ({ ...hidden, n: true }), { n: 1 }),
  shows('field 1 means true', () => ({ ...hidden, n: 1 }), { n: 1 }),
  shows('field passes a part of an object', () => ({ ...hidden, 'o.p': true }), { o: { p: 3 } }),
  shows('field passes a part of every object in a list', () => ({ ...hidden, 'r.p': true }), {
    r: [{ p: 1 }, { p: 2 }],
  }),
  shows('a field that is missing is left out', () => ({ ...hidden, n: true, none: true }), { n: 1 }),
  shows(
    'field false leaves the named fields out',
    () => ({ ...hidden, run: false, o: false, l: false, r: false }),
    { n: 1, m: 2 },
  ),
  {
    name: 'field passes _id unless it is told not to',
    source: `${weixin}/../collection/Collection.field.html`,
    run: async (bench) => {
      await bench.fill(whole)
      const { data } = await bench.documents.where({ run: bench.run }).field({ n: true }).get()
      expect(data).toEqual([{ _id: bench.id('a'), n: 1 }])
    },
  },
  {
    name: 'doc().field passes the named fields',
    source: `${weixin}/../document/Document.field.html`,
    run: async (bench) => {
      await bench.fill(whole)
      const { data } = await bench.documents.doc(bench.id('a')).field({ m: true, _id: false }).get()
      expect(data).toEqual([{ m: 2 }])
    },
  },
]

const refusals: readonly Case[] = [
  refuses(
    'a query with $where is refused',
    `${manual}/operator/query/where/`,
    { $where: 'true' },
    'the platform documents no $where',
  ),
  refuses('code in an expression of a query is refused', `${manual}/operator/aggregation/function/`, {
    $expr: { $function: { body: 'return true', args: [], lang: 'js' } },
  }),
  refuses('an operator that is none is refused', `${manual}/operator/query/`, { n: { $like: 'x' } }),
  refuses('a logical operator that is none is refused', `${manual}/operator/query/`, { $xor: [{ n: 1 }] }),
  refuses('an or of nothing is refused', `${manual}/operator/query/or/`, { $or: [] }),
  refuses('an or of what is no list is refused', `${manual}/operator/query/or/`, { $or: { n: 1 } }),
  refuses('in without a list is refused', `${manual}/operator/query/in/`, { n: { $in: 1 } }),
  refuses('mod by zero is refused', `${manual}/operator/query/mod/`, { n: { $mod: [0, 1] } }),
  refuses('mod without a rest is refused', `${manual}/operator/query/mod/`, { n: { $mod: [2] } }),
  refuses('a size that is no whole number is refused', `${manual}/operator/query/size/`, {
    n: { $size: 1.5 },
  }),
  refuses('a negative size is refused', `${manual}/operator/query/size/`, { n: { $size: -1 } }),
  refuses('all without a list is refused', `${manual}/operator/query/all/`, { n: { $all: 1 } }),
  refuses('elemMatch without a condition is refused', `${manual}/operator/query/elemMatch/`, {
    n: { $elemMatch: 1 },
  }),
  refuses('a regular expression that is none is refused', `${manual}/operator/query/regex/`, {
    n: { $regex: '(' },
  }),
  refuses('not of a bare value is refused', `${manual}/operator/query/not/`, { n: { $not: 1 } }),
]

export const queryCases: readonly Case[] = [
  ...comparisons,
  ...logic,
  ...arrays,
  ...elements,
  ...patterns,
  ...order,
  ...pages,
  ...projections,
  ...refusals,
]

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { type Engine, type FindOptions, openEngine } from '../../local/cloudbase/database/engine'
import { aggregated, matcher } from '../../local/cloudbase/database/mongo'
import type { Sort } from '../../local/cloudbase/database/planner'
import { changed } from '../../local/cloudbase/database/update'
import { type Document, fromText, writeEjson } from '../../local/cloudbase/ground/codec'
import type { CollectionConfig } from '../../local/cloudbase/ground/config'
import { PlatformFailure } from '../../local/cloudbase/ground/failure'
import { anIndex } from '../local/cloudbase/a-cloud'

interface Row extends Document {
  readonly _id: string | number
}

/** MongoDB's order of values, written down once more and without bytes. */
const ranks = ['nothing', 'number', 'string', 'object', 'boolean', 'date']
const rankOf = (value: unknown): number =>
  ranks.indexOf(
    value === null || value === undefined ? 'nothing' : value instanceof Date ? 'date' : typeof value,
  )
const compareValues = (a: unknown, b: unknown): number => {
  if (rankOf(a) !== rankOf(b)) return rankOf(a) - rankOf(b)
  if (a === null || a === undefined) return 0
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0
}
const sortValue = (value: unknown, order: 1 | -1): unknown => {
  if (!Array.isArray(value)) return value
  const sorted = [...value].sort(compareValues)
  return order === 1 ? sorted[0] : sorted[sorted.length - 1]
}
const compareRows =
  (sort: Sort) =>
  (a: Row, b: Row): number => {
    for (const [field, order] of sort) {
      const at = (row: Row): unknown =>
        field.split('.').reduce<unknown>((value, part) => (value as Document | undefined)?.[part], row)
      const difference = compareValues(sortValue(at(a), order), sortValue(at(b), order)) * order
      if (difference !== 0) return difference
    }
    return 0
  }

// Few values and few conditions at a time: most queries find something.
const scalar = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -1, max: 2 }) },
  { weight: 4, arbitrary: fc.constantFrom('', 'a', 'ab', '红', 'a\u0000b') },
  { weight: 2, arbitrary: fc.constant(null) },
  fc.constantFrom(true, false, new Date(0), new Date(-1000), 0.5, 1e9),
)
const stored = fc.oneof(
  { weight: 2, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
)
const inner = fc.record({ k: scalar, v: scalar }, { requiredKeys: [] })
const fields = ['a', 'b', 'c', 'd', 'e.k', 'f.k'] as const
/** `e` is an object, `f` a list of them; `u` is unique, and `t` where it is there. */
const row = fc.record(
  {
    a: scalar,
    b: stored,
    c: stored,
    d: scalar,
    e: inner,
    f: fc.array(inner, { maxLength: 2 }),
    u: fc.nat(400),
    t: fc.nat(60),
  },
  { requiredKeys: ['u'] },
)
const limit = scalar.filter((value) => value !== null)
const condition = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: fc.record({ $gt: limit }) },
  { weight: 2, arbitrary: fc.record({ $lte: limit }) },
  { weight: 2, arbitrary: fc.record({ $gte: limit, $lt: limit }) },
  { weight: 3, arbitrary: fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }) },
  fc.record({ $in: fc.array(scalar, { minLength: 1, maxLength: 3 }), $gt: limit }),
  fc.record({ $ne: scalar }),
  fc.record({ $nin: fc.array(scalar, { maxLength: 2 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $size: fc.nat(2) }),
  fc.record({ $all: fc.array(scalar, { minLength: 1, maxLength: 2 }) }),
  fc.record({ $elemMatch: fc.record({ $gte: limit, $lt: limit }) }),
  fc.record({ $not: fc.record({ $gt: limit }) }),
  fc.constant({ $regex: '^a' }),
  fc.constantFrom<Document>(
    { $gte: null },
    { $lte: null },
    { $gt: null },
    { $type: 'number' },
    { $type: 'array' },
  ),
  fc.record({ $elemMatch: fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }) }),
  fc.record({ $elemMatch: fc.record({ $ne: scalar }) }),
  fc.record({ $gt: fc.array(scalar, { maxLength: 2 }) }),
  fc.array(scalar, { maxLength: 2 }),
)
const on = (most: number) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...fields), condition), {
      selector: ([field]) => field,
      minLength: 1,
      maxLength: most,
    })
    .map((conditions): Document => Object.fromEntries(conditions))
const onSame = fc
  .tuple(fc.constantFrom(...fields), condition, condition)
  .map(([field, one, two]) => [{ [field]: one }, { [field]: two }] as const)
const name = (at: number) => `r${String(at).padStart(2, '0')}`
const mostRows = 22
/** Some ids are numbers. */
const id = fc.oneof<fc.MaybeWeightedArbitrary<string | number>[]>(
  { weight: 5, arbitrary: fc.nat(mostRows + 3).map(name) },
  { weight: 1, arbitrary: fc.constantFrom(7, -1.5, 8) },
)
/** What lies behind a row of a list, asked for as pages do, with or without the bound that follows from it. */
const beyond = fc
  .record({
    field: fc.constantFrom('a', 'b', 'c', 'c', 'd', 'e.k'),
    value: limit,
    id,
    side: fc.constantFrom('$gt', '$lt'),
    isTurned: fc.boolean(),
    isBounded: fc.boolean(),
    other: fc.option(scalar, { nil: undefined }),
  })
  .map(({ field, value, id, side, isTurned, isBounded, other }): Document => {
    const parts = [{ [field]: { [side]: value } }, { [field]: value, _id: { [side]: id } }]
    return {
      ...(other === undefined || field === 'a' ? {} : { a: other }),
      ...(isBounded ? { [field]: { [`${side}e`]: value } } : {}),
      $or: isTurned ? parts.reverse() : parts,
    }
  })
const query: fc.Arbitrary<Document> = fc.oneof(
  { weight: 4, arbitrary: on(2) },
  { weight: 2, arbitrary: onSame.map((both) => ({ $and: both })) },
  { weight: 2, arbitrary: onSame.map((both) => ({ $or: both })) },
  { weight: 1, arbitrary: onSame.map((both) => ({ $nor: both })) },
  { weight: 1, arbitrary: fc.tuple(on(1), onSame).map(([one, both]) => ({ ...one, $or: both })) },
  { weight: 3, arbitrary: beyond },
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Document>(
      { _id: 'r01' },
      { _id: { $gt: 'r03' } },
      { _id: { $lte: 'r04' } },
      { _id: 1 },
      { _id: { $in: [7, 'r02', null] } },
      { _id: { $gt: 7 } },
      { _id: { $lte: 7.5 } },
      { f: { $elemMatch: { k: 1 } } },
      { u: { $gt: 200 } },
    ),
  },
)
const direction = fc.constantFrom<1 | -1>(1, -1)
const order: fc.Arbitrary<Sort> = fc.oneof(
  fc.constant<Sort>([]),
  fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e.k', '_id'), direction).map((one): Sort => [one]),
  fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e.k'), direction, direction).map(
    ([field, first, last]): Sort => [
      [field, first],
      ['_id', last],
    ],
  ),
  fc.tuple(direction, direction).map(
    ([first, last]): Sort => [
      ['d', first],
      ['a', last],
    ],
  ),
)

const change: fc.Arbitrary<Document> = fc.oneof(
  fc
    .tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e.k'), stored)
    .map(([field, value]) => ({ $set: { [field]: value } })),
  fc.constantFrom('a', 'b', 'd', 'e').map((field) => ({ $unset: { [field]: '' } })),
  fc.constantFrom('a', 'd').map((field) => ({ $inc: { [field]: 1 } })),
  fc.tuple(fc.constantFrom('b', 'c'), scalar).map(([field, value]) => ({ $push: { [field]: value } })),
  fc.tuple(fc.constantFrom('b', 'c'), scalar).map(([field, value]) => ({ $pull: { [field]: value } })),
  fc.tuple(fc.constantFrom('b', 'c'), scalar).map(([field, value]) => ({ $addToSet: { [field]: value } })),
  fc.constant({ $rename: { a: 'd' } }),
  scalar.map((value) => ({ $max: { d: value } })),
)
const ordered = fc
  .tuple(fc.constantFrom('a', 'd', 'e.k'), direction)
  .map(([field, way]) => [{ $sort: { [field]: way, _id: 1 } }])
const stages: fc.Arbitrary<readonly Document[]> = fc.oneof<fc.Arbitrary<readonly Document[]>[]>(
  fc.constantFrom('a', 'd', 'e.k').map((field) => [
    {
      $group: {
        _id: `$${field}`,
        count: { $sum: 1 },
        sum: { $sum: '$a' },
        least: { $min: '$d' },
        most: { $max: '$d' },
      },
    },
  ]),
  fc.constant([{ $unwind: '$b' }, { $sortByCount: '$b' }]),
  fc.constant([{ $count: 'n' }]),
  fc
    .tuple(ordered, fc.nat(4), fc.integer({ min: 1, max: 6 }))
    .map(([sort, skip, most]) => [...sort, { $skip: skip }, { $limit: most }, { $project: { a: 1, d: 1 } }]),
  ordered.map((sort) => [
    ...sort,
    { $group: { _id: null, ids: { $push: '$_id' }, first: { $first: '$d' } } },
  ]),
  fc.constant([
    { $lookup: { from: 'rows', localField: 'a', foreignField: 'd', as: 'others' } },
    { $project: { n: { $size: '$others' } } },
  ]),
  fc.constant([{ $addFields: { both: { $eq: ['$a', '$d'] } } }, { $match: { both: true } }]),
)

type Case =
  | {
      readonly kind: 'find'
      readonly find: FindOptions & { readonly offset: number; readonly limit: number }
    }
  | { readonly kind: 'count'; readonly query: Document }
  | { readonly kind: 'aggregate'; readonly query: Document; readonly stages: readonly Document[] }
  | { readonly kind: 'update'; readonly query: Document; readonly change: Document }
  | { readonly kind: 'replace'; readonly id: string | number; readonly document: Document }
  | { readonly kind: 'insert'; readonly id: string | number; readonly document: Document }
  | { readonly kind: 'remove'; readonly query: Document }

const aCase: fc.Arbitrary<Case> = fc.oneof(
  {
    weight: 24,
    arbitrary: fc.record({
      kind: fc.constant('find' as const),
      find: fc.record({ query, sort: order, offset: fc.nat(4), limit: fc.integer({ min: 1, max: 20 }) }),
    }),
  },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('count' as const), query }) },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('aggregate' as const), query, stages }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('update' as const), query, change }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('replace' as const), id, document: row }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('insert' as const), id, document: row }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), query }) },
)

const collections: readonly CollectionConfig[] = [
  {
    CollectionName: 'rows',
    AclTag: 'ADMINONLY',
    CreateIndexes: [
      anIndex('one', ['a', 'b', 'c', '_id']),
      anIndex('two', ['a', '-c', '-_id']),
      anIndex('three', ['b', 'd']),
      anIndex('four', ['-d', 'a']),
      anIndex('five', ['c']),
      anIndex('six', ['a', 'd']),
      anIndex('inner', ['e.k', '_id']),
      anIndex('list', ['f.k']),
      anIndex('sparse', ['b', '-_id'], false, true),
      anIndex('sparse_pair', ['c', 'e.k'], false, true),
      anIndex('serial', ['u'], true),
      anIndex('token', ['t'], true, true),
    ],
  },
]

class Difference extends Error {}
const same = (what: string, found: unknown, expected: unknown): void => {
  const [a, b] = [writeEjson({ found }), writeEjson({ found: expected })]
  if (a !== b) throw new Difference(`${what}: the engine has ${a}, plain evaluation ${b}`)
}
const ids = (rows: readonly Row[]): (string | number)[] => rows.map((one) => one._id)
const inAnyOrder = (list: readonly unknown[]): string[] => list.map((one) => writeEjson(one)).sort()

/** What both refuse is no difference; what only one refuses is. */
const outcomeOf = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof PlatformFailure) return { refused: error.code }
    throw error
  }
}

/** One case against the engine and against `rows`; answers the rows as they are after it. */
const compareOne = async (engine: Engine, rows: readonly Row[], one: Case): Promise<readonly Row[]> => {
  const plain = (where: Document): Row[] => rows.filter(matcher(where))
  if (one.kind === 'count') {
    same('count', await engine.count('rows', one.query), plain(one.query).length)
    return rows
  }
  if (one.kind === 'find') {
    const { sort = [], offset, limit: most } = one.find
    const all = (await engine.find('rows', { query: one.find.query, sort })).map(fromText) as Row[]
    same('find', ids(all).sort(), ids(plain(one.find.query)).sort())
    same('documents', inAnyOrder(all), inAnyOrder(plain(one.find.query)))
    const compare = compareRows(sort)
    for (let at = 1; at < all.length; at += 1) {
      if (compare(all[at - 1] as Row, all[at] as Row) > 0) throw new Difference(`out of order at ${at}`)
    }
    const page = (await engine.find('rows', one.find)).map(fromText) as Row[]
    same('page', ids(page), ids(all.slice(offset, offset + most)))
    return rows
  }
  if (one.kind === 'aggregate') {
    const found = await outcomeOf(async () =>
      inAnyOrder((await engine.aggregate('rows', [{ $match: one.query }, ...one.stages])).map(fromText)),
    )
    const expected = await outcomeOf(() =>
      inAnyOrder(aggregated(plain(one.query), one.stages, (_name, query) => plain(query))),
    )
    same('aggregate', found, expected)
    return rows
  }
  if (one.kind === 'remove') {
    const gone = new Set(ids(plain(one.query)))
    same('removed', await engine.remove('rows', one.query, true), gone.size)
    return rows.filter((row) => !gone.has(row._id))
  }
  if (one.kind === 'update') {
    const meant = new Set(ids(plain(one.query)))
    const after = await outcomeOf(() =>
      rows.map((row) => (meant.has(row._id) ? (changed(row, one.change, one.query) as Row) : row)),
    )
    const found = await outcomeOf(
      async () => (await engine.update('rows', one.query, one.change, true)).updated,
    )
    same('updated', found, Array.isArray(after) ? meant.size : after)
    return Array.isArray(after) ? (after as Row[]) : rows
  }
  const fresh = { ...one.document, _id: one.id } as Row
  const others = rows.filter((row) => row._id !== one.id)
  const isTaken =
    others.some((row) => row.u === fresh.u || (fresh.t !== undefined && row.t === fresh.t)) ||
    (one.kind === 'insert' && others.length < rows.length)
  const found = await outcomeOf(async () => {
    if (one.kind === 'insert') await engine.insert('rows', [fresh])
    else await engine.replace('rows', one.id, one.document)
    return 'done'
  })
  same(one.kind, found, isTaken ? { refused: 'DATABASE_REQUEST_FAILED' } : 'done')
  return isTaken ? rows : [...others, fresh]
}

const casesPerSet = 25

/**
 * Random documents and random questions: the engine with its indexes answers, changes and refuses as plain evaluation
 * of the same operators over a list does. Throws with the smallest case that differs.
 */
export const compareEngine = async (options: {
  readonly cases: number
  readonly seed?: number
}): Promise<{ readonly cases: number; readonly kinds: Readonly<Record<string, number>> }> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'differing-'))
  const engine = openEngine({ folder, collections, unindexedQueries: 'warn' })
  const kinds: Record<string, number> = {}
  let cases = 0
  try {
    await fc.assert(
      fc.asyncProperty(
        fc
          .uniqueArray(row, { maxLength: mostRows, selector: (one) => one.u })
          .map((list) =>
            list.filter((one, at) => one.t === undefined || list.findIndex(({ t }) => t === one.t) === at),
          ),
        fc.array(aCase, { minLength: casesPerSet, maxLength: casesPerSet }),
        async (documents, list) => {
          await engine.remove('rows', {}, true)
          let rows: readonly Row[] = documents.map((one, at) => ({ ...one, _id: name(at) }))
          if (rows.length > 0) await engine.insert('rows', rows)
          for (const one of list) {
            rows = await compareOne(engine, rows, one)
            kinds[one.kind] = (kinds[one.kind] ?? 0) + 1
            cases += 1
          }
        },
      ),
      {
        numRuns: Math.ceil(options.cases / casesPerSet),
        ...(options.seed === undefined ? {} : { seed: options.seed }),
      },
    )
  } finally {
    engine.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { cases, kinds }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Binary, Decimal128, ObjectId } from 'bson'
import { type Engine, type FindOptions, openEngine } from '../../../local/cloudbase/database/engine'
import { fromText } from '../../../local/cloudbase/ground/codec'
import { PlatformFailure } from '../../../local/cloudbase/ground/failure'
import { compareEngine } from '../../checks/differing-engine'
import { aDatabase, anIndex } from './a-cloud'

type Row = Readonly<Record<string, unknown>> & { readonly _id: string }
type Sort = NonNullable<FindOptions['sort']>

const opened: { readonly engine: Engine; readonly folder: string }[] = []
const openIn = (
  folder: string,
  unindexedQueries: 'refuse' | 'warn',
  collections = aDatabase.collections,
): Engine => {
  const engine = openEngine({ folder, collections, unindexedQueries })
  opened.push({ engine, folder })
  return engine
}
const anEngine = async (unindexedQueries: 'refuse' | 'warn' = 'refuse'): Promise<Engine> =>
  openIn(await mkdtemp(path.join(tmpdir(), 'engine-')), unindexedQueries)

afterEach(async () => {
  for (const { engine, folder } of opened.splice(0)) {
    engine.close()
    await rm(folder, { recursive: true, force: true })
  }
})

const documentsOf = async (texts: Promise<readonly string[]>): Promise<readonly Record<string, unknown>[]> =>
  (await texts).map(fromText)
const ids = (rows: readonly object[]) => rows.map((row) => (row as Row)._id)

test('with indexes, answers, order, changes and refusals are those of plain evaluation', async () => {
  jest.spyOn(console, 'warn').mockImplementation(() => {})
  const { kinds } = await compareEngine({ cases: 8000 })
  expect(Math.min(...Object.values(kinds))).toBeGreaterThan(50)
})

describe('reading', () => {
  const queue = [
    ['dueAt', 1],
    ['_id', 1],
  ] as const

  test('rows of several `$in` values come in one order, and a page ends at its limit', async () => {
    const engine = await anEngine()
    const rows = Array.from({ length: 90 }, (_, n) => ({
      _id: `w${String(n).padStart(2, '0')}`,
      branch: 'b',
      status: ['open', 'late', 'done'][n % 3],
      dueAt: (n * 7) % 10,
    }))
    await engine.insert('works', rows)
    const query = { branch: 'b', status: { $in: ['open', 'late', 'nowhere'] } }
    const sorted = rows
      .filter((one) => one.status !== 'done')
      .sort((a, b) => a.dueAt - b.dueAt || (a._id < b._id ? -1 : 1))
    expect(engine.explain('works', { query, sort: queue })).toEqual({
      kind: 'index',
      index: 'queue',
      isSorted: true,
    })
    expect(
      ids(await documentsOf(engine.find('works', { query, sort: queue, offset: 3, limit: 20 }))),
    ).toEqual(ids(sorted.slice(3, 23)))
    const backwards = queue.map(([field]) => [field, -1] as const)
    expect(ids(await documentsOf(engine.find('works', { query, sort: backwards })))).toEqual(
      ids(sorted.reverse()),
    )
  })

  test.each([
    ['in order', 1, '$gt'],
    ['backwards', -1, '$lt'],
  ] as const)(
    'a page %s looks at nothing before the row it goes on behind, however many rows tie',
    async (_way, way, side) => {
      const engine = await anEngine()
      const rows = Array.from({ length: 60 }, (_, n) => ({
        _id: `w${String(n).padStart(2, '0')}`,
        branch: 'b',
        status: 'open',
        dueAt: n < 50 ? 5 : 6,
      }))
      await engine.insert('works', rows)
      const sort = queue.map(([field]) => [field, way] as const)
      const expected = way === 1 ? ids(rows) : ids(rows).reverse()
      for (const last of rows) {
        const find = {
          query: {
            branch: 'b',
            status: 'open',
            $or: [{ dueAt: { [side]: last.dueAt } }, { dueAt: last.dueAt, _id: { [side]: last._id } }],
          },
          sort,
          limit: 10,
        }
        const from = expected.indexOf(last._id) + 1
        const page = expected.slice(from, from + 10)
        expect(ids(await documentsOf(engine.find('works', find)))).toEqual(page)
        expect(engine.examined({ kind: 'find', collection: 'works', find })).toBe(page.length)
      }
    },
  )

  test('ids in order need no index of their own, in both directions and from any id on', async () => {
    const engine = await anEngine()
    await engine.insert(
      'bare',
      ['c', 'a', 'd', 'b'].map((_id) => ({ _id })),
    )
    const find = async (query: object, order: 1 | -1, limit = 10) =>
      ids(
        await documentsOf(
          engine.find('bare', { query: query as Record<string, unknown>, sort: [['_id', order]], limit }),
        ),
      )
    expect(await find({}, -1)).toEqual(['d', 'c', 'b', 'a'])
    expect(await find({ _id: { $gt: 'a' } }, 1, 2)).toEqual(['b', 'c'])
    expect(await find({ _id: { $lte: 'c', $gt: 'a' } }, -1)).toEqual(['c', 'b'])
    expect(await find({ _id: { $gt: 5 } }, 1)).toEqual([])
    expect(await find({ _id: { $in: ['d', 'a', 7] } }, 1)).toEqual(['a', 'd'])
  })

  test('going through a whole collection or a whole index, and sorting what was found, are refused', async () => {
    const engine = await anEngine()
    const refused = (query: object, sort: Sort = []) =>
      expect(
        engine.find('works', { query: query as Record<string, unknown>, sort, limit: 1 }),
      ).rejects.toThrow(/add one on/)
    await refused({ colour: 'red' })
    await refused({ colour: 'red' }, queue)
    await refused({ colour: 'red' }, [['_id', 1]])
    await refused({ branch: 'b' }, [['size', 1]])
    await refused({ branch: { $exists: true } })
    await expect(
      engine.find('works', { query: { branch: 'b', size: 1 }, sort: [['dueAt', -1]] }),
    ).rejects.toThrow('add one on (branch, size, -dueAt)')
    expect(await documentsOf(engine.find('works', { query: {}, sort: queue }))).toEqual([])
  })

  test('numbers that are none stand between nothing and the others, and meet no limit', async () => {
    const engine = await anEngine()
    const values = [
      Number.NaN,
      null,
      Number.NEGATIVE_INFINITY,
      -1,
      0,
      1,
      Number.POSITIVE_INFINITY,
      'a',
      true,
      new Date(0),
    ]
    await engine.insert(
      'works',
      values.map((dueAt, n) => ({ _id: `w${n}`, dueAt })),
    )
    expect(ids(await documentsOf(engine.find('works', { query: {}, sort: queue })))).toEqual([
      'w1',
      'w0',
      'w2',
      'w3',
      'w4',
      'w5',
      'w6',
      'w7',
      'w8',
      'w9',
    ])
    expect(await engine.count('works', { dueAt: { $lt: 1 } })).toBe(3)
    expect(await engine.count('works', { dueAt: { $lte: 1e300 } })).toBe(4)
  })

  test('conditions on a list are each met by any element, conditions in `$elemMatch` by one', async () => {
    const engine = await anEngine('warn')
    jest.spyOn(console, 'warn').mockImplementation(() => {})
    await engine.insert('works', [
      { _id: 'a', path: [1, 10] },
      { _id: 'b', path: [4] },
      { _id: 'c', path: [{ k: 1 }, 1] },
      { _id: 'd', path: [{ k: 2 }] },
      { _id: 'e', path: [1, 'k'] },
    ])
    const find = async (query: Record<string, unknown>) =>
      ids(await documentsOf(engine.find('works', { query }))).sort()
    expect(await find({ path: { $gt: 3, $lt: 5 } })).toEqual(['a', 'b'])
    expect(await find({ path: { $elemMatch: { $gt: 3, $lt: 5 } } })).toEqual(['b'])
    expect(await find({ path: { $elemMatch: { k: 1 } } })).toEqual(['c'])
    expect(await find({ $and: [{ path: 1 }, { path: 10 }] })).toEqual(['a'])
  })

  test('aggregations begin with what an index finds, and take no more than they need', async () => {
    const engine = await anEngine()
    await engine.insert(
      'works',
      Array.from({ length: 50 }, (_, n) => ({ _id: `w${n}`, branch: `b${n % 2}`, status: 's', n })),
    )
    const sum = { $group: { _id: '$branch', n: { $sum: '$n' } } }
    expect(await documentsOf(engine.aggregate('works', [{ $match: { branch: 'b1' } }, sum]))).toEqual([
      { _id: 'b1', n: 625 },
    ])
    expect(await documentsOf(engine.aggregate('works', [{ $limit: 3 }, { $count: 'n' }]))).toEqual([{ n: 3 }])
    await expect(engine.aggregate('works', [sum])).rejects.toThrow('begin with $match')
    await expect(engine.aggregate('works', [{ $match: { n: 1 } }])).rejects.toThrow('add one on (n)')
    for (const stages of [
      [{ $match: { branch: 'b1' } }, { $out: 'works' }],
      [{ $match: { $where: '1' } }],
      [{ $limit: 1 }, { $match: 5 }],
      [{ $limit: 1, $skip: 1 }],
      [{}],
      [{ $limit: 1 }, { $nothing: 1 }],
      [{ $limit: 1 }, { $project: { x: { $function: { body: 'return 1', args: [], lang: 'js' } } } }],
    ] as Record<string, unknown>[][]) {
      await expect(engine.aggregate('works', stages)).rejects.toThrow(PlatformFailure)
    }
  })
})

describe('reading much', () => {
  const count = 3000
  const sum = { $group: { _id: null, n: { $sum: '$n' }, count: { $sum: 1 } } }
  const filled = async (): Promise<Engine> => {
    const engine = await anEngine()
    await engine.insert(
      'works',
      Array.from({ length: count }, (_, n) => ({ _id: `w${n}`, branch: 'b', status: 's', n: 1, dueAt: n })),
    )
    return engine
  }

  test('lets writes through while it goes on, and sees the state it began with', async () => {
    const engine = await filled()
    const match = { $match: { branch: 'b' } }
    // The thread is up when the first answer has come.
    await engine.aggregate('works', [match, sum])
    const steps: string[] = []
    const slow = [{ $addFields: { turn: { $range: [0, 200] } } }, { $unwind: '$turn' }]
    const reading = documentsOf(engine.aggregate('works', [match, ...slow, sum])).then((found) => {
      steps.push('read')
      return found
    })
    const { updated } = await engine.update('works', { _id: 'w5' }, { $inc: { n: 1 } }, false)
    steps.push('written')
    const [found] = await reading
    expect(updated).toBe(1)
    expect(steps).toEqual(['written', 'read'])
    expect([count * 200, count * 200 + 200]).toContain(found?.n)
    expect(await documentsOf(engine.aggregate('works', [match, sum]))).toEqual([
      { _id: null, n: count + 1, count },
    ])
  })

  test('counts and lists the same as a short one, and is refused for the same reasons', async () => {
    const engine = await filled()
    expect(await engine.count('works', { branch: 'b', n: 1 })).toBe(count)
    expect(await engine.count('works', { branch: 'b', n: 2 })).toBe(0)
    const query = { branch: 'b', n: { $gt: 0 } }
    expect(await engine.find('works', { query, offset: 2990, limit: 20 })).toHaveLength(10)
    const divided = [{ $match: { branch: 'b' } }, { $match: { $expr: { $gt: [{ $divide: ['$n', 0] }, 1] } } }]
    await expect(engine.aggregate('works', divided)).rejects.toThrow(PlatformFailure)
  })
})

describe('writing', () => {
  test('values of BSON’s own types come through an update as they were', async () => {
    const engine = await anEngine()
    const kept = {
      key: new ObjectId('650000000000000000000000'),
      bytes: new Binary(Buffer.from([1, 2, 3])),
      price: Decimal128.fromString('1.10'),
      at: new Date(5),
      deep: [{ key: new ObjectId('650000000000000000000001') }],
    }
    await engine.insert('works', [{ _id: 'a', n: 1, ...kept }])
    await engine.update('works', { _id: 'a' }, { $inc: { n: 1 } }, false)
    const [found] = await documentsOf(engine.find('works', { query: { _id: 'a' } }))
    expect(found).toEqual({ _id: 'a', n: 2, ...kept })
    expect(found?.key).toBeInstanceOf(ObjectId)
    expect(found?.price).toBeInstanceOf(Decimal128)
  })

  test.each([
    ['a field inside of a text', { $set: { 'text.inner': 1 } }],
    ['a field inside of null', { $set: { 'nothing.inner': 1 } }],
    ['adding a text', { $inc: { n: 'x' } }],
    ['adding to null', { $inc: { nothing: 1 } }],
    ['pulling from a number', { $pull: { n: 1 } }],
    ['one field twice', { $set: { n: 1 }, $inc: { n: 1 } }],
    ['another id', { $set: { _id: 'b' } }],
    ['an operator that is none', { $increase: { n: 1 } }],
    ['no operator', { n: 1 }],
  ])('%s is refused and changes nothing', async (_what, change) => {
    const engine = await anEngine()
    const document = { _id: 'a', n: 1, text: 'x', nothing: null }
    await engine.insert('works', [document])
    await expect(engine.update('works', { _id: 'a' }, change, false)).rejects.toThrow(PlatformFailure)
    expect(await documentsOf(engine.find('works', { query: { _id: 'a' } }))).toEqual([document])
  })

  test('an update of several documents is one: a duplicate key in the last takes the first back', async () => {
    const engine = await anEngine('warn')
    jest.spyOn(console, 'warn').mockImplementation(() => {})
    await engine.insert('numbered', [
      { _id: 'a', serial: 1 },
      { _id: 'b', serial: 2 },
    ])
    await expect(
      engine.update('numbered', { serial: { $gt: 0 } }, { $set: { serial: 9 } }, true),
    ).rejects.toMatchObject({ message: expect.stringContaining('E11000 duplicate key') })
    expect(await documentsOf(engine.find('numbered', { query: { serial: { $gt: 0 } } }))).toHaveLength(2)
    expect(await engine.count('numbered', { serial: 9 })).toBe(0)
  })
})

test('a change of many documents meets each of them once, wherever it moves them in the index it reads by, or none', async () => {
  const engine = await anEngine()
  const many = 2500
  await engine.insert(
    'works',
    Array.from({ length: many }, (_, n) => ({ _id: `w${n}`, branch: 'b', status: 's', dueAt: n, n: 0 })),
  )
  const later = { $inc: { dueAt: 10_000, n: 1 } }
  expect(await engine.update('works', { branch: 'b', status: 's' }, later, true)).toMatchObject({
    updated: many,
    document: { _id: 'w0', dueAt: 10_000, n: 1 },
  })
  expect(await engine.count('works', { branch: 'b', status: 's', dueAt: { $gte: 10_000 } })).toBe(many)
  const [least] = await documentsOf(
    engine.find('works', { query: { branch: 'b', status: 's' }, sort: [['dueAt', 1]], limit: 1 }),
  )
  expect(least).toMatchObject({ dueAt: 10_000, n: 1 })
  // The last of them cannot be counted up, so none is.
  await engine.update('works', { _id: `w${many - 1}` }, { $set: { n: 'text' } }, false)
  await expect(engine.update('works', { branch: 'b', status: 's' }, later, true)).rejects.toThrow(
    PlatformFailure,
  )
  expect(await engine.count('works', { branch: 'b', status: 's', dueAt: { $gte: 20_000 } })).toBe(0)
  expect(await engine.remove('works', { branch: 'b', status: 's' }, true)).toBe(many)
  expect(await engine.count('works', {})).toBe(0)
})

describe('transactions', () => {
  test('a document removed and added anew is not the one that was read', async () => {
    const engine = await anEngine()
    await engine.insert('works', [{ _id: 'a', n: 1 }])
    const id = engine.startTransaction()
    await engine.remove('works', { _id: 'a' }, false)
    await engine.insert('works', [{ _id: 'a', n: 2 }])
    await expect(engine.update('works', { _id: 'a' }, { $set: { n: 9 } }, false, id)).rejects.toMatchObject({
      code: 'DATABASE_TRANSACTION_CONFLICT',
    })
    engine.abort(id)
  })

  test('a write from outside waits for the transaction, then decides by what it left', async () => {
    const engine = await anEngine()
    await engine.insert('works', [{ _id: 'a', rev: 1 }])
    const id = engine.startTransaction()
    await engine.update('works', { _id: 'a' }, { $set: { rev: 2 } }, false, id)
    const steps: string[] = []
    const outside = Promise.all([
      engine.update('works', { _id: 'a', rev: 1 }, { $set: { rev: 7 } }, false),
      engine.update('works', { _id: 'a' }, { $inc: { rev: 1 } }, false),
      engine.replace('works', 'b', { n: 1 }),
    ]).then((outcomes) => {
      steps.push('outside')
      return outcomes
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    steps.push('commit')
    await engine.commit(id)
    const [first, second] = await outside
    expect(steps).toEqual(['commit', 'outside'])
    expect([first.updated, second.updated]).toEqual([0, 1])
    expect(await documentsOf(engine.find('works', { query: { _id: 'a' } }))).toMatchObject([{ rev: 3 }])
  })

  test('queries inside see what was written inside, in order and within the limit', async () => {
    const engine = await anEngine()
    await engine.insert(
      'works',
      [1, 2, 3, 4].map((n) => ({ _id: `w${n}`, branch: 'b', status: 's', dueAt: n })),
    )
    const id = engine.startTransaction()
    await engine.insert('works', [{ _id: 'w9', branch: 'b', status: 's', dueAt: 0 }], id)
    await engine.remove('works', { _id: 'w2' }, false, id)
    await engine.update('works', { _id: 'w3' }, { $set: { dueAt: 9 } }, false, id)
    const find = async (transactionId?: string) =>
      ids(
        await documentsOf(
          engine.find(
            'works',
            {
              query: { branch: 'b', status: 's' },
              sort: [
                ['dueAt', 1],
                ['_id', 1],
              ],
              limit: 3,
            },
            transactionId,
          ),
        ),
      )
    expect(await find(id)).toEqual(['w9', 'w1', 'w4'])
    expect(await find()).toEqual(['w1', 'w2', 'w3'])
    await engine.commit(id)
    expect(await find()).toEqual(['w9', 'w1', 'w4'])
  })

  test('one that is not ended within half a minute is over, and holds nothing any more', async () => {
    const engine = await anEngine()
    await engine.insert('works', [{ _id: 'a', n: 1 }])
    jest.useFakeTimers({ doNotFake: ['setImmediate'] })
    try {
      const id = engine.startTransaction()
      await engine.update('works', { _id: 'a' }, { $set: { n: 2 } }, false, id)
      const waiting = engine.update('works', { _id: 'a' }, { $inc: { n: 10 } }, false)
      await jest.advanceTimersByTimeAsync(30_000)
      await expect(waiting).resolves.toMatchObject({ updated: 1, document: { n: 11 } })
      await expect(engine.commit(id)).rejects.toThrow('does not exist or has ended')
    } finally {
      jest.useRealTimers()
    }
  })
})

describe('the data folder', () => {
  test('a second process is kept out of it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'engine-'))
    const engine = openIn(folder, 'refuse')
    expect(() => openEngine({ folder, collections: [], unindexedQueries: 'refuse' })).toThrow(
      'is in use by another process',
    )
    engine.close()
    const again = openEngine({ folder, collections: [], unindexedQueries: 'refuse' })
    expect(again.collectionNames()).toEqual([])
    again.close()
    opened.length = 0
    await rm(folder, { recursive: true, force: true })
  })

  test('an index declared later is built from what is there, lists included', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'engine-'))
    const works = (CreateIndexes: readonly ReturnType<typeof anIndex>[]) => [
      { CollectionName: 'works', AclTag: 'ADMINONLY' as const, CreateIndexes },
    ]
    const first = openEngine({ folder, collections: works([]), unindexedQueries: 'refuse' })
    await first.insert(
      'works',
      Array.from({ length: 1200 }, (_, n) => ({ _id: `w${n}`, path: [n % 3, 100 + n] })),
    )
    first.close()
    const collections = works([anIndex('path', ['path'])])
    for (const round of ['built', 'kept']) {
      const engine = openEngine({ folder, collections, unindexedQueries: 'refuse' })
      expect([round, await engine.count('works', { path: 1 })]).toEqual([round, 400])
      // Only by different elements can both be met.
      expect(await engine.count('works', { path: { $lt: 1, $gt: 1290 } })).toBe(3)
      engine.close()
    }
    const without = openEngine({ folder, collections: works([]), unindexedQueries: 'refuse' })
    await expect(without.count('works', { path: 1 })).rejects.toThrow('has no index')
    without.close()
    await rm(folder, { recursive: true, force: true })
  })
})

import { aCloud, type TestCloud } from './a-cloud'

interface Work {
  readonly _id: string
  readonly branch?: string | null
  readonly status?: string
  readonly dueAt?: number | null
  readonly path?: readonly string[]
  readonly changedAt?: number
  readonly n?: number
}

let test_: TestCloud
beforeAll(async () => {
  test_ = await aCloud({ signatures: 'ignore' })
})
afterAll(() => test_.close())

const works = () => test_.database.collection('works')
const command = () => test_.database.command

const empty = async () => {
  const { data } = await works().limit(1000).get()
  for (const { _id } of data as Work[]) await works().doc(_id).remove()
}
beforeEach(empty)

const fill = async (documents: readonly object[]) => {
  await works().add([...documents] as never)
}

const failure = async (work: Promise<unknown>): Promise<{ code: string; message: string }> => {
  try {
    const answer = (await work) as { code?: string; message?: string }
    if (answer.code) return { code: answer.code, message: answer.message ?? '' }
  } catch (error) {
    const { code, message } = error as { code: string; message: string }
    return { code, message }
  }
  throw new Error('it was not refused')
}

describe('documents, through the unmodified SDK', () => {
  test('what is added comes back as it was, dates and nested values included', async () => {
    const at = new Date('2026-06-03T01:20:00Z')
    const document = {
      _id: 'a',
      n: 1.5,
      big: 3_000_000_000,
      at,
      list: [1, { b: null }],
      deep: { x: { y: '红' } },
    }
    await works().add(document)
    const { data } = await works().doc('a').get()
    expect(data).toEqual([document])
  })

  test('an id that is taken is a duplicate key, and nothing is changed', async () => {
    await fill([{ _id: 'a', n: 1 }])
    const refused = await failure(works().add({ _id: 'a', n: 2 }))
    expect(refused.message).toMatch(/E11000 duplicate key/)
    expect((await works().doc('a').get()).data).toEqual([{ _id: 'a', n: 1 }])
  })

  test('a unique index holds for others than the id; a missing value counts as one, as in MongoDB', async () => {
    const numbered = test_.database.collection('numbered')
    await numbered.add({ _id: 'a', serial: 7 })
    for (const [first, second] of [
      [{ serial: 7 }, undefined],
      [{ serial: null }, {}],
    ]) {
      if (second) await numbered.add(first ?? {})
      await expect(failure(numbered.add(second ?? first ?? {}))).resolves.toMatchObject({
        message: expect.stringContaining('E11000 duplicate key'),
      })
    }
    expect((await numbered.count()).total).toBe(2)
  })

  test('of two adds in one call where the second is refused, neither is stored', async () => {
    await failure(works().add([{ _id: 'a' }, { _id: 'a' }] as never))
    expect((await works().count()).total).toBe(0)
  })

  test('update operators change what they name and no more', async () => {
    await fill([{ _id: 'a', n: 1, list: [1, 2, 3], gone: 1, deep: { x: 1, y: 2 } }])
    const _ = command()
    await works()
      .doc('a')
      .update({ n: _.inc(2), list: _.push([4]), gone: _.remove(), deep: { x: 9 }, most: _.max(5) })
    expect((await works().doc('a').get()).data).toEqual([
      { _id: 'a', n: 3, list: [1, 2, 3, 4], deep: { x: 9, y: 2 }, most: 5 },
    ])
    await works().doc('a').set({ only: true })
    expect((await works().doc('a').get()).data).toEqual([{ _id: 'a', only: true }])
  })

  test('arithmetic on a text and pushing to a number are refused, as MongoDB does', async () => {
    await fill([{ _id: 'a', text: 'x', n: 1 }])
    const _ = command()
    await expect(
      failure(
        works()
          .doc('a')
          .update({ text: _.inc(1) }),
      ),
    ).resolves.toMatchObject({
      message: expect.stringContaining('$inc'),
    })
    await expect(
      failure(
        works()
          .doc('a')
          .update({ n: _.push([1]) }),
      ),
    ).resolves.toMatchObject({
      message: expect.stringContaining('$push'),
    })
  })

  test('a compare-and-set lets exactly one of eight writers through', async () => {
    await fill([{ _id: 'a', rev: 1 }])
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, writer) =>
        works().where({ _id: 'a', rev: 1 }).update({ rev: 2, writer }),
      ),
    )
    expect(outcomes.map((one) => one.updated).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 1])
  })

  test('serverDate is the time of the cloud', async () => {
    await works().add({ _id: 'a', at: test_.database.serverDate({ offset: 1000 }) })
    const [stored] = (await works().doc('a').get()).data as { at: Date }[]
    expect(Math.abs(Number(stored?.at) - 1000 - test_.cloud.clock.now())).toBeLessThan(60_000)
  })

  test('a projection leaves the other fields out', async () => {
    await fill([{ _id: 'a', n: 1, branch: 'x' }])
    expect((await works().doc('a').field({ n: true }).get()).data).toEqual([{ _id: 'a', n: 1 }])
  })
})

describe('queries', () => {
  test('one without an index is refused and names the index to add', async () => {
    const refused = await failure(works().where({ colour: 'red' }).orderBy('size', 'desc').get())
    expect(refused.message).toContain('works has no index')
    expect(refused.message).toContain('colour, -size')
    await expect(failure(test_.database.collection('bare').where({ n: 1 }).count())).resolves.toMatchObject({
      message: expect.stringContaining('bare has no index'),
    })
  })

  test('what the platform does not know is refused before anything is read', async () => {
    const raw = (query: string) =>
      fetch(test_.cloud.adminUrl, {
        method: 'POST',
        body: JSON.stringify({
          action: 'database.getDocument',
          collectionName: 'works',
          queryType: 'WHERE',
          query,
        }),
      }).then((answer) => answer.json() as Promise<{ code?: string }>)
    for (const query of [
      '{"$where":"1"}',
      '{"branch":{"$regexx":"a"}}',
      '{"$and":[]}',
      'not json',
      '{"__proto__":{"branch":1}}',
      '[]',
      '{"branch":{"$numberInt":"one"}}',
      '{"branch":{"$numberLong":"1.5"}}',
      '{"branch":{"$numberDouble":""}}',
      '{"at":{"$date":"yesterday"}}',
      '{"_id":{"$oid":"short"}}',
      `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
    ]) {
      await expect(raw(query)).resolves.toMatchObject({ code: 'INVALID_PARAM' })
    }
    expect((await works().count()).total).toBe(0)
  })

  test('a keyset-paged list gives every row once, in order, in both directions', async () => {
    const documents = Array.from({ length: 57 }, (_, n) => ({
      _id: `w${String(n).padStart(3, '0')}`,
      branch: 'b1',
      status: 'open',
      dueAt: Math.floor(n / 4),
      changedAt: n % 5,
    }))
    await fill(documents)
    const _ = command()
    for (const [field, direction] of [
      ['dueAt', 'asc'],
      ['changedAt', 'desc'],
    ] as const) {
      const base = field === 'dueAt' ? { branch: 'b1', status: 'open' } : { branch: 'b1' }
      const beyond = direction === 'asc' ? _.gt : _.lt
      const seen: Work[] = []
      for (;;) {
        const last = seen[seen.length - 1]
        const where = last
          ? _.and([
              base,
              _.or([{ [field]: beyond(last[field]) }, { [field]: _.eq(last[field]), _id: beyond(last._id) }]),
            ])
          : base
        const { data } = await works()
          .where(where)
          .orderBy(field, direction)
          .orderBy('_id', direction)
          .limit(10)
          .get()
        if (data.length === 0) break
        seen.push(...(data as Work[]))
      }
      const sign = direction === 'asc' ? 1 : -1
      const expected = [...documents].sort((a, b) => sign * (a[field] - b[field] || (a._id < b._id ? -1 : 1)))
      expect(seen.map((one) => one._id)).toEqual(expected.map((one) => one._id))
    }
  })

  test('an update moves a document in every index it stands in', async () => {
    await fill([{ _id: 'a', branch: 'x', status: 's', dueAt: 1, path: ['p', 'q'] }])
    await works()
      .doc('a')
      .update({ path: command().set(['q', 'r']), dueAt: 5 })
    expect((await works().where({ path: 'p' }).count()).total).toBe(0)
    expect((await works().where({ path: 'r' }).count()).total).toBe(1)
    expect((await works().where({ branch: 'x', status: 's', dueAt: 5 }).count()).total).toBe(1)
    await works().doc('a').remove()
    expect((await works().where({ path: 'q' }).count()).total).toBe(0)
  })

  test('aggregation groups what a match has picked', async () => {
    await fill([
      { _id: 'a', branch: 'x', status: 'open', n: 1 },
      { _id: 'b', branch: 'x', status: 'open', n: 2 },
      { _id: 'c', branch: 'x', status: 'done', n: 4 },
      { _id: 'd', branch: 'y', status: 'open', n: 8 },
    ])
    const $ = command().aggregate
    const { data } = await works()
      .aggregate()
      .match({ branch: 'x' })
      .group({ _id: '$status', n: $.sum('$n') })
      .sort({ _id: 1 })
      .end()
    expect(data).toEqual([
      { _id: 'done', n: 4 },
      { _id: 'open', n: 3 },
    ])
  })
})

describe('transactions', () => {
  test('what is rolled back never happened, and what is committed is there for everybody', async () => {
    await fill([{ _id: 'a', n: 1 }])
    const first = await test_.database.startTransaction()
    await first.collection('works').doc('a').update({ n: 2 })
    expect((await works().doc('a').get()).data).toEqual([{ _id: 'a', n: 1 }])
    await first.rollback()
    const second = await test_.database.startTransaction()
    await second.collection('works').doc('a').update({ n: 3 })
    await second.commit()
    expect((await works().doc('a').get()).data).toEqual([{ _id: 'a', n: 3 }])
  })

  test('reads see the state at the beginning, and a second writer conflicts', async () => {
    await fill([{ _id: 'a', n: 1 }])
    const late = await test_.database.startTransaction()
    await works().doc('a').update({ n: 2 })
    const seen = await late.collection('works').doc('a').get()
    expect(seen.data).toMatchObject({ n: 1 })
    await expect(failure(late.collection('works').doc('a').update({ n: 9 }))).resolves.toMatchObject({
      code: 'DATABASE_TRANSACTION_CONFLICT',
    })
    await late.rollback()
  })
})

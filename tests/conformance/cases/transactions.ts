import type { Bench, Case } from '../case'

const guide =
  'https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/transaction/Database.startTransaction.html'
const runGuide =
  'https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/transaction/Database.runTransaction.html'
const sdk = '@cloudbase/database/dist/commonjs/transaction'

type Transaction = Awaited<ReturnType<Bench['db']['startTransaction']>>
const name = 'conformance_documents'

const n = async (transaction: Transaction, id: string): Promise<unknown> =>
  ((await transaction.collection(name).doc(id).get()).data as unknown as { n: number } | null)?.n

export const transactionCases: readonly Case[] = [
  {
    name: 'what a transaction writes is there for everybody after its commit',
    source: guide,
    run: async ({ db, id, fill, read }) => {
      await fill({ a: { n: 1 } })
      const transaction = await db.startTransaction()
      await transaction.collection(name).doc(id('a')).update({ n: 2 })
      await transaction.commit()
      expect(await read('a')).toEqual({ n: 2 })
    },
  },
  {
    name: 'what a transaction writes is not there for others before its commit',
    source: guide,
    run: async ({ db, id, fill, read }) => {
      await fill({ a: { n: 1 } })
      const transaction = await db.startTransaction()
      await transaction.collection(name).doc(id('a')).update({ n: 2 })
      expect(await read('a')).toEqual({ n: 1 })
      await transaction.rollback()
    },
  },
  {
    name: 'a transaction reads what it has written itself',
    source: guide,
    run: async ({ db, id, fill }) => {
      await fill({ a: { n: 1 } })
      const transaction = await db.startTransaction()
      await transaction.collection(name).doc(id('a')).update({ n: 2 })
      expect(await n(transaction, id('a'))).toBe(2)
      await transaction.rollback()
    },
  },
  {
    name: 'what is rolled back never happened',
    source: guide,
    run: async ({ db, id, fill, read }) => {
      await fill({ a: { n: 1 } })
      const transaction = await db.startTransaction()
      await transaction.collection(name).doc(id('a')).update({ n: 2 })
      await transaction.rollback()
      expect(await read('a')).toEqual({ n: 1 })
    },
  },
  {
    name: 'reads of a transaction see the state it began with',
    source: 'https://docs.cloudbase.net/database/transaction',
    uncertain: 'whether the snapshot is taken at startTransaction or at the first read',
    run: async ({ db, documents, id, fill }) => {
      await fill({ a: { n: 1 } })
      const transaction = await db.startTransaction()
      expect(await n(transaction, id('a'))).toBe(1)
      await documents.doc(id('a')).update({ n: 2 })
      expect(await n(transaction, id('a'))).toBe(1)
      await transaction.rollback()
    },
  },
  {
    name: 'the second transaction to write a document conflicts at once',
    source: runGuide,
    run: async ({ db, id, fill, refused }) => {
      await fill({ a: { n: 1 } })
      const [first, second] = [await db.startTransaction(), await db.startTransaction()]
      await first.collection(name).doc(id('a')).update({ n: 2 })
      expect(await refused(second.collection(name).doc(id('a')).update({ n: 3 }) as Promise<unknown>)).toBe(
        'DATABASE_TRANSACTION_CONFLICT',
      )
      await second.rollback()
      await first.commit()
    },
  },
  {
    name: 'writing what somebody has changed since the snapshot conflicts',
    source: runGuide,
    run: async ({ db, documents, id, fill, refused }) => {
      await fill({ a: { n: 1 } })
      const transaction = await db.startTransaction()
      await n(transaction, id('a'))
      await documents.doc(id('a')).update({ n: 2 })
      expect(
        await refused(transaction.collection(name).doc(id('a')).update({ n: 3 }) as Promise<unknown>),
      ).toBe('DATABASE_TRANSACTION_CONFLICT')
      await transaction.rollback()
    },
  },
  {
    name: 'a document read in a transaction is an object, outside it a list',
    source: '@cloudbase/database/dist/commonjs/document.js',
    run: async ({ db, documents, id, fill }) => {
      await fill({ a: { n: 1 } })
      const transaction = await db.startTransaction()
      const inside = await transaction.collection(name).doc(id('a')).get()
      expect(inside.data).toMatchObject({ n: 1 })
      expect(Array.isArray(inside.data)).toBe(false)
      await transaction.rollback()
      expect((await documents.doc(id('a')).get()).data).toHaveLength(1)
    },
  },
  {
    name: 'a document that is not there reads as null in a transaction',
    source: '@cloudbase/database/dist/commonjs/document.js',
    run: async ({ db, id }) => {
      const transaction = await db.startTransaction()
      expect((await transaction.collection(name).doc(id('nobody')).get()).data).toBeNull()
      await transaction.rollback()
    },
  },
  {
    name: 'a transaction adds, replaces and removes',
    source: guide,
    run: async ({ db, run, id, fill, found, read }) => {
      await fill({ a: { n: 1 }, b: { n: 1 } })
      const transaction = await db.startTransaction()
      const inside = transaction.collection(name)
      await inside.add({ _id: id('c'), run, n: 3 })
      await inside.doc(id('a')).set({ run, n: 7, only: true })
      await inside.doc(id('b')).delete()
      await transaction.commit()
      expect(await found({})).toEqual(['a', 'c'])
      expect(await read('a')).toEqual({ n: 7, only: true })
    },
  },
  {
    name: 'runTransaction answers what its callback answers',
    source: runGuide,
    run: async ({ db, id, fill }) => {
      await fill({ a: { n: 4 } })
      const answer = await db.runTransaction(async (transaction: Transaction) => ({
        seen: await n(transaction, id('a')),
      }))
      expect(answer).toEqual({ seen: 4 })
    },
  },
  {
    name: 'rollback with a reason makes runTransaction fail with that reason and writes nothing',
    source: runGuide,
    run: async ({ db, id, fill, read }) => {
      await fill({ a: { n: 4 } })
      const outcome = db.runTransaction(async (transaction: Transaction) => {
        await transaction.collection(name).doc(id('a')).update({ n: 5 })
        await transaction.rollback({ why: 'not today' })
      })
      await expect(outcome).rejects.toEqual({ why: 'not today' })
      expect(await read('a')).toEqual({ n: 4 })
    },
  },
  {
    name: 'an exception in runTransaction rolls everything back',
    source: runGuide,
    run: async ({ db, id, fill, read }) => {
      await fill({ a: { n: 4 } })
      const outcome = db.runTransaction(async (transaction: Transaction) => {
        await transaction.collection(name).doc(id('a')).update({ n: 5 })
        throw new Error('on the way')
      })
      await expect(outcome).rejects.toThrow('on the way')
      expect(await read('a')).toEqual({ n: 4 })
    },
  },
  {
    name: 'runTransaction tries a conflict again and then gets through',
    source: `${sdk}/index.js`,
    run: async ({ db, id, fill, read }) => {
      await fill({ a: { n: 0 } })
      const holder = await db.startTransaction()
      await holder.collection(name).doc(id('a')).update({ n: 1 })
      let attempts = 0
      await db.runTransaction(async (transaction: Transaction) => {
        attempts += 1
        if (attempts === 2) await holder.commit()
        await transaction
          .collection(name)
          .doc(id('a'))
          .update({ n: db.command.inc(1) })
      })
      expect(attempts).toBeGreaterThan(1)
      expect(await read('a')).toEqual({ n: 2 })
    },
  },
  {
    name: 'a transaction that was committed cannot be used again',
    source: guide,
    uncertain: 'the code: DATABASE_TRANSACTION_FAIL here',
    run: async ({ db, id, fill, refused }) => {
      await fill({ a: { n: 0 } })
      const transaction = await db.startTransaction()
      await transaction.commit()
      const code = await refused(
        transaction.collection(name).doc(id('a')).update({ n: 1 }) as Promise<unknown>,
      )
      expect(code).toMatch(/^DATABASE_TRANSACTION_/)
    },
  },
  {
    name: 'two transactions that write different documents both go through',
    source: runGuide,
    run: async ({ db, id, fill, read }) => {
      await fill({ a: { n: 0 }, b: { n: 0 } })
      const [first, second] = [await db.startTransaction(), await db.startTransaction()]
      await first.collection(name).doc(id('a')).update({ n: 1 })
      await second.collection(name).doc(id('b')).update({ n: 1 })
      await second.commit()
      await first.commit()
      expect([await read('a'), await read('b')]).toEqual([{ n: 1 }, { n: 1 }])
    },
  },
  {
    name: 'a write outside waits for the transaction that holds the document',
    source: 'https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/database/transaction.html',
    run: async ({ db, documents, id, fill, read }) => {
      await fill({ a: { n: 0 } })
      const transaction = await db.startTransaction()
      await transaction.collection(name).doc(id('a')).update({ n: 10 })
      const outside = documents.doc(id('a')).update({ n: db.command.inc(1) })
      await new Promise((resolve) => setTimeout(resolve, 50))
      await transaction.commit()
      await outside
      expect(await read('a')).toEqual({ n: 11 })
    },
  },
  {
    name: 'adding an id that is taken fails inside a transaction too',
    source: guide,
    run: async ({ db, run, id, fill, refused }) => {
      await fill({ a: { n: 0 } })
      const transaction = await db.startTransaction()
      const code = await refused(transaction.collection(name).add({ _id: id('a'), run }) as Promise<unknown>)
      expect(code).toMatch(/^DATABASE_/)
      await transaction.rollback()
    },
  },
  {
    name: 'a query inside a transaction sees what the transaction has written',
    source: '@cloudbase/database/dist/commonjs/query.js:46',
    uncertain:
      'WeChat’s guide allows single documents only, the server SDK sends queries with the transaction too',
    run: async ({ db, run, id, fill }) => {
      await fill({ a: { n: 1 }, b: { n: 2 } })
      const transaction = await db.startTransaction()
      await transaction.collection(name).doc(id('a')).update({ n: 5 })
      const { data } = await transaction
        .collection(name)
        .where({ run, n: db.command.gt(1) })
        .orderBy('n', 'asc')
        .get()
      expect((data as { _id: string }[]).map((row) => row._id)).toEqual([id('b'), id('a')])
      await transaction.rollback()
    },
  },
  {
    name: 'updateAndReturn belongs to the transaction that it is called in',
    source: '@cloudbase/database/dist/commonjs/query.js:220',
    run: async ({ db, run, id, fill, read }) => {
      await fill({ a: { n: 1 } })
      const transaction = await db.startTransaction()
      const answer = await transaction
        .collection(name)
        .where({ run, _id: id('a') })
        .updateAndReturn({ n: db.command.inc(1) })
      expect(answer).toMatchObject({ updated: 1, doc: { n: 2 } })
      expect(await read('a')).toEqual({ n: 1 })
      await transaction.rollback()
      expect(await read('a')).toEqual({ n: 1 })
    },
  },
  {
    name: 'a batch that a transaction adds is there when it commits, and not before',
    source: '@cloudbase/node-sdk/CHANGELOG.md:66',
    run: async ({ db, run, id, found }) => {
      const transaction = await db.startTransaction()
      const rows = ['a', 'b'].map((one) => ({ _id: id(one), run }))
      const answer = await transaction.collection(name).add(rows as never)
      expect(answer).toMatchObject({ ids: [id('a'), id('b')] })
      expect(await found({})).toEqual([])
      await transaction.commit()
      expect(await found({})).toEqual(['a', 'b'])
    },
  },
  {
    name: 'a transaction that was rolled back cannot be committed',
    source: guide,
    run: async ({ db, id, fill, refused }) => {
      await fill({ a: { n: 1 } })
      const transaction = await db.startTransaction()
      await transaction.collection(name).doc(id('a')).update({ n: 2 })
      await transaction.rollback()
      expect(await refused(transaction.commit())).toMatch(/^DATABASE_TRANSACTION/)
    },
  },
  {
    name: 'what another has removed since the snapshot conflicts when it is written',
    source: guide,
    run: async ({ db, documents, id, fill, refused }) => {
      await fill({ a: { n: 1 } })
      const transaction = await db.startTransaction()
      expect(await n(transaction, id('a'))).toBe(1)
      await documents.doc(id('a')).remove()
      expect(await n(transaction, id('a'))).toBe(1)
      const code = await refused(
        transaction.collection(name).doc(id('a')).update({ n: 2 }) as Promise<unknown>,
      )
      expect(code).toBe('DATABASE_TRANSACTION_CONFLICT')
      await transaction.rollback()
    },
  },
]

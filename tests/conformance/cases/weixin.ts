import type { Bench, Case, Query } from '../case'

const reference = 'https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api'
const database = `${reference}/database`
const collection = (method: string): string => `${database}/collection/Collection.${method}.html`
const document = (method: string): string => `${database}/document/Document.${method}.html`
const codes = 'wx-server-sdk/index.js, src/api/cloud/provider/tcb/config/error.config.ts'

const name = 'conformance_documents'
const works = ({ weixin }: Bench): Query => weixin.database().collection(name)
const data = (row: object) => ({ data: row })

/** What this SDK throws: a number, not the platform's word. */
const errCode = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work
  } catch (error) {
    return (error as { errCode?: unknown }).errCode
  }
  throw new Error('it was not refused')
}

/** The same wire as the server SDK's, in WeChat's own words. */
export const weixinCases: readonly Case[] = [
  {
    name: 'wx-server-sdk: add takes data and answers _id',
    source: collection('add'),
    run: async (bench) => {
      const answer = await works(bench).add(data({ _id: bench.id('a'), run: bench.run, n: 1 }))
      expect(answer).toMatchObject({ _id: bench.id('a'), errMsg: 'collection.add:ok' })
      expect(await bench.read('a')).toEqual({ n: 1 })
    },
  },
  {
    name: 'wx-server-sdk: a duplicate key is -502001 and holds MongoDB’s words',
    source: codes,
    run: async (bench) => {
      await bench.fill({ a: { n: 1 } })
      const again = works(bench).add(data({ _id: bench.id('a'), run: bench.run }))
      await expect(again).rejects.toMatchObject({
        errCode: -502001,
        message: expect.stringContaining('E11000 duplicate key error'),
      })
    },
  },
  {
    name: 'wx-server-sdk: get of a document answers an object',
    source: document('get'),
    run: async (bench) => {
      const { run } = bench
      await bench.fill({ a: { n: 1, at: new Date(5) } })
      const answer = await works(bench).doc(bench.id('a')).get()
      expect(answer).toMatchObject({ data: { _id: bench.id('a'), run, n: 1, at: new Date(5) } })
    },
  },
  {
    name: 'wx-server-sdk: get of a document that is not there is refused',
    source: document('get'),
    run: async (bench) => {
      await expect(works(bench).doc(bench.id('none')).get()).rejects.toThrow('does not exist')
    },
  },
  {
    name: 'wx-server-sdk: where, orderBy, skip, limit and field take a page',
    source: collection('get'),
    run: async (bench) => {
      await bench.fill({ a: { n: 1 }, b: { n: 2 }, c: { n: 3 }, d: { n: 4 } })
      const page = works(bench).where({ run: bench.run }).orderBy('n', 'desc').skip(1).limit(2)
      const answer = await page.field({ _id: false, n: true }).get()
      expect(answer.data).toEqual([{ n: 3 }, { n: 2 }])
    },
  },
  {
    name: 'wx-server-sdk: count answers the total',
    source: collection('count'),
    run: async (bench) => {
      await bench.fill({ a: { n: 1 }, b: { n: 2 }, c: { n: 3 } })
      const { gt } = bench.weixin.database().command
      const answer = await works(bench)
        .where({ run: bench.run, n: gt?.(1) })
        .count()
      expect(answer).toMatchObject({ total: 2 })
    },
  },
  {
    name: 'wx-server-sdk: update of a document answers how many it changed',
    source: document('update'),
    run: async (bench) => {
      await bench.fill({ a: { n: 1, list: [1] } })
      const { inc, push } = bench.weixin.database().command
      const answer = await works(bench)
        .doc(bench.id('a'))
        .update(data({ n: inc?.(2), list: push?.([2, 3]) }))
      expect(answer).toMatchObject({ stats: { updated: 1 } })
      expect(await bench.read('a')).toEqual({ n: 3, list: [1, 2, 3] })
    },
  },
  {
    name: 'wx-server-sdk: set tells a new document from a replaced one',
    source: document('set'),
    run: async (bench) => {
      const { id, run } = bench
      const first = await works(bench)
        .doc(id('a'))
        .set(data({ run, n: 1 }))
      const again = await works(bench)
        .doc(id('a'))
        .set(data({ run, m: 2 }))
      expect(first).toMatchObject({ _id: id('a'), stats: { created: 1, updated: 0 } })
      expect(again).toMatchObject({ stats: { created: 0, updated: 1 } })
      expect(await bench.read('a')).toEqual({ m: 2 })
    },
  },
  {
    name: 'wx-server-sdk: update by a condition changes all that meet it',
    source: collection('update'),
    run: async (bench) => {
      await bench.fill({ a: { n: 1 }, b: { n: 1 }, c: { n: 2 } })
      const answer = await works(bench)
        .where({ run: bench.run, n: 1 })
        .update(data({ n: 9 }))
      expect(answer).toMatchObject({ stats: { updated: 2 } })
      expect(await bench.found({ n: 9 })).toEqual(['a', 'b'])
    },
  },
  {
    name: 'wx-server-sdk: remove answers how many are gone',
    source: collection('remove'),
    run: async (bench) => {
      await bench.fill({ a: { n: 1 }, b: { n: 1 }, c: { n: 2 } })
      const one = await works(bench).doc(bench.id('c')).remove()
      const all = await works(bench).where({ run: bench.run, n: 1 }).remove()
      expect([one.stats, all.stats]).toEqual([{ removed: 1 }, { removed: 2 }])
      expect(await bench.found({})).toEqual([])
    },
  },
  {
    name: 'wx-server-sdk: serverDate and places are stored as what they are',
    source: `${database}/Database.serverDate.html`,
    run: async (bench) => {
      const db = bench.weixin.database()
      const before = Date.now() - 60_000
      await works(bench).add(
        data({ _id: bench.id('a'), run: bench.run, at: db.serverDate(), place: new db.Geo.Point(113, 23) }),
      )
      const { data: row } = (await works(bench).doc(bench.id('a')).get()) as unknown as {
        data: { at: Date; place: object }
      }
      expect(Number(row.at)).toBeGreaterThan(before)
      expect(row.place).toMatchObject({ longitude: 113, latitude: 23 })
    },
  },
  {
    name: 'wx-server-sdk: an aggregation answers a list',
    source: `${database}/aggregate/Aggregate.end.html`,
    run: async (bench) => {
      await bench.fill({ a: { n: 1 }, b: { n: 2 } })
      const { sum } = bench.weixin.database().command.aggregate
      const { list } = await works(bench)
        .aggregate()
        .match({ run: bench.run })
        .group({ _id: null, total: sum?.('$n') })
        .end()
      expect(list).toEqual([{ _id: null, total: 3 }])
    },
  },
  {
    name: 'wx-server-sdk: runTransaction answers what its work answers, and all of it is written',
    source: `${database}/Database.runTransaction.html`,
    run: async (bench) => {
      await bench.fill({ a: { n: 5 }, b: { n: 0 } })
      const answer = await bench.weixin.database().runTransaction(async (transaction) => {
        const rows = transaction.collection(name)
        const { data: from } = (await rows.doc(bench.id('a')).get()) as unknown as { data: { n: number } }
        await rows.doc(bench.id('a')).update(data({ n: from.n - 2 }))
        await rows.doc(bench.id('b')).update(data({ n: 2 }))
        return from.n
      })
      expect(answer).toBe(5)
      expect([await bench.read('a'), await bench.read('b')]).toEqual([{ n: 3 }, { n: 2 }])
    },
  },
  {
    name: 'wx-server-sdk: a rollback rejects with its reason and writes nothing',
    source: `${database}/transaction/Transaction.rollback.html`,
    run: async (bench) => {
      await bench.fill({ a: { n: 5 } })
      const attempt = bench.weixin.database().runTransaction(async (transaction) => {
        await transaction
          .collection(name)
          .doc(bench.id('a'))
          .update(data({ n: 0 }))
        await transaction.rollback(-100)
      })
      await expect(attempt).rejects.toBe(-100)
      expect(await bench.read('a')).toEqual({ n: 5 })
    },
  },
  {
    name: 'wx-server-sdk: a collection that is not there is -502005',
    source: codes,
    run: async ({ weixin }) => {
      expect(await errCode(weixin.database().collection('conformance_nowhere').get())).toBe(-502005)
    },
  },
  {
    name: 'wx-server-sdk: a function answers its result',
    source: `${reference}/functions/Cloud.callFunction.html`,
    run: async ({ weixin }) => {
      const { result } = await weixin.callFunction({ name: 'conformance_echo', data: { 红: [1] } })
      expect(result).toMatchObject({ event: { 红: [1] } })
    },
  },
  {
    name: 'wx-server-sdk: an exception of a function is one for its caller, with its message',
    source: `${reference}/functions/Cloud.callFunction.html`,
    run: async ({ weixin }) => {
      const call = weixin.callFunction({ name: 'conformance_echo', data: { fail: true } })
      await expect(call).rejects.toThrow(/callFunction:fail.*as asked/)
    },
  },
  {
    name: 'wx-server-sdk: a file goes up, comes down and is deleted',
    source: `${reference}/storage/Cloud.uploadFile.html`,
    run: async ({ weixin, filePath }) => {
      const { fileID } = await weixin.uploadFile({
        cloudPath: filePath('w.txt'),
        fileContent: Buffer.from('红脸'),
      })
      expect(String((await weixin.downloadFile({ fileID })).fileContent)).toBe('红脸')
      const { fileList } = await weixin.getTempFileURL({ fileList: [fileID] })
      expect(fileList[0]).toMatchObject({ fileID, status: 0 })
      expect((await weixin.deleteFile({ fileList: [fileID] })).fileList[0]).toMatchObject({ status: 0 })
    },
  },
  {
    name: 'wx-server-sdk: a file that is not there has the status -503003 in its place',
    source: codes,
    uncertain: 'whether environments sign addresses of files without looking for them',
    run: async ({ weixin, upload }) => {
      const fileID = await upload('a.txt', 'a')
      const missing = fileID.replace('a.txt', 'missing.txt')
      const { fileList } = await weixin.getTempFileURL({ fileList: [missing, fileID] })
      expect(fileList.map((one) => one.status)).toEqual([-503003, 0])
    },
  },
  {
    name: 'wx-server-sdk: outside of a function there is no WeChat user',
    source: `${reference}/utils/Cloud.getWXContext.html`,
    run: async ({ weixin }) => {
      expect(weixin.getWXContext().OPENID).toBeUndefined()
    },
  },
]

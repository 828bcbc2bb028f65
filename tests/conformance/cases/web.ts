import type { Bench, Case, Query, Web } from '../case'

const guide = 'https://docs.cloudbase.net/api-reference/webv2'
const rules = 'https://docs.cloudbase.net/database/permission'
const sdk = '@cloudbase/js-sdk/dist/index.cjs.js'
const storageRules = 'https://docs.cloudbase.net/storage/security-rules'

const diary = (client: Web): Query => client.database().collection('conformance_private')
const article = (client: Web): Query => client.database().collection('conformance_readonly')

const idOf = async (work: Promise<Readonly<Record<string, unknown>>>): Promise<string> =>
  String((await work).id)

/** What a web client is told: this SDK answers a code for some calls and throws it for others. */
const outcome = async (work: Promise<unknown>): Promise<string> => {
  try {
    return String((await work) === undefined ? '' : ((await work) as { code?: unknown }).code)
  } catch (error) {
    return `${String((error as { code?: unknown }).code)} ${String((error as Error).message)}`
  }
}

const twoClients = async ({ web }: Bench): Promise<readonly [Web, Web]> => [await web(), await web()]

/** Documents, functions and files as clients reach them, under rules. */
export const webCases: readonly Case[] = [
  {
    name: 'js-sdk: an anonymous sign-in is a login state with a uid of its own',
    source: `${guide}/authentication`,
    run: async (bench) => {
      const [one, other] = await twoClients(bench)
      const uidOf = async (client: Web) => (await client.auth().getCurrentUser())?.uid
      expect(await one.auth().getLoginState()).not.toBeNull()
      expect(await uidOf(one)).toMatch(/\S+/)
      expect(await uidOf(one)).not.toBe(await uidOf(other))
    },
  },
  {
    name: 'js-sdk: signing out ends the login state',
    source: `${guide}/authentication`,
    run: async ({ web }) => {
      const client = await web()
      await client.auth().signOut()
      expect(await client.auth().getLoginState()).toBeNull()
    },
  },
  {
    name: 'js-sdk: a ticket of createTicket signs in, and functions learn the custom user id',
    source: 'https://docs.cloudbase.net/api-reference/server/node-sdk/auth',
    onlyLocal: 'an environment’s key for tickets comes from its console',
    run: async ({ nobody, ticket }) => {
      const client = nobody()
      await client.auth().signInWithCustomTicket(async () => ticket('user-1234'))
      const { result } = await client.callFunction({ name: 'conformance_echo', data: {} })
      expect(result).toMatchObject({ customUserId: 'user-1234' })
    },
  },
  {
    name: 'js-sdk: a ticket that was tampered with signs nobody in',
    source: 'https://docs.cloudbase.net/api-reference/server/node-sdk/auth',
    onlyLocal: 'an environment’s key for tickets comes from its console',
    run: async ({ nobody, ticket }) => {
      const client = nobody()
      const [keyId, token = ''] = ticket('user-1234').split('/@@/')
      const [head, , signature] = token.split('.')
      const body = Buffer.from(JSON.stringify({ env: 'local', uid: 'user-9999', exp: Date.now() + 60_000 }))
      const forged = `${keyId}/@@/${head}.${body.toString('base64url')}.${signature}`
      expect(await client.auth().signInWithCustomTicket(async () => forged)).toMatchObject({
        data: { session: null },
        error: { message: expect.stringContaining('signin/custom') },
      })
      expect(await client.auth().getLoginState()).toBeNull()
    },
  },
  {
    name: 'js-sdk: a function answers its result',
    source: `${guide}/functions`,
    run: async ({ web }) => {
      const { result } = await (await web()).callFunction({
        name: 'conformance_echo',
        data: { 红: [1, null] },
      })
      expect(result).toMatchObject({ event: { 红: [1, null] } })
    },
  },
  {
    name: 'js-sdk: an exception of a function comes as a code and no result',
    source: `${sdk}, functions/src/index.ts`,
    run: async ({ web }) => {
      const answer = await (await web()).callFunction({ name: 'conformance_echo', data: { fail: true } })
      expect(answer).toMatchObject({ code: expect.stringMatching(/^FUNCTION/) })
      expect(answer.result).toBeUndefined()
    },
  },
  {
    name: 'js-sdk: a function that is not there comes as a code',
    source: 'https://docs.cloudbase.net/error-code/basic',
    run: async ({ web }) => {
      const answer = await (await web()).callFunction({ name: 'conformance_nobody', data: {} })
      expect(answer).toMatchObject({ code: expect.stringMatching(/^FUNCTION/) })
    },
  },
  {
    name: 'js-sdk: what a client adds carries its creator',
    source: rules,
    run: async ({ web, run }) => {
      const client = await web()
      const id = await idOf(diary(client).add({ run, n: 1 }))
      const { data } = (await diary(client).doc(id).get()) as unknown as { data: { _openid: string }[] }
      expect(data).toMatchObject([{ _id: id, run, n: 1, _openid: expect.stringMatching(/\S+/) }])
    },
  },
  {
    name: 'js-sdk: PRIVATE shows a client its own documents only',
    source: rules,
    run: async (bench) => {
      const { run } = bench
      const [one, other] = await twoClients(bench)
      const id = await idOf(diary(one).add({ run, n: 1 }))
      await diary(other).add({ run, n: 2 })
      expect(await diary(one).where({ run }).count()).toMatchObject({ total: 1 })
      expect((await diary(other).where({ run }).get()).data).toMatchObject([{ n: 2 }])
      expect((await diary(other).doc(id).get()).data ?? []).toEqual([])
    },
  },
  {
    name: 'js-sdk: PRIVATE lets nobody change or remove another’s document',
    source: rules,
    run: async (bench) => {
      const { run, db } = bench
      const [one, other] = await twoClients(bench)
      const id = await idOf(diary(one).add({ run, n: 1 }))
      await outcome(diary(other).doc(id).update({ n: 9 }))
      await outcome(diary(other).doc(id).set({ run, n: 9 }))
      await outcome(diary(other).doc(id).remove())
      expect((await db.collection('conformance_private').doc(id).get()).data).toMatchObject([{ n: 1 }])
    },
  },
  {
    name: 'js-sdk: READONLY is read by everybody and changed by the creator only',
    source: rules,
    run: async (bench) => {
      const { run } = bench
      const [one, other] = await twoClients(bench)
      const id = await idOf(article(one).add({ run, n: 1 }))
      expect((await article(other).doc(id).get()).data).toMatchObject([{ n: 1 }])
      await outcome(article(other).doc(id).update({ n: 9 }))
      expect((await article(one).doc(id).get()).data).toMatchObject([{ n: 1 }])
      expect(await article(one).doc(id).update({ n: 2 })).toMatchObject({ updated: 1 })
      expect(await article(one).doc(id).remove()).toMatchObject({ deleted: 1 })
    },
  },
  {
    name: 'js-sdk: ADMINONLY is closed to clients',
    source: rules,
    run: async ({ web, fill, run }) => {
      await fill({ a: { n: 1 } })
      const closed = (await web()).database().collection('conformance_documents')
      expect(await outcome(closed.where({ run }).get())).toMatch(/PERMISSION/)
    },
  },
  {
    name: 'js-sdk: ADMINONLY takes nothing from clients',
    source: rules,
    run: async ({ web, found, run }) => {
      const closed = (await web()).database().collection('conformance_documents')
      await outcome(closed.add({ run, n: 1 }))
      expect(await found({})).toEqual([])
    },
  },
  {
    name: 'js-sdk: dates, places and server dates come back as what they are',
    source: `${guide}/database/fetch`,
    run: async ({ web, run }) => {
      const client = await web()
      const db = client.database()
      const at = new Date('2026-11-23T01:02:03.004Z')
      const row = { run, at, now: db.serverDate(), place: new db.Geo.Point(113, 23), list: [at] }
      const id = await idOf(diary(client).add(row))
      const { data } = (await diary(client).doc(id).get()) as unknown as {
        data: { at: Date; now: Date; place: object; list: Date[] }[]
      }
      expect(data[0]).toMatchObject({ at, list: [at], now: expect.any(Date) })
      expect(data[0]?.place).toBeInstanceOf(db.Geo.Point)
    },
  },
  {
    name: 'js-sdk: where, orderBy, skip, limit and field take a page',
    source: `${guide}/database/fetch`,
    run: async ({ web, run }) => {
      const client = await web()
      const { gt } = client.database().command
      for (const n of [1, 2, 3, 4]) await diary(client).add({ run, n })
      const page = diary(client)
        .where({ run, n: gt?.(1) })
        .orderBy('n', 'desc')
        .skip(1)
        .limit(2)
      expect((await page.field({ _id: false, n: true }).get()).data).toEqual([{ n: 3 }, { n: 2 }])
    },
  },
  {
    name: 'js-sdk: update takes commands and merges nested fields',
    source: `${guide}/database/update`,
    run: async ({ web, run }) => {
      const client = await web()
      const { inc, push, remove } = client.database().command
      const id = await idOf(diary(client).add({ run, n: 1, list: [1], gone: 1, deep: { a: 1, b: 2 } }))
      const change = { n: inc?.(2), list: push?.(2), gone: remove?.(), deep: { a: 9 } }
      expect(await diary(client).doc(id).update(change)).toMatchObject({ updated: 1 })
      const { data } = (await diary(client).doc(id).get()) as unknown as { data: object[] }
      expect(data[0]).toMatchObject({ n: 3, list: [1, 2], deep: { a: 9, b: 2 } })
      expect(data[0]).not.toHaveProperty('gone')
    },
  },
  {
    name: 'js-sdk: set makes a document that is not there',
    source: `${guide}/database/update`,
    run: async ({ web, run, id }) => {
      const client = await web()
      await diary(client).doc(id('s')).set({ run, n: 1 })
      expect((await diary(client).doc(id('s')).get()).data).toMatchObject([{ _id: id('s'), n: 1 }])
    },
  },
  {
    name: 'js-sdk: a document’s id may be a number',
    source: `${sdk}, @cloudbase/database/dist/esm/collection.js`,
    run: async ({ web, run }) => {
      const client = await web()
      const id = Number.parseInt(run.slice(0, 10), 16)
      await diary(client).doc(id).set({ run, n: 1 })
      expect(await diary(client).doc(id).update({ n: 2 })).toMatchObject({ updated: 1 })
      expect((await diary(client).doc(id).get()).data).toMatchObject([{ _id: id, n: 2 }])
      expect(await diary(client).doc(id).remove()).toMatchObject({ deleted: 1 })
    },
  },
  {
    name: 'js-sdk: several documents are added at once',
    source: `${sdk}, @cloudbase/database/dist/esm/document.js`,
    run: async ({ web, run }) => {
      const client = await web()
      const { ids } = await diary(client).add([
        { run, n: 1 },
        { run, n: 2 },
      ])
      expect(ids).toHaveLength(2)
      expect(await diary(client).where({ run }).count()).toMatchObject({ total: 2 })
    },
  },
  {
    name: 'js-sdk: an aggregation sees what its client may read',
    source: `${guide}/database/fetch`,
    run: async (bench) => {
      const { run } = bench
      const [one, other] = await twoClients(bench)
      await diary(one).add({ run, n: 1 })
      await diary(other).add({ run, n: 5 })
      const { sum } = one.database().command.aggregate
      const { data } = await diary(one)
        .aggregate()
        .match({ run })
        .group({ _id: null, total: sum?.('$n') })
        .end()
      expect(data).toEqual([{ _id: null, total: 1 }])
    },
  },
  {
    name: 'js-sdk: transactions are for servers',
    source: 'https://docs.cloudbase.net/database/transaction',
    uncertain: 'the guide says so, and the HTTP API of documents takes transaction ids',
    run: async ({ web }) => {
      expect(await outcome((await web()).database().startTransaction())).toMatch(/PERMISSION/)
    },
  },
  {
    name: 'js-sdk: a file goes up, comes down and is deleted by its uploader',
    source: storageRules,
    run: async ({ web, filePath }) => {
      const client = await web()
      const { fileID } = await client.uploadFile({
        cloudPath: filePath('web.txt'),
        fileContent: Buffer.from('红脸'),
      })
      expect(String((await client.downloadFile({ fileID })).fileContent)).toBe('红脸')
      const { fileList } = await client.deleteFile({ fileList: [fileID] })
      expect(fileList).toMatchObject([{ fileID, code: 'SUCCESS' }])
    },
  },
  {
    name: 'js-sdk: a file may go up as a form',
    source: `${sdk}, storage/src/cloudbase-storage.ts`,
    run: async ({ web, filePath }) => {
      const client = await web()
      const { fileID } = await client.uploadFile({
        cloudPath: filePath('form.txt'),
        fileContent: Buffer.from('form'),
        method: 'post',
      })
      expect(String((await client.downloadFile({ fileID })).fileContent)).toBe('form')
      await client.deleteFile({ fileList: [fileID] })
    },
  },
  {
    name: 'js-sdk: getFileInfo tells size and type of a file',
    source: `${sdk}, storage/src/cloudbase-storage.ts`,
    run: async ({ web, upload }) => {
      const fileID = await upload('a.png', 'twelve bytes')
      const { fileList } = await (await web()).getFileInfo({ fileList: [fileID] })
      expect(fileList).toMatchObject([{ fileID, code: 'SUCCESS', size: 12, mime: 'image/png' }])
    },
  },
  {
    name: 'js-sdk: a file of another is read, not overwritten and not deleted',
    source: storageRules,
    run: async (bench) => {
      const [one, other] = await twoClients(bench)
      const cloudPath = bench.filePath('mine.txt')
      const { fileID } = await one.uploadFile({ cloudPath, fileContent: Buffer.from('mine') })
      expect(await outcome(other.uploadFile({ cloudPath, fileContent: Buffer.from('yours') }))).toMatch(
        /AUTHORITY|PERMISSION/,
      )
      const { fileList } = await other.deleteFile({ fileList: [fileID] })
      expect(fileList[0]?.code).toMatch(/AUTHORITY|PERMISSION/)
      expect(String((await other.downloadFile({ fileID })).fileContent)).toBe('mine')
      await one.deleteFile({ fileList: [fileID] })
    },
  },
  {
    name: 'js-sdk: a copy is its maker’s, a move removes the original',
    source: `${sdk}, storage/src/cloudbase-storage.ts`,
    run: async (bench) => {
      const [one, other] = await twoClients(bench)
      const [from, copy, moved] = ['a.txt', 'copy.txt', 'moved.txt'].map(bench.filePath)
      const { fileID } = await one.uploadFile({ cloudPath: from, fileContent: Buffer.from('bytes') })
      const idAt = (to = '') => fileID.replace(String(from), to)
      const copied = await other.copyFile({ fileList: [{ srcPath: from, dstPath: copy }] })
      expect(copied.fileList).toMatchObject([{ code: 'SUCCESS', fileID: idAt(copy) }])
      const stolen = await other.copyFile({
        fileList: [{ srcPath: from, dstPath: moved, removeOriginal: true }],
      })
      expect(stolen.fileList[0]?.code).toMatch(/AUTHORITY|PERMISSION/)
      const own = await one.copyFile({ fileList: [{ srcPath: from, dstPath: moved, removeOriginal: true }] })
      expect(own.fileList).toMatchObject([{ code: 'SUCCESS' }])
      expect(String((await one.downloadFile({ fileID: idAt(moved) })).fileContent)).toBe('bytes')
      expect((await one.deleteFile({ fileList: [idAt(copy)] })).fileList[0]?.code).toMatch(
        /AUTHORITY|PERMISSION/,
      )
      expect((await other.deleteFile({ fileList: [idAt(copy)] })).fileList).toMatchObject([
        { code: 'SUCCESS' },
      ])
      expect((await one.deleteFile({ fileList: [idAt(moved)] })).fileList).toMatchObject([
        { code: 'SUCCESS' },
      ])
    },
  },
]

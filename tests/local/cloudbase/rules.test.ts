// biome-ignore-all lint/suspicious/noTemplateCurlyInString: rules hold templates of their own
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import bareCloudbase from '@cloudbase/js-sdk'
import fc from 'fast-check'
import type { DatabaseConfig } from '../../../local/cloudbase'
import { matcher } from '../../../local/cloudbase/database/mongo'
import type { Document } from '../../../local/cloudbase/ground/codec'
import { holdsFor, holdsForAll, type Scope } from '../../../local/cloudbase/rules/evaluation'
import { openFunctionRules } from '../../../local/cloudbase/rules/functions'
import { type Condition, RuleRefusal, readRule } from '../../../local/cloudbase/rules/language'
import { aCloud, aDatabase, anIndex, type TestCloud } from './a-cloud'

const aCollection = (CollectionName: string, AclTag: string, Rule?: object) => ({
  CollectionName,
  AclTag,
  CreateIndexes: [anIndex('kind', ['kind']), anIndex('room', ['room'])],
  ...(Rule ? { Rule } : {}),
})

const database = {
  collections: [
    aCollection('articles', 'READONLY'),
    aCollection('diaries', 'PRIVATE'),
    aCollection('goods', 'ADMINWRITE'),
    aCollection('secrets', 'ADMINONLY'),
    aCollection('posts', 'CUSTOM', {
      read: "doc.kind == 'public' || doc._openid == auth.openid",
      create: "doc.kind in ['public', 'own'] && request.data.likes == 0",
      update: 'doc._openid == auth.openid && request.data.likes == undefined',
      delete: "doc._openid == auth.openid && !(doc.kind in ['kept'])",
    }),
    aCollection('messages', 'CUSTOM', {
      read: 'auth.openid in get(`database.rooms.${doc.room}`).members',
      write: false,
    }),
    aCollection('rooms', 'ADMINONLY'),
    aCollection('board', 'CUSTOM', { read: true, write: 'auth == null' }),
  ],
  storage: {
    read: 'resource.openid == auth.openid || /^public\\//.test(resource.path)',
    write:
      'auth != null && (/^incoming\\//.test(resource.path) || /^public\\//.test(resource.path)) && resource.openid == auth.openid',
  },
  functions: { '*': { invoke: "auth.loginType != 'ANONYMOUS' && auth != null" }, faulty: { invoke: false } },
} as unknown as DatabaseConfig

let running: TestCloud
beforeAll(async () => {
  running = await aCloud({ database })
})
afterAll(() => running.close())

const post = async (route: string, body: unknown, token?: string) => {
  const answer = await fetch(`${running.cloud.url}${route}`, {
    method: 'POST',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  return { status: answer.status, value: (await answer.json()) as never }
}

interface Answer {
  readonly code?: string
  readonly data: Document[]
  readonly total?: number
  readonly updated?: number
  readonly deleted?: number
  readonly id?: string
  readonly ids?: string[]
}
type Query = Record<
  'where' | 'orderBy' | 'limit' | 'skip' | 'field' | 'doc',
  (...values: unknown[]) => Query
> &
  Record<'get' | 'count' | 'add' | 'set' | 'update' | 'remove', (data?: unknown) => Promise<Answer>> & {
    readonly aggregate: () => Aggregation
  }
interface Aggregation {
  readonly match: (query: object) => Aggregation
  readonly group: (fields: object) => Aggregation
  readonly lookup: (fields: object) => Aggregation
  readonly end: () => Promise<{ readonly data: Document[] & { readonly code?: string } }>
}
interface Client {
  readonly database: () => {
    readonly collection: (name: string) => Query
    readonly command: Record<string, (...values: unknown[]) => unknown>
    readonly serverDate: () => unknown
    readonly startTransaction: () => Promise<unknown>
  }
  readonly callFunction: (call: object) => Promise<{ readonly code?: string; readonly result?: unknown }>
  readonly uploadFile: (file: object) => Promise<{ readonly fileID: string }>
  readonly downloadFile: (file: object) => Promise<{ readonly code?: string; readonly fileContent?: unknown }>
  readonly getTempFileURL: (
    files: object,
  ) => Promise<{ readonly fileList: { code: string; tempFileURL: string }[] }>
  readonly deleteFile: (files: object) => Promise<{ readonly fileList: { code: string }[] }>
}

const ticketFor = async (customUserId: string): Promise<string> =>
  ((await post('/local/ticket', { customUserId })).value as { ticket: string }).ticket

/** The unmodified SDK, as itself or in its older form; `anonymous` has no name. */
const client = async (name: string, endPointMode = 'GATEWAY'): Promise<Client> => {
  const host = running.cloud.url.replace('http:', '')
  const sdk = bareCloudbase as unknown as { init: (options: object) => never }
  const app = sdk.init({
    env: `${name}-${endPointMode}-${host.slice(-5)}`,
    region: 'ap-shanghai',
    endPointMode,
  }) as Client & {
    registerEndPoint: (url: string, protocol: string) => void
    registerEndPointWithKey: (endPoint: object) => void
    auth: (options: object) => {
      signInWithCustomTicket: (get: () => Promise<string>) => Promise<unknown>
      signInAnonymously: () => Promise<unknown>
    }
  }
  app.registerEndPoint(`${host}/web`, 'http')
  app.registerEndPointWithKey({ key: 'GATEWAY', url: `${host}/v1`, protocol: 'http' })
  const auth = app.auth({ persistence: 'none' })
  if (name === 'anonymous') await auth.signInAnonymously()
  else await auth.signInWithCustomTicket(() => ticketFor(name))
  return app
}

const tokens = new Map<string, Promise<string>>()

const tokenOf = (name: string): Promise<string> => {
  const key = `${running.cloud.url} ${name}`
  const signIn = async () => {
    const { value } = await post('/auth/v1/signin/custom', { ticket: await ticketFor(name) })
    return (value as { access_token: string }).access_token
  }
  const token = tokens.get(key) ?? signIn()
  tokens.set(key, token)
  return token
}

/** What the SDK keeps for itself when a write is refused: the refusal, asked for without it. */
const raw = async (method: string, route: string, body: unknown, name?: string) => {
  const authorization = name === undefined ? undefined : `Bearer ${await tokenOf(name)}`
  const answer = await fetch(
    `${running.cloud.url}/v1/database/instances/(default)/databases/(default)/${route}`,
    {
      method,
      headers: authorization === undefined ? {} : { authorization },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
  )
  return { status: answer.status, ...((await answer.json()) as Document) }
}

const stored = async (collection: string): Promise<Document[]> =>
  (await running.database.collection(collection).limit(1000).get()).data as Document[]

describe('a collection', () => {
  test('of tag READONLY is read by everybody and written by the creator of each document', async () => {
    const [alice, bobby] = [await client('alice'), await client('bobby')]
    const { id } = await alice
      .database()
      .collection('articles')
      .add({ title: '巷', at: alice.database().serverDate() })
    const read = await bobby.database().collection('articles').doc(id).get()
    expect(read.data).toMatchObject([{ title: '巷', _openid: 'alice' }])
    expect(read.data[0]?.at).toBeInstanceOf(Date)
    expect(await bobby.database().collection('articles').doc(id).update({ title: 'x' })).toMatchObject({
      updated: 0,
    })
    expect(await bobby.database().collection('articles').doc(id).remove()).toMatchObject({ deleted: 0 })
    await bobby.database().collection('articles').doc(id).set({ title: 'x' })
    expect(await stored('articles')).toMatchObject([{ title: '巷', _openid: 'alice' }])
    expect(await alice.database().collection('articles').doc(id).update({ title: 'y' })).toMatchObject({
      updated: 1,
    })
    expect(await alice.database().collection('articles').doc(id).remove()).toMatchObject({ deleted: 1 })
  })

  test('of tag PRIVATE shows and gives each client their own documents only', async () => {
    const [alice, bobby] = [await client('alice'), await client('bobby')]
    const diary = (who: Client) => who.database().collection('diaries')
    const { ids } = await diary(alice).add([
      { kind: 'work', words: 1 },
      { kind: 'home', words: 2 },
    ])
    await diary(bobby).add({ kind: 'work', words: 5 })
    expect(await diary(alice).count()).toMatchObject({ total: 2 })
    expect((await diary(alice).where({ kind: 'work' }).field({ words: 1 }).get()).data).toMatchObject([
      { words: 1 },
    ])
    expect((await diary(bobby).where({ _openid: 'alice' }).get()).data).toEqual([])
    expect((await diary(bobby).doc(ids?.[0]).get()).data).toEqual([])
    const sum = diary(bobby)
      .aggregate()
      .match({ kind: 'work' })
      .group({ _id: null, words: { $sum: '$words' } })
    expect((await sum.end()).data).toEqual([{ _id: null, words: 5 }])
    const _ = alice.database().command
    expect(
      (
        await diary(alice)
          .where({ _id: _.eq?.(ids?.[0]) })
          .get()
      ).data,
    ).toMatchObject([{ words: 1 }])
    expect(
      await diary(bobby)
        .where({ _id: _.eq?.(ids?.[0]) })
        .get(),
    ).toMatchObject({ code: 'DOCUMENT_NOT_FOUND' })
  })

  test('of tag ADMINWRITE is only read, of tag ADMINONLY not even that', async () => {
    await running.database.collection('goods').add({ name: '茶' })
    const alice = await client('alice')
    expect((await alice.database().collection('goods').get()).data).toMatchObject([{ name: '茶' }])
    expect(await alice.database().collection('secrets').get()).toMatchObject({
      code: 'DATABASE_PERMISSION_DENIED',
    })
    for (const collection of ['goods', 'secrets']) {
      const documents = `collections/${collection}/documents`
      for (const request of [
        raw('POST', documents, { data: [{ a: 1 }] }, 'alice'),
        raw('PATCH', documents, { query: {}, data: { a: 1 } }, 'alice'),
        raw('POST', `${documents}/remove`, { query: {} }, 'alice'),
      ]) {
        await expect(request).resolves.toMatchObject({ status: 403, code: 'DATABASE_PERMISSION_DENIED' })
      }
    }
  })

  test('with one of the four tags is closed to nobody-in-particular and to changes of many at once', async () => {
    const denied = { status: 403, code: 'DATABASE_PERMISSION_DENIED' }
    await expect(raw('GET', 'collections/articles/documents', undefined)).resolves.toMatchObject(denied)
    await expect(raw('POST', 'collections/articles/documents', { data: [{}] })).resolves.toMatchObject(denied)
    const many = { query: { kind: 'x' }, data: { $set: { a: 1 } }, multi: true }
    await expect(raw('PATCH', 'collections/articles/documents', many, 'alice')).resolves.toMatchObject(denied)
    await expect(raw('POST', 'collections/articles/documents/remove', many, 'alice')).resolves.toMatchObject(
      denied,
    )
  })

  test('gives its documents the creator, whom a client can neither forge nor change', async () => {
    const documents = 'collections/articles/documents'
    const denied = { status: 403, code: 'DATABASE_PERMISSION_DENIED' }
    await expect(raw('POST', documents, { data: [{ _openid: 'bobby' }] }, 'alice')).resolves.toMatchObject(
      denied,
    )
    const { insertedIds } = (await raw('POST', documents, { data: [{ n: 1 }] }, 'alice')) as {
      insertedIds?: string[]
    }
    const query = { _id: insertedIds?.[0] }
    for (const data of [
      { _openid: 'bobby' },
      { $set: { _openid: 'bobby' } },
      { $rename: { n: '_openid' } },
      { $unset: { _openid: '' } },
      { $set: { '_openid.x': 1 } },
    ]) {
      await expect(raw('PATCH', documents, { query, data }, 'alice')).resolves.toMatchObject(denied)
    }
    expect(await stored('articles')).toMatchObject([{ n: 1, _openid: 'alice' }])
  })
})

describe('a rule of one’s own', () => {
  test('is asked of the query, which has to name what the rule looks at', async () => {
    const alice = await client('alice')
    const posts = alice.database().collection('posts')
    await posts.add({ kind: 'own', likes: 0 })
    await running.database.collection('posts').add([{ kind: 'public' }, { kind: 'own', _openid: 'bobby' }])
    expect(await posts.get()).toMatchObject({ code: 'DATABASE_PERMISSION_DENIED' })
    expect((await posts.where({ _openid: '{openid}' }).get()).data).toMatchObject([{ _openid: 'alice' }])
    expect((await posts.where({ kind: 'public' }).get()).data).toMatchObject([{ kind: 'public' }])
    const _ = alice.database().command
    const either = { kind: _.in?.(['public', 'own']), $or: [{ kind: 'public' }, { _openid: '{openid}' }] }
    expect((await posts.where(either).get()).data).toHaveLength(2)
    expect(await posts.where(_.or?.([{ kind: 'public' }, { kind: 'own' }]) as object).get()).toMatchObject({
      code: 'DATABASE_PERMISSION_DENIED',
    })
  })

  test('tells creating, updating and deleting apart and sees what is to be written', async () => {
    const documents = 'collections/posts/documents'
    const mine = { _openid: '{openid}' }
    const denied = { status: 403, code: 'DATABASE_PERMISSION_DENIED' }
    await expect(
      raw('POST', documents, { data: [{ kind: 'public', likes: 9 }] }, 'carol'),
    ).resolves.toMatchObject(denied)
    await expect(
      raw('POST', documents, { data: [{ kind: 'odd', likes: 0 }] }, 'carol'),
    ).resolves.toMatchObject(denied)
    await raw('POST', documents, { data: [{ kind: 'own', likes: 0 }] }, 'carol')
    for (const data of [
      { likes: 9 },
      { $inc: { likes: 1 } },
      { $set: { 'likes.x': 1 } },
      { $rename: { kind: 'likes' } },
    ])
      await expect(
        raw('PATCH', documents, { query: mine, data, multi: true }, 'carol'),
      ).resolves.toMatchObject(denied)
    await expect(
      raw('PATCH', documents, { query: mine, data: { title: 't' }, multi: true }, 'carol'),
    ).resolves.toMatchObject({ status: 200, updated: 1, matched: 1 })
    await expect(
      raw('POST', `${documents}/remove`, { query: mine, multi: true }, 'carol'),
    ).resolves.toMatchObject(denied)
    await expect(
      raw('POST', `${documents}/remove`, { query: { ...mine, kind: 'own' }, multi: true }, 'carol'),
    ).resolves.toMatchObject({ status: 200, deleted: 1 })
  })

  test('may look into another document, named by a field that the query names', async () => {
    await running.database.collection('rooms').add({ _id: 'tea', members: ['alice'] })
    await running.database.collection('messages').add([{ room: 'tea', text: 'hi' }, { room: 'nowhere' }])
    const [alice, bobby] = [await client('alice'), await client('bobby')]
    const said = (who: Client, query: object) => who.database().collection('messages').where(query).get()
    expect((await said(alice, { room: 'tea' })).data).toMatchObject([{ text: 'hi' }])
    const denied = { code: 'DATABASE_PERMISSION_DENIED' }
    expect(await said(bobby, { room: 'tea' })).toMatchObject(denied)
    expect(await said(alice, { text: 'hi' })).toMatchObject(denied)
    expect(await said(alice, { room: 'nowhere' })).toMatchObject(denied)
  })

  test('may let in who has not signed in, and keep out who has', async () => {
    await expect(raw('POST', 'collections/board/documents', { data: [{ a: 1 }] })).resolves.toMatchObject({
      status: 200,
    })
    await expect(raw('GET', 'collections/board/documents', undefined)).resolves.toMatchObject({ status: 200 })
    await expect(raw('POST', 'collections/board/documents', { data: [{}] }, 'alice')).resolves.toMatchObject({
      status: 403,
    })
    expect(Object.keys((await stored('board'))[0] ?? {})).not.toContain('_openid')
  })
})

describe('the protocol', () => {
  test('has nothing for clients that is for server programs', async () => {
    const alice = await client('alice')
    await expect(alice.database().startTransaction()).rejects.toMatchObject({
      code: 'DATABASE_PERMISSION_DENIED',
    })
    for (const [method, route, body] of [
      ['POST', 'collections', { collectionName: 'more' }],
      ['POST', 'commands', { commands: [{ find: 'secrets' }] }],
      ['POST', 'transactions', {}],
      ['DELETE', 'collections/board', undefined],
      ['POST', 'collections/board/documents', { data: [{}], transactionId: 'tx-1' }],
      ['GET', 'collections/nothing/documents', undefined],
    ] as const) {
      await expect(raw(method, route, body, 'alice')).resolves.toMatchObject({
        status: 403,
        code: 'DATABASE_PERMISSION_DENIED',
      })
    }
  })

  test('lets no aggregation into a collection that may not be read', async () => {
    const alice = await client('alice')
    const board = () => alice.database().collection('board').aggregate().match({})
    const looked = (from: string) =>
      board().lookup({ from, localField: 'a', foreignField: '_id', as: 'others' }).end()
    expect((await looked('secrets')).data).toMatchObject({ code: 'DATABASE_PERMISSION_DENIED' })
    expect((await looked('diaries')).data).toMatchObject({ code: 'DATABASE_PERMISSION_DENIED' })
    expect((await looked('goods')).data).toHaveLength((await stored('board')).length)
    const hidden = { $facet: { a: [{ $unionWith: { coll: 'secrets' } }] } }
    await expect(
      raw('POST', 'collections/board/documents/aggregations', { pipeline: [hidden] }, 'alice'),
    ).resolves.toMatchObject({ code: 'DATABASE_PERMISSION_DENIED' })
  })

  test('is spoken by the SDK in its older form too', async () => {
    const dave = (await client('david', 'CLOUD_API')).database().collection('diaries')
    const { id } = await dave.add({ kind: 'old', n: 1, at: new Date(5) })
    expect((await dave.where({ kind: 'old' }).get()).data).toMatchObject([
      { n: 1, at: new Date(5), _openid: 'david' },
    ])
    expect(await dave.count()).toMatchObject({ total: 1 })
    expect(await dave.doc(id).update({ n: 2 })).toMatchObject({ updated: 1 })
    const sum = dave
      .aggregate()
      .match({ kind: 'old' })
      .group({ _id: null, n: { $sum: '$n' } })
    expect((await sum.end()).data).toEqual([{ _id: null, n: 2 }])
    expect(await dave.doc(id).remove()).toMatchObject({ deleted: 1 })
    const secrets = (await client('david', 'CLOUD_API')).database().collection('secrets')
    expect(await secrets.get()).toMatchObject({ code: 'DATABASE_PERMISSION_DENIED' })
  })

  test('takes 20 documents where the request does not say, and never more than 1,000', async () => {
    await running.database.collection('board').add(Array.from({ length: 30 }, (_, n) => ({ n })) as never)
    const list = async (query: string) =>
      (await raw('GET', `collections/board/documents${query}`, undefined)) as {
        list?: object[]
        limit?: number
      }
    const first = await list('')
    expect([first.limit, first.list?.length]).toEqual([20, 20])
    expect(await list('?limit=5000')).toMatchObject({ limit: 1000 })
  })
})

describe('a write', () => {
  test('that would replace a document of another under its id is forbidden', async () => {
    await running.database.collection('diaries').add({ _id: 'taken', _openid: 'bobby' })
    const body = { query: { _id: 'taken', _openid: '{openid}' }, data: { n: 1 }, upsert: true }
    expect(await raw('PATCH', 'collections/diaries/documents', body, 'alice')).toMatchObject({
      message: expect.stringContaining('replacing this document'),
    })
  })

  test('that is refused changes nothing, and nobody’s write changes another’s documents', async () => {
    const route = 'collections/posts/documents'
    const write = fc.record({
      query: fc.oneof(
        fc.constant({}),
        fc.constant({ _openid: '{openid}' }),
        fc.constant({ _openid: 'bobby' }),
        fc.constant({ _id: 'b' }),
        fc.constantFrom(
          { kind: 'public' },
          { kind: 'own', _openid: '{openid}' },
          { $or: [{ _id: 'b' }, { _id: 'c' }] },
        ),
      ),
      data: fc.constantFrom(
        { kind: 'public' },
        { likes: 3 },
        { $inc: { n: 1 } },
        { _openid: 'alice' },
        { $set: { _openid: 'alice' } },
      ),
      multi: fc.boolean(),
      upsert: fc.boolean(),
      isRemoval: fc.boolean(),
    })
    await running.database.collection('posts').add([
      { _id: 'b', kind: 'own', _openid: 'bobby' },
      { _id: 'c', kind: 'public', _openid: 'alice' },
    ])
    await fc.assert(
      fc.asyncProperty(write, async ({ isRemoval, ...body }) => {
        const before = await stored('posts')
        const answer = await (isRemoval
          ? raw('POST', `${route}/remove`, body, 'alice')
          : raw('PATCH', route, body, 'alice'))
        const after = await stored('posts')
        if (answer.status !== 200) expect(after).toEqual(before)
        const others = (all: Document[]) => all.filter((one) => one._openid !== 'alice')
        expect(others(after)).toEqual(others(before))
      }),
      { numRuns: 60 },
    )
  })
})

describe('files', () => {
  test('belong to who uploads them, also after a restart', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'uploaders-'))
    const before = running
    running = await aCloud({ database, folder })
    const content = Buffer.from('巷子')
    const cloudPath = 'incoming/a.txt'
    const { fileID } = await (await client('alice')).uploadFile({ cloudPath, fileContent: content })
    await running.cloud.close()
    running = await aCloud({ database, folder })
    const [alice, bobby] = [await client('alice'), await client('bobby')]
    await expect(bobby.uploadFile({ cloudPath, fileContent: content })).rejects.toThrow(
      'STORAGE_EXCEED_AUTHORITY',
    )
    expect((await bobby.getTempFileURL({ fileList: [fileID] })).fileList).toMatchObject([
      { code: 'STORAGE_EXCEED_AUTHORITY' },
    ])
    expect((await bobby.deleteFile({ fileList: [fileID] })).fileList).toMatchObject([
      { code: 'STORAGE_EXCEED_AUTHORITY' },
    ])
    expect((await alice.getTempFileURL({ fileList: [fileID] })).fileList).toMatchObject([{ code: 'SUCCESS' }])
    expect((await alice.deleteFile({ fileList: [fileID] })).fileList).toMatchObject([{ code: 'SUCCESS' }])
    expect((await alice.deleteFile({ fileList: [fileID] })).fileList).toMatchObject([
      { code: 'OBJECT_NOT_EXIST' },
    ])
    await bobby.uploadFile({ cloudPath, fileContent: content })
    expect((await alice.getTempFileURL({ fileList: [fileID] })).fileList).toMatchObject([
      { code: 'STORAGE_EXCEED_AUTHORITY' },
    ])
    await running.close()
    running = before
  })

  test('of server programs belong to no client, and an address is good for its uploader only', async () => {
    const alice = await client('alice')
    const { fileID } = await running.app.uploadFile({
      cloudPath: 'public/b.txt',
      fileContent: Buffer.from('b') as never,
    })
    expect((await alice.getTempFileURL({ fileList: [fileID] })).fileList).toMatchObject([{ code: 'SUCCESS' }])
    expect((await alice.deleteFile({ fileList: [fileID] })).fileList).toMatchObject([
      { code: 'STORAGE_EXCEED_AUTHORITY' },
    ])
    await expect(
      alice.uploadFile({ cloudPath: 'private/c.txt', fileContent: Buffer.from('c') }),
    ).rejects.toThrow('STORAGE_EXCEED_AUTHORITY')
    const session = { access_token: await tokenOf('alice') }
    const [target] = (
      await post(
        '/v1/storages/get-objects-upload-info',
        [{ objectId: 'incoming/d.txt' }],
        session.access_token,
      )
    ).value as { uploadUrl: string }[]
    const forged = String(target?.uploadUrl).replace('uploader=alice', 'uploader=bobby')
    expect((await fetch(forged, { method: 'PUT', body: 'x' })).status).toBe(403)
  })
})

describe('functions', () => {
  test('are called as the rules say by clients, and freely by server programs', async () => {
    const [alice, nobody] = [await client('alice'), await client('anonymous')]
    expect(await alice.callFunction({ name: 'echo', data: { a: 1 } })).toMatchObject({
      result: { event: { a: 1 } },
    })
    expect(await nobody.callFunction({ name: 'echo' })).toMatchObject({ code: 'PERMISSION_DENIED' })
    expect(await alice.callFunction({ name: 'faulty' })).toMatchObject({ code: 'PERMISSION_DENIED' })
    await expect(running.app.callFunction({ name: 'faulty', data: {} })).resolves.toMatchObject({
      result: 'fine',
    })
    await expect(running.cloud.runTimer('echo')).resolves.toMatchObject({ value: { source: 'timer' } })
    await expect(post('/v1/functions/echo', {})).resolves.toMatchObject({ status: 403 })
  })

  test('have the rules that the platform takes, and no others', () => {
    expect(() => openFunctionRules({ api: { invoke: true } })).toThrow('a rule for *')
    expect(() => openFunctionRules({ '*': { invoke: 'auth.uid != null' } })).toThrow(
      'functions, *, rule invoke',
    )
    expect(() => openFunctionRules({ '*': {} as never })).toThrow('exactly one rule')
  })
})

describe('the start', () => {
  const started = (change: object) =>
    aCloud({ database: { ...aDatabase, ...change } as unknown as DatabaseConfig })

  test('stops at a rule that cannot be read and says where it is', async () => {
    for (const [Rule, message] of [
      [{ read: 'doc.a ==' }, /the collection broken, rule read: .*character 8/],
      [{ write: 'doc.a = 1' }, /the collection broken, rule write/],
      [{ update: 'steal(doc.a)' }, /the collection broken, rule update: calls other than/],
      [{ read: 'process.env' }, /the variable process/],
      [{ raed: true }, /knows no raed/],
      [{ read: 1 }, /true, false or an expression/],
    ] as const) {
      await expect(started({ collections: [aCollection('broken', 'CUSTOM', Rule)] })).rejects.toThrow(message)
    }
    await expect(started({ collections: [aCollection('broken', 'OPEN')] })).rejects.toThrow(
      'AclTag must be one of',
    )
    await expect(started({ storage: { read: 'doc.a == 1' } })).rejects.toThrow(
      'storage, rule read: the variable doc',
    )
    await expect(started({ storage: { AclTag: 'MINE' } })).rejects.toThrow('storage: AclTag')
  })
})

describe('the language', () => {
  const variables = ['auth', 'doc', 'now', 'request', 'resource'] as const
  const read = (rule: unknown) => readRule(rule, 'here', variables)
  const scope: Scope = {
    auth: { uid: 'u-1', openid: 'alice', loginType: 'CUSTOM' },
    now: 1_000,
    request: { data: { a: 1 } },
    resource: { path: 'incoming/a.jpg', openid: 'alice' },
    get: async (_collection, id) => (id === 'x' ? { members: ['alice'], level: 3 } : undefined),
  }

  test.each([
    ["doc.a == 'x'", { a: 'x' }, true],
    ["doc.a == 'x'", { a: ['y', 'x'] }, true],
    ["doc.a != 'x'", { a: 'x' }, false],
    ['doc.a != null', {}, false],
    ['doc.a == undefined', {}, true],
    ['doc.a.b[0].c >= 2', { a: { b: [{ c: 2 }] } }, true],
    ['doc.at < now', { at: new Date(999) }, true],
    ["!(doc.a in ['x', 'y'])", { a: 'z' }, true],
    ['auth.openid in doc.editors', { editors: ['alice'] }, true],
    ['doc.isOpen && !doc.isGone', { isOpen: true }, true],
    ['doc.owner == auth.nothing', {}, false],
    ["get('database.rooms.x').level > 2", {}, true],
    ['auth.openid in get(`database.rooms.${doc.room}`).members', { room: 'x' }, true],
    ['get(`database.rooms.${doc.room}`).members != null', {}, false],
    ["get('database.rooms.none') == null", {}, true],
    ['/^incoming\\//.test(resource.path) == true', {}, true],
    ['doc.a > -1', { a: 0 }, true],
    ['doc.a > 1', { a: '2' }, false],
  ] as const)('%s of %j is %j', async (rule, document, expected) => {
    await expect(holdsFor(read(rule), scope, document as Document)).resolves.toBe(expected)
  })

  test('knows the platform’s limits', () => {
    const get = "get('database.a.b')"
    expect(() => read(`${get}.a == 1 && ${get}.a == 2 && ${get}.a == 3 && ${get}.a == 4`)).toThrow(
      'more than 3 get',
    )
    expect(() => read('get(get(get(doc.a).b).c).d == 1')).toThrow('nested more than 2')
    expect(() => read(`doc.a == '${'x'.repeat(1024)}'`)).toThrow('at most 1024 characters')
    expect(() => read('/(a+)+b/.test(resource.path)')).toThrow('a group in a pattern')
  })

  test('has nothing of the program it runs in', async () => {
    for (const rule of [
      'doc.constructor != null',
      'doc.__proto__ != null',
      'auth.toString != null',
      "doc['constructor'].name == 'Object'",
    ])
      await expect(holdsFor(read(rule), scope, {})).resolves.toBe(false)
    for (const rule of [
      'this',
      'doc.a()',
      'a ? b : c',
      'doc.a; doc.b',
      'doc?.a == 1',
      '(doc.a, true)',
      'doc.a + 1 > 2',
    ])
      expect(() => read(rule)).toThrow(RuleRefusal)
  })

  test('refuses what it cannot read in one way only', () => {
    const pieces = fc.constantFrom(
      'doc',
      'auth',
      '.',
      'a',
      '==',
      '!=',
      '&&',
      '||',
      '!',
      '(',
      ')',
      '[',
      ']',
      "'x'",
      '`',
      '${',
      '}',
      '/',
      '\\',
      ' in ',
      '1',
      ',',
      '"',
      '?',
      ':',
      'get(',
      '.test(',
      'null',
      ' ',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 25 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(fc.oneof(texts, fc.anything()), (text) => {
        try {
          read(text)
        } catch (error) {
          expect(error).toBeInstanceOf(RuleRefusal)
        }
      }),
      { numRuns: 3_000 },
    )
  })

  const names = ['a', 'b', 'c.d', '_openid']
  const literals = ['1', '2', "'x'", "'y'", 'true', 'null', '-1', 'auth.openid', 'now', 'auth.nothing']
  const atoms = fc.oneof(
    fc
      .tuple(
        fc.constantFrom(...names),
        fc.constantFrom('==', '!=', '>', '>=', '<', '<='),
        fc.constantFrom(...literals),
      )
      .map(([name, operator, literal]) => `doc.${name} ${operator} ${literal}`),
    fc
      .tuple(fc.constantFrom(...literals), fc.constantFrom('==', '!=', '>', '<='), fc.constantFrom(...names))
      .map(([literal, operator, name]) => `${literal} ${operator} doc.${name}`),
    fc
      .tuple(
        fc.constantFrom(...names),
        fc.array(fc.constantFrom(...literals), { minLength: 1, maxLength: 3 }),
      )
      .map(([name, list]) => `doc.${name} in [${list.join(', ')}]`),
    fc
      .tuple(fc.constantFrom(...literals), fc.constantFrom(...names))
      .map(([literal, name]) => `${literal} in doc.${name}`),
    fc.constantFrom(...names).map((name) => `auth.openid in get(\`database.rooms.\${doc.${name}}\`).members`),
    fc.constantFrom(...names).map((name) => `get(\`database.rooms.\${doc.${name}}\`).level > 2`),
    fc.constantFrom(...names).map((name) => `/^x/.test(doc.${name})`),
    fc.constantFrom('doc.a', 'doc.b == doc.a', 'auth != null', 'true', 'false'),
  )
  const rules = fc
    .letrec<{ rule: string }>((tie) => ({
      rule: fc.oneof(
        { maxDepth: 3 },
        { weight: 3, arbitrary: atoms },
        {
          weight: 1,
          arbitrary: fc
            .tuple(tie('rule'), fc.constantFrom('&&', '||'), tie('rule'))
            .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
        },
        { weight: 1, arbitrary: tie('rule').map((rule) => `!(${rule})`) },
      ),
    }))
    .rule.filter((rule) => rule.split('get(').length <= 4)
  const scalars = fc.constantFrom(
    -1,
    1,
    2,
    3,
    'x',
    'y',
    'alice',
    true,
    false,
    null,
    new Date(1_000),
    new Date(1),
  )
  const values = fc.oneof(
    { weight: 4, arbitrary: scalars },
    { weight: 2, arbitrary: fc.array(scalars, { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc.record(
        { d: fc.oneof(scalars, fc.array(scalars, { maxLength: 2 })) },
        { noNullPrototype: true },
      ),
    },
    {
      weight: 1,
      arbitrary: fc.array(fc.record({ d: scalars }, { requiredKeys: [], noNullPrototype: true }), {
        maxLength: 2,
      }),
    },
  )
  const documents = fc.record(
    { a: values, b: values, c: values, _openid: scalars },
    { requiredKeys: [], noNullPrototype: true },
  )

  test('answers yes or no to everything', async () => {
    await fc.assert(
      fc.asyncProperty(rules, documents, fc.boolean(), async (rule, document, isSignedIn) => {
        const answer = await holdsFor(
          read(rule),
          isSignedIn ? scope : { auth: null, now: 1 },
          document as Document,
        )
        expect(typeof answer).toBe('boolean')
      }),
      { numRuns: 1_000 },
    )
  })

  const fields = fc.constantFrom(...names)
  const conditions = fc.oneof(
    { weight: 3, arbitrary: scalars },
    { weight: 1, arbitrary: fc.record({ $in: fc.array(scalars, { minLength: 1, maxLength: 3 }) }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), scalars)
        .map(([operator, value]) => ({ [operator]: value })),
    },
    { weight: 1, arbitrary: fc.record({ $nin: fc.array(scalars, { minLength: 1, maxLength: 3 }) }) },
  )
  const flat = fc.dictionary(fields, conditions, { minKeys: 1, maxKeys: 3, noNullPrototype: true })
  const queries = fc.oneof(
    { weight: 3, arbitrary: flat },
    { weight: 1, arbitrary: fc.array(flat, { minLength: 1, maxLength: 3 }).map(($or) => ({ $or })) },
    { weight: 1, arbitrary: fc.tuple(flat, flat).map((both) => ({ $and: both })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(flat, fc.array(flat, { minLength: 1, maxLength: 2 }))
        .map(([one, $or]) => ({ ...one, $or })),
    },
  )

  test('lets no query through that finds a document the rule denies', async () => {
    let permitted = 0
    let found = 0
    await fc.assert(
      fc.asyncProperty(
        rules,
        queries,
        fc.array(documents, { minLength: 5, maxLength: 10 }),
        async (text, query, all) => {
          const rule: Condition = read(text)
          if (!(await holdsForAll(rule, scope, query as Document))) return
          permitted += 1
          const isFound = matcher(query as Document)
          for (const document of all as Document[]) {
            if (!isFound(document)) continue
            found += 1
            expect({ text, query, document, isAllowed: await holdsFor(rule, scope, document) }).toMatchObject(
              { isAllowed: true },
            )
          }
        },
      ),
      { numRuns: 6_000 },
    )
    expect(permitted).toBeGreaterThan(300)
    expect(found).toBeGreaterThan(100)
  })
})

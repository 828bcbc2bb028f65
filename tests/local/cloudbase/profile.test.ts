import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Engine, openEngine } from '../../../local/cloudbase/database/engine'
import {
  type AnsweredQuery,
  profiled,
  type WrittenDocuments,
} from '../../../local/cloudbase/database/profile'
import { aDatabase } from './a-cloud'

let folder: string
let engine: Engine
const heard: AnsweredQuery[] = []
const written: WrittenDocuments[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'profile-'))
  const { collections } = aDatabase
  engine = profiled(openEngine({ folder, collections, unindexedQueries: 'refuse' }), {
    onQuery: (query) => heard.push(query),
    onWrite: (one) => written.push(one),
    isCostCounted: true,
  })
  await engine.insert(
    'works',
    Array.from({ length: 9 }, (_, n) => ({
      _id: `w${n}`,
      branch: 'b',
      status: 'open',
      dueAt: n,
      size: n % 3,
    })),
  )
  heard.length = 0
  written.length = 0
})
afterEach(async () => {
  engine.close()
  await rm(folder, { recursive: true, force: true })
})

const queue = { branch: 'b', status: 'open' }

test('each query tells by which index it was answered, what it looked at and what it found', async () => {
  await engine.find('works', { query: { ...queue, size: 1 }, sort: [['dueAt', 1]], limit: 2 })
  await engine.count('works', queue)
  await engine.aggregate('works', [{ $match: { ...queue, size: 2 } }, { $count: 'n' }])
  expect(heard).toMatchObject([
    { kind: 'find', collection: 'works', plan: { index: 'queue' }, examined: 5, found: 2 },
    { kind: 'count', query: queue, plan: { index: 'queue' }, examined: 0, found: 9 },
    { kind: 'aggregate', plan: { index: 'queue' }, examined: 9, found: 1 },
  ])
})

test('what is changed or removed is told as it was before', async () => {
  await engine.update('works', { ...queue, dueAt: { $lt: 4 } }, { $set: { dueAt: 9 } }, true)
  await engine.remove('works', { _id: 'w8' }, true)
  expect(heard).toMatchObject([
    { kind: 'update', plan: { index: 'queue' }, examined: 4, found: 4 },
    { kind: 'remove', plan: { kind: 'ids' }, examined: 1, found: 1 },
  ])
})

test('a query that is refused is not told of', async () => {
  await expect(engine.find('works', { query: { colour: 'red' } })).rejects.toThrow(/add one on/)
  await expect(engine.find('nowhere', { query: {} })).rejects.toThrow(/does not exist/)
  expect(heard).toEqual([])
})

test('the cost of a query is what is read for it: documents, bare index entries, bytes', async () => {
  const [whole] = await engine.find('works', { query: { _id: 'w0' } })
  const size = Buffer.byteLength(whole ?? '')
  await engine.find('works', { query: queue, sort: [['dueAt', 1]], limit: 2 })
  await engine.find('works', { query: { ...queue, size: 1 }, sort: [['dueAt', 1]], limit: 2 })
  await engine.count('works', queue)
  expect(heard.slice(1)).toMatchObject([
    { cost: { examined: 0, documents: 2, entries: 0, bytes: 2 * size }, answeredBytes: 2 * size },
    { cost: { examined: 5, documents: 5, entries: 0, bytes: 5 * size }, answeredBytes: 2 * size },
    { cost: { examined: 0, documents: 0, entries: 9, bytes: 0 }, answeredBytes: 0 },
  ])
})

test('what is added or replaced is told too', async () => {
  await engine.insert('works', [{ _id: 'w9' }, { _id: 'w10' }])
  await engine.replace('works', 'w9', { branch: 'b' })
  expect(written).toEqual([
    { collection: 'works', count: 2 },
    { collection: 'works', count: 1 },
  ])
})

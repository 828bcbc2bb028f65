import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Engine, openEngine } from '../../../local/cloudbase/database/engine'
import { type AnsweredQuery, profiled } from '../../../local/cloudbase/database/profile'
import { aDatabase } from './a-cloud'

let folder: string
let engine: Engine
const heard: AnsweredQuery[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'profile-'))
  const { collections } = aDatabase
  engine = profiled(openEngine({ folder, collections, unindexedQueries: 'refuse' }), (query) =>
    heard.push(query),
  )
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

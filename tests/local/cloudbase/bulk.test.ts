import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'libsql'
import { openBulkLoad, openEntries } from '../../../local/cloudbase/database/bulk'
import { openEngine } from '../../../local/cloudbase/database/engine'
import type { CollectionConfig } from '../../../local/cloudbase/ground/config'
import { anIndex } from './a-cloud'

const collections: readonly CollectionConfig[] = [
  {
    CollectionName: 'works',
    AclTag: 'ADMINONLY',
    CreateIndexes: [
      anIndex('area', ['path', '-dueAt', '_id']),
      anIndex('state', ['state', '_id']),
      anIndex('no', ['no'], true),
    ],
  },
  { CollectionName: 'people', AclTag: 'ADMINONLY', CreateIndexes: [] },
]

const works = Array.from({ length: 500 }, (_, no) => ({
  _id: `w${String((no * 337) % 500).padStart(3, '0')}`,
  path: ['r', `b${no % 7}`, `内蒙${no % 3}`],
  dueAt: no % 11 === 0 ? null : (no * 7919) % 1000,
  state: ['open', 'done'][no % 2],
  no,
}))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bulk-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const opening = (name: string) => ({
  folder: path.join(folder, name),
  collections,
  unindexedQueries: 'refuse' as const,
})

const loaded = (name: string, documents: typeof works): void => {
  const load = openBulkLoad(path.join(folder, name), collections)
  for (let from = 0; from < documents.length; from += 120) {
    const part = documents.slice(from, from + 120)
    const entries = openEntries(load.collections)
    for (const document of part) entries.add('works', document._id, document)
    load.addDocuments(
      'works',
      part.map((document) => [document._id, JSON.stringify(document)]),
    )
    load.addRuns(entries.take())
  }
  load.finish()
}

/** Everything that lies in a folder but the versions of documents, which are drawn by lot. */
const contentOf = (name: string): readonly unknown[] => {
  const database = new Database(path.join(folder, name, 'database.sqlite'))
  const all = (sql: string): unknown[] => database.prepare(sql).raw().all()
  const content = [
    all('select c, id, body from docs order by c, id'),
    all('select n, hex(k), id from entries order by n, k, id'),
    all('select name, value from meta order by name'),
  ]
  database.close()
  return content
}

test('what is loaded in bulk is what inserts would have made of it', async () => {
  await mkdir(path.join(folder, 'inserted'))
  const engine = openEngine(opening('inserted'))
  await engine.insert('works', works)
  engine.close()
  loaded('loaded', works)
  expect(contentOf('loaded')).toEqual(contentOf('inserted'))
})

test('the engine goes on with it: lists that an index holds are known, and writes are kept', async () => {
  loaded('loaded', works)
  const engine = openEngine(opening('loaded'))
  const query = { path: 'b3', dueAt: { $gte: 500 } }
  expect(await engine.count('works', query)).toBe(
    works.filter(({ path: [, branch], dueAt }) => branch === 'b3' && (dueAt ?? 0) >= 500).length,
  )
  await engine.insert('works', [{ _id: 'new', path: ['b3'], dueAt: 999, no: 1000 }])
  const [first] = await engine.find('works', { query: { path: 'b3' }, sort: [['dueAt', -1]], limit: 1 })
  expect(first).toContain('"new"')
  engine.close()
})

test('a key that two documents would share in a unique index is refused', () => {
  const [one, other] = works
  if (!one || !other) throw new Error('no works')
  expect(() => loaded('loaded', [one, { ...other, no: one.no }])).toThrow(/one key of no/)
})

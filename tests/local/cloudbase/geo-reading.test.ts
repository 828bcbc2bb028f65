import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readGeo } from '../../../local/cloudbase/database/geo-query'
import { aggregated } from '../../../local/cloudbase/database/mongo'
import { planQuery } from '../../../local/cloudbase/database/planner'
import type { Reader } from '../../../local/cloudbase/database/reader'
import { candidates } from '../../../local/cloudbase/database/rows'
import { openStore } from '../../../local/cloudbase/database/store'
import type { IndexConfig } from '../../../local/cloudbase/ground/config'
import { aGeoIndex } from './a-cloud'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'geo-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const openWith = (index: IndexConfig) =>
  openStore(folder, [{ CollectionName: 'places', AclTag: 'ADMINONLY', CreateIndexes: [index] }])

test('what is nearest is found without reading the rest, near and far from everything', () => {
  const store = openWith(aGeoIndex('place', ['@loc']))
  const collection = store.collections.get('places')
  if (!collection) throw new Error('it is declared')
  const side = 100
  store.atomically(() => {
    for (let at = 0; at < side * side; at += 1) {
      const coordinates = [111 + (at % side) / 500, 40 + Math.floor(at / side) / 500]
      const _id = String(at)
      store.put(collection, undefined, _id, { _id, loc: { type: 'Point', coordinates } })
    }
  })
  let rows = 0
  const walkForward: Reader['walkForward'] = (...range) => {
    const found = store.read.walkForward(...range)
    rows += found.length
    return found
  }
  for (const [coordinates, nearest] of [
    [[111.0001, 40.0001], '0'],
    [[111.1001, 40.1001], '5050'],
    [[-70, -40], undefined],
  ] as const) {
    rows = 0
    const query = { loc: { $nearSphere: { $geometry: { type: 'Point', coordinates } } } }
    expect(readGeo(query).near).toBeDefined()
    const plan = planQuery(collection, query, [])
    const [first] = candidates({ ...store.read, walkForward }, collection, plan, false, 1)
    if (nearest !== undefined) expect(first?.id).toBe(nearest)
    expect(rows).toBeLessThan((side * side) / 5)
  }
  store.close()
})

test('stages stop reading where `$limit` has enough', () => {
  let read = 0
  function* source() {
    for (; read < 1000; ) {
      read += 1
      yield { _id: read, n: read % 2 }
    }
  }
  const stages = [{ $match: { n: 1 } }, { $limit: 3 }, { $project: { n: 0 } }]
  expect(aggregated(source(), stages, () => [])).toEqual([{ _id: 1 }, { _id: 3 }, { _id: 5 }])
  expect(read).toBe(5)
})

test('an index takes one place only, and none that must be the only one', () => {
  const unique = aGeoIndex('place', ['@loc'])
  for (const index of [
    aGeoIndex('both', ['@loc', '@other']),
    { ...unique, MgoKeySchema: { ...unique.MgoKeySchema, MgoIsUnique: true } },
  ]) {
    expect(() => openWith(index)).toThrow(/^the index \w+ may hold one 2dsphere field/)
  }
})

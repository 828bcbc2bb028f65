import { readFile } from 'node:fs/promises'
import type { IndexesOf } from '../../cloudfunctions/platform/cloudbase/indexes'
import { databaseFile, databaseText, readRooms } from '../../config/build-database'

test('the database is configured as the rooms say; npm run build:database writes it', async () => {
  expect(await readFile(databaseFile, 'utf8')).toBe(await databaseText())
})

test('a collection belongs to one room', async () => {
  const names = (await readRooms()).flatMap(([, collections]) => Object.keys(collections))
  expect(names.filter((name, at) => names.indexOf(name) < at)).toEqual([])
})

test('each index says what is read by it', async () => {
  const silent = (await readRooms()).flatMap(([, collections]) =>
    Object.entries(collections).flatMap(([collection, indexes]) =>
      Object.entries(indexes).flatMap(([name, { reason }]) =>
        reason.trim() === '' ? [`${collection}.${name}`] : [],
      ),
    ),
  )
  expect(silent).toEqual([])
})

interface Note {
  readonly _id: string
  readonly at: number | null
  readonly place?: { readonly lng: number }
  readonly tags?: readonly string[]
  readonly readers: readonly string[]
}

test('an index of another shape than its documents does not compile', () => {
  const reason = 'a list'
  const indexes = {
    latest: { by: { at: -1, _id: -1 }, reason },
    tagged: { each: 'tags', by: { at: 1 }, reason },
    // @ts-expect-error documents have no such field
    unknown: { by: { from: 1 }, reason },
    // @ts-expect-error neither from low to high nor from high to low
    aslant: { by: { at: 2 }, reason },
    // @ts-expect-error a list has an entry for each element
    whole: { by: { tags: 1 }, reason },
    // @ts-expect-error no list
    single: { each: 'at', by: {}, reason },
    // @ts-expect-error one list only
    twice: { each: 'tags', by: { readers: 1 }, reason },
    // @ts-expect-error neither a list nor a plain value
    nested: { by: { place: 1 }, reason },
    // @ts-expect-error nobody reads by it
    unasked: { by: { at: 1 } },
  } satisfies IndexesOf<Note>
  expect(Object.keys(indexes)).toHaveLength(9)
})

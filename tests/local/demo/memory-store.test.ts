import { openDatabase, type Store } from '../../../cloudfunctions/platform/cloudbase/database'
import { openMemoryStore } from '../../../local/demo/memory-store'
import { aCloud, anIndex } from '../cloudbase/a-cloud'

const units = [
  { _id: 'a', level: 1, parentId: 'top', path: ['top', 'a'], endsAt: 5, name: 'A' },
  { _id: 'b', level: 2, parentId: 'a', path: ['top', 'a', 'b'], endsAt: null, name: 'B' },
  { _id: 'c', level: 2, parentId: 'a', path: ['top', 'a', 'c'], name: 'C' },
  { _id: 'd', level: 3, parentId: 'b', path: ['top', 'a', 'b', 'd'], endsAt: 9, name: 'D' },
]

type Question = (store: Store) => Promise<unknown>

const whole = { atMost: 100 }
const upwards = [
  ['level', 'asc'],
  ['_id', 'asc'],
] as const
const downwards = [
  ['level', 'desc'],
  ['_id', 'desc'],
] as const

/** What the repositories ask of the database while reports are played, one of each kind. */
const questions: Readonly<Record<string, Question>> = {
  'a document by its id': (store) => store.get('units', 'b'),
  'one that is not there': (store) => store.get('units', 'z'),
  'several, in the order of the ids': (store) => store.getMany('units', ['d', 'z', 'a']),
  'by a value': (store) => store.findAll('units', { parentId: 'a' }, whole),
  'by an element of a list': (store) => store.findAll('units', { path: 'b' }, whole),
  'by an id and a value that it has not': (store) => store.findAll('units', { _id: 'a', level: 7 }, whole),
  'up to a number; nothing is no number': (store) =>
    store.first('units', { endsAt: store.command.lte(9) }, [['endsAt', 'desc']], 9),
  'below and above a number': (store) =>
    store.first('units', { level: store.command.gt(1).and(store.command.lt(3)) }, upwards, 9),
  'from a number on': (store) => store.first('units', { level: store.command.gte(2) }, downwards, 2),
  'one of some, in a list': (store) => store.findIn('units', 'path', ['c', 'd'], {}, whole),
  'none of some; a missing field is none': (store) =>
    store.first('units', { level: store.command.gte(1), endsAt: store.command.nin([9]) }, upwards, 9),
  'how many': (store) => store.count('units', { level: 2 }),
  'page by page, downwards': async (store) => {
    const one = await store.page('units', { path: 'a' }, ['level', 'desc'], { limit: 2 })
    const other = await store.page('units', { path: 'a' }, ['level', 'desc'], {
      limit: 2,
      cursor: one.nextCursor ?? '',
    })
    return [one, other]
  },
  'a second one of an id': (store) => store.add('units', { _id: 'a' }),
  'those that are missing': async (store) => {
    await store.addMissing('units', [{ _id: 'a' }, { _id: 'e' }])
    return store.getMany('units', ['a', 'e'])
  },
  'a field changed, another one removed': async (store) => [
    await store.update('units', { _id: 'a' }, { name: 'AA', endsAt: undefined, more: { is: ['here'] } }),
    await store.get('units', 'a'),
  ],
  'a change on a condition that is not met': async (store) => [
    await store.update('units', { _id: 'b', level: 9 }, { name: 'BB' }),
    await store.get('units', 'b'),
  ],
  'a number increased': async (store) => [
    await store.increase(
      'units',
      { _id: 'c' },
      { level: 5 },
      { push: { more: { one: 'x' }, few: { one: 'y', latest: 2 } }, set: { name: 'CC' } },
    ),
    await store.increase('units', { _id: 'c', level: 9 }, { level: 1 }),
    await store.findAll('units', { parentId: 'a' }, whole),
  ],
  'a field of some set, where a condition is met': async (store) => {
    await store.setInMany('units', ['a', 'c', 'z'], { parentId: 'a' }, 'name', 'CC')
    return store.getMany('units', ['a', 'c'])
  },
  'some removed, where a condition is met': async (store) => {
    await store.removeMany('units', ['a', 'c'], { parentId: 'a' })
    return store.getMany('units', ['a', 'c'])
  },
  'some removed': async (store) => {
    await store.removeMany('units', ['b', 'z'])
    return store.findAll('units', { path: 'top' }, whole)
  },
  'the first removed that meet a condition, in order': async (store) => [
    await store.removeFirst('units', { endsAt: store.command.lte(9) }, [['endsAt', 'desc']], 1),
    await store.findAll('units', { path: 'top' }, whole),
    await store.removeFirst('units', { level: store.command.gte(1) }, upwards, 9),
    await store.findAll('units', { path: 'top' }, whole),
  ],
}

test('the memory answers the repositories as the database does', async () => {
  const { database } = await aCloud({
    database: {
      collections: [
        {
          CollectionName: 'units',
          AclTag: 'ADMINONLY',
          CreateIndexes: [
            anIndex('children', ['parentId', '_id']),
            anIndex('area', ['path', 'level', '_id']),
            anIndex('area-by-id', ['path', '_id']),
            anIndex('levels', ['level', '_id']),
            anIndex('ends', ['endsAt', '_id']),
          ],
        },
      ],
      storage: { AclTag: 'PRIVATE' },
    },
    unindexedQueries: 'warn',
  })
  const [real, memory] = [openDatabase(database), openMemoryStore()]
  for (const store of [real, memory]) await store.addMissing('units', units)
  const sorted = (value: unknown): unknown =>
    Array.isArray(value) && value.every((one) => (one as { _id?: unknown } | null)?._id !== undefined)
      ? [...(value as { _id: string }[])].sort((a, b) => (a._id < b._id ? -1 : 1))
      : value
  for (const [what, ask] of Object.entries(questions)) {
    const isInOrder = /page|order|number/.test(what)
    const [expected, answer] = [await ask(real), await ask(memory)]
    expect([what, isInOrder ? answer : sorted(answer)]).toEqual([
      what,
      isInOrder ? expected : sorted(expected),
    ])
  }
})

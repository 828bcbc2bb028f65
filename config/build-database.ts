import { existsSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { AnyIndex, Collections } from '../cloudfunctions/platform/cloudbase/indexes'
import type { DatabaseConfig } from '../local/cloudbase'
import { readOptions } from './command-line'

const roomsFolder = path.join(__dirname, '../cloudfunctions/contexts')
export const databaseFile = path.join(__dirname, 'database.json')

/** What each room keeps, by the room's name. */
export const readRooms = async (): Promise<readonly (readonly [room: string, Collections])[]> => {
  const rooms = readdirSync(roomsFolder)
    .filter((room) => existsSync(path.join(roomsFolder, room, 'indexes.ts')))
    .sort()
  return Promise.all(
    rooms.map(async (room) => {
      const { collections } = (await import(path.join(roomsFolder, room, 'indexes.ts'))) as {
        readonly collections: Collections
      }
      return [room, collections] as const
    }),
  )
}

type CollectionConfig = DatabaseConfig['collections'][number]

const toIndex = (
  name: string,
  { each, by, isUnique }: AnyIndex,
): CollectionConfig['CreateIndexes'][number] => ({
  IndexName: name,
  MgoKeySchema: {
    MgoIsUnique: isUnique === true,
    MgoIndexKeys: [
      ...(each === undefined ? [] : [{ Name: each, Direction: '1' as const }]),
      ...Object.entries(by).map(([field, direction]) => ({
        Name: field,
        Direction: direction === -1 ? ('-1' as const) : ('1' as const),
      })),
    ],
  },
})

/** No collection is open to clients, whichever room it belongs to. */
const toCollection = ([name, indexes]: readonly [
  string,
  Readonly<Record<string, AnyIndex>>,
]): CollectionConfig => ({
  CollectionName: name,
  AclTag: 'ADMINONLY',
  CreateIndexes: Object.entries(indexes).map(([index, fields]) => toIndex(index, fields)),
})

/** Clients put files into `incoming/` only, each over their own, and call three functions when they have signed in. */
const rules: Pick<DatabaseConfig, 'storage' | 'functions'> = {
  storage: {
    read: false,
    write:
      'auth != null && /^incoming\\//.test(resource.path) && (resource.openid == auth.openid || resource.openid == auth.uid)',
  },
  functions: {
    '*': { invoke: false },
    api: { invoke: 'auth != null' },
    photos: { invoke: 'auth != null' },
    papers: { invoke: 'auth != null' },
  },
}

/** The collections and indexes that the rooms declare, and the rules of the platform, as `config/database.json` has them. */
export const databaseText = async (): Promise<string> => {
  const rooms = await readRooms()
  const config: DatabaseConfig = {
    collections: rooms.flatMap(([, collections]) => Object.entries(collections)).map(toCollection),
    ...rules,
  }
  return `${JSON.stringify(config, null, 2)}\n`
}

if (require.main === module) {
  readOptions(
    `usage: npm run build:database
writes config/database.json: the collections and indexes that the rooms declare in cloudfunctions/contexts/*/indexes.ts`,
    {},
  )
  databaseText()
    .then((text) => writeFile(databaseFile, text))
    .catch((error) => {
      console.error(error)
      process.exitCode = 1
    })
}

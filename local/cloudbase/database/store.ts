import { randomInt } from 'node:crypto'
import path from 'node:path'
import Database from 'libsql'
import { type Document, toText } from '../ground/codec'
import type { CollectionConfig } from '../ground/config'
import { databaseFailure, duplicateKey, PlatformFailure } from '../ground/failure'
import { documentKeys, type IndexField } from './keys'
import { type Connection, type Reader, reader, type StoredDocument } from './reader'

export interface Index {
  readonly number: number
  readonly name: string
  readonly isUnique: boolean
  /** Documents that have none of the fields are not indexed. */
  readonly isSparse: boolean
  readonly fields: readonly IndexField[]
  /** Multikey fields, which have held an array in some document: such a document has several entries. */
  readonly lists: ReadonlySet<string>
}

export interface Collection {
  readonly name: string
  readonly number: number
  readonly indexes: readonly Index[]
}

/** A key range of an index: from `from` (inclusive) to `to` (exclusive). */
export interface KeyRange {
  readonly from: Buffer
  readonly to: Buffer
}

/** A range of ids, both ends inclusive and optional. */
export interface IdRange {
  readonly from?: string
  readonly to?: string
}

export interface IndexEntry {
  readonly key: Buffer
  readonly id: string
}

/** Version of the key encoding; indexes of another version are rebuilt. */
const entryFormat = 4
/** Version of the document format. */
const folderFormat = 2

const schema = `
  create table if not exists meta (name text primary key, value text not null) without rowid;
  create table if not exists docs (c integer not null, id text not null, version integer not null, body text not null, primary key (c, id)) without rowid;
  create table if not exists entries (n integer not null, k blob not null, id text not null, primary key (n, k, id)) without rowid;
`

const fieldsOf = (config: CollectionConfig['CreateIndexes'][number]): readonly IndexField[] =>
  config.MgoKeySchema.MgoIndexKeys.map(({ Name, Direction }) => ({
    path: Name,
    isDescending: Direction === '-1',
    ...(Direction === '2dsphere' ? { isPlace: true as const } : {}),
  }))

/** A 2dsphere index has one geo field and cannot be unique, as two documents may lie in the same cell. */
const checkIndex = ({ IndexName, MgoKeySchema }: CollectionConfig['CreateIndexes'][number]): void => {
  const places = MgoKeySchema.MgoIndexKeys.filter(({ Direction }) => Direction === '2dsphere').length
  if (places > 1 || (places === 1 && MgoKeySchema.MgoIsUnique))
    throw new Error(`the index ${IndexName} may hold one 2dsphere field and not be unique`)
}

const traitsOf = ({ IndexName, MgoKeySchema }: CollectionConfig['CreateIndexes'][number]) => ({
  name: IndexName,
  isUnique: MgoKeySchema.MgoIsUnique,
  isSparse: MgoKeySchema.MgoIsSparse === true,
})

/** The one file in which all documents and indexes lie. */
export const fileIn = (folder: string): string => path.join(folder, 'database.sqlite')

/** Pages of the write-ahead log before an automatic checkpoint: about 32 MB. */
const pagesPerCheckpoint = 8000

const connect = (folder: string, cacheMegabytes: number): Connection => {
  const connection = new Database(fileIn(folder))
  connection.exec(`
    pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;
    pragma cache_size = -${cacheMegabytes * 1024}; pragma wal_autocheckpoint = ${pagesPerCheckpoint};
  `)
  return connection
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Translates SQLite's I/O errors into the platform's shape; other errors are bugs. */
const refusal = (error: unknown): unknown =>
  !(error instanceof PlatformFailure) && /disk|full|I\/O|readonly|malformed/i.test(messageOf(error))
    ? databaseFailure(`the disk is full or failing: ${messageOf(error)}`)
    : error

/** Under what it is remembered which fields of an index have held lists. */
export const listsName = (index: number): string => `lists:${index}`
const listsOf = (read: (name: string) => string | undefined, index: number): Set<string> =>
  new Set(JSON.parse(read(listsName(index)) ?? '[]') as string[])

const collectionName = (config: CollectionConfig): string => `number:collection:${config.CollectionName}`
/** The identity of an index is its whole definition: a changed one gets a new number and is rebuilt. */
const indexName = (
  config: CollectionConfig,
  { IndexName, MgoKeySchema }: CollectionConfig['CreateIndexes'][number],
  fields: readonly IndexField[],
): string =>
  `number:index:${config.CollectionName}:${IndexName}:${JSON.stringify([entryFormat, fields, MgoKeySchema.MgoIsUnique, MgoKeySchema.MgoIsSparse === true])}`

/** Reads the schema of a file that another connection has opened. */
export const describeCollections = (
  read: Reader,
  configs: readonly CollectionConfig[],
): ReadonlyMap<string, Collection> =>
  new Map(
    configs.map((config) => [
      config.CollectionName,
      {
        name: config.CollectionName,
        number: Number(read.meta(collectionName(config))),
        indexes: config.CreateIndexes.map((index) => {
          const fields = fieldsOf(index)
          const number = Number(read.meta(indexName(config, index, fields)))
          return { number, ...traitsOf(index), fields, lists: listsOf(read.meta, number) }
        }),
      },
    ]),
  )

/** A read-only connection for another thread. `atOnce` reads in one snapshot. */
export const openReading = (folder: string) => {
  const connection = new Database(fileIn(folder), { readonly: true })
  connection.exec('pragma busy_timeout = 5000; pragma cache_size = -32768;')
  const read = reader(connection)
  return {
    read,
    atOnce: <T>(work: () => T): T => {
      connection.exec('begin')
      try {
        return work()
      } finally {
        connection.exec('rollback')
      }
    },
    close: () => connection.close(),
  }
}

/**
 * The durable store below the engine: documents as EJSON texts and index entries as ordered bytes, in one SQLite file
 * (libsql) with a write-ahead log. What `atomically` did is on the disk when it returns.
 */
export const openStore = (folder: string, configs: readonly CollectionConfig[]) => {
  for (const index of configs.flatMap((config) => config.CreateIndexes)) checkIndex(index)
  const lock = new Database(path.join(folder, 'lock.sqlite'))
  let main: Connection
  try {
    // An exclusive lock for the life of this process: transactions are tracked in memory, unknown to a second process.
    lock.exec('pragma busy_timeout = 0; begin exclusive')
    main = connect(folder, 64)
    const { user_version: format } = main.prepare('pragma user_version').get() as { user_version: number }
    const isNew = main.prepare("select 1 from sqlite_master where name = 'docs'").get() === undefined
    if (!isNew && format !== folderFormat) throw new Error('it was written by another version')
    main.exec(`${schema} pragma user_version = ${folderFormat};`)
  } catch (error) {
    lock.close()
    const message = messageOf(error)
    throw new Error(
      /locked|busy/i.test(message)
        ? `the data folder ${folder} is in use by another process: stop it or name another folder`
        : `the data folder ${folder} cannot be opened (${message}); move it away or start with an empty one`,
    )
  }

  const read = reader(main)
  const setMeta = main.prepare(
    'insert into meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
  )

  const numberOf = (name: string): { readonly number: number; readonly isNew: boolean } => {
    const known = read.meta(name)
    if (known !== undefined) return { number: Number(known), isNew: false }
    const next = Number(read.meta('numbers') ?? '0') + 1
    setMeta.run('numbers', String(next))
    setMeta.run(name, String(next))
    return { number: next, isNew: true }
  }

  const putDocument = main.prepare(
    'insert into docs (c, id, version, body) values (?, ?, ?, ?) on conflict (c, id) do update set version = excluded.version, body = excluded.body',
  )
  const dropDocument = main.prepare('delete from docs where c = ? and id = ?')
  const putEntry = main.prepare('insert or ignore into entries (n, k, id) values (?, ?, ?)')
  const dropEntry = main.prepare('delete from entries where n = ? and k = ? and id = ?')
  const holder = main.prepare('select id from entries where n = ? and k = ? and id <> ? limit 1').raw()

  const begin = main.prepare('begin immediate')
  const commit = main.prepare('commit')
  const rollback = main.prepare('rollback')
  const savepoint = main.prepare('savepoint one')
  const release = main.prepare('release one')
  const takeBack = main.prepare('rollback to one')

  /** Cached document counts by collection. */
  const counts = new Map<number, number>()
  /** Undo actions of in-memory state for a rollback, the latest last. */
  let undo: (() => void)[] = []
  const undoFrom = (mark: number): void => {
    for (const step of undo.splice(mark).reverse()) step()
  }

  /** Runs a transaction, durable when it returns. Reports a full disk or a damaged file in the platform's shape. */
  const atomically = <T>(work: () => T): T => {
    try {
      begin.run()
      try {
        const result = work()
        commit.run()
        undo = []
        return result
      } catch (error) {
        undoFrom(0)
        try {
          rollback.run()
        } catch {
          // A failed commit has been rolled back by SQLite itself.
        }
        throw error
      }
    } catch (error) {
      throw refusal(error)
    }
  }

  /** A savepoint within `atomically`: a failure rolls back only what was done inside of it. */
  const separately = <T>(work: () => T): T => {
    const mark = undo.length
    savepoint.run()
    try {
      const result = work()
      release.run()
      return result
    } catch (error) {
      undoFrom(mark)
      takeBack.run()
      release.run()
      throw error
    }
  }

  const count = (collection: Collection, change: number): void => {
    const known = counts.get(collection.number)
    if (known === undefined) return
    counts.set(collection.number, known + change)
    undo.push(() => counts.set(collection.number, (counts.get(collection.number) ?? 0) - change))
  }

  const noteLists = (index: Index, lists: readonly string[]): void => {
    const known = index.lists as Set<string>
    const fresh = lists.filter((field) => !known.has(field))
    if (fresh.length === 0) return
    for (const field of fresh) known.add(field)
    setMeta.run(listsName(index.number), JSON.stringify([...known]))
    undo.push(() => {
      for (const field of fresh) known.delete(field)
    })
  }

  const nowhere: ReturnType<typeof documentKeys> = { keys: new Map(), lists: [] }

  const changeEntries = (
    index: Index,
    before: Document | undefined,
    after: Document | undefined,
    id: string,
    collection: string,
  ) => {
    const old = before ? documentKeys(before, index) : nowhere
    const fresh = after ? documentKeys(after, index) : nowhere
    noteLists(index, fresh.lists)
    for (const [text, key] of old.keys) if (!fresh.keys.has(text)) dropEntry.run(index.number, key, id)
    for (const [text, key] of fresh.keys) {
      if (old.keys.has(text)) continue
      if (index.isUnique && holder.get(index.number, key, id)) throw duplicateKey(collection, index.name, id)
      putEntry.run(index.number, key, id)
    }
  }

  /** Idle connections, for reuse by the next transaction's snapshot. */
  const idle: { readonly connection: Connection; readonly read: Reader }[] = []
  const opened = (connection: Connection) => ({ connection, read: reader(connection) })

  const collections = new Map<string, Collection>()

  const rebuild = (collection: Collection, index: Index): void => {
    for (let last: string | undefined; ; ) {
      const rows = read.scan(collection, {}, false, last, 500)
      for (const { id, document } of rows) changeEntries(index, undefined, document, id, collection.name)
      last = rows[rows.length - 1]?.id
      if (last === undefined) return
    }
  }

  const declare = (config: CollectionConfig): void => {
    const { number } = numberOf(collectionName(config))
    const declared = config.CreateIndexes.map((indexConfig) => {
      const fields = fieldsOf(indexConfig)
      const numbered = numberOf(indexName(config, indexConfig, fields))
      const lists = listsOf(read.meta, numbered.number)
      return { ...numbered, ...traitsOf(indexConfig), fields, lists }
    })
    const collection: Collection = { name: config.CollectionName, number, indexes: declared }
    collections.set(collection.name, collection)
    for (const index of declared) if (index.isNew) rebuild(collection, index)
  }

  /** Removes entries of indexes that are no longer declared. */
  const dropOldIndexes = (): void => {
    const declared = new Set(
      [...collections.values()].flatMap((one) => one.indexes.map((index) => index.number)),
    )
    const known = main
      .prepare("select name, value from meta where name like 'number:index:%'")
      .raw()
      .all() as [string, string][]
    for (const [name, number] of known) {
      if (declared.has(Number(number))) continue
      main.prepare('delete from entries where n = ?').run(Number(number))
      main.prepare('delete from meta where name in (?, ?)').run(name, listsName(Number(number)))
    }
  }

  try {
    atomically(() => {
      for (const config of configs) declare(config)
      dropOldIndexes()
    })
  } catch (error) {
    main.close()
    lock.close()
    throw new Error(
      `the data folder ${folder} cannot be opened (${messageOf(error)}); move it away or start with an empty one`,
    )
  }

  return {
    collections,
    read,
    /** Opens a snapshot of the data, valid until it is released. */
    snapshot: () => {
      const { connection, read: snapshot } = idle.pop() ?? opened(connect(folder, 4))
      connection.exec('begin')
      // A deferred transaction takes its snapshot at its first read, so one is made here.
      snapshot.meta('numbers')
      return {
        read: snapshot,
        release: () => {
          connection.exec('rollback')
          idle.push({ connection, read: snapshot })
        },
      }
    },
    writeMeta: (name: string, value: string) => {
      setMeta.run(name, value)
    },
    /** The size of a collection; counted once, then maintained. */
    countAll: (collection: Collection): number => {
      const known = counts.get(collection.number) ?? read.countAll(collection)
      counts.set(collection.number, known)
      return known
    },
    atomically,
    separately,
    /** Only within `atomically`. */
    put: (
      collection: Collection,
      before: StoredDocument | undefined,
      id: string,
      document: Document,
    ): void => {
      for (const index of collection.indexes)
        changeEntries(index, before?.document, document, id, collection.name)
      // A new document starts at a random version: one that was removed and added again must look changed to a
      // transaction that has read the old one.
      const version = before ? before.version + 1 : randomInt(2 ** 40)
      putDocument.run(collection.number, id, version, toText(document))
      if (!before) count(collection, 1)
    },
    /** Only within `atomically`. */
    remove: (collection: Collection, before: StoredDocument): void => {
      for (const index of collection.indexes)
        changeEntries(index, before.document, undefined, before.id, collection.name)
      dropDocument.run(collection.number, before.id)
      count(collection, -1)
    },
    close: () => {
      for (const { connection } of idle) connection.close()
      main.close()
      lock.close()
    },
  }
}

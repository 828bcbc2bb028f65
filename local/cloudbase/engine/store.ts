import { randomInt } from 'node:crypto'
import path from 'node:path'
import Database from 'libsql'
import { type Document, fromBytes, toBytes } from '../codec'
import type { CollectionConfig } from '../config'
import { databaseFailure, duplicateKey, PlatformFailure } from '../failure'
import { documentKeys, type IndexField } from './keys'

export interface Index {
  readonly number: number
  readonly name: string
  readonly isUnique: boolean
  readonly fields: readonly IndexField[]
  /** Fields that have ever held an array in a document: such a document stands in the index several times. */
  readonly lists: ReadonlySet<string>
}

export interface Collection {
  readonly name: string
  readonly number: number
  readonly indexes: readonly Index[]
}

export interface StoredDocument {
  readonly id: string
  readonly version: number
  readonly document: Document
}

/** Part of an index: keys from `from` (inclusive) to `to` (exclusive). */
export interface KeyRange {
  readonly from: Buffer
  readonly to: Buffer
}

/** Documents from id to id, both inclusive; open where nothing is said. */
export interface IdRange {
  readonly from?: string
  readonly to?: string
}

export interface IndexEntry {
  readonly key: Buffer
  readonly id: string
}

type Connection = InstanceType<typeof Database>

/** Counted up when keys are written in another way: indexes are then built anew. */
const entryFormat = 2

const schema = `
  create table if not exists meta (name text primary key, value text not null) without rowid;
  create table if not exists docs (c integer not null, id text not null, version integer not null, body blob not null, primary key (c, id)) without rowid;
  create table if not exists entries (n integer not null, k blob not null, id text not null, primary key (n, k, id)) without rowid;
`

const fieldsOf = (config: CollectionConfig['CreateIndexes'][number]): readonly IndexField[] =>
  config.MgoKeySchema.MgoIndexKeys.map(({ Name, Direction }) => ({
    path: Name,
    isDescending: Direction === '-1',
  }))

/** Reads through one connection: the main one, or the snapshot of a transaction. */
export const reader = (connection: Connection) => {
  const one = connection.prepare('select version, body from docs where c = ? and id = ?').raw()
  const forward = connection
    .prepare('select k, id from entries where n = ? and (k, id) > (?, ?) and k < ? order by k, id limit ?')
    .raw()
  const backward = connection
    .prepare(
      'select k, id from entries where n = ? and k >= ? and (k, id) < (?, ?) order by k desc, id desc limit ?',
    )
    .raw()
  const idsForward = connection
    .prepare(
      'select id, version, body from docs where c = ? and id >= ? and id <= ? and id <> ? order by id limit ?',
    )
    .raw()
  const idsBackward = connection
    .prepare(
      'select id, version, body from docs where c = ? and id >= ? and id <= ? and id <> ? order by id desc limit ?',
    )
    .raw()
  const countEntries = connection
    .prepare('select count(distinct id) from entries where n = ? and k >= ? and k < ?')
    .raw()
  const countDocuments = connection.prepare('select count(*) from docs where c = ?').raw()

  return {
    get: (collection: Collection, id: string): StoredDocument | undefined => {
      const row = one.get(collection.number, id) as [number, Buffer] | undefined
      return row && { id, version: row[0], document: fromBytes(row[1]) }
    },
    /** Entries in key order from after `after`, a batch at a time. */
    entriesForward: (
      index: Index,
      range: KeyRange,
      after: IndexEntry | undefined,
      limit: number,
    ): IndexEntry[] =>
      (
        forward.all(index.number, after?.key ?? range.from, after?.id ?? '', range.to, limit) as [
          Buffer,
          string,
        ][]
      ).map(([key, id]) => ({ key, id })),
    entriesBackward: (
      index: Index,
      range: KeyRange,
      before: IndexEntry | undefined,
      limit: number,
    ): IndexEntry[] =>
      (
        backward.all(index.number, range.from, before?.key ?? range.to, before?.id ?? '', limit) as [
          Buffer,
          string,
        ][]
      ).map(([key, id]) => ({ key, id })),
    /** Documents in the order of their ids from after `last`, a batch at a time. */
    scan: (
      collection: Collection,
      range: IdRange,
      isBackward: boolean,
      last: string | undefined,
      limit: number,
    ): StoredDocument[] => {
      const statement = isBackward ? idsBackward : idsForward
      const from = (isBackward ? undefined : last) ?? range.from ?? ''
      // In SQLite every text is less than every blob.
      const to = (isBackward ? last : undefined) ?? range.to ?? Buffer.alloc(0)
      const rows = statement.all(collection.number, from, to, last ?? '', limit) as [string, number, Buffer][]
      return rows.map(([id, version, body]) => ({ id, version, document: fromBytes(body) }))
    },
    countRange: (index: Index, range: KeyRange): number =>
      (countEntries.get(index.number, range.from, range.to) as [number])[0],
    countAll: (collection: Collection): number => (countDocuments.get(collection.number) as [number])[0],
  }
}
export type Reader = ReturnType<typeof reader>

/**
 * The durable store below the engine: documents as BSON and index entries as ordered bytes, in one SQLite file
 * (libsql) with a write-ahead log. A write is on the disk when its call returns.
 */
export const openStore = (folder: string, configs: readonly CollectionConfig[]) => {
  const file = path.join(folder, 'database.sqlite')
  const connect = (): Connection => {
    const connection = new Database(file)
    connection.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;')
    return connection
  }
  const lock = new Database(path.join(folder, 'lock.sqlite'))
  let main: Connection
  try {
    // Held until this process ends, however it ends: a second one would not know of the first one's transactions.
    lock.exec('pragma busy_timeout = 0; begin exclusive')
    main = connect()
    main.exec(schema)
  } catch (error) {
    lock.close()
    const message = error instanceof Error ? error.message : String(error)
    throw new Error(
      /locked|busy/i.test(message)
        ? `the data folder ${folder} is in use by another process: stop it or name another folder`
        : `the data folder ${folder} cannot be opened (${message}); move it away or start with an empty one`,
    )
  }

  const getMeta = main.prepare('select value from meta where name = ?').raw()
  const setMeta = main.prepare(
    'insert into meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
  )
  const readMeta = (name: string): string | undefined => (getMeta.get(name) as [string] | undefined)?.[0]

  const numberOf = (name: string): { readonly number: number; readonly isNew: boolean } => {
    const known = readMeta(`number:${name}`)
    if (known !== undefined) return { number: Number(known), isNew: false }
    const next = Number(readMeta('numbers') ?? '0') + 1
    setMeta.run('numbers', String(next))
    setMeta.run(`number:${name}`, String(next))
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

  /** All or nothing, durable when it returns. A full disk or a broken file is said in the platform's shape. */
  const atomically = <T>(work: () => T): T => {
    begin.run()
    try {
      const result = work()
      commit.run()
      return result
    } catch (error) {
      try {
        rollback.run()
      } catch {
        // A failed commit has been rolled back by SQLite itself.
      }
      if (error instanceof PlatformFailure) throw error
      const message = error instanceof Error ? error.message : String(error)
      if (/disk|full|I\/O/i.test(message)) throw databaseFailure(`the disk is full or failing: ${message}`)
      throw error
    }
  }

  const noteLists = (index: Index, lists: readonly string[]): void => {
    if (lists.every((field) => index.lists.has(field))) return
    const all = new Set([...index.lists, ...lists])
    setMeta.run(`lists:${index.number}`, JSON.stringify([...all]))
    // Remembered even if this write is taken back: planning for lists where there are none is only slower.
    for (const field of lists) (index.lists as Set<string>).add(field)
  }

  const nowhere: ReturnType<typeof documentKeys> = { keys: new Map(), lists: [] }

  const changeEntries = (
    index: Index,
    before: Document | undefined,
    after: Document | undefined,
    id: string,
    collection: string,
  ) => {
    const old = before ? documentKeys(before, index.fields) : nowhere
    const fresh = after ? documentKeys(after, index.fields) : nowhere
    noteLists(index, fresh.lists)
    for (const [text, key] of old.keys) if (!fresh.keys.has(text)) dropEntry.run(index.number, key, id)
    for (const [text, key] of fresh.keys) {
      if (old.keys.has(text)) continue
      if (index.isUnique && holder.get(index.number, key, id)) throw duplicateKey(collection, index.name, id)
      putEntry.run(index.number, key, id)
    }
  }

  /** Connections whose transactions are over. */
  const idle: { readonly connection: Connection; readonly read: Reader }[] = []
  const opened = (connection: Connection) => ({ connection, read: reader(connection) })

  const collections = new Map<string, Collection>()

  const rebuild = (collection: Collection, index: Index): void => {
    const read = reader(main)
    for (let last: string | undefined; ; ) {
      const rows = read.scan(collection, {}, false, last, 500)
      for (const { id, document } of rows) changeEntries(index, undefined, document, id, collection.name)
      last = rows[rows.length - 1]?.id
      if (last === undefined) return
    }
  }

  const declare = (config: CollectionConfig): void => {
    const { number } = numberOf(`collection:${config.CollectionName}`)
    const declared = config.CreateIndexes.map((indexConfig) => {
      const fields = fieldsOf(indexConfig)
      const isUnique = indexConfig.MgoKeySchema.MgoIsUnique
      // An index whose definition changes is another index: it gets its own number and is built anew.
      const definition = JSON.stringify([entryFormat, fields, isUnique])
      const numbered = numberOf(`index:${config.CollectionName}:${indexConfig.IndexName}:${definition}`)
      const lists = new Set(JSON.parse(readMeta(`lists:${numbered.number}`) ?? '[]') as string[])
      return { ...numbered, name: indexConfig.IndexName, isUnique, fields, lists }
    })
    const collection: Collection = { name: config.CollectionName, number, indexes: declared }
    collections.set(collection.name, collection)
    for (const index of declared) if (index.isNew) rebuild(collection, index)
  }

  /** Entries of indexes that are declared no more. */
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
      main.prepare('delete from meta where name in (?, ?)').run(name, `lists:${number}`)
    }
  }

  atomically(() => {
    for (const config of configs) declare(config)
    dropOldIndexes()
  })

  return {
    collections,
    main: reader(main),
    /** What is stored now, for as long as it is held. */
    snapshot: () => {
      const { connection, read } = idle.pop() ?? opened(connect())
      connection.exec('begin')
      // A deferred transaction takes its snapshot with its first read.
      connection.prepare('select 1 from meta limit 1').get()
      return {
        read,
        release: () => {
          connection.exec('rollback')
          idle.push({ connection, read })
        },
      }
    },
    readMeta,
    writeMeta: (name: string, value: string) => {
      setMeta.run(name, value)
    },
    atomically,
    /** Only within `atomically`. */
    put: (
      collection: Collection,
      before: StoredDocument | undefined,
      id: string,
      document: Document,
    ): void => {
      for (const index of collection.indexes)
        changeEntries(index, before?.document, document, id, collection.name)
      // A document removed and added anew must not look unchanged to a transaction that has read the old one.
      const version = before ? before.version + 1 : randomInt(2 ** 40)
      putDocument.run(collection.number, id, version, toBytes(document))
    },
    /** Only within `atomically`. */
    remove: (collection: Collection, before: StoredDocument): void => {
      for (const index of collection.indexes)
        changeEntries(index, before.document, undefined, before.id, collection.name)
      dropDocument.run(collection.number, before.id)
    },
    close: () => {
      for (const { connection } of idle) connection.close()
      main.close()
      lock.close()
    },
  }
}

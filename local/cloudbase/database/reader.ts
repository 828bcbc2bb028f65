import type Database from 'libsql'
import { type Document, fromText } from '../ground/codec'
import type { Collection, IdRange, Index, IndexEntry, KeyRange } from './store'

export type Connection = InstanceType<typeof Database>

export interface StoredDocument {
  readonly id: string
  readonly version: number
  /** The stored EJSON text, as it is sent to clients. */
  readonly text: string
  /** Parsed lazily from the text. */
  readonly document: Document
}

export const storedDocument = (id: string, version: number, text: string): StoredDocument => {
  let document: Document | undefined
  return {
    id,
    version,
    text,
    get document() {
      document ??= fromText(text)
      return document
    },
  }
}

/** An index entry with its document. */
export interface IndexRow extends IndexEntry {
  readonly stored: StoredDocument
}

/** An upper bound of row ids: in SQLite every text sorts before every blob. */
const afterAllTexts = Buffer.alloc(0)

// CROSS JOIN fixes the join order: index entries first, then their documents.
const indexed = 'from entries e cross join docs d where e.n = ? and d.c = ? and d.id = e.id'
const ordered = 'from docs where c = ? and id >= ? and id <= ?'

/** Reads through one connection: the main one, the snapshot of a transaction, or one of another thread. */
export const reader = (connection: Connection) => {
  const prepare = (sql: string) => connection.prepare(sql).raw()
  const one = prepare('select version, body from docs where c = ? and id = ?')
  const forward = prepare(
    `select e.k, e.id, d.version, d.body ${indexed} and (e.k, e.id) > (?, ?) and e.k < ? order by e.k, e.id limit ?`,
  )
  const backward = prepare(
    `select e.k, e.id, d.version, d.body ${indexed} and e.k >= ? and (e.k, e.id) < (?, ?) order by e.k desc, e.id desc limit ?`,
  )
  const entriesForward = prepare(
    'select k, id from entries where n = ? and (k, id) > (?, ?) and k < ? order by k, id limit ?',
  )
  const entriesBackward = prepare(
    'select k, id from entries where n = ? and k >= ? and (k, id) < (?, ?) order by k desc, id desc limit ?',
  )
  const idsForward = prepare(`select id, version, body ${ordered} and id <> ? order by id limit ?`)
  const idsBackward = prepare(`select id, version, body ${ordered} and id <> ? order by id desc limit ?`)
  const textsForward = prepare(
    `select d.body ${indexed} and e.k >= ? and e.k < ? order by e.k, e.id limit ? offset ?`,
  )
  const textsBackward = prepare(
    `select d.body ${indexed} and e.k >= ? and e.k < ? order by e.k desc, e.id desc limit ? offset ?`,
  )
  const countEntries = prepare('select count(*) from entries where n = ? and k >= ? and k < ?')
  const countListEntries = prepare('select count(distinct id) from entries where n = ? and k >= ? and k < ?')
  const countDocuments = prepare('select count(*) from docs where c = ?')
  const meta = prepare('select value from meta where name = ?')

  const rowsOf = (found: unknown[]): IndexRow[] =>
    (found as [Buffer, string, number, string][]).map(([key, id, version, text]) => ({
      key,
      id,
      stored: storedDocument(id, version, text),
    }))

  const entriesOf = (found: unknown[]): IndexEntry[] =>
    (found as [Buffer, string][]).map(([key, id]) => ({ key, id }))

  return {
    meta: (name: string): string | undefined => (meta.get(name) as [string] | undefined)?.[0],
    get: (collection: Collection, id: string): StoredDocument | undefined => {
      const row = one.get(collection.number, id) as [number, string] | undefined
      return row && storedDocument(id, row[0], row[1])
    },
    /** Documents in the order of an index from after `after`, a batch at a time. */
    walkForward: (
      collection: Collection,
      index: Index,
      range: KeyRange,
      after: IndexEntry | undefined,
      limit: number,
    ): IndexRow[] =>
      rowsOf(
        forward.all(
          index.number,
          collection.number,
          after?.key ?? range.from,
          after?.id ?? '',
          range.to,
          limit,
        ),
      ),
    walkBackward: (
      collection: Collection,
      index: Index,
      range: KeyRange,
      before: IndexEntry | undefined,
      limit: number,
    ): IndexRow[] =>
      rowsOf(
        backward.all(
          index.number,
          collection.number,
          range.from,
          before?.key ?? range.to,
          before?.id ?? '',
          limit,
        ),
      ),
    /** The entries of an index alone, from after `after` or before it, a batch at a time. */
    entries: (
      index: Index,
      range: KeyRange,
      isBackward: boolean,
      last: IndexEntry | undefined,
      limit: number,
    ): IndexEntry[] =>
      entriesOf(
        isBackward
          ? entriesBackward.all(index.number, range.from, last?.key ?? range.to, last?.id ?? '', limit)
          : entriesForward.all(index.number, last?.key ?? range.from, last?.id ?? '', range.to, limit),
      ),
    /** One page of an index as stored texts, without parsing them. */
    texts: (
      collection: Collection,
      index: Index,
      range: KeyRange,
      isBackward: boolean,
      offset: number,
      limit: number,
    ): string[] =>
      (
        (isBackward ? textsBackward : textsForward).all(
          index.number,
          collection.number,
          range.from,
          range.to,
          limit,
          offset,
        ) as [string][]
      ).map(([text]) => text),
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
      const to = (isBackward ? last : undefined) ?? range.to ?? afterAllTexts
      const rows = statement.all(collection.number, from, to, last ?? '', limit) as [string, number, string][]
      return rows.map(([id, version, text]) => storedDocument(id, version, text))
    },
    /** Fetches documents by id, each once. */
    countRange: (index: Index, range: KeyRange): number => {
      const statement = index.lists.size > 0 ? countListEntries : countEntries
      return (statement.get(index.number, range.from, range.to) as [number])[0]
    },
    countAll: (collection: Collection): number => (countDocuments.get(collection.number) as [number])[0],
  }
}
export type Reader = ReturnType<typeof reader>

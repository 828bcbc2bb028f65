import { randomInt } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import Database from 'libsql'
import type { Document } from '../ground/codec'
import type { CollectionConfig } from '../ground/config'
import { documentKeys, type IndexField } from './keys'
import { fileIn, listsName, openStore } from './store'

/** What the keys of an index are made by, without the engine around it: it can be handed to another thread. */
export interface LoadedIndex {
  readonly number: number
  readonly name: string
  readonly isUnique: boolean
  readonly isSparse: boolean
  readonly fields: readonly IndexField[]
}

export interface LoadedCollection {
  readonly name: string
  readonly number: number
  readonly indexes: readonly LoadedIndex[]
}

/** Entries of one index in the order of the index: each its length, its key with the id behind it, the key's length. */
export interface EntryRun {
  readonly index: number
  readonly bytes: Uint8Array
  /** The fields that held a list in some document. */
  readonly lists: readonly string[]
}

export type LoadedDocument = readonly [id: string, text: string]

const lengthBytes = 2

/** Gathers the index entries of many documents and hands them over sorted, an index at a time. */
export const openEntries = (collections: readonly LoadedCollection[]) => {
  const byName = new Map(collections.map((one) => [one.name, one]))
  const entries = new Map<number, string[]>()
  const lists = new Map<number, Set<string>>()

  /** No key is the beginning of another one of its index: key and id in one text sort as key, then id. */
  const noted = (key: Buffer, id: string): string =>
    key.toString('latin1') +
    Buffer.from(id).toString('latin1') +
    String.fromCharCode(key.length >> 8, key.length & 0xff)

  const runOf = (index: number, sorted: readonly string[]): EntryRun => {
    const size = sorted.reduce((sum, one) => sum + one.length + lengthBytes, 0)
    const bytes = Buffer.allocUnsafe(size)
    let at = 0
    for (const one of sorted) {
      at = bytes.writeUInt16BE(one.length, at)
      at += bytes.write(one, at, 'latin1')
    }
    return { index, bytes, lists: [...(lists.get(index) ?? [])] }
  }

  return {
    add: (collectionName: string, id: string, document: Document): void => {
      const collection = byName.get(collectionName)
      if (!collection) throw new Error(`the collection ${collectionName} does not exist`)
      for (const index of collection.indexes) {
        const { keys, lists: listed } = documentKeys(document, index)
        const known = entries.get(index.number) ?? []
        entries.set(index.number, known)
        for (const key of keys.values()) known.push(noted(key, id))
        if (listed.length === 0) continue
        const fields = lists.get(index.number) ?? new Set()
        lists.set(index.number, fields)
        for (const field of listed) fields.add(field)
      }
    },
    /** What has been gathered since the last time. */
    take: (): readonly EntryRun[] => {
      const runs = [...entries].map(([index, texts]) => runOf(index, texts.sort()))
      entries.clear()
      lists.clear()
      return runs
    },
  }
}

/** One place in a sorted run. */
interface Cursor {
  at: number
  readonly end: number
}

/** Merges the sorted runs in one buffer: calls back with each entry, smallest first. */
const mergeRuns = (
  bytes: Buffer,
  starts: readonly number[],
  each: (from: number, keyEnd: number, end: number) => void,
): void => {
  const cursors = starts.map((at, run): Cursor => ({ at, end: starts[run + 1] ?? bytes.length }))
  const endOf = (at: number): number => at + lengthBytes + bytes.readUInt16BE(at)
  const isBefore = (a: Cursor, b: Cursor): boolean =>
    bytes.compare(
      bytes,
      b.at + lengthBytes,
      endOf(b.at) - lengthBytes,
      a.at + lengthBytes,
      endOf(a.at) - lengthBytes,
    ) < 0
  const heap: Cursor[] = []
  const sink = (from: number): void => {
    for (let place = from; ; ) {
      let least = place
      for (const child of [2 * place + 1, 2 * place + 2]) {
        const [one, best] = [heap[child], heap[least]]
        if (one && best && isBefore(one, best)) least = child
      }
      if (least === place) return
      const [a, b] = [heap[place], heap[least]]
      if (a && b) [heap[place], heap[least]] = [b, a]
      place = least
    }
  }
  heap.push(...cursors.filter(({ at, end }) => at < end))
  for (let place = heap.length >> 1; place >= 0; place -= 1) sink(place)
  for (let first = heap[0]; first; first = heap[0]) {
    const end = endOf(first.at)
    const keyLength = bytes.readUInt16BE(end - lengthBytes)
    const from = first.at + lengthBytes
    each(from, from + keyLength, end - lengthBytes)
    first.at = end
    if (first.at >= first.end) {
      const last = heap.pop()
      if (last && last !== first) heap[0] = last
    }
    sink(0)
  }
}

/** So many entries are written by one statement: most of the time goes into calling it. */
const entriesAtOnce = 100

/**
 * Fills an empty data folder with far more documents than could be inserted one by one: documents as they come, index
 * entries last, each index in its own order, so that both are appended. Nothing is synced before `finish`; a folder that
 * was not finished is to be thrown away.
 */
export const openBulkLoad = (folder: string, configs: readonly CollectionConfig[]) => {
  rmSync(folder, { recursive: true, force: true })
  const runFolder = path.join(folder, 'runs')
  mkdirSync(runFolder, { recursive: true })
  // The store declares its collections in a file of its own, whose log it keeps; this one begins as a copy without.
  const declaredFolder = path.join(folder, 'declared')
  mkdirSync(declaredFolder)
  const store = openStore(declaredFolder, configs)
  const collections = [...store.collections.values()].map(
    ({ name, number, indexes }): LoadedCollection => ({
      name,
      number,
      indexes: indexes.map(({ lists: _lists, ...index }) => index),
    }),
  )
  store.close()
  const declared = new Database(fileIn(declaredFolder))
  declared.prepare('vacuum into ?').run(fileIn(folder))
  declared.close()
  rmSync(declaredFolder, { recursive: true, force: true })
  const byName = new Map(collections.map((one) => [one.name, one]))
  const indexes = collections.flatMap((one) => one.indexes)

  const database = new Database(fileIn(folder))
  database.exec(
    'pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive; pragma cache_size = -131072; begin',
  )
  const putDocument = database.prepare('insert into docs (c, id, version, body) values (?, ?, ?, ?)')
  const putEntries = (count: number) =>
    database.prepare(
      `insert into entries (n, k, id) values ${Array.from({ length: count }, () => '(?, ?, ?)').join(', ')}`,
    )
  const putMany = putEntries(entriesAtOnce)
  const runs = new Map<number, { readonly file: number; readonly starts: number[]; size: number }>()
  const lists = new Map<number, Set<string>>()

  const runsOf = (index: number) => {
    const known = runs.get(index) ?? {
      file: openSync(path.join(runFolder, String(index)), 'w'),
      starts: [],
      size: 0,
    }
    runs.set(index, known)
    return known
  }

  const appendIndex = ({ number, name, isUnique }: LoadedIndex): void => {
    const known = runs.get(number)
    if (!known) return
    closeSync(known.file)
    const file = path.join(runFolder, String(number))
    const bytes = readFileSync(file)
    rmSync(file)
    let values: unknown[] = []
    let last: Buffer | undefined
    mergeRuns(bytes, known.starts, (from, keyEnd, end) => {
      const key = bytes.subarray(from, keyEnd)
      if (isUnique && last && key.equals(last)) throw new Error(`two documents have one key of ${name}`)
      last = key
      values.push(number, key, bytes.toString('utf8', keyEnd, end))
      if (values.length < 3 * entriesAtOnce) return
      putMany.run(values)
      values = []
    })
    if (values.length > 0) putEntries(values.length / 3).run(values)
  }

  return {
    collections,
    addDocuments: (collectionName: string, documents: readonly LoadedDocument[]): void => {
      const { number } = byName.get(collectionName) ?? {}
      if (number === undefined) throw new Error(`the collection ${collectionName} does not exist`)
      for (const [id, text] of documents) putDocument.run(number, id, randomInt(2 ** 40), text)
    },
    addRuns: (added: readonly EntryRun[]): void => {
      for (const { index, bytes, lists: fields } of added) {
        const known = runsOf(index)
        known.starts.push(known.size)
        writeSync(known.file, bytes)
        known.size += bytes.length
        if (fields.length > 0) lists.set(index, new Set([...(lists.get(index) ?? []), ...fields]))
      }
    },
    /** Writes the index entries and leaves the folder as the engine opens it. */
    finish: (): void => {
      for (const index of [...indexes].sort((a, b) => a.number - b.number)) appendIndex(index)
      const setMeta = database.prepare('insert or replace into meta (name, value) values (?, ?)')
      for (const [index, fields] of lists) setMeta.run(listsName(index), JSON.stringify([...fields]))
      database.exec(
        'commit; pragma locking_mode = normal; pragma synchronous = full; pragma journal_mode = wal',
      )
      database.close()
      rmSync(runFolder, { recursive: true, force: true })
    },
  }
}

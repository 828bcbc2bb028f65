import { randomBytes } from 'node:crypto'
import { Aggregator, update as applyUpdate, Query } from 'mingo'
import type { Document } from '../codec'
import type { CollectionConfig } from '../config'
import { databaseFailure, duplicateKey, PlatformFailure, transactionConflict } from '../failure'
import { checkDocument, checkQuery, checkUpdate } from './guards'
import { valueKey } from './keys'
import { indexToAdd, type Plan, planQuery, type Sort } from './planner'
import { type Collection, type IndexEntry, openStore, type Reader, type StoredDocument } from './store'

export interface FindOptions {
  readonly query: Document
  readonly sort?: Sort
  readonly offset?: number
  readonly limit?: number
  readonly projection?: Document
}

export interface EngineOptions {
  readonly folder: string
  readonly collections: readonly CollectionConfig[]
  readonly unindexedQueries: 'refuse' | 'warn'
}

interface Transaction {
  readonly id: string
  readonly read: Reader
  readonly close: () => void
  /** Written and not yet committed; undefined is removed. */
  readonly overlay: Map<
    string,
    { readonly collection: Collection; readonly id: string; readonly document: Document | undefined }
  >
  readonly endsAtMs: number
  readonly timer: NodeJS.Timeout
}

/** The platform ends a transaction after this. */
const transactionMs = 30_000
const batch = 64

const keyOf = (collection: Collection, id: string): string => `${collection.name}\u0000${id}`

/** Entries of one range, a batch at a time. */
function* entriesOf(read: Reader, plan: Extract<Plan, { kind: 'index' }>, at: number): Generator<IndexEntry> {
  const range = plan.ranges[at]
  if (!range) return
  let last: IndexEntry | undefined
  for (;;) {
    const entries: IndexEntry[] = plan.isBackward
      ? read.entriesBackward(plan.index, range, last, batch)
      : read.entriesForward(plan.index, range, last, batch)
    yield* entries
    last = entries[entries.length - 1]
    if (entries.length < batch) return
  }
}

function* candidates(read: Reader, collection: Collection, plan: Plan): Generator<StoredDocument> {
  if (plan.kind === 'ids') {
    for (const id of plan.ids) {
      const found = read.get(collection, id)
      if (found) yield found
    }
    return
  }
  if (plan.kind === 'scan') {
    for (let after = ''; ; ) {
      const rows = read.scan(collection, after, batch)
      yield* rows
      const last = rows[rows.length - 1]
      if (!last) return
      after = last.id
    }
  }
  const seen = new Set<string>()
  for (let at = 0; at < plan.ranges.length; at += 1) {
    for (const { id } of entriesOf(read, plan, at)) {
      if (seen.has(id)) continue
      seen.add(id)
      const found = read.get(collection, id)
      if (found) yield found
    }
  }
}

const compareBy =
  (sort: Sort) =>
  (a: Document, b: Document): number => {
    for (const [path, order] of sort) {
      const difference = Buffer.compare(sortKey(a, path, order), sortKey(b, path, order))
      if (difference !== 0) return difference * order
    }
    return 0
  }

/** An array sorts by its smallest element upwards and by its largest downwards. */
const sortKey = (document: Document, path: string, order: 1 | -1): Buffer => {
  const value = path
    .split('.')
    .reduce<unknown>((one, part) => (one as Document | undefined | null)?.[part], document)
  if (!Array.isArray(value) || value.length === 0) return valueKey(Array.isArray(value) ? undefined : value)
  const keys = value.map(valueKey).sort(Buffer.compare)
  return (order === 1 ? keys[0] : keys[keys.length - 1]) as Buffer
}

const newId = (): string => randomBytes(16).toString('hex')

/** The document database: MongoDB's meaning from mingo, indexes, durability and transactions from here. */
export const openEngine = (options: EngineOptions) => {
  const store = openStore(options.folder, options.collections)
  const transactions = new Map<string, Transaction>()
  /** Document → transaction that has written it; others wait or conflict. */
  const locks = new Map<
    string,
    { readonly transactionId: string; readonly freed: Promise<void>; readonly free: () => void }
  >()
  const warned = new Set<string>()

  const collectionOf = (name: unknown): Collection => {
    const collection = typeof name === 'string' ? store.collections.get(name) : undefined
    if (!collection) {
      throw new PlatformFailure(
        'DATABASE_COLLECTION_NOT_EXIST',
        `the collection ${String(name)} does not exist: declare it in the database configuration`,
      )
    }
    return collection
  }

  const plan = (collection: Collection, query: Document, sort: Sort): Plan => {
    checkQuery(query)
    const chosen = planQuery(collection, query, sort)
    const isScanMeant = Object.keys(query).length === 0 && sort.every(([field]) => field === '_id')
    const isSortedInMemory =
      chosen.kind === 'index' && !chosen.isSorted && sort.length > 0 && chosen.ranges.length === 1
    if ((chosen.kind === 'scan' && !isScanMeant) || isSortedInMemory) {
      const text = `${collection.name} has no index for this query${sort.length > 0 ? ' and order' : ''}: add one on (${indexToAdd(query, sort)})`
      if (options.unindexedQueries === 'refuse') throw databaseFailure(text)
      if (!warned.has(text)) {
        warned.add(text)
        console.warn(text)
      }
    }
    return chosen
  }

  const findStored = (
    collection: Collection,
    find: FindOptions,
    transaction?: Transaction,
  ): StoredDocument[] => {
    const sort = find.sort ?? []
    const chosen = plan(collection, find.query, sort)
    const filter = new Query(find.query)
    const offset = find.offset ?? 0
    const wanted = find.limit === undefined ? Number.POSITIVE_INFINITY : offset + find.limit
    const read = transaction?.read ?? store.main
    const isStreamed = sort.length === 0 || (chosen.kind !== 'ids' && chosen.isSorted)
    const changed = transaction
      ? [...transaction.overlay.values()].filter((one) => one.collection === collection)
      : []
    const found: StoredDocument[] = []
    for (const candidate of candidates(read, collection, chosen)) {
      if (changed.some((one) => one.id === candidate.id)) continue
      if (!filter.test(candidate.document)) continue
      found.push(candidate)
      if (isStreamed && changed.length === 0 && found.length >= wanted) break
    }
    for (const { id, document } of changed) {
      if (document && filter.test(document)) found.push({ id, version: 0, document })
    }
    if (!isStreamed || (changed.length > 0 && sort.length > 0)) {
      const order = compareBy(sort)
      found.sort((a, b) => order(a.document, b.document))
    }
    return found.slice(offset, wanted)
  }

  const transactionOf = (id: string): Transaction => {
    const transaction = transactions.get(id)
    if (!transaction)
      throw new PlatformFailure('DATABASE_TRANSACTION_FAIL', 'the transaction does not exist or has ended')
    return transaction
  }

  const end = (transaction: Transaction): void => {
    clearTimeout(transaction.timer)
    transactions.delete(transaction.id)
    transaction.close()
    for (const [key, lock] of locks) {
      if (lock.transactionId !== transaction.id) continue
      locks.delete(key)
      lock.free()
    }
  }

  /** Waits until no transaction holds the document, as a write outside of one does on the platform. */
  const untilFree = async (collection: Collection, ids: readonly string[]): Promise<void> => {
    for (;;) {
      const lock = ids.map((id) => locks.get(keyOf(collection, id))).find((one) => one)
      if (!lock) return
      await lock.freed
    }
  }

  const writeInTransaction = (
    transaction: Transaction,
    collection: Collection,
    id: string,
    document: Document | undefined,
  ): void => {
    const key = keyOf(collection, id)
    const lock = locks.get(key)
    if (lock && lock.transactionId !== transaction.id) throw transactionConflict()
    if (!lock) {
      if (store.main.get(collection, id)?.version !== transaction.read.get(collection, id)?.version)
        throw transactionConflict()
      let free = () => {}
      const freed = new Promise<void>((resolve) => {
        free = resolve
      })
      locks.set(key, { transactionId: transaction.id, freed, free })
    }
    transaction.overlay.set(key, { collection, id, document })
  }

  const currentIn = (transaction: Transaction, collection: Collection, id: string): Document | undefined => {
    const written = transaction.overlay.get(keyOf(collection, id))
    return written ? written.document : transaction.read.get(collection, id)?.document
  }

  const changed = (document: Document, change: Document, query: Document): Document => {
    checkUpdate(change, document)
    const copy = structuredClone(document)
    applyUpdate(copy as Record<string, never>, change as never, undefined, query as never)
    return copy
  }

  return {
    collectionNames: () => [...store.collections.keys()],
    indexesOf: (name: string) => collectionOf(name).indexes,
    readMeta: store.readMeta,
    writeMeta: store.writeMeta,

    find: (name: unknown, find: FindOptions, transactionId?: string): Document[] => {
      const transaction = transactionId === undefined ? undefined : transactionOf(transactionId)
      const rows = findStored(collectionOf(name), find, transaction).map((row) => row.document)
      if (!find.projection || Object.keys(find.projection).length === 0) return rows
      return new Query({}).find<Document>(rows, find.projection as never).all() as Document[]
    },

    explain: (
      name: unknown,
      find: FindOptions,
    ): { readonly kind: string; readonly index?: string; readonly isSorted?: boolean } => {
      const chosen = planQuery(collectionOf(name), find.query, find.sort ?? [])
      return chosen.kind === 'index'
        ? { kind: 'index', index: chosen.index.name, isSorted: chosen.isSorted }
        : { kind: chosen.kind }
    },

    count: (name: unknown, query: Document): number => {
      const collection = collectionOf(name)
      if (Object.keys(query).length === 0) return store.main.countAll(collection)
      const chosen = plan(collection, query, [])
      if (chosen.kind === 'index' && chosen.isCovering) {
        return chosen.ranges.reduce((sum, range) => sum + store.main.countRange(chosen.index, range), 0)
      }
      const filter = new Query(query)
      let total = 0
      for (const candidate of candidates(store.main, collection, chosen))
        if (filter.test(candidate.document)) total += 1
      return total
    },

    insert: async (
      name: unknown,
      documents: readonly Document[],
      transactionId?: string,
    ): Promise<string[]> => {
      const collection = collectionOf(name)
      const rows = documents.map((document) => {
        checkDocument(document)
        const id = document._id === undefined ? newId() : document._id
        if (typeof id !== 'string' || id === '') throw databaseFailure('_id must be a text')
        return { id, document: { ...document, _id: id } }
      })
      if (transactionId !== undefined) {
        const transaction = transactionOf(transactionId)
        for (const { id, document } of rows) {
          if (currentIn(transaction, collection, id)) throw duplicateKey(collection.name, '_id_', id)
          writeInTransaction(transaction, collection, id, document)
        }
      } else {
        await untilFree(
          collection,
          rows.map((row) => row.id),
        )
        store.atomically(() => {
          for (const { id, document } of rows) {
            if (store.main.get(collection, id)) throw duplicateKey(collection.name, '_id_', id)
            store.put(collection, undefined, id, document)
          }
        })
      }
      return rows.map((row) => row.id)
    },

    /** Changes the documents that meet the query, all at once; `isMulti` false changes the first only. */
    update: async (
      name: unknown,
      query: Document,
      change: Document,
      isMulti: boolean,
      transactionId?: string,
    ): Promise<{ readonly updated: number; readonly document?: Document }> => {
      const collection = collectionOf(name)
      const find: FindOptions = { query, ...(isMulti ? {} : { limit: 1 }) }
      if (transactionId !== undefined) {
        const transaction = transactionOf(transactionId)
        const rows = findStored(collection, find, transaction)
        const after = rows.map((row) => ({ id: row.id, document: changed(row.document, change, query) }))
        for (const { id, document } of after) writeInTransaction(transaction, collection, id, document)
        return { updated: after.length, ...(after[0] ? { document: after[0].document } : {}) }
      }
      for (;;) {
        const targets = findStored(collection, find)
        const isLocked = targets.some((row) => locks.has(keyOf(collection, row.id)))
        if (isLocked) {
          await untilFree(
            collection,
            targets.map((row) => row.id),
          )
          continue
        }
        // No await between reading and writing: nobody else's step can come in between.
        const after = targets.map((row) => ({ row, document: changed(row.document, change, query) }))
        store.atomically(() => {
          for (const { row, document } of after) store.put(collection, row, row.id, document)
        })
        return { updated: after.length, ...(after[0] ? { document: after[0].document } : {}) }
      }
    },

    /** Puts a whole document in place of what is there. */
    replace: async (
      name: unknown,
      id: string,
      document: Document,
      transactionId?: string,
    ): Promise<{ readonly updated: number; readonly isNew: boolean }> => {
      const collection = collectionOf(name)
      checkDocument(document)
      const whole = { ...document, _id: id }
      if (transactionId !== undefined) {
        const transaction = transactionOf(transactionId)
        const isNew = !currentIn(transaction, collection, id)
        writeInTransaction(transaction, collection, id, whole)
        return { updated: isNew ? 0 : 1, isNew }
      }
      await untilFree(collection, [id])
      const before = store.main.get(collection, id)
      store.atomically(() => store.put(collection, before, id, whole))
      return { updated: before ? 1 : 0, isNew: !before }
    },

    remove: async (
      name: unknown,
      query: Document,
      isMulti: boolean,
      transactionId?: string,
    ): Promise<number> => {
      const collection = collectionOf(name)
      const find: FindOptions = { query, ...(isMulti ? {} : { limit: 1 }) }
      if (transactionId !== undefined) {
        const transaction = transactionOf(transactionId)
        const rows = findStored(collection, find, transaction)
        for (const row of rows) writeInTransaction(transaction, collection, row.id, undefined)
        return rows.length
      }
      await untilFree(
        collection,
        findStored(collection, find).map((row) => row.id),
      )
      const rows = findStored(collection, find)
      store.atomically(() => {
        for (const row of rows) store.remove(collection, row)
      })
      return rows.length
    },

    aggregate: (name: unknown, stages: readonly Document[]): Document[] => {
      const collection = collectionOf(name)
      const [first, ...rest] = stages
      const match = first?.$match as Document | undefined
      const rows = findStored(collection, { query: match ?? {} }).map((row) => row.document)
      return new Aggregator(
        (match ? rest : stages) as never,
        {
          collectionResolver: (other: string) =>
            findStored(collectionOf(other), { query: {} }).map((row) => row.document) as never,
        } as never,
      ).run(rows as never) as Document[]
    },

    startTransaction: (): string => {
      const id = `tx-${newId()}`
      const { read, close } = store.snapshot()
      const timer = setTimeout(() => {
        const late = transactions.get(id)
        if (late) end(late)
      }, transactionMs)
      timer.unref()
      transactions.set(id, {
        id,
        read,
        close,
        overlay: new Map(),
        endsAtMs: performance.now() + transactionMs,
        timer,
      })
      return id
    },

    commit: (id: string): void => {
      const transaction = transactionOf(id)
      try {
        store.atomically(() => {
          for (const { collection, id: documentId, document } of transaction.overlay.values()) {
            const before = store.main.get(collection, documentId)
            if (document) store.put(collection, before, documentId, document)
            else if (before) store.remove(collection, before)
          }
        })
      } finally {
        end(transaction)
      }
    },

    abort: (id: string): void => {
      const transaction = transactions.get(id)
      if (transaction) end(transaction)
    },

    close: (): void => {
      for (const transaction of [...transactions.values()]) end(transaction)
      store.close()
    },
  }
}
export type Engine = ReturnType<typeof openEngine>

import { randomBytes } from 'node:crypto'
import { type Document, toText } from '../ground/codec'
import type { CollectionConfig } from '../ground/config'
import { databaseFailure, duplicateKey, PlatformFailure, transactionConflict } from '../ground/failure'
import { checkDocument } from './guards'
import { documentKeys, rowId } from './keys'
import { openLongReads } from './long-reads'
import {
  type FindOptions,
  LongRead,
  openQueries,
  plainView,
  type ReadCost,
  type ReadJob,
  type ReadResult,
  type View,
} from './queries'
import { type Reader, type StoredDocument, storedDocument } from './reader'
import { type Collection, openStore } from './store'
import { changed, checkUpdate } from './update'

export type { FindOptions } from './queries'

export interface EngineOptions {
  readonly folder: string
  readonly collections: readonly CollectionConfig[]
  readonly unindexedQueries: 'refuse' | 'warn'
}

interface Transaction extends View {
  readonly id: string
  /** The invocation that began it, where known. */
  readonly owner: string | undefined
  readonly read: Reader
  readonly release: () => void
  /** Uncommitted writes; undefined is a removed document. */
  readonly overlay: Map<Collection, Map<string, StoredDocument | undefined>>
  readonly timer: NodeJS.Timeout
  isCommitting: boolean
}

interface Lock {
  readonly transactionId: string
  readonly freed: Promise<void>
  readonly free: () => void
}

/**
 * A queued write; writes queued at the same time share one commit (group commit). It returns a lock when it must wait for
 * a transaction, and is retried after that.
 */
interface Write {
  readonly attempt: () => Lock | undefined
  readonly settle: (failure?: unknown) => void
}

/** When more documents than this are to be changed, only their ids are held in memory. */
const mostRowsHeld = 1000

/** A read that examines more documents is moved to another thread, so that it does not block the event loop. */
const mostRowsHere = 2000

/** The platform's timeout of a transaction. */
const transactionMs = 30_000

const keyOf = (collection: Collection, id: string): string => `${collection.name}\u0000${id}`
const newId = (): string => randomBytes(16).toString('hex')

/** The row id of a document's id, a text or a number. */
const checkId = (id: unknown): string => {
  const row = rowId(id)
  if (row === undefined) throw databaseFailure('_id must be a text of letters, or a number')
  return row
}

/** The document database: query semantics by mingo; indexes, durability and transactions by this engine. */
export const openEngine = (options: EngineOptions) => {
  const store = openStore(options.folder, options.collections)
  const transactions = new Map<string, Transaction>()
  /** Write locks: document → the transaction that has written it; others wait or conflict. */
  const locks = new Map<string, Lock>()
  const warned = new Set<string>()
  const warn = (text: string): void => {
    if (warned.has(text)) return
    warned.add(text)
    console.warn(text)
  }
  const queries = openQueries({
    collections: store.collections,
    unindexedQueries: options.unindexedQueries,
    warn,
  })
  const { collectionOf } = queries
  const longReads = openLongReads(options, warn)
  const present = plainView(store.read)
  const brief: View = { ...present, mostRows: mostRowsHere }

  const transactionOf = (id: string): Transaction => {
    const transaction = transactions.get(id)
    if (!transaction)
      throw new PlatformFailure('DATABASE_TRANSACTION_FAIL', 'the transaction does not exist or has ended')
    return transaction
  }

  /** Starts a read on this thread; restarts it in another thread when it exceeds the limit. */
  const read = (job: ReadJob, transactionId?: string): ReadResult | Promise<ReadResult> => {
    if (transactionId !== undefined) return queries.run(transactionOf(transactionId), job)
    try {
      return queries.run(brief, job)
    } catch (error) {
      if (!(error instanceof LongRead)) throw error
      return longReads.run(job)
    }
  }

  const end = (transaction: Transaction): void => {
    clearTimeout(transaction.timer)
    transactions.delete(transaction.id)
    transaction.release()
    for (const [key, lock] of locks) {
      if (lock.transactionId !== transaction.id) continue
      locks.delete(key)
      lock.free()
    }
  }

  let waiting: Write[] = []

  /** Executes all queued writes, each in a savepoint, and makes them durable with one commit. */
  const commitTogether = (): void => {
    const writes = waiting
    waiting = []
    const outcomes = new Map<Write, { readonly failure?: unknown; readonly lock?: Lock }>()
    try {
      store.atomically(() => {
        for (const write of writes) {
          try {
            const lock = store.separately(write.attempt)
            outcomes.set(write, lock ? { lock } : {})
          } catch (failure) {
            outcomes.set(write, { failure })
          }
        }
      })
    } catch (failure) {
      for (const write of writes) outcomes.set(write, outcomes.get(write)?.failure ? {} : { failure })
    }
    for (const [write, { failure, lock }] of outcomes) {
      if (lock) void lock.freed.then(() => enqueue(write))
      else write.settle(failure)
    }
  }

  const enqueue = (write: Write): void => {
    if (waiting.push(write) === 1) setImmediate(commitTogether)
  }

  /** Queues a write; resolves when it is durable. `work` may return a lock to wait for. */
  const written = <T>(work: () => T | Lock): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      let result: T
      enqueue({
        attempt: () => {
          const answer = work()
          if (isLock(answer)) return answer
          result = answer
          return undefined
        },
        settle: (failure) => (failure === undefined ? resolve(result) : reject(failure)),
      })
    })

  const isLock = (value: unknown): value is Lock =>
    typeof value === 'object' && value !== null && 'freed' in value

  /**
   * A write outside of transactions: waits, as on the platform, for the locks of what it would change. `prepare` reads
   * and returns the changes, which are applied without yielding, so that no other write can come in between.
   */
  const write = <T>(
    collection: Collection,
    prepare: () => { readonly ids: readonly string[]; readonly apply: () => T },
  ): Promise<T> =>
    written(() => {
      const { ids, apply } = prepare()
      return ids.map((id) => locks.get(keyOf(collection, id))).find((one) => one) ?? apply()
    })

  /** The rows that a condition matches now. `rowAt` rereads rows that are not held; they cannot have changed since. */
  const meant = (collection: Collection, find: FindOptions) => {
    const ids: string[] = []
    const held: StoredDocument[] = []
    for (const row of queries.eachStored(present, collection.name, find)) {
      ids.push(row.id)
      if (held.length < mostRowsHeld) held.push(row)
    }
    const rowAt = (at: number): StoredDocument =>
      held[at] ?? (store.read.get(collection, ids[at] ?? '') as StoredDocument)
    return { ids, rowAt }
  }

  const writeInTransaction = (
    transaction: Transaction,
    collection: Collection,
    id: string,
    document: Document | undefined,
  ): void => {
    // Computes the index keys now, so that an invalid geometry is refused here and not at commit.
    for (const index of document ? collection.indexes : [])
      if (index.fields.some(({ isPlace }) => isPlace)) documentKeys(document ?? {}, index)
    const stored = document && storedDocument(id, 0, toText(document))
    const key = keyOf(collection, id)
    const lock = locks.get(key)
    if (lock && lock.transactionId !== transaction.id) throw transactionConflict()
    if (!lock) {
      if (store.read.get(collection, id)?.version !== transaction.read.get(collection, id)?.version)
        throw transactionConflict()
      let free = () => {}
      const freed = new Promise<void>((resolve) => {
        free = resolve
      })
      locks.set(key, { transactionId: transaction.id, freed, free })
    }
    const overlay = transaction.overlay.get(collection) ?? new Map<string, StoredDocument | undefined>()
    transaction.overlay.set(collection, overlay.set(id, stored))
  }

  const currentIn = (
    transaction: Transaction,
    collection: Collection,
    id: string,
  ): StoredDocument | undefined => {
    const overlay = transaction.overlay.get(collection)
    return overlay?.has(id) ? overlay.get(id) : transaction.read.get(collection, id)
  }

  return {
    collectionNames: () => [...store.collections.keys()],
    readMeta: store.read.meta,
    writeMeta: store.writeMeta,

    /** Returns documents as EJSON texts. */
    find: async (name: unknown, find: FindOptions, transactionId?: string): Promise<readonly string[]> =>
      (await read({ kind: 'find', collection: name, find }, transactionId)) as readonly string[],

    explain: queries.explain,

    /** Refuses, or warns once, according to `unindexedQueries`. */
    complain: queries.complain,
    isInTransaction: (owner: string): boolean =>
      [...transactions.values()].some((transaction) => transaction.owner === owner),

    /** How many documents a read examines; undefined when it would be moved to another thread. */
    examined: (job: ReadJob): number | undefined => queries.costOf(brief, job)?.examined,

    /** All that a read has to read, however long that takes. */
    costOf: (job: ReadJob): ReadCost | undefined => queries.costOf(present, job),

    count: async (name: unknown, query: Document): Promise<number> =>
      Object.keys(query).length === 0
        ? store.countAll(collectionOf(name))
        : ((await read({ kind: 'count', collection: name, query })) as number),

    /** Returns the result of the last stage as EJSON texts. */
    aggregate: async (name: unknown, stages: readonly Document[]): Promise<readonly string[]> =>
      (await read({ kind: 'aggregate', collection: name, stages })) as readonly string[],

    insert: async (
      name: unknown,
      documents: readonly Document[],
      transactionId?: string,
    ): Promise<readonly unknown[]> => {
      const collection = collectionOf(name)
      const rows = documents.map((document) => {
        checkDocument(document)
        const own = document._id ?? newId()
        return { id: checkId(own), own, document: { ...document, _id: own } }
      })
      const ids = rows.map((row) => row.id)
      const given = rows.map((row) => row.own)
      if (transactionId !== undefined) {
        const transaction = transactionOf(transactionId)
        for (const { id, own, document } of rows) {
          if (currentIn(transaction, collection, id)) throw duplicateKey(collection.name, '_id_', own)
          writeInTransaction(transaction, collection, id, document)
        }
        return given
      }
      const apply = () => {
        for (const { id, own, document } of rows) {
          if (store.read.get(collection, id)) throw duplicateKey(collection.name, '_id_', own)
          store.put(collection, undefined, id, document)
        }
        return given
      }
      return write(collection, () => ({ ids, apply }))
    },

    /** Updates the matching documents atomically; only the first one unless `isMulti`. */
    update: async (
      name: unknown,
      query: Document,
      change: Document,
      isMulti: boolean,
      transactionId?: string,
    ): Promise<{ readonly updated: number; readonly document?: Document }> => {
      const collection = collectionOf(name)
      checkUpdate(change)
      const find: FindOptions = { query, ...(isMulti ? {} : { limit: 1 }) }
      if (transactionId !== undefined) {
        const transaction = transactionOf(transactionId)
        const changes = queries
          .findStored(transaction, name, find)
          .map((row) => ({ row, document: changed(row.document, change, query) }))
        for (const { row, document } of changes) writeInTransaction(transaction, collection, row.id, document)
        return { updated: changes.length, ...(changes[0] ? { document: changes[0].document } : {}) }
      }
      return write(collection, () => {
        const { ids, rowAt } = meant(collection, find)
        const apply = () => {
          let first: Document | undefined
          for (const [at, id] of ids.entries()) {
            const row = rowAt(at)
            const document = changed(row.document, change, query)
            store.put(collection, row, id, document)
            first ??= document
          }
          return { updated: ids.length, ...(first ? { document: first } : {}) }
        }
        return { ids, apply }
      })
    },

    /** Replaces or inserts a whole document. */
    replace: async (
      name: unknown,
      own: unknown,
      document: Document,
      transactionId?: string,
    ): Promise<{ readonly updated: number; readonly isNew: boolean }> => {
      const collection = collectionOf(name)
      checkDocument(document)
      const id = checkId(own)
      const whole = { ...document, _id: own }
      if (transactionId !== undefined) {
        const transaction = transactionOf(transactionId)
        const isNew = !currentIn(transaction, collection, id)
        writeInTransaction(transaction, collection, id, whole)
        return { updated: isNew ? 0 : 1, isNew }
      }
      const apply = () => {
        const before = store.read.get(collection, id)
        store.put(collection, before, id, whole)
        return { updated: before ? 1 : 0, isNew: !before }
      }
      return write(collection, () => ({ ids: [id], apply }))
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
        const rows = queries.findStored(transaction, name, find)
        for (const row of rows) writeInTransaction(transaction, collection, row.id, undefined)
        return rows.length
      }
      return write(collection, () => {
        const { ids, rowAt } = meant(collection, find)
        const apply = () => {
          for (const at of ids.keys()) store.remove(collection, rowAt(at))
          return ids.length
        }
        return { ids, apply }
      })
    },

    startTransaction: (owner?: string): string => {
      const id = `tx-${newId()}`
      const timer = setTimeout(() => {
        const late = transactions.get(id)
        if (late && !late.isCommitting) end(late)
      }, transactionMs)
      timer.unref()
      const overlay: Transaction['overlay'] = new Map()
      const untouched = new Map<string, StoredDocument | undefined>()
      const ofCollection = (collection: Collection) => overlay.get(collection) ?? untouched
      transactions.set(id, {
        id,
        owner,
        ...store.snapshot(),
        overlay,
        written: ofCollection,
        timer,
        isCommitting: false,
      })
      return id
    },

    commit: async (id: string): Promise<void> => {
      const transaction = transactionOf(id)
      if (transaction.isCommitting)
        throw new PlatformFailure('DATABASE_TRANSACTION_FAIL', 'the transaction is being committed already')
      transaction.isCommitting = true
      try {
        await written(() => {
          const changes = [...transaction.overlay].flatMap(([collection, overlay]) =>
            [...overlay].map(([documentId, stored]) => ({
              collection,
              documentId,
              stored,
              before: store.read.get(collection, documentId),
            })),
          )
          // Removals are applied first: they free keys in unique indexes for the inserts.
          for (const { collection, stored, before } of changes)
            if (!stored && before) store.remove(collection, before)
          for (const { collection, documentId, stored, before } of changes)
            if (stored) store.put(collection, before, documentId, stored.document)
        })
      } finally {
        end(transaction)
      }
    },

    abort: (id: string): void => {
      const transaction = transactions.get(id)
      if (transaction && !transaction.isCommitting) end(transaction)
    },

    close: (): void => {
      commitTogether()
      for (const transaction of [...transactions.values()]) end(transaction)
      longReads.close()
      store.close()
    },
  }
}
export type Engine = ReturnType<typeof openEngine>

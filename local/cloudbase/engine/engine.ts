import { randomBytes } from 'node:crypto'
import type { Document } from '../codec'
import type { CollectionConfig } from '../config'
import { databaseFailure, duplicateKey, PlatformFailure, transactionConflict } from '../failure'
import { checkDocument, checkQuery } from './guards'
import { aggregated, changed, matcher, project } from './mongo'
import { indexToAdd, type Plan, planQuery, type Sort } from './planner'
import { candidates, inOrder } from './rows'
import { type Collection, openStore, type Reader, type StoredDocument } from './store'

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
  readonly release: () => void
  /** Written and not yet committed; undefined is removed. */
  readonly overlay: Map<
    string,
    { readonly collection: Collection; readonly id: string; readonly document: Document | undefined }
  >
  readonly timer: NodeJS.Timeout
}

interface Lock {
  readonly transactionId: string
  readonly freed: Promise<void>
  readonly free: () => void
}

/** The platform ends a transaction after this. */
const transactionMs = 30_000

const keyOf = (collection: Collection, id: string): string => `${collection.name}\u0000${id}`
const newId = (): string => randomBytes(16).toString('hex')

/** The document database: MongoDB's meaning from mingo, indexes, durability and transactions from here. */
export const openEngine = (options: EngineOptions) => {
  const store = openStore(options.folder, options.collections)
  const transactions = new Map<string, Transaction>()
  /** Document → transaction that has written it; others wait or conflict. */
  const locks = new Map<string, Lock>()
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

  const complain = (text: string): void => {
    if (options.unindexedQueries === 'refuse') throw databaseFailure(text)
    if (warned.has(text)) return
    warned.add(text)
    console.warn(text)
  }

  /** Chooses how to read; complains when that means to go through everything or to sort all that was found. */
  const planFor = (collection: Collection, query: Document, sort: Sort): Plan => {
    const plan = planQuery(collection, query, sort)
    if (plan.kind === 'ids') return plan
    const isNarrow =
      plan.kind === 'index' ? plan.isNarrow : plan.range.from !== undefined || plan.range.to !== undefined
    const isEverythingMeant = Object.keys(query).length === 0
    if ((!isNarrow && !isEverythingMeant) || (sort.length > 0 && !plan.isSorted)) {
      const text = `${collection.name} has no index for this query${sort.length > 0 ? ' and order' : ''}`
      complain(`${text}: add one on (${indexToAdd(query, sort)})`)
    }
    return plan
  }

  /** What meets the query, as it is read: in the order of the plan. */
  function* matching(
    collection: Collection,
    { query, sort = [], offset = 0, limit }: FindOptions,
    plan: Plan,
    transaction: Transaction | undefined,
  ): Generator<StoredDocument> {
    const test = matcher(query)
    const written = [...(transaction?.overlay.values() ?? [])].filter((one) => one.collection === collection)
    const isWritten = new Set(written.map((one) => one.id))
    const read = transaction?.read ?? store.main
    for (const candidate of candidates(read, collection, plan, sort.length > 0, offset + (limit ?? 0))) {
      if (!isWritten.has(candidate.id) && test(candidate.document)) yield candidate
    }
    for (const { id, document } of written) {
      if (document && test(document)) yield { id, version: 0, document }
    }
  }

  const findStored = (
    collection: Collection,
    find: FindOptions,
    transaction?: Transaction,
  ): readonly StoredDocument[] => {
    const { query, sort = [], offset = 0, limit = Number.POSITIVE_INFINITY } = find
    checkQuery(query)
    const plan = planFor(collection, query, sort)
    const rows = matching(collection, find, plan, transaction)
    const isAlreadySorted =
      sort.length === 0 || (plan.kind !== 'ids' && plan.isSorted && !transaction?.overlay.size)
    if (!isAlreadySorted) return inOrder([...rows], sort).slice(offset, offset + limit)
    const found: StoredDocument[] = []
    let passed = 0
    if (limit === 0) return found
    for (const row of rows) {
      passed += 1
      if (passed > offset) found.push(row)
      if (found.length >= limit) break
    }
    return found
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
    transaction.release()
    for (const [key, lock] of locks) {
      if (lock.transactionId !== transaction.id) continue
      locks.delete(key)
      lock.free()
    }
  }

  /**
   * A write outside of transactions: waits, as on the platform, until no transaction holds what it would change.
   * `prepare` reads and says what to do; between that and the doing nobody's step can come.
   */
  const write = async <T>(
    collection: Collection,
    prepare: () => { readonly ids: readonly string[]; readonly apply: () => T },
  ): Promise<T> => {
    for (;;) {
      const { ids, apply } = prepare()
      const lock = ids.map((id) => locks.get(keyOf(collection, id))).find((one) => one)
      if (!lock) return store.atomically(apply)
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

  return {
    collectionNames: () => [...store.collections.keys()],
    readMeta: store.readMeta,
    writeMeta: store.writeMeta,

    find: (name: unknown, find: FindOptions, transactionId?: string): readonly Document[] => {
      const transaction = transactionId === undefined ? undefined : transactionOf(transactionId)
      const rows = findStored(collectionOf(name), find, transaction)
      return project(
        rows.map((row) => row.document),
        find.projection,
      )
    },

    explain: (
      name: unknown,
      find: FindOptions,
    ): { readonly kind: string; readonly index?: string; readonly isSorted?: boolean } => {
      checkQuery(find.query)
      const plan = planQuery(collectionOf(name), find.query, find.sort ?? [])
      return plan.kind === 'index'
        ? { kind: plan.kind, index: plan.index.name, isSorted: plan.isSorted }
        : { kind: plan.kind }
    },

    count: (name: unknown, query: Document): number => {
      const collection = collectionOf(name)
      checkQuery(query)
      if (Object.keys(query).length === 0) return store.main.countAll(collection)
      const plan = planFor(collection, query, [])
      if (plan.kind === 'index' && plan.isCovering) {
        return plan.ranges.reduce((sum, range) => sum + store.main.countRange(plan.index, range), 0)
      }
      let total = 0
      for (const _row of matching(collection, { query }, plan, undefined)) total += 1
      return total
    },

    insert: async (
      name: unknown,
      documents: readonly Document[],
      transactionId?: string,
    ): Promise<readonly string[]> => {
      const collection = collectionOf(name)
      const rows = documents.map((document) => {
        checkDocument(document)
        const id = document._id === undefined ? newId() : document._id
        if (typeof id !== 'string' || id === '') throw databaseFailure('_id must be a text')
        return { id, document: { ...document, _id: id } }
      })
      const ids = rows.map((row) => row.id)
      if (transactionId !== undefined) {
        const transaction = transactionOf(transactionId)
        for (const { id, document } of rows) {
          if (currentIn(transaction, collection, id)) throw duplicateKey(collection.name, '_id_', id)
          writeInTransaction(transaction, collection, id, document)
        }
        return ids
      }
      const apply = () => {
        for (const { id, document } of rows) {
          if (store.main.get(collection, id)) throw duplicateKey(collection.name, '_id_', id)
          store.put(collection, undefined, id, document)
        }
        return ids
      }
      return write(collection, () => ({ ids, apply }))
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
      const prepare = (transaction?: Transaction) =>
        findStored(collection, find, transaction).map((row) => ({
          row,
          document: changed(row.document, change, query),
        }))
      const outcome = (changes: ReturnType<typeof prepare>) => ({
        updated: changes.length,
        ...(changes[0] ? { document: changes[0].document } : {}),
      })
      if (transactionId !== undefined) {
        const transaction = transactionOf(transactionId)
        const changes = prepare(transaction)
        for (const { row, document } of changes) writeInTransaction(transaction, collection, row.id, document)
        return outcome(changes)
      }
      return write(collection, () => {
        const changes = prepare()
        const apply = () => {
          for (const { row, document } of changes) store.put(collection, row, row.id, document)
          return outcome(changes)
        }
        return { ids: changes.map(({ row }) => row.id), apply }
      })
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
      const apply = () => {
        const before = store.main.get(collection, id)
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
        const rows = findStored(collection, find, transaction)
        for (const row of rows) writeInTransaction(transaction, collection, row.id, undefined)
        return rows.length
      }
      return write(collection, () => {
        const rows = findStored(collection, find)
        const apply = () => {
          for (const row of rows) store.remove(collection, row)
          return rows.length
        }
        return { ids: rows.map((row) => row.id), apply }
      })
    },

    /** A leading `$match` reads by an index; the other stages take from it as they go. */
    aggregate: (name: unknown, stages: readonly Document[]): readonly Document[] => {
      const collection = collectionOf(name)
      const [first, ...rest] = stages
      const match = first?.$match
      if (match === undefined && first?.$limit === undefined && first?.$sample === undefined) {
        complain(`aggregating ${collection.name} goes through all of it: begin with $match or $limit`)
      }
      const query = (match ?? {}) as Document
      checkQuery(query)
      const plan = planFor(collection, query, [])
      function* source() {
        for (const row of matching(collection, { query }, plan, undefined)) yield row.document
      }
      return aggregated(source(), match === undefined ? stages : rest, (other) =>
        findStored(collectionOf(other), { query: {} }).map((row) => row.document),
      )
    },

    startTransaction: (): string => {
      const id = `tx-${newId()}`
      const timer = setTimeout(() => {
        const late = transactions.get(id)
        if (late) end(late)
      }, transactionMs)
      timer.unref()
      transactions.set(id, { id, ...store.snapshot(), overlay: new Map(), timer })
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

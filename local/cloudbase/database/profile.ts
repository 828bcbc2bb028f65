import type { Document } from '../ground/codec'
import type { Engine, FindOptions } from './engine'
import type { Sort } from './planner'
import type { ReadCost, ReadJob } from './queries'

/** A query, how it was answered and what that cost. */
export interface AnsweredQuery {
  readonly kind: 'find' | 'count' | 'aggregate' | 'update' | 'remove'
  readonly collection: string
  readonly query: Document
  readonly sort: Sort
  readonly plan: ReturnType<Engine['explain']>
  /** How many documents were looked at, none where the index says all; undefined: too many to count. */
  readonly examined: number | undefined
  /** How many were answered, counted or changed. */
  readonly found: number
  /** All that had to be read for it, however much that was; absent unless it is counted. */
  readonly cost?: ReadCost
  /** Bytes of the documents that were answered. */
  readonly answeredBytes: number
}

/** Documents that were added, or put in the place of others. */
export interface WrittenDocuments {
  readonly collection: string
  readonly count: number
}

export interface Listeners {
  readonly onQuery: (query: AnsweredQuery) => void
  readonly onWrite?: (written: WrittenDocuments) => void
  /** Whether the whole cost of every query is counted, which takes as long as the query. */
  readonly isCostCounted?: boolean
}

const bytesOf = (rows: readonly string[]): number =>
  rows.reduce((sum, row) => sum + Buffer.byteLength(row), 0)

/** The same engine, which tells of every query. What is read is read twice: once for its cost. */
export const profiled = (engine: Engine, { onQuery, onWrite, isCostCounted = false }: Listeners): Engine => {
  const told = async <T>(
    kind: AnsweredQuery['kind'],
    job: ReadJob,
    find: FindOptions,
    answer: () => Promise<T>,
    answered: (value: T) => { readonly found: number; readonly bytes: number },
  ): Promise<T> => {
    // Beforehand, because a write may leave nothing that meets its query.
    const plan = engine.explain(job.collection, find)
    const cost = isCostCounted ? engine.costOf(job) : undefined
    const examined = cost ? cost.examined : engine.examined(job)
    const value = await answer()
    const { query, sort = [] } = find
    const { found, bytes } = answered(value)
    onQuery({
      kind,
      collection: String(job.collection),
      query,
      sort,
      plan,
      examined,
      found,
      ...(cost ? { cost } : {}),
      answeredBytes: bytes,
    })
    return value
  }
  const rows = (texts: readonly string[]) => ({ found: texts.length, bytes: bytesOf(texts) })
  const changes = (found: number) => ({ found, bytes: 0 })

  return {
    ...engine,
    find: (collection, find, transactionId) =>
      told(
        'find',
        { kind: 'find', collection, find },
        find,
        () => engine.find(collection, find, transactionId),
        rows,
      ),
    count: (collection, query) =>
      told(
        'count',
        { kind: 'count', collection, query },
        { query },
        () => engine.count(collection, query),
        changes,
      ),
    aggregate: (collection, stages) =>
      told(
        'aggregate',
        { kind: 'aggregate', collection, stages },
        { query: (stages[0]?.$match ?? {}) as Document },
        () => engine.aggregate(collection, stages),
        rows,
      ),
    insert: async (collection, documents, transactionId) => {
      const ids = await engine.insert(collection, documents, transactionId)
      onWrite?.({ collection: String(collection), count: ids.length })
      return ids
    },
    update: (collection, query, change, isMulti, transactionId) =>
      told(
        'update',
        { kind: 'find', collection, find: { query, ...(isMulti ? {} : { limit: 1 }) } },
        { query },
        () => engine.update(collection, query, change, isMulti, transactionId),
        ({ updated }) => changes(updated),
      ),
    replace: async (collection, id, document, transactionId) => {
      const replaced = await engine.replace(collection, id, document, transactionId)
      onWrite?.({ collection: String(collection), count: 1 })
      return replaced
    },
    remove: (collection, query, isMulti, transactionId) =>
      told(
        'remove',
        { kind: 'find', collection, find: { query, ...(isMulti ? {} : { limit: 1 }) } },
        { query },
        () => engine.remove(collection, query, isMulti, transactionId),
        changes,
      ),
  }
}

import type { Document } from '../ground/codec'
import type { Engine, FindOptions } from './engine'
import type { Sort } from './planner'
import type { ReadJob } from './queries'

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
  /** Bytes of the documents that were answered. */
  readonly answeredBytes: number
}

const bytesOf = (rows: readonly string[]): number =>
  rows.reduce((sum, row) => sum + Buffer.byteLength(row), 0)

/** The same engine, which tells of every query. What is read is read twice: once for its cost. */
export const profiled = (engine: Engine, onQuery: (query: AnsweredQuery) => void): Engine => {
  const told = async <T>(
    kind: AnsweredQuery['kind'],
    job: ReadJob,
    find: FindOptions,
    answer: () => Promise<T>,
    answered: (value: T) => { readonly found: number; readonly bytes: number },
  ): Promise<T> => {
    // Beforehand, because a write may leave nothing that meets its query.
    const plan = engine.explain(job.collection, find)
    const examined = engine.examined(job)
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
    update: (collection, query, change, isMulti, transactionId) =>
      told(
        'update',
        { kind: 'find', collection, find: { query, ...(isMulti ? {} : { limit: 1 }) } },
        { query },
        () => engine.update(collection, query, change, isMulti, transactionId),
        ({ updated }) => changes(updated),
      ),
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

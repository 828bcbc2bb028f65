import type { Document } from '../ground/codec'
import { writeEjson } from '../ground/codec'
import { databaseFailure, PlatformFailure } from '../ground/failure'
import { byDistance, readGeo, readGeoNear } from './geo-query'
import { checkQuery } from './guards'
import { aggregated, matcher, project } from './mongo'
import { indexToAdd, type Plan, planQuery, type Sort } from './planner'
import type { Reader, StoredDocument } from './reader'
import { candidates, firstInOrder } from './rows'
import type { Collection } from './store'

export interface FindOptions {
  readonly query: Document
  readonly sort?: Sort
  readonly offset?: number
  readonly limit?: number
  readonly projection?: Document
}

/** What a read sees: a snapshot and, over it, the writes of its own transaction; undefined is a removed document. */
export interface View {
  readonly read: Reader
  /** A read that examines more documents than this is moved to another thread. */
  readonly mostRows?: number
  /** Called for each document that is examined. */
  readonly onLook?: (row: StoredDocument) => void
  /** Called with the texts of documents that are answered without being examined. */
  readonly onTexts?: (texts: readonly string[]) => void
  /** Called with the number of index entries that are counted without their documents. */
  readonly onEntries?: (count: number) => void
  readonly written: (collection: Collection) => ReadonlyMap<string, StoredDocument | undefined>
}

/** What a read has to read. */
export interface ReadCost {
  /** Documents that were held against the query. */
  readonly examined: number
  /** Those, and the ones that the index alone found. */
  readonly documents: number
  /** Index entries that were counted without their documents. */
  readonly entries: number
  /** Of the documents' texts. */
  readonly bytes: number
}

const nothingWritten: ReadonlyMap<string, StoredDocument | undefined> = new Map()
/** A view of the current data, without a transaction. */
export const plainView = (read: Reader): View => ({ read, written: () => nothingWritten })

/** Thrown when a read exceeds its view's limit; as reads have no effects it can be restarted elsewhere. */
export class LongRead extends PlatformFailure {
  constructor() {
    super('SYS_ERR', 'this read is for another thread')
  }
}

export type ReadJob =
  | { readonly kind: 'find'; readonly collection: unknown; readonly find: FindOptions }
  | { readonly kind: 'count'; readonly collection: unknown; readonly query: Document }
  | { readonly kind: 'aggregate'; readonly collection: unknown; readonly stages: readonly Document[] }
/** EJSON texts of documents, or a count. */
export type ReadResult = readonly string[] | number

/** Fields with a geo index, one for each such index. */
const placesOf = (collection: Collection): readonly string[] =>
  collection.indexes.flatMap(({ fields }) => fields.flatMap(({ path, isPlace }) => (isPlace ? [path] : [])))

/** All read operations; shared by the main thread, transactions and the threads for long reads. */
export const openQueries = (options: {
  readonly collections: ReadonlyMap<string, Collection>
  readonly unindexedQueries: 'refuse' | 'warn'
  readonly warn: (text: string) => void
}) => {
  const collectionOf = (name: unknown): Collection => {
    const collection = typeof name === 'string' ? options.collections.get(name) : undefined
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
    options.warn(text)
  }

  /** Plans a query; reports it when the plan scans the whole collection or sorts in memory. */
  const planFor = (collection: Collection, query: Document, sort: Sort): Plan => {
    const plan = planQuery(collection, query, sort)
    if (plan.kind === 'ids' || plan.kind === 'near' || (plan.kind === 'index' && plan.isOfPlaces)) return plan
    const isNarrow =
      plan.kind === 'index' ? plan.isNarrow : plan.range.from !== undefined || plan.range.to !== undefined
    const isEverythingMeant = Object.keys(query).length === 0
    if ((!isNarrow && !isEverythingMeant) || (sort.length > 0 && !plan.isSorted)) {
      const text = `${collection.name} has no index for this query${sort.length > 0 ? ' and order' : ''}`
      complain(`${text}: add one on (${indexToAdd(query, sort)})`)
    }
    return plan
  }

  /** Streams the matching documents in the order of the plan. */
  function* matching(
    view: View,
    collection: Collection,
    { query, sort = [], offset = 0, limit }: FindOptions,
    plan: Plan,
  ): Generator<StoredDocument> {
    const test = matcher(query)
    const written = view.written(collection)
    const { mostRows = Number.POSITIVE_INFINITY } = view
    let looked = 0
    for (const candidate of candidates(view.read, collection, plan, sort.length > 0, offset + (limit ?? 0))) {
      looked += 1
      view.onLook?.(candidate)
      if (looked > mostRows) throw new LongRead()
      if (!written.has(candidate.id) && test(candidate.document)) yield candidate
    }
    for (const stored of written.values()) if (stored && test(stored.document)) yield stored
  }

  const rowsOf = (
    view: View,
    collection: Collection,
    find: FindOptions,
    plan: Plan,
  ): readonly StoredDocument[] => {
    const { sort = [], offset = 0, limit = Number.POSITIVE_INFINITY } = find
    const rows = matching(view, collection, find, plan)
    const isUntouched = view.written(collection).size === 0
    const { near } = readGeo(find.query)
    if (near && sort.length === 0 && (plan.kind !== 'near' || !isUntouched))
      return byDistance([...rows], near).slice(offset, offset + limit)
    const isInOrder = (plan.kind === 'index' || plan.kind === 'scan') && plan.isSorted
    const isAlreadySorted = sort.length === 0 || (isInOrder && isUntouched)
    if (!isAlreadySorted) return firstInOrder(rows, sort, offset + limit).slice(offset)
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

  const findStored = (view: View, name: unknown, find: FindOptions): readonly StoredDocument[] => {
    const collection = collectionOf(name)
    checkQuery(find.query)
    return rowsOf(view, collection, find, planFor(collection, find.query, find.sort ?? []))
  }

  /** Streams the documents, so that not all of them are held in memory. */
  const eachStored = (view: View, name: unknown, find: FindOptions): Iterable<StoredDocument> => {
    const collection = collectionOf(name)
    checkQuery(find.query)
    const plan = planFor(collection, find.query, [])
    const isPlain = find.limit === undefined && readGeo(find.query).near === undefined
    return isPlain ? matching(view, collection, find, plan) : rowsOf(view, collection, find, plan)
  }

  /** A covered page: nothing has to be filtered, sorted or projected, so stored texts are returned without parsing. */
  const pageOf = (
    view: View,
    collection: Collection,
    find: FindOptions,
    plan: Plan,
  ): readonly string[] | undefined => {
    if (plan.kind !== 'index' || !plan.isCovering || plan.index.lists.size > 0 || find.limit === undefined)
      return undefined
    const [range, ...others] = plan.ranges
    const isInOrder = (find.sort ?? []).length === 0 || plan.isSorted
    if (!range || others.length > 0 || !isInOrder || view.written(collection).size > 0) return undefined
    const texts = view.read.texts(
      collection,
      plan.index,
      range,
      plan.isBackward,
      find.offset ?? 0,
      find.limit,
    )
    view.onTexts?.(texts)
    return texts
  }

  /** The matching documents as EJSON texts. */
  const findTexts = (view: View, name: unknown, find: FindOptions): readonly string[] => {
    const collection = collectionOf(name)
    checkQuery(find.query)
    const plan = planFor(collection, find.query, find.sort ?? [])
    const { projection } = find
    if (projection && Object.keys(projection).length > 0) {
      const documents = rowsOf(view, collection, find, plan).map((row) => row.document)
      return project(documents, projection).map(writeEjson)
    }
    return pageOf(view, collection, find, plan) ?? rowsOf(view, collection, find, plan).map((row) => row.text)
  }

  const count = (view: View, name: unknown, query: Document): number => {
    const collection = collectionOf(name)
    checkQuery(query)
    if (Object.keys(query).length === 0) return view.read.countAll(collection)
    const plan = planFor(collection, query, [])
    if (plan.kind === 'index' && plan.isCovering) {
      const counted = plan.ranges.reduce((sum, range) => sum + view.read.countRange(plan.index, range), 0)
      view.onEntries?.(counted)
      return counted
    }
    let total = 0
    for (const _row of matching(view, collection, { query }, plan)) total += 1
    return total
  }

  /** A leading `$match` is planned like a query; the other stages consume it lazily. */
  const aggregate = (view: View, name: unknown, stages: readonly Document[]): readonly string[] => {
    const collection = collectionOf(name)
    const [first, ...rest] = stages
    const find = (other: string, query: Document) =>
      findStored(view, other, { query }).map((row) => row.document)
    if (first?.$geoNear !== undefined) {
      const { query, limit, measured } = readGeoNear(first.$geoNear, placesOf(collection))
      checkQuery(query)
      const plan = planFor(collection, query, [])
      // Lazily, as far as the other stages consume it.
      const rows =
        plan.kind === 'near' && limit === undefined
          ? matching(view, collection, { query }, plan)
          : rowsOf(view, collection, { query, ...(limit === undefined ? {} : { limit }) }, plan)
      function* nearest() {
        for (const row of rows) yield measured(row.document)
      }
      return aggregated(nearest(), rest, find).map(writeEjson)
    }
    const match = first?.$match
    if (match === undefined && first?.$limit === undefined && first?.$sample === undefined) {
      complain(`aggregating ${collection.name} goes through all of it: begin with $match or $limit`)
    }
    const query = (match ?? {}) as Document
    checkQuery(query, false)
    const plan = planFor(collection, query, [])
    function* source() {
      for (const row of matching(view, collection, { query }, plan)) yield row.document
    }
    return aggregated(source(), match === undefined ? stages : rest, find).map(writeEjson)
  }

  const run = (view: View, job: ReadJob): ReadResult => {
    if (job.kind === 'find') return findTexts(view, job.collection, job.find)
    if (job.kind === 'count') return count(view, job.collection, job.query)
    return aggregate(view, job.collection, job.stages)
  }

  return {
    collectionOf,
    complain,
    findStored,
    eachStored,

    explain: (
      name: unknown,
      find: FindOptions,
    ): { readonly kind: string; readonly index?: string; readonly isSorted?: boolean } => {
      checkQuery(find.query)
      const plan = planQuery(collectionOf(name), find.query, find.sort ?? [])
      if (plan.kind === 'near') return { kind: plan.kind, index: plan.index.name }
      return plan.kind === 'index'
        ? { kind: plan.kind, index: plan.index.name, isSorted: plan.isSorted }
        : { kind: plan.kind }
    },

    /** What a read has to read; undefined when that exceeds its view's limit. */
    costOf: (view: View, job: ReadJob): ReadCost | undefined => {
      let [examined, documents, entries, bytes] = [0, 0, 0, 0]
      try {
        run(
          {
            ...view,
            onLook: ({ text }) => {
              examined += 1
              documents += 1
              bytes += Buffer.byteLength(text)
            },
            onTexts: (texts) => {
              documents += texts.length
              for (const text of texts) bytes += Buffer.byteLength(text)
            },
            onEntries: (count) => {
              entries += count
            },
          },
          job,
        )
        return { examined, documents, entries, bytes }
      } catch (error) {
        if (error instanceof LongRead) return undefined
        throw error
      }
    },

    run,
  }
}

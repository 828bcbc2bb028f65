import type { Document } from '../ground/codec'
import { nearestFirst } from './geo-near'
import { valueKey, valuesAt } from './keys'
import type { Plan, Sort } from './planner'
import type { IndexRow, Reader, StoredDocument } from './reader'
import type { Collection, IndexEntry } from './store'

type IndexPlan = Extract<Plan, { kind: 'index' }>

const leastBatch = 16
const mostBatch = 256

/** Batch sizes grow geometrically: a short page reads little, a long scan needs few calls. */
function* inBatches<T>(
  read: (last: T | undefined, limit: number) => readonly T[],
  first: number,
): Generator<T> {
  let limit = Math.min(Math.max(first, leastBatch), mostBatch)
  for (let last: T | undefined; ; ) {
    const batch = read(last, limit)
    yield* batch
    if (batch.length < limit) return
    last = batch[batch.length - 1]
    limit = Math.min(limit * 4, mostBatch)
  }
}

/** Merges ranges, each of them sorted by the key after its prefix, into one sorted sequence. */
function* merge(
  runs: readonly { readonly entries: Generator<IndexEntry>; readonly prefixLength: number }[],
  isBackward: boolean,
): Generator<IndexEntry> {
  const step = (entries: Generator<IndexEntry>, prefixLength: number) => {
    const { value, done } = entries.next()
    return done ? [] : [{ entry: value, rest: value.key.subarray(prefixLength), entries, prefixLength }]
  }
  let heads = runs.flatMap(({ entries, prefixLength }) => step(entries, prefixLength))
  while (heads.length > 0) {
    const next = heads.reduce((best, one) => {
      const difference =
        Buffer.compare(one.rest, best.rest) ||
        Buffer.compare(Buffer.from(one.entry.id), Buffer.from(best.entry.id))
      return (isBackward ? difference > 0 : difference < 0) ? one : best
    })
    yield next.entry
    heads = heads.flatMap((one) => (one === next ? step(one.entries, one.prefixLength) : [one]))
  }
}

/** Of ranges that are merged a document is read when its turn comes: of most of them only the first entries are. */
function* mergedRows(
  read: Reader,
  collection: Collection,
  { index, ranges, isBackward }: IndexPlan,
  first: number,
): Generator<IndexRow> {
  const runs = ranges.map((range) => ({
    entries: inBatches<IndexEntry>(
      (last, limit) => read.entries(index, range, isBackward, last, limit),
      first,
    ),
    prefixLength: range.prefixLength,
  }))
  for (const entry of merge(runs, isBackward)) {
    const stored = read.get(collection, entry.id)
    if (stored) yield { ...entry, stored }
  }
}

function* indexRows(
  read: Reader,
  collection: Collection,
  plan: IndexPlan,
  isOrderWanted: boolean,
  first: number,
): Generator<IndexRow> {
  const { index, ranges, isBackward, isSorted } = plan
  if (ranges.length > 1 && isOrderWanted && isSorted) {
    yield* mergedRows(read, collection, plan, first)
    return
  }
  const walk = isBackward ? read.walkBackward : read.walkForward
  for (const range of ranges)
    yield* inBatches<IndexRow>((last, limit) => walk(collection, index, range, last, limit), first)
}

/**
 * The candidate documents of a plan, each once, before filtering. `first` is a hint of how many will be consumed.
 */
export function* candidates(
  read: Reader,
  collection: Collection,
  plan: Plan,
  isOrderWanted: boolean,
  first: number,
): Generator<StoredDocument> {
  if (plan.kind === 'scan') {
    yield* inBatches<StoredDocument>(
      (last, limit) => read.scan(collection, plan.range, plan.isBackward, last?.id, limit),
      first,
    )
    return
  }
  if (plan.kind === 'ids') {
    for (const id of plan.ids) {
      const found = read.get(collection, id)
      if (found) yield found
    }
    return
  }
  if (plan.kind === 'near') {
    yield* nearestFirst(read, collection, plan)
    return
  }
  const seen = new Set<string>()
  // Only a multikey index holds a document more than once.
  const isOnce = plan.index.lists.size === 0
  for (const { id, stored } of indexRows(read, collection, plan, isOrderWanted, first)) {
    if (!isOnce && seen.has(id)) continue
    if (!isOnce) seen.add(id)
    yield stored
  }
}

/** An array sorts by its smallest element upwards and by its largest downwards. */
const sortKey = (document: Document, path: string, order: 1 | -1): Buffer =>
  valuesAt(document, path)
    .values.map(valueKey)
    .reduce((best, one) => (Buffer.compare(one, best) * order < 0 ? one : best))

/**
 * The first `most` in MongoDB's sort order. Holds at most about twice as many rows as are wanted, however many come in.
 */
export const firstInOrder = <T extends { readonly document: Document }>(
  rows: Iterable<T>,
  sort: Sort,
  most: number,
): T[] => {
  interface Keyed {
    readonly row: T
    readonly keys: readonly Buffer[]
  }
  const compare = (a: Keyed, b: Keyed): number => {
    for (const [at, [, order]] of sort.entries()) {
      const difference = Buffer.compare(a.keys[at] ?? Buffer.alloc(0), b.keys[at] ?? Buffer.alloc(0))
      if (difference !== 0) return difference * order
    }
    return 0
  }
  let held: Keyed[] = []
  const enough = Math.max(most * 2, 1024)
  for (const row of rows) {
    held.push({ row, keys: sort.map(([path, order]) => sortKey(row.document, path, order)) })
    if (held.length >= enough) held = held.sort(compare).slice(0, most)
  }
  return held
    .sort(compare)
    .slice(0, most)
    .map(({ row }) => row)
}

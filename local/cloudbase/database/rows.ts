import type { Document } from '../ground/codec'
import { nearestFirst } from './geo-near'
import { valueKey, valuesAt } from './keys'
import type { Plan, Sort } from './planner'
import type { IndexRow, Reader, StoredDocument } from './reader'
import type { Collection } from './store'

type IndexPlan = Extract<Plan, { kind: 'index' }>

const leastBatch = 16
const mostBatch = 256

/** Reads ever larger batches: a short page costs little, a long walk few calls. */
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

/** Puts ranges that are in order by what follows their beginnings into one order. */
function* merge(
  runs: readonly { readonly entries: Generator<IndexRow>; readonly prefixLength: number }[],
  isBackward: boolean,
): Generator<IndexRow> {
  const step = (entries: Generator<IndexRow>, prefixLength: number) => {
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

function* indexRows(
  read: Reader,
  collection: Collection,
  plan: IndexPlan,
  isOrderWanted: boolean,
  first: number,
): Generator<IndexRow> {
  const walk = plan.isBackward ? read.walkBackward : read.walkForward
  const runs = plan.ranges.map((range) => ({
    entries: inBatches<IndexRow>((last, limit) => walk(collection, plan.index, range, last, limit), first),
    prefixLength: range.prefixLength,
  }))
  if (runs.length > 1 && isOrderWanted && plan.isSorted) yield* merge(runs, plan.isBackward)
  else for (const { entries } of runs) yield* entries
}

/**
 * The documents a plan comes upon, each once; the filter has yet to be applied. `first` is how many are likely to be
 * wanted.
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
  // Only a document with a list stands in an index more than once.
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
 * The first `most` in MongoDB's order of values. However many rows come, little more than twice as many as are wanted
 * are held.
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

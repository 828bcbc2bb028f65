import type { Document } from '../codec'
import { valueKey, valuesAt } from './keys'
import type { Plan, Sort } from './planner'
import type { Collection, IndexEntry, Reader, StoredDocument } from './store'

type IndexPlan = Extract<Plan, { kind: 'index' }>

const leastBatch = 16
const mostBatch = 512

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

function* indexEntries(read: Reader, plan: IndexPlan, isOrderWanted: boolean, first: number) {
  const runs = plan.ranges.map((range) => ({
    entries: inBatches<IndexEntry>(
      (last, limit) =>
        plan.isBackward
          ? read.entriesBackward(plan.index, range, last, limit)
          : read.entriesForward(plan.index, range, last, limit),
      first,
    ),
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
  const seen = new Set<string>()
  // Only a document with a list stands in an index more than once.
  const isOnce = plan.kind === 'ids' || plan.index.lists.size === 0
  const ids =
    plan.kind === 'ids' ? plan.ids.map((id) => ({ id })) : indexEntries(read, plan, isOrderWanted, first)
  for (const { id } of ids) {
    if (!isOnce && seen.has(id)) continue
    if (!isOnce) seen.add(id)
    const found = read.get(collection, id)
    if (found) yield found
  }
}

/** An array sorts by its smallest element upwards and by its largest downwards. */
const sortKey = (document: Document, path: string, order: 1 | -1): Buffer =>
  valuesAt(document, path)
    .values.map(valueKey)
    .reduce((best, one) => (Buffer.compare(one, best) * order < 0 ? one : best))

/** Sorts in memory, by MongoDB's order of values. */
export const inOrder = (rows: readonly StoredDocument[], sort: Sort): StoredDocument[] => {
  const keyed = rows.map((row) => ({
    row,
    keys: sort.map(([path, order]) => sortKey(row.document, path, order)),
  }))
  keyed.sort((a, b) => {
    for (const [at, [, order]] of sort.entries()) {
      const difference = Buffer.compare(a.keys[at] ?? Buffer.alloc(0), b.keys[at] ?? Buffer.alloc(0))
      if (difference !== 0) return difference * order
    }
    return 0
  })
  return keyed.map(({ row }) => row)
}

import { type Cell, finestLevel, leastAngle, quarters, wholeEarth } from './geo-cells'
import { type Near, nearestPlace } from './geo-query'
import { afterPrefix, valueKey, valuePrefix } from './keys'
import type { IndexRow, Reader, StoredDocument } from './reader'
import type { Collection, Index, KeyRange } from './store'

/** How to read the documents of a geo index from the nearest on. */
export interface NearPlan {
  readonly kind: 'near'
  readonly index: Index
  /** What stands in the index before the cell: one beginning, or one for each value of an `$in`. */
  readonly prefixes: readonly Buffer[]
  readonly near: Near
}

/** A cell with more entries than this is looked at quarter by quarter. */
const entriesOfCell = 32
const batch = 256

interface Pending {
  readonly angle: number
}

const insert = <T extends Pending>(sorted: T[], one: T, isBefore: (a: T, b: T) => boolean): void => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(sorted[middle] as T, one)) low = middle + 1
    else high = middle
  }
  sorted.splice(low, 0, one)
}

function* entriesIn(
  read: Reader,
  collection: Collection,
  index: Index,
  range: KeyRange,
): Generator<IndexRow> {
  for (let last: IndexRow | undefined; ; ) {
    const entries = read.walkForward(collection, index, range, last, batch)
    yield* entries
    if (entries.length < batch) return
    last = entries[entries.length - 1]
  }
}

/**
 * Documents by distance, reading no more of the index than it takes: always the cell next whose nearest point is the
 * nearest, and what is nearer than every cell left is known to be next. What is equally far comes by id.
 */
export function* nearestFirst(
  read: Reader,
  collection: Collection,
  { index, prefixes, near }: NearPlan,
): Generator<StoredDocument> {
  const seen = new Set<string>()
  const found: (Pending & { readonly row: StoredDocument })[] = []
  const isBefore = (a: (typeof found)[number], b: (typeof found)[number]) =>
    a.angle < b.angle || (a.angle === b.angle && a.row.id < b.row.id)
  const cells: (Pending & { readonly cell: Cell; readonly prefix: Buffer })[] = []

  const take = (entries: Iterable<IndexRow>): void => {
    for (const { id, stored: row } of entries) {
      if (seen.has(id)) continue
      seen.add(id)
      const angle = nearestPlace(row.document, near)?.angle
      if (angle !== undefined) insert(found, { angle, row }, isBefore)
    }
  }
  const leave = (cell: Cell, prefix: Buffer): void => {
    const angle = leastAngle(near.centre, cell)
    if (angle <= near.most) insert(cells, { angle, cell, prefix }, (a, b) => a.angle <= b.angle)
  }

  for (const prefix of prefixes) leave(wholeEarth, prefix)
  for (let next = cells.shift(); next; next = cells.shift()) {
    while (found[0] && found[0].angle < next.angle) yield (found.shift() as (typeof found)[number]).row
    const { cell, prefix } = next
    const from = Buffer.concat([prefix, valuePrefix(cell.name)])
    const range = { from, to: afterPrefix(from) }
    const entries = read.walkForward(collection, index, range, undefined, entriesOfCell + 1)
    if (entries.length <= entriesOfCell) take(entries)
    else if (cell.name.length === finestLevel) take(entriesIn(read, collection, index, range))
    else {
      const whole = Buffer.concat([prefix, valueKey(cell.name)])
      take(entriesIn(read, collection, index, { from: whole, to: afterPrefix(whole) }))
      for (const quarter of quarters(cell)) leave(quarter, prefix)
    }
  }
  for (const { row } of found) yield row
}

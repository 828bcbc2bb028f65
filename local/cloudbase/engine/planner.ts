import type { Document } from '../codec'
import { afterPrefix, fieldKey, type IndexField, valueKey } from './keys'
import type { Collection, Index, KeyRange } from './store'

/** What the query says about one field, as far as an index can use it. */
interface FieldBounds {
  equals?: readonly unknown[]
  lower?: { readonly value: unknown; readonly isInclusive: boolean }
  upper?: { readonly value: unknown; readonly isInclusive: boolean }
}

export type Sort = readonly (readonly [string, 1 | -1])[]

export type Plan =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | {
      readonly kind: 'index'
      readonly index: Index
      /** Several for `$in`; merged in key order when the sort needs it. */
      readonly ranges: readonly KeyRange[]
      readonly isBackward: boolean
      /** Rows leave the index in the order asked for: reading may stop at the limit. */
      readonly isSorted: boolean
      /** The ranges say all the query says: counting needs no document. */
      readonly isCovering: boolean
    }
  | { readonly kind: 'scan'; readonly isSorted: boolean }

const isPlain = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

const isOperators = (value: unknown): value is Document =>
  isPlain(value) && Object.keys(value).some((key) => key.startsWith('$'))

/** Values that an index holds one entry for; whole arrays and regular expressions are left to the filter. */
const isIndexable = (value: unknown): boolean => !Array.isArray(value) && !(value instanceof RegExp)

const compare = (a: unknown, b: unknown): number => Buffer.compare(valueKey(a), valueKey(b))

/** The conjuncts of a query: `$and` flattened. */
const conjuncts = (query: Document): Document[] =>
  Object.entries(query).flatMap(([key, value]) =>
    key === '$and' ? (value as Document[]).flatMap(conjuncts) : [{ [key]: value }],
  )

const narrow = (bounds: Map<string, FieldBounds>, field: string, more: FieldBounds): void => {
  const known = bounds.get(field) ?? {}
  if (more.equals) {
    const { equals } = more
    known.equals = known.equals
      ? known.equals.filter((one) => equals.some((two) => compare(one, two) === 0))
      : equals
  }
  if (more.lower && (!known.lower || compare(more.lower.value, known.lower.value) > 0))
    known.lower = more.lower
  if (more.upper && (!known.upper || compare(more.upper.value, known.upper.value) < 0))
    known.upper = more.upper
  bounds.set(field, known)
}

/** What one condition says, and whether bounds say all of it. */
const readCondition = (condition: unknown): { readonly bounds: FieldBounds; readonly isWhole: boolean } => {
  if (!isOperators(condition)) {
    return isIndexable(condition)
      ? { bounds: { equals: [condition] }, isWhole: true }
      : { bounds: {}, isWhole: false }
  }
  const bounds: FieldBounds = {}
  let isWhole = true
  for (const [operator, value] of Object.entries(condition)) {
    if (operator === '$eq' && isIndexable(value)) bounds.equals = [value]
    else if (operator === '$in' && Array.isArray(value) && value.every(isIndexable)) bounds.equals = value
    else if ((operator === '$gt' || operator === '$gte') && isIndexable(value)) {
      bounds.lower = { value, isInclusive: operator === '$gte' }
    } else if ((operator === '$lt' || operator === '$lte') && isIndexable(value)) {
      bounds.upper = { value, isInclusive: operator === '$lte' }
    } else isWhole = false
  }
  return { bounds, isWhole }
}

/**
 * A keyset condition `{$or: [{due: {$gt: v}}, {due: v, _id: {$gt: id}}]}` bounds `due` from below: whatever every
 * branch bounds is bounded.
 */
const boundsOfAlternatives = (branches: readonly Document[]): Map<string, FieldBounds> => {
  const each = branches.map((branch) => boundsOf(branch).bounds)
  const result = new Map<string, FieldBounds>()
  const [first] = each
  if (!first) return result
  for (const field of first.keys()) {
    const all = each.map((bounds) => bounds.get(field))
    const lowers = all.map(
      (one) => one?.lower?.value ?? (one?.equals?.length === 1 ? one.equals[0] : undefined),
    )
    const uppers = all.map(
      (one) => one?.upper?.value ?? (one?.equals?.length === 1 ? one.equals[0] : undefined),
    )
    const found: FieldBounds = {}
    if (lowers.every((value) => value !== undefined)) {
      found.lower = { value: [...lowers].sort(compare)[0], isInclusive: true }
    }
    if (uppers.every((value) => value !== undefined)) {
      found.upper = { value: [...uppers].sort(compare)[uppers.length - 1], isInclusive: true }
    }
    if (found.lower || found.upper) result.set(field, found)
  }
  return result
}

const boundsOf = (
  query: Document,
): {
  readonly bounds: Map<string, FieldBounds>
  readonly whole: ReadonlySet<string>
  readonly isOther: boolean
} => {
  const bounds = new Map<string, FieldBounds>()
  const whole = new Set<string>()
  const seen = new Set<string>()
  let isOther = false
  for (const conjunct of conjuncts(query)) {
    const [field, condition] = Object.entries(conjunct)[0] ?? ['', undefined]
    if (field === '$or') {
      for (const [name, found] of boundsOfAlternatives(condition as Document[])) narrow(bounds, name, found)
      isOther = true
    } else if (field.startsWith('$')) isOther = true
    else {
      const read = readCondition(condition)
      narrow(bounds, field, read.bounds)
      // Two conditions on one field: on arrays each may be met by another element, so the filter decides.
      if (read.isWhole && !seen.has(field)) whole.add(field)
      else whole.delete(field)
      if (!read.isWhole) isOther = true
      seen.add(field)
    }
  }
  return { bounds, whole, isOther }
}

/** More scans than this cost more than they save. */
const mostRanges = 400

const rangeBelow = (
  prefix: Buffer,
  field: IndexField | undefined,
  bounds: FieldBounds | undefined,
): KeyRange => {
  const whole = { from: prefix, to: afterPrefix(prefix) }
  if (!field || !bounds || (!bounds.lower && !bounds.upper)) return whole
  const keyOf = (value: unknown) => Buffer.concat([prefix, fieldKey(value, field.isDescending)])
  // Comparisons stay within the type of what is compared with: nothing is neither more nor less than 5.
  const rankOnly = (value: unknown) => {
    const key = fieldKey(value, field.isDescending)
    return Buffer.concat([prefix, key.subarray(0, 1)])
  }
  const sample = bounds.lower?.value ?? bounds.upper?.value
  const sameType = { from: rankOnly(sample), to: afterPrefix(rankOnly(sample)) }
  const [start, end] = field.isDescending ? [bounds.upper, bounds.lower] : [bounds.lower, bounds.upper]
  return {
    from: start ? (start.isInclusive ? keyOf(start.value) : afterPrefix(keyOf(start.value))) : sameType.from,
    to: end ? (end.isInclusive ? afterPrefix(keyOf(end.value)) : keyOf(end.value)) : sameType.to,
  }
}

/** Does the rest of the index come out in the order asked for, forwards or backwards? */
const sortDirection = (
  fields: readonly IndexField[],
  fixed: ReadonlySet<string>,
  sort: Sort,
): 'forward' | 'backward' | 'no' => {
  const wanted = sort.filter(([field]) => !fixed.has(field))
  if (wanted.length === 0) return 'forward'
  const rest = fields.filter((field) => !fixed.has(field.path))
  let direction: 'forward' | 'backward' | undefined
  for (const [at, [path, order]] of wanted.entries()) {
    const field = rest[at]
    const isDescending = order === -1
    // Entries of equal keys follow in the order of their ids.
    const isTieBreaker = path === '_id' && at === rest.length
    if (!isTieBreaker && field?.path !== path) return 'no'
    const stored = isTieBreaker ? false : (field?.isDescending ?? false)
    const here = stored === isDescending ? 'forward' : 'backward'
    direction ??= here
    if (direction !== here) return 'no'
    if (isTieBreaker) break
  }
  return direction ?? 'forward'
}

/** Chooses how to read: ids, the index that narrows the most, or the whole collection. */
export const planQuery = (collection: Collection, query: Document, sort: Sort): Plan => {
  const { bounds, whole, isOther } = boundsOf(query)
  const ids = bounds.get('_id')?.equals
  if (ids?.every((id) => typeof id === 'string')) return { kind: 'ids', ids: [...new Set(ids as string[])] }

  let best: { readonly plan: Extract<Plan, { kind: 'index' }>; readonly score: number } | undefined
  for (const index of collection.indexes) {
    let prefixes: Buffer[] = [Buffer.alloc(0)]
    const fixed = new Set<string>()
    let used = 0
    let hasMany = false
    for (const field of index.fields) {
      const equals = bounds.get(field.path)?.equals
      if (!equals || equals.length * prefixes.length > mostRanges) break
      prefixes = prefixes.flatMap((prefix) =>
        equals.map((value) => Buffer.concat([prefix, fieldKey(value, field.isDescending)])),
      )
      if (equals.length === 1) fixed.add(field.path)
      else hasMany = true
      used += 1
    }
    const next = index.fields[used]
    const nextBounds = next && bounds.get(next.path)
    const hasRange = Boolean(nextBounds?.lower ?? nextBounds?.upper)
    const direction = sort.length === 0 ? 'forward' : sortDirection(index.fields, fixed, sort)
    const isSorted = direction !== 'no' && (!hasMany || sort.length === 0)
    if (used === 0 && !hasRange && !(isSorted && sort.length > 0)) continue
    const coveredFields = index.fields.slice(0, used + (hasRange ? 1 : 0)).map((field) => field.path)
    const plan = {
      kind: 'index' as const,
      index,
      ranges: prefixes.map((prefix) => rangeBelow(prefix, next, nextBounds)),
      isBackward: direction === 'backward',
      isSorted,
      isCovering:
        !isOther &&
        !hasMany &&
        [...bounds.keys()].every((field) => whole.has(field) && coveredFields.includes(field)),
    }
    const score = used * 10 + (hasRange ? 5 : 0) + (isSorted ? 3 : 0) + (plan.isCovering ? 1 : 0)
    if (!best || score > best.score) best = { plan, score }
  }
  if (best) return best.plan
  const isById = sort.every(([field, order]) => field === '_id' && order === 1)
  return { kind: 'scan', isSorted: isById }
}

/** The index that would serve a query best: what an error about a missing one names. */
export const indexToAdd = (query: Document, sort: Sort): string => {
  const { bounds } = boundsOf(query)
  const equal = [...bounds].filter(([, one]) => one.equals).map(([field]) => field)
  const sorted = sort.map(([field, order]) => (order === -1 ? `-${field}` : field))
  const ranged = [...bounds].filter(([, one]) => !one.equals).map(([field]) => field)
  return [...new Set([...equal, ...sorted, ...ranged])].join(', ')
}

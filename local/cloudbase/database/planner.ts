import { type Document, isPlain } from '../ground/codec'
import { databaseFailure } from '../ground/failure'
import { cellsAround, coverOf } from './geo-cells'
import type { NearPlan } from './geo-near'
import { type Area, readGeo } from './geo-query'
import { afterPrefix, fieldKey, type IndexField, rowId, rowIds, valueKey, valuePrefix } from './keys'
import type { Collection, IdRange, Index, KeyRange } from './store'

export type Sort = readonly (readonly [string, 1 | -1])[]

export type Plan =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | {
      readonly kind: 'index'
      readonly index: Index
      /** Several for `$in`: what follows their beginnings is in order in each. */
      readonly ranges: readonly (KeyRange & { readonly prefixLength: number })[]
      readonly isBackward: boolean
      /** Rows leave the index in the order asked for: reading may stop at the limit. */
      readonly isSorted: boolean
      /** The ranges say all the query says: counting needs no document. */
      readonly isCovering: boolean
      /** False when every entry of the index must be looked at. */
      readonly isNarrow: boolean
      /** The ranges are cells: no index of places is in any order, sorting what was found is what is meant. */
      readonly isOfPlaces?: true
    }
  | {
      readonly kind: 'scan'
      readonly range: IdRange
      readonly isBackward: boolean
      readonly isSorted: boolean
    }
  | NearPlan
type IndexPlan = Extract<Plan, { kind: 'index' }>

interface Bound {
  readonly value: unknown
  readonly isInclusive: boolean
  /** Of documents with the value itself only those whose `_id` lies beyond this one, in the same direction. */
  readonly beyondId?: unknown
}

/** One thing that a query demands of one field. */
type Predicate =
  | { readonly kind: 'equals'; readonly values: readonly unknown[] }
  | { readonly kind: 'lower' | 'upper'; readonly bound: Bound }

/** What is left to look through in one field. */
interface FieldBounds {
  readonly equals?: readonly unknown[]
  readonly lower?: Bound
  readonly upper?: Bound
  /** Nothing outside meets the query's conditions on this field, and everything inside does. */
  readonly isExact: boolean
}

const isOperators = (value: unknown): value is Document =>
  isPlain(value) && Object.keys(value).some((key) => key.startsWith('$'))

/** Values that mean the same to the index and to the filter; everything else is left to the filter. */
const isIndexable = (value: unknown): boolean =>
  value === null ||
  ['string', 'number', 'boolean', 'undefined'].includes(typeof value) ||
  value instanceof Date

/** Comparisons stay within the type of what is compared with: nothing is neither more nor less than 5. */
const rankOf = (value: unknown): number => valueKey(value)[0] ?? 0
const compare = (a: unknown, b: unknown): number => Buffer.compare(valueKey(a), valueKey(b))
const isIndexableBound = (value: unknown): boolean =>
  isIndexable(value) && rankOf(value) !== rankOf(null) && !Number.isNaN(value)

const distinct = (values: readonly unknown[]): readonly unknown[] => [
  ...new Map(values.map((value) => [valueKey(value).toString('latin1'), value])).values(),
]

/** The conjuncts of a query: `$and` flattened. */
const conjuncts = (query: Document): (readonly [string, unknown])[] =>
  Object.entries(query).flatMap(([key, value]) =>
    key === '$and' ? (value as Document[]).flatMap(conjuncts) : [[key, value] as const],
  )

/** What one condition demands, as far as an index can use it. */
const readCondition = (condition: unknown): { readonly predicates: Predicate[]; readonly isAll: boolean } => {
  const demands = isOperators(condition) ? Object.entries(condition) : [['$eq', condition] as const]
  const predicates = demands.flatMap(([operator, value]): Predicate[] => {
    if (operator === '$eq' && isIndexable(value)) return [{ kind: 'equals', values: [value] }]
    if (operator === '$in' && Array.isArray(value) && value.every(isIndexable)) {
      return [{ kind: 'equals', values: distinct(value) }]
    }
    if ((operator === '$gt' || operator === '$gte') && isIndexableBound(value)) {
      return [{ kind: 'lower', bound: { value, isInclusive: operator === '$gte' } }]
    }
    if ((operator === '$lt' || operator === '$lte') && isIndexableBound(value)) {
      return [{ kind: 'upper', bound: { value, isInclusive: operator === '$lte' } }]
    }
    return []
  })
  return { predicates, isAll: predicates.length === demands.length }
}

interface Demands {
  readonly fields: ReadonlyMap<string, readonly Predicate[]>
  /** There is more to the query than the predicates say. */
  readonly isMore: boolean
}

/** The one thing that a branch demands of a field, where nothing else is demanded of it. */
const onlyPredicate = (fields: Demands['fields'], path: string): Predicate | undefined => {
  const [only, ...others] = fields.get(path) ?? []
  return others.length === 0 ? only : undefined
}

/** The row behind which `{$or: [{due: {$gt: v}}, {due: v, _id: {$gt: id}}]}` begins: of those with `v` it skips the ids before. */
const readKeyset = (branches: readonly Demands[]): readonly [string, Predicate] | undefined => {
  if (branches.length !== 2 || branches.some(({ isMore }) => isMore)) return undefined
  const [further, tied] = [...branches].sort((a, b) => a.fields.size - b.fields.size)
  const [path, ...others] = further?.fields.keys() ?? []
  if (!further || tied?.fields.size !== 2 || path === undefined || others.length > 0) return undefined
  const beyond = onlyPredicate(further.fields, path)
  const same = onlyPredicate(tied.fields, path)
  const id = onlyPredicate(tied.fields, '_id')
  if (!beyond || beyond.kind === 'equals' || beyond.bound.isInclusive) return undefined
  if (same?.kind !== 'equals' || same.values.length !== 1) return undefined
  if (id?.kind !== beyond.kind || id.bound.isInclusive || compare(same.values[0], beyond.bound.value) !== 0)
    return undefined
  const { value } = beyond.bound
  return [path, { kind: beyond.kind, bound: { value, isInclusive: true, beyondId: id.bound.value } }]
}

/** Whatever every branch bounds, and bounds within the same type, is bounded. */
const readAlternatives = (branches: readonly Document[]): ReadonlyMap<string, readonly Predicate[]> => {
  const demands = branches.map(readQuery)
  const keyset = readKeyset(demands)
  if (keyset) return new Map([[keyset[0], [keyset[1]]]])
  const each = demands.map(({ fields }) => fields)
  const found = new Map<string, Predicate[]>()
  for (const field of each[0]?.keys() ?? []) {
    const ends = each.map((fields) => {
      const predicates = fields.get(field) ?? []
      const valuesOf = (side: 'lower' | 'upper'): readonly unknown[] =>
        predicates.flatMap((one) =>
          one.kind === 'equals' ? one.values : one.kind === side ? [one.bound.value] : [],
        )
      return {
        lower: [...valuesOf('lower')].sort(compare)[0],
        upper: [...valuesOf('upper')].sort(compare).at(-1),
      }
    })
    const ranks = new Set(
      ends.flatMap(({ lower, upper }) => [lower, upper].filter((one) => one !== undefined).map(rankOf)),
    )
    if (ranks.size !== 1 || ranks.has(rankOf(null))) continue
    const predicates: Predicate[] = []
    for (const kind of ['lower', 'upper'] as const) {
      const values = ends.map((one) => one[kind])
      if (values.includes(undefined)) continue
      const sorted = values.sort(compare)
      const value = kind === 'lower' ? sorted[0] : sorted[sorted.length - 1]
      predicates.push({ kind, bound: { value, isInclusive: true } })
    }
    if (predicates.length > 0) found.set(field, predicates)
  }
  return found
}

const readQuery = (query: Document): Demands => {
  const fields = new Map<string, Predicate[]>()
  let isMore = false
  const add = (field: string, predicates: readonly Predicate[]) => {
    if (predicates.length > 0) fields.set(field, [...(fields.get(field) ?? []), ...predicates])
  }
  for (const [field, condition] of conjuncts(query)) {
    if (field === '$or') {
      for (const [name, predicates] of readAlternatives(condition as Document[])) add(name, predicates)
      isMore = true
    } else if (field.startsWith('$')) isMore = true
    else {
      const { predicates, isAll } = readCondition(condition)
      add(field, predicates)
      if (!isAll) isMore = true
    }
  }
  return { fields, isMore }
}

const isAbove = (value: unknown, { value: limit, isInclusive }: Bound): boolean => {
  const difference = compare(value, limit)
  return rankOf(value) === rankOf(limit) && (difference > 0 || (isInclusive && difference === 0))
}
const isBelow = (value: unknown, { value: limit, isInclusive }: Bound): boolean => {
  const difference = compare(value, limit)
  return rankOf(value) === rankOf(limit) && (difference < 0 || (isInclusive && difference === 0))
}

/**
 * Puts the demands on one field together. In a field that holds lists each demand may be met by another element,
 * so that only one of them narrows.
 */
const boundsOf = (predicates: readonly Predicate[], isList: boolean): FieldBounds => {
  const sets = predicates.flatMap((one) => (one.kind === 'equals' ? [one.values] : []))
  const lowers = predicates.flatMap((one) => (one.kind === 'lower' ? [one.bound] : []))
  const uppers = predicates.flatMap((one) => (one.kind === 'upper' ? [one.bound] : []))
  if (isList) {
    const [fewest] = [...sets].sort((a, b) => a.length - b.length)
    // An empty list stands in the index as nothing, and is not equal to nothing.
    const isExact =
      predicates.length === 1 && (!fewest || (fewest.length === 1 && rankOf(fewest[0]) !== rankOf(null)))
    if (fewest) return { equals: fewest, isExact }
    if (lowers[0]) return { lower: lowers[0], isExact }
    return uppers[0] ? { upper: uppers[0], isExact } : { isExact: false }
  }
  const [first, ...others] = sets
  if (first) {
    const equals = first.filter(
      (value) =>
        others.every((set) => set.some((one) => compare(one, value) === 0)) &&
        lowers.every((bound) => isAbove(value, bound)) &&
        uppers.every((bound) => isBelow(value, bound)),
    )
    return { equals, isExact: true }
  }
  if (new Set([...lowers, ...uppers].map(({ value }) => rankOf(value))).size > 1) {
    return { equals: [], isExact: true }
  }
  // Of two equal limits the narrower leaves the value itself out, or most documents that have it.
  const widthAt = ({ isInclusive, beyondId }: Bound) => (!isInclusive ? 0 : beyondId === undefined ? 2 : 1)
  const exclusiveFirst = (a: Bound, b: Bound) => widthAt(a) - widthAt(b)
  const [lower] = [...lowers].sort((a, b) => -compare(a.value, b.value) || exclusiveFirst(a, b))
  const [upper] = [...uppers].sort((a, b) => compare(a.value, b.value) || exclusiveFirst(a, b))
  return { ...(lower ? { lower } : {}), ...(upper ? { upper } : {}), isExact: true }
}

/** More scans than this cost more than they save. */
const mostRanges = 400

/** The entries that begin with `prefix` and have the bounded field next; `following` is the index's field behind it. */
const rangeBelow = (
  prefix: Buffer,
  field: IndexField | undefined,
  following: IndexField | undefined,
  bounds: FieldBounds | undefined,
): KeyRange => {
  const limit = bounds?.lower ?? bounds?.upper
  if (!field || !limit) return { from: prefix, to: afterPrefix(prefix) }
  const keyOf = (value: unknown) => Buffer.concat([prefix, fieldKey(value, field.isDescending)])
  const isThenById = following?.path === '_id' && following.isDescending === field.isDescending
  /** The last key before the bounded entries, or the first behind them; undefined where the whole value is among them. */
  const edgeOf = ({ value, isInclusive, beyondId }: Bound): Buffer | undefined => {
    if (!isInclusive) return keyOf(value)
    if (beyondId === undefined || !isThenById) return undefined
    return Buffer.concat([keyOf(value), fieldKey(beyondId, field.isDescending)])
  }
  const type = keyOf(limit.value).subarray(0, prefix.length + 1)
  const [start, end] = field.isDescending ? [bounds?.upper, bounds?.lower] : [bounds?.lower, bounds?.upper]
  const before = start && edgeOf(start)
  return {
    from: start ? (before ? afterPrefix(before) : keyOf(start.value)) : type,
    to: end ? (edgeOf(end) ?? afterPrefix(keyOf(end.value))) : afterPrefix(type),
  }
}

/** Do entries with equal beginnings follow in the order asked for, forwards or backwards? */
const directionOf = (index: Index, used: number, wanted: Sort): 'forward' | 'backward' | 'no' => {
  const rest = index.fields.slice(used)
  let direction: 'forward' | 'backward' | undefined
  for (const [at, [path, order]] of wanted.entries()) {
    const field = rest[at]
    // Entries of equal keys follow in the order of their ids.
    const isTieBreaker = path === '_id' && at === rest.length
    if (!isTieBreaker && (field?.path !== path || index.lists.has(path))) return 'no'
    const here = (field?.isDescending ?? false) === (order === -1) ? 'forward' : 'backward'
    direction ??= here
    if (direction !== here) return 'no'
    if (path === '_id') break
  }
  return direction ?? 'forward'
}

const planIndex = (index: Index, { fields, isMore }: Demands, sort: Sort): IndexPlan & { used: number } => {
  const boundsAt = (at: number): FieldBounds | undefined => {
    const path = index.fields[at]?.path
    const predicates = path === undefined ? undefined : fields.get(path)
    return path === undefined || !predicates ? undefined : boundsOf(predicates, index.lists.has(path))
  }
  let prefixes: Buffer[] = [Buffer.alloc(0)]
  const constant = new Set<string>()
  let used = 0
  let isExact = !isMore
  for (const field of index.fields) {
    const bounds = boundsAt(used)
    if (!bounds?.equals || bounds.equals.length * prefixes.length > mostRanges) break
    const ends = bounds.equals.map((value) => fieldKey(value, field.isDescending))
    prefixes = prefixes.flatMap((prefix) => ends.map((end) => Buffer.concat([prefix, end])))
    if (ends.length === 1 && !index.lists.has(field.path)) constant.add(field.path)
    isExact &&= bounds.isExact
    used += 1
  }
  const next = boundsAt(used)
  const hasRange = Boolean(next?.lower ?? next?.upper)
  if (hasRange) isExact &&= next?.isExact === true
  const covered = index.fields.slice(0, used + Number(hasRange)).map((field) => field.path)
  const direction = directionOf(
    index,
    used,
    sort.filter(([path]) => !constant.has(path)),
  )
  return {
    kind: 'index',
    index,
    ranges: prefixes.map((prefix) => ({
      ...rangeBelow(prefix, index.fields[used], index.fields[used + 1], hasRange ? next : undefined),
      prefixLength: prefix.length,
    })),
    isBackward: direction === 'backward',
    isSorted: direction !== 'no',
    isCovering: isExact && [...fields.keys()].every((path) => covered.includes(path)),
    isNarrow: used > 0 || hasRange,
    used: used + Number(hasRange) / 2,
  }
}

/** Does the query ask for a value that is there, so that a sparse index holds all that can meet it? */
const isComplete = (index: Index, { fields }: Demands): boolean =>
  !index.isSparse ||
  index.fields.some(({ path }) =>
    fields
      .get(path)
      ?.some((one) => one.kind !== 'equals' || one.values.every((value) => rankOf(value) !== rankOf(null))),
  )

/** Documents without a place are not in an index of places: it serves conditions on places only. */
const isOfPlaces = (index: Index): boolean => index.fields.some(({ isPlace }) => isPlace)

/** A cover of more cells costs more scans than it saves documents. */
const mostCells = 16

const cellRanges = (area: Area): readonly KeyRange[] => {
  const cover = coverOf(area.isTouched, mostCells)
  const around = new Set(cover.flatMap(cellsAround))
  return [...cover.map(({ name }) => valuePrefix(name)), ...[...around].map(valueKey)].map((from) => ({
    from,
    to: afterPrefix(from),
  }))
}

/**
 * The ways to meet a query's conditions on places: by a 2dsphere index whose fields before the place are all given.
 * Refuses DATABASE_REQUEST_FAILED when there is none (docs.cloudbase.net, db.command.geoNear: the field must have a
 * geo index).
 */
const planPlaces = (
  collection: Collection,
  query: Document,
  fields: Demands['fields'],
): { readonly near?: NearPlan; readonly areas: readonly (IndexPlan & { used: number })[] } => {
  const { near, areas, paths } = readGeo(query)
  if (paths.size === 0) return { areas: [] }
  const usable = collection.indexes.flatMap((index) => {
    const at = index.fields.findIndex(({ isPlace }) => isPlace)
    if (at === -1) return []
    const prefixes = index.fields.slice(0, at).reduce<readonly Buffer[]>(
      (starts, { path, isDescending }) => {
        const { equals = [] } = boundsOf(fields.get(path) ?? [], index.lists.has(path))
        return starts.flatMap((start) =>
          equals.map((value) => Buffer.concat([start, fieldKey(value, isDescending)])),
        )
      },
      [Buffer.alloc(0)],
    )
    const isGiven = index.fields
      .slice(0, at)
      .every(({ path }) => boundsOf(fields.get(path) ?? [], index.lists.has(path)).equals)
    return [{ index, at, path: index.fields[at]?.path ?? '', prefixes, isGiven }]
  })
  const needed = new Set([...areas.keys(), ...(near ? [near.path] : [])])
  for (const path of paths) {
    if (usable.some((one) => one.path === path && (one.isGiven || !needed.has(path)))) continue
    throw databaseFailure(`${collection.name} has no geo index for this query: add one on (${path} 2dsphere)`)
  }
  const given = usable.filter(({ isGiven }) => isGiven).sort((a, b) => b.at - a.at)
  const nearest = near && given.find(({ path }) => path === near.path)
  return {
    ...(near && nearest
      ? { near: { kind: 'near', index: nearest.index, prefixes: nearest.prefixes, near } }
      : {}),
    areas: given.flatMap(({ index, at, path, prefixes }) => {
      const area = areas.get(path)
      if (!area) return []
      const ranges = cellRanges(area)
      return [
        {
          kind: 'index',
          index,
          ranges: prefixes.flatMap((prefix) =>
            ranges.map(({ from, to }) => ({
              from: Buffer.concat([prefix, from]),
              to: Buffer.concat([prefix, to]),
              prefixLength: prefix.length,
            })),
          ),
          isBackward: false,
          isSorted: false,
          isCovering: false,
          isNarrow: true,
          isOfPlaces: true,
          used: at + 0.5,
        },
      ]
    }),
  }
}

/** Chooses how to read: ids, the index that narrows the most, or the collection in the order of its ids. */
export const planQuery = (collection: Collection, query: Document, sort: Sort): Plan => {
  const demands = readQuery(query)
  const places = planPlaces(collection, query, demands.fields)
  const idBounds = boundsOf(demands.fields.get('_id') ?? [], false)
  // Every id is a text or a number: nothing else is ever found.
  if (idBounds.equals)
    return { kind: 'ids', ids: idBounds.equals.map(rowId).filter((id) => id !== undefined) }

  const { lower, upper } = idBounds
  const isId = (value: unknown) => typeof value === 'string' || typeof value === 'number'
  if ([lower, upper].some((bound) => bound && !isId(bound.value))) return { kind: 'ids', ids: [] }

  if (places.near) return places.near

  const score = (plan: IndexPlan & { used: number }): number =>
    plan.used * 10 + (plan.isSorted && sort.length > 0 ? 3 : 0) + (plan.isCovering ? 1 : 0)
  const [best] = collection.indexes
    .filter((index) => !isOfPlaces(index) && isComplete(index, demands))
    .map((index) => planIndex(index, demands, sort))
    .filter((plan) => plan.isNarrow || (plan.isSorted && sort.length > 0))
    .concat(places.areas)
    .sort((a, b) => score(b) - score(a))
  const [order] = sort
  const isById = order === undefined || order[0] === '_id'
  if (best && (best.isNarrow || !isById)) return best
  return {
    kind: 'scan',
    range: lower || upper ? rowIds(lower?.value, upper?.value) : {},
    isBackward: order?.[0] === '_id' && order[1] === -1,
    isSorted: isById,
  }
}

/** The index that would serve a query best: what an error about a missing one names. */
export const indexToAdd = (query: Document, sort: Sort): string => {
  const { fields } = readQuery(query)
  const isEqual = (path: string) => fields.get(path)?.some((one) => one.kind === 'equals') === true
  const paths = [...fields.keys()]
  const sorted = sort.map(([path, order]) => (order === -1 ? `-${path}` : path))
  const named = [
    ...paths.filter(isEqual),
    ...sorted,
    ...paths.filter((path) => !isEqual(path) && !sorted.includes(`-${path}`)),
  ]
  // Conditions that bound nothing still name the field that needs narrowing.
  return [...new Set(named.length > 0 ? named : Object.keys(query))].join(', ')
}

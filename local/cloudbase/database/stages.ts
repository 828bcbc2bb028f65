import { evalExpr } from 'mingo/core'
import { type Iterator as Documents, Lazy } from 'mingo/lazy'
import { compare, isEqual, resolve } from 'mingo/util'
import { type Document, isPlain } from '../ground/codec'
import { databaseFailure, invalidParam } from '../ground/failure'
import { valueKey, valuesAt } from './keys'
import { firstInOrder } from './rows'

/** Stages where the library means something else than MongoDB, or reads and answers more than it should. */

type Settings = Parameters<typeof evalExpr>[2]
/** Finds documents of a collection of that name. */
export type Find = (collection: string, query: Document) => readonly Document[]

const evaluate = (document: unknown, expression: unknown, settings: Settings): unknown =>
  evalExpr(document as never, expression as never, settings)

/** A stage that begins to read when it is first asked for a document. */
const lazily = (work: () => Iterable<Document>): Documents => {
  let found: Iterator<Document> | undefined
  return Lazy(() => {
    found ??= work()[Symbol.iterator]()
    const next = found.next()
    return next.done ? { done: true, value: undefined } : { done: false, value: next.value as never }
  })
}

const isExpression = (value: unknown): boolean =>
  !isPlain(value) || Object.keys(value).length === 0 || Object.keys(value).some((key) => key.startsWith('$'))

/** What a stage says about one field: pass it, leave it out, compute it, or look at the fields inside. */
type Wish = 'keep' | 'drop' | { readonly compute: unknown } | Wishes
type Wishes = Map<string, Wish>

const wishesOf = (
  spec: Document,
  read: (value: unknown) => Wish,
  wishes: Wishes = new Map(),
  way: readonly string[] = [],
): Wishes => {
  for (const [name, value] of Object.entries(spec)) {
    const path = [...way, ...name.split('.')]
    if (path.some((part) => part === '' || part.startsWith('$')))
      throw invalidParam(`the field name ${path.join('.')} is not allowed here`)
    if (!isExpression(value)) {
      wishesOf(value as Document, read, wishes, path)
      continue
    }
    let inside = wishes
    for (const part of path.slice(0, -1)) {
      const next = inside.get(part) ?? new Map<string, Wish>()
      if (!(next instanceof Map)) throw invalidParam(`the path ${path.join('.')} collides with another one`)
      inside.set(part, next)
      inside = next
    }
    const last = path[path.length - 1] as string
    if (inside.has(last)) throw invalidParam(`the path ${path.join('.')} collides with another one`)
    inside.set(last, read(value))
  }
  return wishes
}

const hasComputed = (wishes: Wishes): boolean =>
  [...wishes.values()].some((wish) => (wish instanceof Map ? hasComputed(wish) : typeof wish === 'object'))

/** A value after the wishes for the fields inside of it; undefined leaves it out. */
const shaped = (
  value: unknown,
  wishes: Wishes,
  isOthersKept: boolean,
  compute: (expression: unknown) => unknown,
): unknown => {
  if (Array.isArray(value))
    return value.map((one) => shaped(one, wishes, isOthersKept, compute)).filter((one) => one !== undefined)
  if (!isPlain(value)) {
    if (hasComputed(wishes)) return shaped({}, wishes, isOthersKept, compute)
    return isOthersKept ? value : undefined
  }
  const result: Document = {}
  for (const [name, inner] of Object.entries(value)) {
    const wish = wishes.get(name)
    const isKept = wish === undefined ? isOthersKept : wish === 'keep'
    const next = wish instanceof Map ? shaped(inner, wish, isOthersKept, compute) : inner
    if ((isKept || wish instanceof Map) && next !== undefined) result[name] = next
    // It keeps its place among the fields.
    if (isOthersKept && typeof wish === 'object' && !(wish instanceof Map)) result[name] = undefined
  }
  for (const [name, wish] of wishes) {
    if (typeof wish === 'string') continue
    if (wish instanceof Map) {
      if (value[name] === undefined && hasComputed(wish))
        result[name] = shaped({}, wish, isOthersKept, compute)
      continue
    }
    const computed = compute(wish.compute)
    if (computed === undefined) delete result[name]
    else result[name] = computed
  }
  return result
}

const addFields = (rows: Documents, spec: unknown, settings: Settings): Documents => {
  if (!isPlain(spec)) throw invalidParam('$addFields needs fields')
  const wishes = wishesOf(spec, (compute) => ({ compute }))
  return rows.map((row: Document) =>
    shaped(row, wishes, true, (expression) => evaluate(row, expression, settings)),
  )
}

const leaves = (wishes: Wishes): readonly Wish[] =>
  [...wishes.values()].flatMap((wish) => (wish instanceof Map ? leaves(wish) : [wish]))

const project = (rows: Documents, spec: unknown, settings: Settings): Documents => {
  if (!isPlain(spec) || Object.keys(spec).length === 0) throw invalidParam('$project needs fields')
  const wishes = wishesOf(spec, (value) => {
    if (value === true || (typeof value === 'number' && value !== 0)) return 'keep'
    return value === false || value === 0 ? 'drop' : { compute: value }
  })
  const id = wishes.get('_id')
  const others = leaves(new Map([...wishes].filter(([name]) => name !== '_id')))
  const isDropping = others.length === 0 ? id === 'drop' : others.includes('drop')
  if (isDropping && others.some((wish) => wish !== 'drop'))
    throw invalidParam('$project takes fields to pass or fields to leave out, not both')
  if (!isDropping && id === undefined) wishes.set('_id', 'keep')
  return rows.map((row: Document) =>
    shaped(row, wishes, isDropping, (expression) => evaluate(row, expression, settings)),
  )
}

const unwind = (rows: Documents, spec: unknown): Documents => {
  const given = isPlain(spec) ? spec : { path: spec }
  const { path, includeArrayIndex: place, preserveNullAndEmptyArrays: isKept } = given
  if (typeof path !== 'string' || !/^\$[^$]/.test(path)) throw invalidParam('$unwind needs a path with a $')
  if (place !== undefined && (typeof place !== 'string' || place === '' || place.startsWith('$')))
    throw invalidParam('includeArrayIndex must be a field name')
  const field = path.slice(1)
  const one = (row: Document, element: unknown, at: number | null): Document => {
    const wishes = wishesOf({ [field]: { $literal: element } }, () => ({ compute: element }))
    if (typeof place === 'string') wishesOf({ [place]: at }, () => ({ compute: at }), wishes)
    return shaped(row, wishes, true, (value) => value) as Document
  }
  return lazily(function* () {
    for (const row of rows as unknown as Iterable<Document>) {
      // Lists on the way are not walked into.
      const value = field
        .split('.')
        .reduce<unknown>((inside, part) => (isPlain(inside) ? inside[part] : undefined), row)
      if (Array.isArray(value) && value.length > 0)
        for (const [at, element] of value.entries()) yield one(row, element, at)
      else if (value !== null && value !== undefined && !Array.isArray(value)) yield one(row, value, null)
      else if (isKept === true) yield one(row, value === null ? null : undefined, null)
    }
  })
}

const whole = (value: unknown, least: number, stage: string): number => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least)
    throw invalidParam(`${stage} must be a whole number, at least ${least}`)
  return value
}

/** The library's own goes on reading when it has enough. */
const limit = (rows: Documents, most: unknown): Documents => {
  let left = whole(most, 1, '$limit')
  return Lazy(() => {
    left -= 1
    return left >= 0 ? rows.next() : { done: true, value: undefined }
  })
}

const skip = (rows: Documents, count: unknown): Documents => rows.drop(whole(count, 0, '$skip'))

/** Each document is drawn once at most. */
const sample = (rows: Documents, spec: unknown): Documents => {
  const size = whole(isPlain(spec) ? spec.size : undefined, 0, 'the size of $sample')
  return lazily(function* () {
    const all = rows.collect<Document>()
    for (let drawn = 0; drawn < Math.min(size, all.length); drawn += 1) {
      const at = drawn + Math.floor(Math.random() * (all.length - drawn))
      const chosen = all[at] as Document
      all[at] = all[drawn] as Document
      yield chosen
    }
  })
}

const count = (rows: Documents, name: unknown): Documents => {
  if (typeof name !== 'string' || name === '' || name.startsWith('$') || name.includes('.'))
    throw invalidParam('$count needs a field name without $ and dots')
  return lazily(() => {
    const total = rows.size()
    return total === 0 ? [] : [{ [name]: total }]
  })
}

const sort = (rows: Documents, spec: unknown): Documents => {
  const fields = isPlain(spec) ? Object.entries(spec) : []
  if (fields.length === 0 || fields.some(([, order]) => order !== 1 && order !== -1))
    throw invalidParam('$sort needs fields with 1 or -1')
  return lazily(() =>
    firstInOrder(
      rows.collect<Document>().map((document) => ({ document })),
      fields as [string, 1 | -1][],
      Number.POSITIVE_INFINITY,
    ).map(({ document }) => document),
  )
}

const counted = { count: { $sum: 1 } }

const summary = (rows: readonly Document[], output: unknown, settings: Settings): Document =>
  evaluate(rows, isPlain(output) ? output : counted, settings) as Document

const bucket = (rows: Documents, spec: unknown, settings: Settings): Documents => {
  const { groupBy, boundaries, default: other, output } = (isPlain(spec) ? spec : {}) as Document
  const bounds = (Array.isArray(boundaries) ? boundaries : []).map((one) => evaluate({}, one, settings))
  const [first] = bounds
  const last = bounds[bounds.length - 1]
  const rank = (value: unknown) => valueKey(value)[0]
  if (groupBy === undefined || bounds.length < 2) throw invalidParam('$bucket needs groupBy and boundaries')
  for (const [at, bound] of bounds.entries())
    if (at > 0 && (rank(bound) !== rank(first) || compare(bounds[at - 1], bound) >= 0))
      throw invalidParam('the boundaries of $bucket must be of one type and ascend')
  const isOtherGiven = other !== undefined
  if (isOtherGiven && compare(other, first) >= 0 && compare(other, last) < 0)
    throw invalidParam('the default of $bucket must be out of its boundaries')
  return lazily(() => {
    const buckets = new Map<unknown, Document[]>()
    for (const row of rows.collect<Document>()) {
      const value = evaluate(row, groupBy, settings) ?? null
      const isInside = compare(value, first) >= 0 && compare(value, last) < 0
      if (!isInside && !isOtherGiven) throw databaseFailure('$bucket has no default for what is out of it')
      const key = isInside ? bounds.filter((bound) => compare(bound, value) <= 0).pop() : other
      buckets.set(key, [...(buckets.get(key) ?? []), row])
    }
    return [...buckets]
      .sort(([a], [b]) => compare(a, b))
      .map(([key, members]) => ({ _id: key, ...summary(members, output, settings) }))
  })
}

const powerOfTwo = {
  above: (value: number) => (value === 0 ? 0 : 2 ** (Math.floor(Math.log2(value)) + 1)),
  below: (value: number) => (value === 0 ? 0 : 2 ** (Math.ceil(Math.log2(value)) - 1)),
}

const bucketAuto = (rows: Documents, spec: unknown, settings: Settings): Documents => {
  const { groupBy, buckets, output, granularity } = (isPlain(spec) ? spec : {}) as Document
  const most = whole(buckets, 1, 'the number of buckets of $bucketAuto')
  if (groupBy === undefined) throw invalidParam('$bucketAuto needs groupBy')
  if (granularity !== undefined && granularity !== 'POWERSOF2')
    throw invalidParam(`the granularity ${String(granularity)} is not supported here`)
  return lazily(function* () {
    const keyed = rows
      .collect<Document>()
      .map((row) => ({ row, key: evaluate(row, groupBy, settings) ?? null }))
      .sort((a, b) => compare(a.key, b.key))
    if (granularity !== undefined && keyed.some(({ key }) => typeof key !== 'number' || !(key >= 0)))
      throw databaseFailure('$bucketAuto with a granularity needs numbers that are not negative')
    const size = Math.max(1, Math.round(keyed.length / most))
    let at = 0
    let bound: unknown
    for (let made = 1; at < keyed.length; made += 1) {
      const from = at
      at = made === most ? keyed.length : Math.min(at + size, keyed.length)
      const isTogether = () =>
        granularity === undefined
          ? isEqual(keyed[at]?.key as never, keyed[at - 1]?.key as never)
          : Number(keyed[at]?.key) < powerOfTwo.above(Number(keyed[at - 1]?.key))
      while (at < keyed.length && isTogether()) at += 1
      const [lowest, highest] = [keyed[from]?.key, keyed[at - 1]?.key]
      const isRounded = granularity !== undefined
      const min = isRounded ? (bound ?? powerOfTwo.below(Number(lowest))) : lowest
      bound = isRounded ? powerOfTwo.above(Number(highest)) : (keyed[at]?.key ?? highest)
      const members = keyed.slice(from, at).map(({ row }) => row)
      yield { _id: { min, max: bound }, ...summary(members, output, settings) }
    }
  })
}

/** Checked before. */
interface Lookup {
  readonly from: string
  readonly as: string
  readonly localField?: string
  readonly foreignField?: string
  readonly pipeline?: readonly Document[]
  readonly let?: Document
}

const leastJoined = 16
const mostJoined = 1024

/** The foreign documents of some rows, by what they are joined on: one read for all of those rows. */
const foreignOf = (
  locals: readonly (readonly unknown[])[],
  from: string,
  foreignField: string,
  find: Find,
): ((local: readonly unknown[]) => readonly Document[]) => {
  const wanted = new Map(locals.flat().map((value) => [valueKey(value).toString('latin1'), value ?? null]))
  if (wanted.size === 0) return () => []
  const found = find(from, { [foreignField]: { $in: [...wanted.values()] } })
  const byKey = new Map<string, number[]>()
  for (const [at, document] of found.entries())
    for (const value of valuesAt(document, foreignField).values) {
      const key = valueKey(value).toString('latin1')
      if (wanted.has(key)) byKey.set(key, [...(byKey.get(key) ?? []), at])
    }
  return (local) => {
    const places = new Set(local.flatMap((value) => byKey.get(valueKey(value).toString('latin1')) ?? []))
    return [...places].sort((a, b) => a - b).map((at) => found[at] as Document)
  }
}

/**
 * `$lookup`: with localField and foreignField it reads only what matches, by an index on the foreign field; with a
 * pipeline alone it begins with the conditions that the pipeline begins with. `run` runs stages with variables.
 */
export const lookup =
  (
    find: Find,
    run: (rows: readonly Document[], pipeline: readonly Document[], variables: Document) => Document[],
  ) =>
  (rows: Documents, spec: Document, settings: Settings): Documents => {
    const { from, as, localField, foreignField, pipeline, let: variables = {} } = spec as unknown as Lookup
    const names = wishesOf({ [as]: 1 }, () => ({ compute: 1 }))
    const joined = (row: Document, found: readonly Document[], stages?: readonly Document[]): Document => {
      const local = evaluate(row, variables, settings) as Document
      const list = stages
        ? run(found, stages, { ...(settings as { variables?: Document }).variables, ...local })
        : found
      return shaped(row, names, true, () => list) as Document
    }
    if (localField === undefined || foreignField === undefined) {
      const [first, ...rest] = pipeline ?? []
      const { $expr: condition, ...plain } = isPlain(first?.$match) ? first.$match : {}
      const again = condition === undefined ? [] : [{ $match: { $expr: condition } }]
      const stages = isPlain(first?.$match) ? [...again, ...rest] : pipeline
      let found: readonly Document[] | undefined
      return rows.map((row: Document) => {
        found ??= find(from, plain)
        return joined(row, found, stages)
      })
    }
    return lazily(function* () {
      for (let most = leastJoined; ; most = Math.min(most * 4, mostJoined)) {
        const batch: Document[] = []
        while (batch.length < most) {
          const next = rows.next()
          if (next.done) break
          batch.push(next.value as Document)
        }
        const locals = batch.map((row) => {
          const value = resolve(row as never, localField) as unknown
          return Array.isArray(value) ? value : [value]
        })
        const foreign = foreignOf(locals, from, foreignField, find)
        for (const [at, row] of batch.entries()) yield joined(row, foreign(locals[at] ?? []), pipeline)
        if (batch.length < most) return
      }
    })
  }

export const stages = {
  $addFields: addFields,
  $set: addFields,
  $project: project,
  $unwind: unwind,
  $limit: limit,
  $skip: skip,
  $sample: sample,
  $count: count,
  $sort: sort,
  $bucket: bucket,
  $bucketAuto: bucketAuto,
}

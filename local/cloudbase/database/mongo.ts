import { Aggregator } from 'mingo/aggregator'
import { Context } from 'mingo/core'
import * as accumulator from 'mingo/operators/accumulator'
import * as expression from 'mingo/operators/expression'
import * as pipeline from 'mingo/operators/pipeline'
import * as projection from 'mingo/operators/projection'
import * as queryOperators from 'mingo/operators/query'
import * as window from 'mingo/operators/window'
import { Query } from 'mingo/query'
import { compare } from 'mingo/util'
import { type Document, isPlain } from '../ground/codec'
import { databaseFailure, invalidParam, PlatformFailure } from '../ground/failure'
import { accumulators, dateExpressions, expressions, listExpressions } from './expressions'
import { geoOperators } from './geo-query'
import { checkQuery, checkStages } from './guards'
import { valueKey } from './keys'
import { type Find, lookup, stages } from './stages'

/** Translates errors of mingo into the platform's shape. */
const attempt = <T>(work: () => T, refuse: (message: string) => PlatformFailure): T => {
  try {
    return work()
  } catch (error) {
    if (error instanceof PlatformFailure) throw error
    throw refuse(error instanceof Error ? error.message : String(error))
  }
}

type Predicate = (document: Document) => boolean
type Operator = (field: string, operand: never, settings: never) => Predicate
const library = queryOperators as unknown as Readonly<
  Record<'$eq' | '$in' | '$gt' | '$gte' | '$lt' | '$lte' | '$type', Operator>
>

/** The value at a path, lists as a whole; undefined where the path leads nowhere. */
const ending = (value: unknown, path: readonly string[]): readonly unknown[] => {
  const [part, ...rest] = path
  if (part === undefined) return [value]
  if (!Array.isArray(value)) return isPlain(value) ? ending(value[part], rest) : [undefined]
  const inside = value.filter(isPlain).flatMap((one) => ending(one, path))
  return /^\d+$/.test(part) ? [...ending(value[Number(part)], rest), ...inside] : inside
}

/** Every value at a path: scalars, elements of lists, and the lists themselves. */
const standing = (document: Document, field: string): readonly unknown[] =>
  ending(document, field.split('.')).flatMap((value) => (Array.isArray(value) ? [value, ...value] : [value]))

const isWhole = (value: unknown): boolean => isPlain(value) || Array.isArray(value)
const isNothing = (value: unknown): boolean => value === null || value === undefined

/**
 * Equality where mingo differs from MongoDB: mingo ignores the order of fields, does not match nested lists, and misses
 * objects in a list that lack the field.
 */
const equal: Operator = (field, operand, settings) => {
  if (isNothing(operand)) return (document) => standing(document, field).some(isNothing)
  if (!isWhole(operand)) return library.$eq(field, operand, settings)
  const key = valueKey(operand)
  return (document) => standing(document, field).some((value) => valueKey(value).equals(key))
}

const among: Operator = (field, operand, settings) => {
  const values = operand as readonly unknown[]
  const isOwn = (value: unknown) => isWhole(value) || isNothing(value)
  const simple = library.$in(field, values.filter((value) => !isOwn(value)) as never, settings)
  const own = values.filter(isOwn).map((value) => equal(field, value as never, settings))
  return (document) => simple(document) || own.some((meets) => meets(document))
}

/** Comparisons of lists and objects as a whole, within their type; null equals a missing field. */
const ordered =
  (operator: '$gt' | '$gte' | '$lt' | '$lte', isMet: (order: number) => boolean): Operator =>
  (field, operand, settings) => {
    if (isNothing(operand)) return isMet(0) ? equal(field, operand, settings) : () => false
    if (!isWhole(operand)) return library[operator](field, operand, settings)
    return (document) =>
      standing(document, field).some(
        (value) =>
          isWhole(value) &&
          Array.isArray(value) === Array.isArray(operand) &&
          isMet(compare(value as never, operand)),
      )
  }

const numeric = ['int', 'long', 'double', 'decimal']

const typed: Operator = (field, operand, settings) => {
  const types = [operand].flat().flatMap((type) => (type === 'number' ? numeric : [type])) as unknown[]
  const isOneOf = library.$type('value', types as never, settings)
  const isList = types.some((type) => type === 'array' || type === 4)
  return (document) =>
    standing(document, field).some((value) =>
      Array.isArray(value) ? isList : value !== undefined && isOneOf({ value }),
    )
}

/** `$mod` truncates the field's value to an integer first. */
const rest: Operator = (field, operand) => {
  const [divisor, wanted] = (operand as readonly number[]).map(Math.trunc) as [number, number]
  return (document) =>
    standing(document, field).some(
      (value) => Number.isFinite(value) && Math.trunc(value as number) % divisor === wanted,
    )
}

const unless =
  (operator: Operator): Operator =>
  (field, operand, settings) => {
    const meets = operator(field, operand, settings)
    return (document) => !meets(document)
  }

const isOperators = (criteria: Document): boolean =>
  Object.keys(criteria).some((key) => key.startsWith('$') && !['$and', '$or', '$nor'].includes(key))

/** `$elemMatch` with operators on the element itself; an element that is a list is not traversed. */
const element = (criteria: Document): ((value: unknown) => boolean) => {
  const { $not: denied, $elemMatch, $size, $type, ...others } = criteria
  const tests: ((value: unknown) => boolean)[] = []
  const test = (conditions: Document, wrap: (value: unknown) => unknown) => {
    const query = new Query({ value: conditions } as never, options)
    tests.push((value) => query.test({ value: wrap(value) } as never))
  }
  // Wrapped in one more list, so that mingo does not traverse the inner one.
  if (Object.keys(others).length > 0) test(others, (value) => (Array.isArray(value) ? [value] : value))
  if ($elemMatch !== undefined) test({ $elemMatch }, (value) => value)
  if ($size !== undefined) tests.push((value) => Array.isArray(value) && value.length === $size)
  if ($type !== undefined) {
    const isOneOf = typed('value', $type as never, options as never)
    tests.push((value) => isOneOf({ value: Array.isArray(value) ? [[]] : value }))
  }
  if (denied !== undefined) {
    const meets = element(isPlain(denied) ? denied : { $regex: denied })
    tests.push((value) => !meets(value))
  }
  return (value) => tests.every((meets) => meets(value))
}

/** `$elemMatch` with conditions on fields; the fields of a list are its indexes. */
const fieldsOfElement = (criteria: Document): ((value: unknown) => boolean) => {
  const query = new Query(criteria as never, options)
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    query.test((Array.isArray(value) ? { ...value } : value) as never)
}

/** `$elemMatch` restricted as in MongoDB: mingo also reads fields of numbers and texts, and traverses nested lists. */
const elemMatch = (field: string, criteria: Document): Predicate => {
  const meets = isOperators(criteria) ? element(criteria) : fieldsOfElement(criteria)
  return (document) =>
    ending(document, field.split('.')).some((value) => Array.isArray(value) && value.some(meets))
}

/** `$all` as the conjunction of its values; a scalar field counts as a list of one. */
const all: Operator = (field, operand, settings) => {
  const meetings = (operand as readonly unknown[]).map((one) =>
    isPlain(one) && '$elemMatch' in one
      ? elemMatch(field, one.$elemMatch as Document)
      : among(field, [one] as never, settings),
  )
  return (document) => meetings.length > 0 && meetings.every((meets) => meets(document))
}

/** Expressions of one operand, which may be wrapped in a list. */
const unary = [
  ...['$abs', '$ceil', '$exp', '$floor', '$ln', '$log10', '$sqrt', '$type', '$isNumber'],
  ...[
    '$toBool',
    '$toDate',
    '$toDecimal',
    '$toDouble',
    '$toInt',
    '$toLong',
    '$toString',
    '$toLower',
    '$toUpper',
  ],
  ...['$strLenBytes', '$strLenCP', '$reverseArray', '$objectToArray', '$arrayToObject', '$first', '$last'],
  ...['$year', '$month', '$dayOfMonth', '$dayOfWeek', '$dayOfYear', '$hour', '$minute', '$second'],
  ...['$millisecond', '$isoDayOfWeek', '$isoWeek', '$isoWeekYear'],
]

type Expression = (document: unknown, operand: unknown, settings: never) => unknown

/** Accumulators that are also expressions: they aggregate a group, or the operands within one document. */
const gatheringOrNot = Object.fromEntries(
  Object.entries(listExpressions as Readonly<Record<string, Expression>>).map(([name, compute]) => {
    const gather = (accumulator as unknown as Readonly<Record<string, Expression>>)[name] as Expression
    return [
      name,
      ((document, ...rest) => (Array.isArray(document) ? gather : compute)(document, ...rest)) as Expression,
    ]
  }),
)

const withAloneUnwrapped = (known: object): Readonly<Record<`$${string}`, never>> => {
  const all = known as Readonly<Record<string, Expression>>
  const unwrapping = unary.flatMap((name): [string, Expression][] => {
    const compute = all[name]
    if (!compute) return []
    return [
      [
        name,
        (document, operand, settings) =>
          compute(document, Array.isArray(operand) && operand.length === 1 ? operand[0] : operand, settings),
      ],
    ]
  })
  return { ...all, ...Object.fromEntries(unwrapping) } as never
}

const operators = {
  accumulator: {
    ...accumulator,
    ...(accumulators(accumulator.$addToSet as never) as object),
  },
  expression: withAloneUnwrapped({
    ...expression,
    ...gatheringOrNot,
    ...(expressions as object),
    ...(dateExpressions(expression.$dateToString as never) as object),
  }),
  pipeline: { ...pipeline, ...(stages as object) },
  projection,
  query: {
    ...queryOperators,
    $eq: equal,
    $ne: unless(equal),
    $in: among,
    $nin: unless(among),
    $gt: ordered('$gt', (order) => order > 0),
    $gte: ordered('$gte', (order) => order >= 0),
    $lt: ordered('$lt', (order) => order < 0),
    $lte: ordered('$lte', (order) => order <= 0),
    $type: typed,
    $mod: rest,
    $all: all,
    $elemMatch: elemMatch as never,
    ...(geoOperators as object),
  } as never,
  window,
}
const options = { context: Context.init(operators), scriptEnabled: false }

/** Compiles a query to a predicate. Refuses INVALID_PARAM for an invalid one. */
export const matcher = (query: Document): ((document: Document) => boolean) => {
  checkQuery(query)
  const compiled = attempt(() => new Query(query as never, options), invalidParam)
  return (document) => attempt(() => compiled.test(document as never), databaseFailure)
}

/** Restores the field order of the original document. */
const inOrderOf = (original: unknown, projected: unknown): unknown => {
  if (Array.isArray(original) && Array.isArray(projected) && original.length === projected.length)
    return projected.map((one, at) => inOrderOf(original[at], one))
  if (!isPlain(original) || !isPlain(projected)) return projected
  const names = [...Object.keys(original).filter((name) => name in projected), ...Object.keys(projected)]
  return Object.fromEntries(names.map((name) => [name, inOrderOf(original[name], projected[name])]))
}

/** Applies an inclusive or exclusive projection. */
export const project = (
  documents: readonly Document[],
  fields: Document | undefined,
): readonly Document[] => {
  if (!fields || Object.keys(fields).length === 0) return documents
  const { _id: id, ...others } = fields
  // A projection of `$slice` alone keeps all other fields.
  const isCutting =
    Object.keys(others).length > 0 &&
    Object.entries(others).every(([name, wish]) => isPlain(wish) && '$slice' in wish && !name.includes('.'))
  return attempt(
    () =>
      new Query({}, options)
        .find<Document>(documents as never, fields as never)
        .all()
        .map((one, at) => {
          const { _id, ...rest } = documents[at] ?? {}
          const whole = id === 0 || id === false ? rest : { _id, ...rest }
          return inOrderOf(documents[at], isCutting ? { ...whole, ...one } : one) as Document
        }),
    invalidParam,
  )
}

/** Runs an aggregation; `source` is consumed lazily, only as far as the stages need. */
export const aggregated = (
  source: Iterable<Document>,
  pipeline: readonly Document[],
  find: Find,
): Document[] => {
  checkStages(pipeline)
  const run = (rows: Iterable<Document>, stages: readonly Document[], variables: Document): Document[] =>
    new Aggregator(stages as never, { ...settings, variables } as never).run(rows as never) as Document[]
  const settings = {
    ...options,
    context: Context.init({
      ...operators,
      pipeline: { ...operators.pipeline, $lookup: lookup(find, run) as never },
    }),
    collectionResolver: (name: string) => find(name, {}),
  }
  return attempt(() => run(source, pipeline, {}), databaseFailure)
}

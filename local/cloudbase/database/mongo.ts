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

/** The query library's complaints, in the platform's shape. */
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

/** What stands at the end of a path, lists as a whole; undefined where the way goes on and nothing is there. */
const ending = (value: unknown, path: readonly string[]): readonly unknown[] => {
  const [part, ...rest] = path
  if (part === undefined) return [value]
  if (!Array.isArray(value)) return isPlain(value) ? ending(value[part], rest) : [undefined]
  const inside = value.filter(isPlain).flatMap((one) => ending(one, path))
  return /^\d+$/.test(part) ? [...ending(value[Number(part)], rest), ...inside] : inside
}

/** Everything that stands at a path: values, the elements of lists, and the lists themselves. */
const standing = (document: Document, field: string): readonly unknown[] =>
  ending(document, field.split('.')).flatMap((value) => (Array.isArray(value) ? [value, ...value] : [value]))

const isWhole = (value: unknown): boolean => isPlain(value) || Array.isArray(value)
const isNothing = (value: unknown): boolean => value === null || value === undefined

/**
 * The library takes objects for equal whose fields are in another order, looks for no lists in lists, and does not see
 * that an object in a list lacks a field.
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

/** Lists and objects compare as a whole, with their like; nothing is as much as nothing. */
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

/** The field's fraction is cut off first. */
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

/** Conditions on an element itself, which is not looked into when it is a list. */
const element = (criteria: Document): ((value: unknown) => boolean) => {
  const { $not: denied, $elemMatch, $size, $type, ...others } = criteria
  const tests: ((value: unknown) => boolean)[] = []
  const test = (conditions: Document, wrap: (value: unknown) => unknown) => {
    const query = new Query({ value: conditions } as never, options)
    tests.push((value) => query.test({ value: wrap(value) } as never))
  }
  // A list around a list keeps the inner one from being looked into.
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

/** Conditions on the fields of an element; those of a list are its places. */
const fieldsOfElement = (criteria: Document): ((value: unknown) => boolean) => {
  const query = new Query(criteria as never, options)
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    query.test((Array.isArray(value) ? { ...value } : value) as never)
}

/** The library looks for fields in numbers and texts too, and into lists in lists; MongoDB does neither. */
const elemMatch = (field: string, criteria: Document): Predicate => {
  const meets = isOperators(criteria) ? element(criteria) : fieldsOfElement(criteria)
  return (document) =>
    ending(document, field.split('.')).some((value) => Array.isArray(value) && value.some(meets))
}

/** Each of the values, as if they were asked for one by one: also what is no list has one value. */
const all: Operator = (field, operand, settings) => {
  const meetings = (operand as readonly unknown[]).map((one) =>
    isPlain(one) && '$elemMatch' in one
      ? elemMatch(field, one.$elemMatch as Document)
      : among(field, [one] as never, settings),
  )
  return (document) => meetings.length > 0 && meetings.every((meets) => meets(document))
}

/** Expressions of one operand, which may stand alone in a list. */
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

/** Of a group's documents they gather, of one document they take the operands. */
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

/** Does a document meet the query? Refuses INVALID_PARAM for what is no query. */
export const matcher = (query: Document): ((document: Document) => boolean) => {
  checkQuery(query)
  const compiled = attempt(() => new Query(query as never, options), invalidParam)
  return (document) => attempt(() => compiled.test(document as never), databaseFailure)
}

/** Fields stand in the order of the document they come from. */
const inOrderOf = (original: unknown, projected: unknown): unknown => {
  if (Array.isArray(original) && Array.isArray(projected) && original.length === projected.length)
    return projected.map((one, at) => inOrderOf(original[at], one))
  if (!isPlain(original) || !isPlain(projected)) return projected
  const names = [...Object.keys(original).filter((name) => name in projected), ...Object.keys(projected)]
  return Object.fromEntries(names.map((name) => [name, inOrderOf(original[name], projected[name])]))
}

/** Only the fields that the projection names, or all but those. */
export const project = (
  documents: readonly Document[],
  fields: Document | undefined,
): readonly Document[] => {
  if (!fields || Object.keys(fields).length === 0) return documents
  const { _id: id, ...others } = fields
  // `$slice` alone shortens its field and leaves the others as they are.
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

/** Runs the stages; documents are taken from `source` as far as the stages need them. */
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

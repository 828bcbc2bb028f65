import { Aggregator } from 'mingo/aggregator'
import { Context } from 'mingo/core'
import * as accumulator from 'mingo/operators/accumulator'
import * as expression from 'mingo/operators/expression'
import * as pipeline from 'mingo/operators/pipeline'
import * as projection from 'mingo/operators/projection'
import * as queryOperators from 'mingo/operators/query'
import * as window from 'mingo/operators/window'
import { Query } from 'mingo/query'
import { resolve } from 'mingo/util'
import { type Document, isPlain } from '../codec'
import { databaseFailure, invalidParam, PlatformFailure } from '../failure'
import { accumulators, expressions } from './expressions'
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

const isOperators = (criteria: Document): boolean =>
  Object.keys(criteria).some((key) => key.startsWith('$') && !['$and', '$or', '$nor'].includes(key))

/** The library looks for fields in numbers and texts too, where MongoDB finds none. */
const elemMatch = (field: string, criteria: Document, settings: never): ((document: Document) => boolean) => {
  if (isOperators(criteria)) return queryOperators.$elemMatch(field, criteria as never, settings)
  const query = new Query(criteria as never, options)
  return (document) => {
    const list = resolve(document as never, field, { unwrapArray: true })
    const isDocument = (one: unknown) => typeof one === 'object' && one !== null
    return Array.isArray(list) && list.some((one) => isDocument(one) && query.test(one as never))
  }
}

type Predicate = (document: Document) => boolean
type Operator = (field: string, operand: never, settings: never) => Predicate
const library = queryOperators as unknown as Readonly<Record<'$eq' | '$in', Operator>>

/** Everything that stands at a path: values, the elements of lists, and the lists themselves. */
const standing = (value: unknown, path: readonly string[]): readonly unknown[] => {
  const [part, ...rest] = path
  if (part === undefined) return Array.isArray(value) ? [value, ...value] : [value]
  if (!Array.isArray(value)) return isPlain(value) ? standing(value[part], rest) : []
  const inside = value.filter(isPlain).flatMap((one) => standing(one, path))
  return /^\d+$/.test(part) ? [...standing(value[Number(part)], rest), ...inside] : inside
}

const isWhole = (value: unknown): boolean => isPlain(value) || Array.isArray(value)

/** The library takes objects for equal whose fields are in another order, and looks for no lists in lists. */
const equal: Operator = (field, operand, settings) => {
  if (!isWhole(operand)) return library.$eq(field, operand, settings)
  const key = valueKey(operand)
  return (document) => standing(document, field.split('.')).some((value) => valueKey(value).equals(key))
}

const among: Operator = (field, operand, settings) => {
  const values = operand as readonly unknown[]
  const simple = library.$in(field, values.filter((value) => !isWhole(value)) as never, settings)
  const whole = values.filter(isWhole).map((value) => equal(field, value as never, settings))
  return (document) => simple(document) || whole.some((meets) => meets(document))
}

const unless =
  (operator: Operator): Operator =>
  (field, operand, settings) => {
    const meets = operator(field, operand, settings)
    return (document) => !meets(document)
  }

/** Each of the values, as if they were asked for one by one: also what is no list has one value. */
const all: Operator = (field, operand, settings) => {
  const meetings = (operand as readonly unknown[]).map((one) =>
    isPlain(one) && '$elemMatch' in one
      ? elemMatch(field, one.$elemMatch as Document, settings)
      : among(field, [one] as never, settings),
  )
  return (document) => meetings.length > 0 && meetings.every((meets) => meets(document))
}

const operators = {
  accumulator: {
    ...accumulator,
    ...(accumulators(accumulator.$addToSet as never) as object),
  },
  expression: { ...expression, ...(expressions as object) },
  pipeline: { ...pipeline, ...(stages as object) },
  projection,
  query: {
    ...queryOperators,
    $eq: equal,
    $ne: unless(equal),
    $in: among,
    $nin: unless(among),
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

/** Only the fields that the projection names, or all but those. */
export const project = (
  documents: readonly Document[],
  fields: Document | undefined,
): readonly Document[] => {
  if (!fields || Object.keys(fields).length === 0) return documents
  return attempt(
    () => new Query({}, options).find<Document>(documents as never, fields as never).all(),
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

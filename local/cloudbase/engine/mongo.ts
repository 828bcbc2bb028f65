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
import type { Document } from '../codec'
import { databaseFailure, invalidParam, PlatformFailure } from '../failure'
import { geoOperators } from './geo-query'
import { checkQuery, checkStages } from './guards'
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

const operators = {
  accumulator,
  expression,
  pipeline: { ...pipeline, ...(stages as object) },
  projection,
  query: { ...queryOperators, $elemMatch: elemMatch as never, ...(geoOperators as object) },
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

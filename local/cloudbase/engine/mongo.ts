import { Aggregator } from 'mingo/aggregator'
import { Context } from 'mingo/core'
import { type Iterator as Documents, Lazy } from 'mingo/lazy'
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

/** The library's own goes on reading when it has enough. */
const limit = (rows: Documents, most: unknown): Documents => {
  if (typeof most !== 'number' || !Number.isInteger(most) || most < 1)
    throw invalidParam('$limit must be a whole number above 0')
  let left = most
  return Lazy(() => {
    left -= 1
    return left >= 0 ? rows.next() : { done: true, value: undefined }
  })
}

const options = {
  context: Context.init({
    accumulator,
    expression,
    pipeline: { ...pipeline, $limit: limit as never },
    projection,
    query: { ...queryOperators, $elemMatch: elemMatch as never, ...(geoOperators as object) },
    window,
  }),
  scriptEnabled: false,
}

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
  stages: readonly Document[],
  collection: (name: string) => readonly Document[],
): Document[] => {
  checkStages(stages)
  return attempt(
    () =>
      new Aggregator(stages as never, { ...options, collectionResolver: collection as never }).run(
        source as never,
      ) as Document[],
    databaseFailure,
  )
}

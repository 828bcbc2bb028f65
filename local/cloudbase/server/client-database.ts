import { EJSON } from 'bson'
import type { Engine, FindOptions } from '../database/engine'
import type { MovableClock } from '../ground/clock'
import { type Document, isPlain, readEjson } from '../ground/codec'
import { invalidParam, isDuplicateKey, PlatformFailure } from '../ground/failure'
import type { Asker, CollectionRules } from '../rules/collections'
import { parseJson } from './http'
import { documentId, sortOf, text, wholeNumber } from './inputs'

type Fields = Readonly<Record<string, unknown>>

/** The documented default of the HTTP API; the SDK asks for 100 by itself and for 1,000 at most. */
const defaultLimit = 20
const mostRows = 1000

const forbidden = (what: string) =>
  new PlatformFailure('DATABASE_PERMISSION_DENIED', `Permission denied: ${what} is for server programs only`)

/** As the SDK of this form reads documents: plain numbers, dates as texts. */
const relaxed = (document: string): unknown => JSON.parse(document)
/** The HTTP API answers strict EJSON only. */
const strict = (document: string): unknown =>
  EJSON.serialize(EJSON.parse(document, { relaxed: false }), { relaxed: false })

const jsonOf = (value: unknown, what: string): unknown =>
  typeof value === 'string' ? parseJson(value, what) : value

/** The web SDK writes the server's time as a date with an offset. */
const withServerDates = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withServerDates)
  if (!isPlain(value)) return value
  if (isPlain(value.$date) && typeof value.$date.offset === 'number') return { $tcb_server_date: value.$date }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withServerDates(inner)]))
}

/**
 * The database as the web SDK reaches it, every request under the collections' rules: the HTTP API of
 * https://docs.cloudbase.net/http-api/nosql/nosql-restful-api and the older actions of `/web`.
 */
export const clientDatabase = (engine: Engine, rules: CollectionRules, clock: MovableClock) => {
  const documentOf = (value: unknown, what: string): Document => {
    let given: string
    try {
      given = JSON.stringify(withServerDates(jsonOf(value ?? {}, what)))
    } catch (error) {
      throw error instanceof PlatformFailure ? error : invalidParam(`${what} is nested too deeply`)
    }
    return readEjson(given, what, clock.now())
  }

  const sortFrom = (order: unknown): FindOptions['sort'] => {
    const fields = jsonOf(order, 'order')
    if (!Array.isArray(fields)) throw invalidParam('order must be a list')
    return sortOf(
      Object.fromEntries(
        fields.map((one) => {
          const { field, direction } = isPlain(one) ? one : {}
          return [text(field, 'order.field'), direction]
        }),
      ),
    )
  }

  const find = async (collection: unknown, fields: Fields, asker: Asker) => {
    const offset = wholeNumber(fields.offset ?? 0, 'offset')
    const limit = Math.min(mostRows, wholeNumber(fields.limit ?? defaultLimit, 'limit'))
    const query = await rules.read(collection, documentOf(fields.query, 'query'), asker)
    const list = await engine.find(collection, {
      query,
      offset,
      limit,
      ...(fields.order === undefined ? {} : { sort: sortFrom(fields.order) }),
      ...(fields.projection === undefined ? {} : { projection: documentOf(fields.projection, 'projection') }),
    })
    return { offset, limit, list }
  }

  const count = async (collection: unknown, fields: Fields, asker: Asker) => ({
    total: await engine.count(
      collection,
      await rules.read(collection, documentOf(fields.query, 'query'), asker),
    ),
  })

  const insert = async (collection: unknown, given: readonly unknown[], asker: Asker) => {
    if (given.length === 0) throw invalidParam('data must not be empty')
    const documents = given.map((one) => documentOf(one, 'data'))
    const insertedIds = await engine.insert(collection, await rules.create(collection, documents, asker))
    return { insertedIds }
  }

  /** Fields without operators are set: https://docs.cloudbase.net/http-api/nosql/update-documents. */
  const update = async (collection: unknown, fields: Fields, asker: Asker) => {
    if (fields.replaceMode === true) throw invalidParam('replaceMode is not supported')
    const query = documentOf(fields.query, 'query')
    const given = documentOf(fields.data, 'data')
    const names = Object.keys(given)
    const isOperators = names.some((name) => name.startsWith('$'))
    if (names.length === 0 || (isOperators && !names.every((name) => name.startsWith('$'))))
      throw invalidParam('data must be fields, or operators')
    const change = isOperators ? given : { $set: given }
    const isMulti = fields.multi === true
    const narrowed = await rules.update(collection, query, change, asker, isMulti)
    const { updated } = await engine.update(collection, narrowed, change, isMulti)
    if (updated > 0 || fields.upsert !== true) return { updated, matched: updated, upsert_id: '' }
    if (isOperators) throw invalidParam('an update that also inserts takes fields, not operators')
    const id = documentId(query._id)
    const created = await rules.create(collection, [{ ...given, _id: id }], asker)
    try {
      await engine.insert(collection, created)
    } catch (error) {
      // It is there, and what may be updated did not find it: it is another's.
      throw isDuplicateKey(error) ? forbidden(`replacing this document of ${String(collection)}`) : error
    }
    return { updated: 0, matched: 0, upsert_id: id }
  }

  const remove = async (collection: unknown, fields: Fields, asker: Asker) => {
    const isMulti = fields.multi === true
    const query = await rules.remove(collection, documentOf(fields.query, 'query'), asker, isMulti)
    return { deleted: await engine.remove(collection, query, isMulti) }
  }

  const aggregate = async (collection: unknown, stages: unknown, asker: Asker) => {
    if (!Array.isArray(stages)) throw invalidParam('stages must be a list')
    const read = stages.map((stage) => documentOf(stage, 'stage'))
    return engine.aggregate(collection, await rules.aggregate(collection, read, asker))
  }

  const actions: Readonly<Record<string, (fields: Fields, asker: Asker) => Promise<Fields>>> = {
    'database.queryDocument': async (fields, asker) => {
      const { list, ...page } = await find(fields.collectionName, { limit: 100, ...fields }, asker)
      return { ...page, list: list.map(relaxed) }
    },
    'database.countDocument': (fields, asker) => count(fields.collectionName, fields, asker),
    'database.addDocument': async (fields, asker) => {
      const isBatch = Array.isArray(fields.data)
      const one = fields._id === undefined ? fields.data : { ...(fields.data as object), _id: fields._id }
      const { insertedIds } = await insert(
        fields.collectionName,
        isBatch ? (fields.data as unknown[]) : [one],
        asker,
      )
      return isBatch ? { insertedIds } : { _id: insertedIds[0], insertedIds }
    },
    'database.updateDocument': (fields, asker) => update(fields.collectionName, fields, asker),
    'database.deleteDocument': (fields, asker) => remove(fields.collectionName, fields, asker),
    'database.aggregate': async (fields, asker) => {
      if (!Array.isArray(fields.stages)) throw invalidParam('stages must be a list')
      const stages = fields.stages.map((one) => {
        const { stageKey, stageValue } = isPlain(one) ? one : {}
        return { [text(stageKey, 'stageKey')]: jsonOf(stageValue, 'stageValue') }
      })
      return { list: JSON.stringify(await aggregate(fields.collectionName, stages, asker)) }
    },
  }

  const findOne = async (collection: string, id: string, fields: Fields, asker: Asker) => {
    const query = { _id: id }
    const { list } = await find(collection, { projection: fields.projection, query, limit: 1 }, asker)
    if (list[0] === undefined) throw new PlatformFailure('DOCUMENT_NOT_FOUND', 'Document not found')
    return strict(list[0])
  }

  return {
    /** An action of `/web`. */
    act: async (action: string, fields: Fields, asker: Asker): Promise<Fields> => {
      if (fields.transactionId !== undefined) throw forbidden('a transaction')
      const handle = Object.hasOwn(actions, action) ? actions[action] : undefined
      if (!handle) throw forbidden(action)
      return handle(fields, asker)
    },

    /** A request of the HTTP API; `path` is what follows the name of the database. */
    serve: async (method: string, path: string, fields: Fields, asker: Asker): Promise<unknown> => {
      if (fields.transactionId !== undefined) throw forbidden('a transaction')
      const [kind, collection = '', documents, rest, ...others] = path.split('/')
      if (kind !== 'collections' || documents !== 'documents' || others.length > 0)
        throw forbidden(`${method} ${path}`)
      if (method === 'GET' && rest !== undefined) return findOne(collection, rest, fields, asker)
      if (method === 'GET' && String(fields.count) === 'true') return count(collection, fields, asker)
      if (method === 'GET') {
        const { list, ...page } = await find(collection, fields, asker)
        return { ...page, list: list.map(strict) }
      }
      if (method === 'PATCH' && rest === undefined) return update(collection, fields, asker)
      if (method !== 'POST') throw forbidden(`${method} ${path}`)
      if (rest === undefined) return insert(collection, Array.isArray(fields.data) ? fields.data : [], asker)
      if (rest === 'remove') return remove(collection, fields, asker)
      if (rest !== 'aggregations') throw forbidden(`${method} ${path}`)
      return { list: (await aggregate(collection, fields.pipeline, asker)).map(strict) }
    },
  }
}
export type ClientDatabase = ReturnType<typeof clientDatabase>

import { BSONRegExp, deserialize, EJSON, serialize } from 'bson'
import { databaseFailure, invalidParam } from './failure'

export type Document = Record<string, unknown>

/** MongoDB's and CloudBase's limit for one document. */
const mostBytes = 16 * 1024 * 1024

/** An object of fields, not a value of a type of its own. */
export const isPlain = (value: unknown): value is Document => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Server dates become this cloud's time, BSON regular expressions JavaScript's. Throws at what is none of them. */
const revive = (value: unknown, now: number): unknown => {
  if (Array.isArray(value)) return value.map((one) => revive(one, now))
  if (value instanceof BSONRegExp) return new RegExp(value.pattern, value.options)
  if (value instanceof Date && Number.isNaN(value.getTime())) throw new Error('a date that is none')
  if (!isPlain(value)) return value
  const serverDate = value.$tcb_server_date
  if (isPlain(serverDate)) return new Date(now + Number(serverDate.offset ?? 0))
  const revived: Document = {}
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
      throw new Error(`the field name ${key} is not allowed`)
    }
    revived[key] = revive(inner, now)
  }
  return revived
}

/** Reads one EJSON text of the wire. Refuses INVALID_PARAM when it is not EJSON or not an object. */
export const readEjson = (text: unknown, what: string, now: number): Document => {
  if (typeof text !== 'string') throw invalidParam(`${what} must be an EJSON string`)
  let value: unknown
  try {
    value = revive(EJSON.parse(text, { relaxed: true }), now)
  } catch (error) {
    throw invalidParam(`${what} is not EJSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!isPlain(value)) throw invalidParam(`${what} must be an object`)
  return value
}

export const writeEjson = (document: unknown): string => EJSON.stringify(document, { relaxed: true })

export const toBytes = (document: Document): Buffer => {
  const bytes = Buffer.from(serialize(document, { ignoreUndefined: true }))
  if (bytes.byteLength > mostBytes) throw databaseFailure('the document is larger than 16 MB')
  return bytes
}

export const fromBytes = (bytes: Uint8Array | ArrayBuffer): Document =>
  deserialize(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes, { bsonRegExp: false })

/** A copy that may be changed: lists and objects are new, values of BSON's own types are not changed by anybody. */
export const copyOf = <T>(value: T): T => {
  if (Array.isArray(value)) return value.map(copyOf) as T
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)])) as T
}

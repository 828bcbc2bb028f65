import { BSONRegExp, deserialize, EJSON, serialize } from 'bson'
import { databaseFailure, invalidParam } from './failure'

export type Document = Record<string, unknown>

/** MongoDB's and CloudBase's limit for one document. */
const mostBytes = 16 * 1024 * 1024

const isPlain = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** Server dates become this cloud's time, BSON regular expressions JavaScript's. */
const revive = (value: unknown, now: number): unknown => {
  if (Array.isArray(value)) return value.map((one) => revive(one, now))
  if (value instanceof BSONRegExp) return new RegExp(value.pattern, value.options)
  if (!isPlain(value)) return value
  const serverDate = value.$tcb_server_date
  if (isPlain(serverDate)) return new Date(now + Number(serverDate.offset ?? 0))
  const revived: Document = {}
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
      throw invalidParam(`the field name ${key} is not allowed`)
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
    // A JSON "__proto__" key would become a prototype here, not a field: look for it in the text.
    if (text.includes('__proto__')) throw new Error('the field name __proto__ is not allowed')
    value = EJSON.parse(text, { relaxed: true })
  } catch (error) {
    throw invalidParam(`${what} is not EJSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const revived = revive(value, now)
  if (!isPlain(revived)) throw invalidParam(`${what} must be an object`)
  return revived
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

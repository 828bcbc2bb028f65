import { BSONRegExp, calculateObjectSize, EJSON } from 'bson'
import { isNestedTooDeeply } from '../../door/door'
import { databaseFailure, invalidParam } from './failure'

export type Document = Record<string, unknown>

/** MongoDB's and CloudBase's limit for one document. */
const mostBytes = 16 * 1024 * 1024

/** A plain object: no array, and no instance of a class such as Date or a BSON type. */
export const isPlain = (value: unknown): value is Document => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Replaces server dates by this cloud's time and BSON regular expressions by JavaScript's. Throws for invalid dates. */
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

/** Malformed numbers that the library would read as 0 or NaN. */
const noNumber =
  /"\$number(?:(?:Int|Long)"\s*:\s*"(?!-?\d+")|(?:Double|Decimal)"\s*:\s*"(?!-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"|-?Infinity"|NaN"))/

/** Parses an EJSON text of a request. Refuses INVALID_PARAM when it is not EJSON or not an object. */
export const readEjson = (text: unknown, what: string, now: number): Document => {
  if (typeof text !== 'string') throw invalidParam(`${what} must be an EJSON string`)
  if (isNestedTooDeeply(text)) throw invalidParam(`${what} is nested too deeply`)
  let value: unknown
  try {
    if (noNumber.test(text)) throw new Error('a number that is none')
    value = revive(EJSON.parse(text, { relaxed: true }), now)
  } catch (error) {
    throw invalidParam(`${what} is not EJSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!isPlain(value)) throw invalidParam(`${what} must be an object`)
  return value
}

export const writeEjson = (document: unknown): string =>
  EJSON.stringify(document, { relaxed: true, ignoreUndefined: true })

/** Shorter EJSON texts cannot exceed the limit: BSON takes at most some seven bytes for one character. */
const surelySmallChars = mostBytes / 8

/** Serialises a document for storage and transport, which are the same. Refuses what is larger than 16 MB as BSON. */
export const toText = (document: Document): string => {
  const text = writeEjson(document)
  if (
    text.length > surelySmallChars &&
    calculateObjectSize(document, { ignoreUndefined: true }) > mostBytes
  ) {
    throw databaseFailure('the document is larger than 16 MB')
  }
  return text
}

const decoded = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) value[at] = decoded(value[at])
    return value
  }
  const document = value as Document
  for (const key in document) {
    if (key === '$date' && typeof document.$date === 'string') return new Date(document.$date)
    if (key.charCodeAt(0) === 0x24) {
      const special: unknown = EJSON.deserialize(document)
      return special instanceof BSONRegExp ? new RegExp(special.pattern, special.options) : special
    }
    document[key] = decoded(document[key])
  }
  return document
}

/** Parses a stored text. Most are plain JSON, which parses four times as fast as EJSON. */
export const fromText = (text: string): Document => {
  const plain = JSON.parse(text) as Document
  return text.includes('"$') ? (decoded(plain) as Document) : plain
}

/** A deep copy of lists and plain objects; instances of other types are shared, as nothing mutates them. */
export const copyOf = <T>(value: T): T => {
  if (Array.isArray(value)) return value.map(copyOf) as T
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)])) as T
}

import { BSONRegExp, calculateObjectSize, EJSON } from 'bson'
import { isNestedTooDeeply } from '../../door/door'
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

/** Numbers that the library would take for 0 or NaN. */
const noNumber =
  /"\$number(?:(?:Int|Long)"\s*:\s*"(?!-?\d+")|(?:Double|Decimal)"\s*:\s*"(?!-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"|-?Infinity"|NaN"))/

/** Reads one EJSON text of the wire. Refuses INVALID_PARAM when it is not EJSON or not an object. */
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

/** Shorter texts cannot be too large: BSON needs at most some seven bytes for one of theirs. */
const surelySmallChars = mostBytes / 8

/** A document as it is stored, which is as it goes over the wire. Refuses what is larger than 16 MB as BSON. */
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

/** The document of a stored text. Most hold nothing but JSON, which is read four times as fast as EJSON. */
export const fromText = (text: string): Document => {
  const plain = JSON.parse(text) as Document
  return text.includes('"$') ? (decoded(plain) as Document) : plain
}

/** A copy that may be changed: lists and objects are new, values of BSON's own types are not changed by anybody. */
export const copyOf = <T>(value: T): T => {
  if (Array.isArray(value)) return value.map(copyOf) as T
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)])) as T
}

import { Binary, ObjectId } from 'bson'
import { type Document, isPlain, writeEjson } from '../ground/codec'
import { databaseFailure } from '../ground/failure'
import { GeoProblem } from './geo'
import { cellsOf } from './geo-cells'

/** What an index is made of; `isDescending` fields are stored complemented, so that byte order is index order. */
export interface IndexField {
  readonly path: string
  readonly isDescending: boolean
  /** Holds GeoJSON (2dsphere): the index knows the cells it lies in. Documents without it are not in the index. */
  readonly isPlace?: true
}

const rank = {
  nothing: 0x05,
  notANumber: 0x0f,
  number: 0x10,
  text: 0x20,
  object: 0x30,
  list: 0x34,
  bytes: 0x38,
  id: 0x3c,
  flag: 0x40,
  date: 0x50,
  other: 0x60,
} as const

const doubleBytes = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value === 0 ? 0 : value)
  // Positive numbers sort after negative ones, and those the other way round.
  if ((bytes[0] ?? 0) & 0x80) for (let at = 0; at < 8; at += 1) bytes[at] = ~(bytes[at] ?? 0) & 0xff
  else bytes[0] = (bytes[0] ?? 0) | 0x80
  return bytes
}

/** Zero bytes are escaped, so that no text is the beginning of another one's key. */
const textBytes = (text: string): Buffer => {
  const raw = Buffer.from(text, 'utf8')
  if (!raw.includes(0)) return Buffer.concat([raw, Buffer.from([0, 1])])
  const escaped: number[] = []
  for (const byte of raw) {
    escaped.push(byte)
    if (byte === 0) escaped.push(0xff)
  }
  return Buffer.from([...escaped, 0, 1])
}

const end = Buffer.from([0])

/** Objects compare field by field: by the type of the value, then by the name, then by the value. */
const fieldBytes = ([name, value]: readonly [string, unknown]): Buffer => {
  const key = valueKey(value)
  return Buffer.concat([key.subarray(0, 1), textBytes(name), key])
}

/**
 * One value as bytes whose order is MongoDB's order of values (nothing < numbers < texts < objects < lists < bytes <
 * ids < flags < dates). Each encoding ends by itself, so keys of several fields can be put one after the other.
 */
export const valueKey = (value: unknown): Buffer => {
  if (value === undefined || value === null) return Buffer.from([rank.nothing])
  if (Number.isNaN(value)) return Buffer.from([rank.notANumber])
  if (typeof value === 'number') return Buffer.concat([Buffer.from([rank.number]), doubleBytes(value)])
  if (typeof value === 'string') return Buffer.concat([Buffer.from([rank.text]), textBytes(value)])
  if (typeof value === 'boolean') return Buffer.from([rank.flag, value ? 1 : 0])
  if (value instanceof Date) return Buffer.concat([Buffer.from([rank.date]), doubleBytes(value.getTime())])
  if (Array.isArray(value)) return Buffer.concat([Buffer.from([rank.list]), ...value.map(valueKey), end])
  if (isPlain(value)) {
    const fields = Object.entries(value).filter(([, inner]) => inner !== undefined)
    return Buffer.concat([Buffer.from([rank.object]), ...fields.map(fieldBytes), end])
  }
  const type = value instanceof ObjectId ? rank.id : value instanceof Binary ? rank.bytes : rank.other
  return Buffer.concat([Buffer.from([type]), textBytes(writeEjson({ value }))])
}

/** The beginning of the keys of all texts that begin with `text`. */
export const valuePrefix = (text: string): Buffer => valueKey(text).subarray(0, -2)

/** Ids that are numbers stand before all that are texts, in their own order. */
const numberedId = '\u0001'
const firstTextId = '\u0002'

/** An id of a document as its row has it: a text that comes back from the disk as it went there. */
export const rowId = (id: unknown): string | undefined => {
  if (typeof id === 'number' && Number.isFinite(id))
    return `${numberedId}${Buffer.from(doubleBytes(id)).toString('hex')}`
  if (typeof id !== 'string' || id === '' || id < firstTextId) return undefined
  return id.includes('\u0000') || /\p{Surrogate}/u.test(id) ? undefined : id
}

/** Rows from the one id to the other, both inclusive, and no others but those whose ids are of another type. */
export const rowIds = (lower: unknown, upper: unknown): { readonly from?: string; readonly to?: string } => {
  const isNumber = typeof (lower ?? upper) === 'number'
  const rowOf = (id: unknown) => (typeof id === 'string' ? (id < firstTextId ? firstTextId : id) : rowId(id))
  const from = lower === undefined ? (isNumber ? numberedId : firstTextId) : rowOf(lower)
  const to = (upper === undefined ? undefined : rowOf(upper)) ?? (isNumber ? firstTextId : undefined)
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

export const fieldKey = (value: unknown, isDescending: boolean): Buffer => {
  const key = valueKey(value)
  if (isDescending) for (let at = 0; at < key.length; at += 1) key[at] = ~(key[at] ?? 0) & 0xff
  return key
}

/** The smallest key greater than every key that begins with `prefix`. */
export const afterPrefix = (prefix: Buffer): Buffer => {
  const next = Buffer.from(prefix)
  for (let at = next.length - 1; at >= 0; at -= 1) {
    if (next[at] !== 0xff) {
      next[at] = (next[at] ?? 0) + 1
      return next.subarray(0, at + 1)
    }
  }
  return Buffer.from([0xff, 0xff])
}

/** True when there was an array on the way. */
const gather = (value: unknown, path: readonly string[], at: number, found: unknown[]): boolean => {
  const part = path[at]
  if (Array.isArray(value)) {
    if (part !== undefined && /^\d+$/.test(part)) gather(value[Number(part)], path, at + 1, found)
    else if (value.length === 0) found.push(undefined)
    else if (part === undefined) found.push(...value)
    else for (const one of value) gather(one, path, at, found)
    return true
  }
  if (part === undefined) {
    found.push(value)
    return false
  }
  if (typeof value === 'object' && value !== null) {
    return gather((value as Document)[part], path, at + 1, found)
  }
  found.push(undefined)
  return false
}

/** Everything found at a dotted path; arrays are walked into, as MongoDB does. Nothing is a value too. */
export const valuesAt = (
  document: Document,
  path: string,
): { readonly values: readonly unknown[]; readonly isList: boolean } => {
  const values: unknown[] = []
  const isList = gather(document, path.split('.'), 0, values)
  return { values, isList }
}

/** Missing, null and an empty list are no place, as in MongoDB; everything else must be one. */
const cellsAt = (document: Document, path: string, values: readonly unknown[]): readonly string[] => {
  try {
    const places = values.filter((value) => value !== undefined && value !== null)
    return [...new Set(places.flatMap(cellsOf))]
  } catch (error) {
    if (!(error instanceof GeoProblem)) throw error
    throw databaseFailure(`Can't extract geo keys from ${path} of ${String(document._id)}: ${error.message}`)
  }
}

/**
 * The keys under which a document stands in an index: one, or one for each element of an array field. `lists` are
 * the fields that held an array.
 */
export const documentKeys = (
  document: Document,
  { fields, isSparse }: { readonly fields: readonly IndexField[]; readonly isSparse: boolean },
): { readonly keys: ReadonlyMap<string, Buffer>; readonly lists: readonly string[] } => {
  let keys: Buffer[] = [Buffer.alloc(0)]
  const lists: string[] = []
  let isThere = !isSparse
  for (const { path, isDescending, isPlace } of fields) {
    const { values, isList } = valuesAt(document, path)
    isThere ||= isList || values.some((value) => value !== undefined)
    const ends = isPlace
      ? cellsAt(document, path, values).map(valueKey)
      : values.map((value) => fieldKey(value, isDescending))
    if (isList || (isPlace && ends.length > 1)) lists.push(path)
    keys = keys.flatMap((start) => ends.map((end) => Buffer.concat([start, end])))
  }
  return { keys: new Map(isThere ? keys.map((key) => [key.toString('latin1'), key]) : []), lists }
}

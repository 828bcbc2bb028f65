import { compare, resolve } from 'mingo/util'
import { copyOf, type Document, isPlain } from '../ground/codec'
import { databaseFailure, invalidParam, PlatformFailure } from '../ground/failure'
import { checkDocument } from './guards'
import { valueKey } from './keys'
import { matcher } from './mongo'

/** As far beyond the end of a list MongoDB fills up with null. */
const mostPadding = 1_500_000

const isHolder = (value: unknown): value is Document => isPlain(value) || Array.isArray(value)
const isIndex = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part)
const isOperatorObject = (value: unknown): value is Document =>
  isPlain(value) && Object.keys(value).some((key) => key.startsWith('$'))
const isSame = (one: unknown, other: unknown): boolean => valueKey(one).equals(valueKey(other))

const inside = (holder: unknown, part: string): unknown =>
  isHolder(holder) && (!Array.isArray(holder) || isIndex(part)) && Object.hasOwn(holder, part)
    ? holder[part]
    : undefined

const valueAt = (document: Document, path: string): unknown =>
  path.split('.').reduce<unknown>(inside, document)

/** A part that can be written: a field of an object or a place in a list, which is filled up with null. */
const makeRoom = (holder: unknown, part: string, path: string): Document => {
  if (!isHolder(holder) || (Array.isArray(holder) && !isIndex(part)))
    throw databaseFailure(`cannot create the field ${path} inside of a value that is no object`)
  if (Array.isArray(holder)) {
    if (Number(part) > holder.length + mostPadding)
      throw databaseFailure(`${path} is too far beyond the list`)
    while (holder.length < Number(part)) holder.push(null)
  }
  return holder as Document
}

/** Writes a value and makes the objects on its way. */
const put = (document: Document, path: string, value: unknown): void => {
  const parts = path.split('.')
  const last = parts.pop() ?? ''
  let holder = document
  for (const part of parts) {
    makeRoom(holder, part, path)
    if (inside(holder, part) === undefined) holder[part] = {}
    holder = holder[part] as Document
  }
  makeRoom(holder, last, path)[last] = copyOf(value)
}

const remove = (document: Document, path: string): void => {
  const at = path.lastIndexOf('.')
  const holder = at < 0 ? document : valueAt(document, path.slice(0, at))
  const last = path.slice(at + 1)
  if (inside(holder, last) === undefined || !isHolder(holder)) return
  if (Array.isArray(holder)) holder[Number(last)] = null
  else delete holder[last]
}

type Operator = (document: Document, path: string, operand: unknown) => void

const numberAt = (document: Document, path: string): number | undefined => {
  const value = valueAt(document, path)
  if (value !== undefined && typeof value !== 'number')
    throw databaseFailure(`the field ${path} is no number`)
  return value
}

const listAt = (document: Document, path: string): readonly unknown[] | undefined => {
  const value = valueAt(document, path)
  if (value !== undefined && !Array.isArray(value)) throw databaseFailure(`the field ${path} is no list`)
  return value
}

const arithmetic =
  (apply: (present: number | undefined, operand: number) => number): Operator =>
  (document, path, operand) => {
    if (typeof operand !== 'number') throw databaseFailure(`${path} can be changed by a number only`)
    put(document, path, apply(numberAt(document, path), operand))
  }

const extreme =
  (sign: 1 | -1): Operator =>
  (document, path, operand) => {
    const present = valueAt(document, path)
    if (present === undefined || compare(operand, present) * sign > 0) put(document, path, operand)
  }

/** What is to be added, and how: a value, or `$each` with the modifiers that the operator knows. */
const additions = (path: string, operand: unknown, known: readonly string[]) => {
  if (!isOperatorObject(operand)) return { each: [operand] as readonly unknown[], modifiers: {} as Document }
  const { $each: each, ...modifiers } = operand
  const unknown = Object.keys(modifiers).find((key) => !known.includes(key))
  if (unknown !== undefined) throw databaseFailure(`${unknown} is not known where ${path} is added to`)
  if (!Array.isArray(each)) throw databaseFailure(`$each of ${path} must be a list`)
  return { each: each as readonly unknown[], modifiers }
}

const wholeNumber = (value: unknown, name: string): number | undefined => {
  if (value !== undefined && !Number.isInteger(value)) throw databaseFailure(`${name} must be a whole number`)
  return value as number | undefined
}

const comparison = (sort: unknown): ((one: unknown, other: unknown) => number) => {
  if (sort === 1 || sort === -1) return (one, other) => sort * compare(one, other)
  const keys = isPlain(sort) ? Object.entries(sort) : []
  if (keys.length === 0 || keys.some(([, direction]) => direction !== 1 && direction !== -1))
    throw databaseFailure('$sort must be 1, -1 or fields with 1 or -1')
  const of = (value: unknown, key: string) => (isPlain(value) ? resolve(value as never, key) : undefined)
  return (one, other) => {
    for (const [key, direction] of keys) {
      const difference = compare(of(one, key), of(other, key)) * (direction as number)
      if (difference !== 0) return difference
    }
    return 0
  }
}

const push: Operator = (document, path, operand) => {
  const { each, modifiers } = additions(path, operand, ['$position', '$sort', '$slice'])
  const position = wholeNumber(modifiers.$position, '$position')
  const slice = wholeNumber(modifiers.$slice, '$slice')
  const list = [...(listAt(document, path) ?? [])]
  list.splice(position ?? list.length, 0, ...each)
  if (modifiers.$sort !== undefined) list.sort(comparison(modifiers.$sort))
  const kept = slice === undefined ? list : slice < 0 ? list.slice(slice) : list.slice(0, slice)
  put(document, path, kept)
}

const addToSet: Operator = (document, path, operand) => {
  const list = [...(listAt(document, path) ?? [])]
  for (const value of additions(path, operand, []).each)
    if (!list.some((one) => isSame(one, value))) list.push(value)
  put(document, path, list)
}

const pop: Operator = (document, path, operand) => {
  if (operand !== 1 && operand !== -1) throw databaseFailure('$pop takes 1 or -1')
  const list = listAt(document, path)
  if (list) put(document, path, operand === 1 ? list.slice(0, -1) : list.slice(1))
}

/** A condition on the element's fields, operators on the element itself, or the very value. */
const pulled = (operand: unknown): ((element: unknown) => boolean) => {
  if (isOperatorObject(operand) || operand instanceof RegExp) {
    const matches = matcher({ element: operand })
    return (element) => matches({ element })
  }
  if (!isPlain(operand)) return (element) => isSame(element, operand)
  const matches = matcher(operand)
  return (element) => isPlain(element) && matches(element)
}

const cull = (document: Document, path: string, isGone: (element: unknown) => boolean): void => {
  const list = listAt(document, path)
  if (list)
    put(
      document,
      path,
      list.filter((element) => !isGone(element)),
    )
}

const bitwise: Readonly<Record<string, (one: bigint, other: bigint) => bigint>> = {
  and: (one, other) => one & other,
  or: (one, other) => one | other,
  xor: (one, other) => one ^ other,
}

const bit: Operator = (document, path, operand) => {
  let value = numberAt(document, path) ?? 0
  const entries = isPlain(operand) ? Object.entries(operand) : []
  if (entries.length === 0) throw databaseFailure('$bit needs and, or, or xor')
  for (const [name, other] of entries) {
    const apply = Object.hasOwn(bitwise, name) ? bitwise[name] : undefined
    if (!apply || !Number.isInteger(other) || !Number.isInteger(value))
      throw databaseFailure('$bit takes and, or, xor of whole numbers')
    value = Number(apply(BigInt(value), BigInt(other as number)))
  }
  put(document, path, value)
}

const passesList = (document: Document, path: string): boolean =>
  path.split('.').some((_, at, parts) => Array.isArray(valueAt(document, parts.slice(0, at).join('.'))))

const rename: Operator = (document, path, operand) => {
  const target = operand as string
  if (passesList(document, path) || passesList(document, target))
    throw databaseFailure('$rename does not reach into lists')
  const value = valueAt(document, path)
  if (value === undefined) return
  remove(document, path)
  put(document, target, value)
}

const operators: Readonly<Record<string, Operator>> = {
  $set: put,
  $unset: remove,
  $inc: arithmetic((present, operand) => (present ?? 0) + operand),
  $mul: arithmetic((present, operand) => (present === undefined ? 0 : present * operand)),
  $min: extreme(-1),
  $max: extreme(1),
  $rename: rename,
  $push: push,
  $pop: pop,
  $pull: (document, path, operand) => cull(document, path, pulled(operand)),
  $pullAll: (document, path, operand) => {
    if (!Array.isArray(operand)) throw databaseFailure('$pullAll needs a list')
    cull(document, path, (element) => operand.some((one) => isSame(one, element)))
  },
  $addToSet: addToSet,
  $bit: bit,
  // An update here never inserts.
  $setOnInsert: () => {},
}

const checkPath = (path: string): void => {
  const [first, ...others] = path.split('.')
  if (first === '_id') throw databaseFailure('the field _id cannot be changed')
  for (const part of [first ?? '', ...others])
    if (part === '' || part === '__proto__') throw databaseFailure(`the path ${path} is not allowed`)
  if (first?.startsWith('$') || others.some((part) => /^\$(?!$|\[\]$)/.test(part)))
    throw databaseFailure(`the path ${path} is not supported`)
}

/**
 * Refuses what is no update, whatever the documents are: unknown operators, impossible paths, a changed _id, two changes
 * of one place. Source: https://www.mongodb.com/docs/manual/reference/operator/update/
 */
export const checkUpdate = (change: Document): void => {
  const paths: string[] = []
  for (const [operator, fields] of Object.entries(change)) {
    if (!Object.hasOwn(operators, operator))
      throw invalidParam(`the update operator ${operator} is not supported`)
    if (!isPlain(fields)) throw invalidParam(`${operator} needs fields`)
    paths.push(...Object.keys(fields))
    if (operator !== '$rename') continue
    for (const target of Object.values(fields)) {
      if (typeof target !== 'string') throw databaseFailure('$rename needs the new name')
      paths.push(target)
    }
  }
  paths.forEach(checkPath)
  const seen = paths.map((path) => `${path}.`).sort()
  seen.forEach((path, at) => {
    if (at > 0 && path.startsWith(seen[at - 1] ?? ''))
      throw databaseFailure(`updating the path ${path.slice(0, -1)} would create a conflict`)
  })
}

/** The conditions that a document must meet all, and the fields they are on. */
const conditions = (query: Document): readonly (readonly [string, unknown])[] =>
  Object.entries(query).flatMap(([field, condition]) =>
    field === '$and' ? (condition as Document[]).flatMap(conditions) : [[field, condition] as const],
  )

/** The first element that made the document meet the query. */
const positionOf = (list: readonly unknown[], path: string, query: Document): number => {
  for (const [field, condition] of conditions(query)) {
    if (field !== path && !field.startsWith(`${path}.`)) continue
    const matches = matcher({ [`list${field.slice(path.length)}`]: condition })
    const at = list.findIndex((element) => matches({ list: [element] }))
    if (at >= 0) return at
  }
  throw databaseFailure(`the query does not say which element of ${path} is meant`)
}

/** The places that a path with `$` and `$[]` means in this document. */
const placesOf = (document: Document, path: string, query: Document): readonly string[] => {
  const parts = path.split('.')
  const at = parts.findIndex((part) => part.startsWith('$'))
  if (at < 0) return [path]
  const before = parts.slice(0, at).join('.')
  const list = valueAt(document, before)
  if (!Array.isArray(list)) throw databaseFailure(`the field ${before} is no list`)
  const positions = parts[at] === '$' ? [positionOf(list, before, query)] : [...list.keys()]
  return positions.flatMap((position) =>
    placesOf(document, [before, position, ...parts.slice(at + 1)].join('.'), query),
  )
}

/** A refusal says which operator it is about. */
const naming = (operator: string, work: () => void): void => {
  try {
    work()
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error
    throw new PlatformFailure(error.code, `cannot apply ${operator}: ${error.message}`)
  }
}

/**
 * The document after the change, as MongoDB does it; `query` says which element a positional `$` means. Refuses what
 * does not fit to the document, in the platform's shape.
 * Source: https://www.mongodb.com/docs/manual/reference/operator/update/
 */
export const changed = (document: Document, change: Document, query: Document): Document => {
  const copy = copyOf(document)
  for (const [operator, fields] of Object.entries(change))
    for (const [path, operand] of Object.entries(fields as Document))
      naming(operator, () => {
        for (const place of placesOf(document, path, query)) operators[operator]?.(copy, place, operand)
      })
  checkDocument(copy)
  return copy
}

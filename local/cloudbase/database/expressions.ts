import { evalExpr } from 'mingo/core'
import { compare } from 'mingo/util'
import { type Document, isPlain } from '../ground/codec'
import { databaseFailure } from '../ground/failure'

/** Expressions and accumulators where the library means something else than MongoDB, or knows nothing. */

type Settings = Parameters<typeof evalExpr>[2]
type Expression = (document: unknown, operand: unknown, settings: Settings) => unknown

const evaluate = (document: unknown, expression: unknown, settings: Settings): unknown =>
  evalExpr(document as never, expression as never, settings)

const both = (document: unknown, operand: unknown, settings: Settings): readonly [unknown, unknown] => {
  const [one, other] = evaluate(document, operand, settings) as readonly unknown[]
  return [one, other]
}

/** Values of different types have an order too. */
const compared =
  (isMet: (order: number) => boolean): Expression =>
  (document, operand, settings) =>
    isMet(compare(...both(document, operand, settings)))

/** In aggregations a field that is missing is not null. */
const isEqual: Expression = (document, operand, settings) =>
  compare(...both(document, operand, settings)) === 0

/** A number with its point moved to the right, without the error of a multiplication. */
const moved = (number: number, places: number): number => {
  const [digits, exponent] = number.toExponential(14).split('e')
  return Number(`${digits}e${Number(exponent) + places}`)
}

const halfToEven = (number: number): number => {
  const below = Math.floor(number)
  if (number - below !== 0.5) return Math.round(number)
  return below % 2 === 0 ? below : below + 1
}

const cutTo =
  (name: string, cut: (number: number) => number): Expression =>
  (document, operand, settings) => {
    const value = evaluate(document, operand, settings)
    const [number, places] = Array.isArray(value) ? (value as readonly unknown[]) : [value, 0]
    if (number === null || number === undefined || places === null) return null
    if (typeof number !== 'number') throw databaseFailure(`${name} needs a number`)
    if (!Number.isInteger(places ?? 0) || Number(places ?? 0) < -20 || Number(places ?? 0) > 100)
      throw databaseFailure(`${name} takes -20 to 100 places`)
    return Number.isFinite(number)
      ? moved(cut(moved(number, Number(places ?? 0))), -Number(places ?? 0))
      : number
  }

const sizeOf: Expression = (document, operand, settings) => {
  if (Array.isArray(operand) && operand.length !== 1) throw databaseFailure('$size takes one operand')
  const list = evaluate(document, Array.isArray(operand) ? operand[0] : operand, settings)
  if (!Array.isArray(list)) throw databaseFailure('$size needs a list')
  return list.length
}

/** Text in another case; nothing becomes an empty text. */
const inCase =
  (name: string, change: (text: string) => string): Expression =>
  (document, operand, settings) => {
    const text = evaluate(document, operand, settings)
    if (text === null || text === undefined) return ''
    if (text instanceof Date) return change(text.toISOString())
    if (typeof text !== 'string' && typeof text !== 'number') throw databaseFailure(`${name} needs a text`)
    return change(String(text))
  }

/** The values of several operands, or the elements of the list that a single one is. */
const operandsOf = (document: unknown, operand: unknown, settings: Settings): readonly unknown[] => {
  const alone = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand
  const value = evaluate(document, alone, settings)
  return Array.isArray(value) ? value : [value]
}

const mostOf =
  (sign: 1 | -1): Expression =>
  (...given) => {
    const values = operandsOf(...given).filter((one) => one !== null && one !== undefined)
    return values.reduce((best, one) => (compare(one, best) * sign > 0 ? one : best), values[0]) ?? null
  }

const numbersOf: (...given: Parameters<Expression>) => readonly number[] = (...given) =>
  operandsOf(...given).filter((one): one is number => typeof one === 'number')

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)

/** What accumulators mean outside of groups. */
export const listExpressions: Readonly<Record<'$sum' | '$avg' | '$max' | '$min', Expression>> = {
  $sum: (...given) => sumOf(numbersOf(...given)),
  $avg: (...given) => {
    const numbers = numbersOf(...given)
    return numbers.length === 0 ? null : sumOf(numbers) / numbers.length
  },
  $max: mostOf(1),
  $min: mostOf(-1),
}

const switched: Expression = (document, operand, settings) => {
  const { branches, default: otherwise } = (isPlain(operand) ? operand : {}) as Document
  if (!Array.isArray(branches) || branches.length === 0) throw databaseFailure('$switch needs branches')
  for (const branch of branches as readonly Document[])
    if (evaluate(document, branch.case, settings)) return evaluate(document, branch.then, settings)
  if (otherwise === undefined) throw databaseFailure('$switch has no branch for this and no default')
  return evaluate(document, otherwise, settings)
}

/** Where a text begins within another one, counted in characters. */
const indexOfCharacters: Expression = (document, operand, settings) => {
  const [text, searched, from = 0, to] = evaluate(document, operand, settings) as readonly unknown[]
  if (text === null || text === undefined) return null
  if (typeof text !== 'string' || typeof searched !== 'string')
    throw databaseFailure('$indexOfCP needs texts')
  const letters = [...text].slice(0, to === undefined ? undefined : Number(to))
  const wanted = [...searched]
  for (let at = Number(from); at + wanted.length <= letters.length; at += 1)
    if (wanted.every((letter, offset) => letters[at + offset] === letter)) return at
  return -1
}

/** Where a text begins within another one, counted in bytes of UTF-8. */
const indexOfBytes: Expression = (document, operand, settings) => {
  const [text, searched, from = 0, to] = evaluate(document, operand, settings) as readonly unknown[]
  if (text === null || text === undefined) return null
  if (typeof text !== 'string' || typeof searched !== 'string')
    throw databaseFailure('$indexOfBytes needs texts')
  const bytes = Buffer.from(text).subarray(0, to === undefined ? undefined : Number(to))
  return bytes.indexOf(searched, Number(from))
}

/** A part of a text, counted in bytes of UTF-8; a negative length is the rest. Refuses to cut a character. */
const partOfBytes: Expression = (document, operand, settings) => {
  const [value, from, length] = evaluate(document, operand, settings) as readonly unknown[]
  if (value === null || value === undefined) return ''
  const text = value instanceof Date ? value.toISOString() : String(value)
  if (!Number.isInteger(from) || !Number.isInteger(length))
    throw databaseFailure('$substrBytes needs whole numbers')
  if (Number(from) < 0) throw databaseFailure('$substrBytes begins at 0 at the earliest')
  const bytes = Buffer.from(text)
  const end = Number(length) < 0 ? bytes.length : Number(from) + Number(length)
  const isWithin = (at: number) => ((bytes[at] ?? 0) & 0xc0) === 0x80
  if (isWithin(Number(from)) || isWithin(end)) throw databaseFailure('$substrBytes would cut a character')
  return bytes.toString('utf8', Number(from), end)
}

/**
 * Weeks begin on Sundays; what comes before the first one is week 0. The library counts them otherwise: the days are its
 * own, the week is counted from them.
 */
export const dateExpressions = (
  library: Expression,
): Readonly<Record<'$dateToString' | '$week', Expression>> => {
  const weekOf = (document: unknown, operand: Document, settings: Settings): number | undefined => {
    const days = library(document, { ...operand, format: '%j %w' }, settings)
    if (typeof days !== 'string' || !/^\d+ \d$/.test(days)) return undefined
    const [dayOfYear = 0, dayOfWeek = 0] = days.split(' ').map(Number)
    return Math.floor((dayOfYear + 7 - dayOfWeek) / 7)
  }
  return {
    $week: (document, operand, settings) => {
      const alone: unknown = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand
      const given = isPlain(alone) && 'date' in alone ? alone : { date: alone }
      const date = evaluate(document, given.date, settings)
      if (date === null || date === undefined) return null
      if (!(date instanceof Date)) throw databaseFailure('$week needs a date')
      return weekOf(document, given, settings)
    },
    $dateToString: (document, operand, settings) => {
      const given = isPlain(operand) ? operand : {}
      const format = evaluate(document, given.format, settings)
      if (typeof format !== 'string' || !format.includes('%U')) return library(document, operand, settings)
      const week = weekOf(document, { ...given, onNull: null }, settings)
      const filled = week === undefined ? format : format.replaceAll('%U', String(week).padStart(2, '0'))
      return library(document, { ...given, format: { $literal: filled } }, settings)
    },
  }
}

/** Settings in which `$field` means a field of this document. */
const within = (settings: Settings, root: unknown): Settings => {
  const { update } = settings as { update?: (change: object) => Settings }
  return update ? update.call(settings, { root }) : settings
}

type Accumulator = (documents: readonly unknown[], expression: unknown, settings: Settings) => unknown

/** A field that a document has not adds nothing. */
const gathered = (documents: readonly unknown[], expression: unknown, settings: Settings): unknown[] =>
  documents
    .map((root) => evaluate(root, expression, within(settings, root)))
    .filter((value) => value !== undefined)

const mergedOf = (parts: readonly unknown[]): Document => {
  if (!parts.every((part) => part === null || part === undefined || isPlain(part)))
    throw databaseFailure('$mergeObjects needs objects')
  return Object.assign({}, ...parts)
}

/** Of a group's documents, or of the objects in a list. */
const merged: Expression = (document, operand, settings) => {
  if (Array.isArray(document)) return mergedOf(gathered(document, operand, settings))
  const value = evaluate(document, operand, settings)
  return mergedOf(Array.isArray(value) ? value : [value])
}

export const expressions = {
  $gt: compared((order) => order > 0),
  $gte: compared((order) => order >= 0),
  $lt: compared((order) => order < 0),
  $lte: compared((order) => order <= 0),
  $eq: isEqual,
  $ne: ((...given) => !isEqual(...given)) as Expression,
  $round: cutTo('$round', halfToEven),
  $trunc: cutTo('$trunc', Math.trunc),
  $size: sizeOf,
  $toUpper: inCase('$toUpper', (text) => text.toUpperCase()),
  $toLower: inCase('$toLower', (text) => text.toLowerCase()),
  $switch: switched,
  $indexOfCP: indexOfCharacters,
  $indexOfBytes: indexOfBytes,
  $substr: partOfBytes,
  $substrBytes: partOfBytes,
  $mergeObjects: merged,
}

export const accumulators = (addToSet: Accumulator): Readonly<Record<string, Accumulator>> => ({
  $push: gathered,
  $addToSet: (documents, expression, settings) =>
    addToSet(
      gathered(documents, expression, settings).map((value) => ({ value })),
      '$value',
      settings,
    ),
})

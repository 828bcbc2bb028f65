import { evalExpr } from 'mingo/core'
import { compare } from 'mingo/util'
import { type Document, isPlain } from '../codec'
import { databaseFailure } from '../failure'

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

const truncated: Expression = (document, operand, settings) => {
  const value = evaluate(document, operand, settings)
  const [number, places] = Array.isArray(value) ? (value as readonly unknown[]) : [value, 0]
  if (number === null || number === undefined) return null
  if (typeof number !== 'number') throw databaseFailure('$trunc needs a number')
  const scale = 10 ** Number(places ?? 0)
  return Math.trunc(number * scale) / scale
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

const dayMs = 86_400_000

/** Weeks begin on Sundays; what comes before the first one is week 0. */
const week: Expression = (document, operand, settings) => {
  const value = evaluate(document, isPlain(operand) && 'date' in operand ? operand.date : operand, settings)
  const date = Array.isArray(value) ? value[0] : value
  if (date === null || date === undefined) return null
  if (!(date instanceof Date)) throw databaseFailure('$week needs a date')
  const dayOfYear = Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / dayMs)
  return Math.floor((dayOfYear + 7 - date.getUTCDay()) / 7)
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
  $trunc: truncated,
  $switch: switched,
  $indexOfCP: indexOfCharacters,
  $indexOfBytes: indexOfBytes,
  $week: week,
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

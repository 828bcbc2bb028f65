import { type Document, isPlain } from '../codec'
import { databaseFailure, invalidParam } from '../failure'
import { checkGeo, isGeoOperator, isNearOperator } from './geo-query'

const logical = new Set(['$and', '$or', '$nor'])
const topLevel = new Set([...logical, '$expr'])
const perField = new Set([
  '$eq',
  '$ne',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$nin',
  '$exists',
  '$type',
  '$all',
  '$size',
  '$elemMatch',
  '$not',
  '$mod',
  '$regex',
  '$options',
])

const checkCondition = (field: string, condition: unknown, isNearAllowed: boolean): void => {
  if (!isPlain(condition)) return
  const keys = Object.keys(condition)
  if (!keys.some((key) => key.startsWith('$'))) return
  for (const key of keys) {
    if (isGeoOperator(key)) {
      if (isNearOperator(key) && !isNearAllowed)
        throw invalidParam(`${key} is not allowed here: it orders all`)
      checkGeo(field, key, condition[key])
    } else if (!perField.has(key)) throw invalidParam(`the operator ${key} on ${field} is not supported`)
    if (key === '$not') checkCondition(field, condition.$not, false)
    if (key === '$elemMatch' && isPlain(condition.$elemMatch)) {
      const inner = condition.$elemMatch
      if (Object.keys(inner).some((one) => one.startsWith('$') && !logical.has(one)))
        checkCondition(field, inner, false)
      else checkQuery(inner, false)
    }
  }
}

/**
 * Refuses what the platform does not know, `$where` above all, before any document is looked at. What is near to a
 * point orders the whole answer: it may stand beside other conditions only, as in MongoDB.
 */
export const checkQuery = (query: Document, isNearAllowed = true): void => {
  for (const [key, condition] of Object.entries(query)) {
    if (logical.has(key)) {
      if (!Array.isArray(condition) || condition.length === 0)
        throw invalidParam(`${key} needs a list of conditions`)
      for (const one of condition) {
        if (!isPlain(one)) throw invalidParam(`${key} needs a list of conditions`)
        checkQuery(one, isNearAllowed && key === '$and')
      }
    } else if (key.startsWith('$')) {
      if (!topLevel.has(key)) throw invalidParam(`the operator ${key} is not supported`)
    } else checkCondition(key, condition, isNearAllowed)
  }
}

/** Stages that would write, run code, or reach beyond the database. */
const barredStages = new Set(['$out', '$merge', '$documents'])

/** Refuses stages the platform does not know; each holds one operator. */
export const checkStages = (stages: readonly Document[]): void => {
  for (const stage of stages) {
    const [name, ...others] = Object.keys(stage)
    if (name === undefined || others.length > 0 || barredStages.has(name)) {
      throw invalidParam(`the stage ${Object.keys(stage).join(', ')} is not supported`)
    }
    const value = stage[name]
    if (name === '$match') {
      if (!isPlain(value)) throw invalidParam('$match needs conditions')
      checkQuery(value, false)
    }
    if (name === '$geoNear') throw invalidParam('$geoNear must be the first stage')
  }
}

const updateOperators = new Set([
  '$set',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$rename',
  '$push',
  '$pop',
  '$pull',
  '$pullAll',
  '$addToSet',
])
const arithmetic = new Set(['$inc', '$mul'])
const onLists = new Set(['$push', '$pop', '$pull', '$pullAll', '$addToSet'])
/** These leave alone what is not there; the others make the way to their field. */
const needingNothing = new Set(['$unset', '$rename', '$pop', '$pull', '$pullAll'])

/** What stands at a path that names no list element by position. */
const valueAt = (document: Document, path: string, mustBeReachable: boolean): unknown => {
  let value: unknown = document
  for (const part of path.split('.')) {
    if (value === undefined || part.startsWith('$')) return undefined
    if (typeof value !== 'object' || value === null) {
      if (mustBeReachable) throw databaseFailure(`cannot create the field ${path} inside of ${String(value)}`)
      return undefined
    }
    value = (value as Document)[part]
  }
  return value
}

/**
 * Refuses updates that MongoDB would refuse and the query library would silently skip: arithmetic on what is no
 * number, list operations on what is no list, a field inside of a text, a changed _id.
 */
export const checkUpdate = (update: Document, document: Document): void => {
  for (const [operator, changes] of Object.entries(update)) {
    if (!updateOperators.has(operator)) throw invalidParam(`the update operator ${operator} is not supported`)
    if (!isPlain(changes)) throw invalidParam(`${operator} needs fields`)
    for (const [field, operand] of Object.entries(changes)) {
      if (field === '_id' || field.startsWith('_id.'))
        throw databaseFailure('the field _id cannot be changed')
      if (arithmetic.has(operator) && typeof operand !== 'number') {
        throw databaseFailure(`cannot apply ${operator} with a value that is no number to ${field}`)
      }
      const present = valueAt(document, field, !needingNothing.has(operator))
      if (present === undefined) continue
      if (arithmetic.has(operator) && typeof present !== 'number') {
        throw databaseFailure(`cannot apply ${operator} to the non-numeric field ${field}`)
      }
      if (onLists.has(operator) && !Array.isArray(present)) {
        throw databaseFailure(`cannot apply ${operator} to ${field}, which is no array`)
      }
    }
  }
}

/** Field names of stored documents: no operators, no dots. */
export const checkDocument = (document: Document): void => {
  for (const key of Object.keys(document)) {
    if (key.startsWith('$') || key.includes('.')) throw invalidParam(`the field name ${key} is not allowed`)
  }
}

import { type Document, isPlain } from '../codec'
import { invalidParam } from '../failure'
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

const checkFields = (value: unknown): void => {
  if (Array.isArray(value)) value.forEach(checkFields)
  if (!isPlain(value)) return
  for (const key of Object.keys(value)) {
    if (key.startsWith('$') || key.includes('.') || key.includes('\u0000'))
      throw invalidParam(`the field name ${key} is not allowed`)
    checkFields(value[key])
  }
}

/** Field names of stored documents, at any depth: no operators, no dots. */
export const checkDocument = (document: Document): void => checkFields(document)

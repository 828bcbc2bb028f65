import { type Document, isPlain } from '../ground/codec'
import { databaseFailure, invalidParam } from '../ground/failure'
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

const isWhole = (value: unknown): boolean => Number.isInteger(value)

/** What the query library would take and MongoDB refuses. */
const operandChecks: Readonly<Record<string, readonly [(operand: unknown) => boolean, string]>> = {
  $in: [Array.isArray, 'a list'],
  $nin: [Array.isArray, 'a list'],
  $all: [Array.isArray, 'a list'],
  $size: [(operand) => isWhole(operand) && Number(operand) >= 0, 'a whole number that is not negative'],
  $mod: [
    (operand) =>
      Array.isArray(operand) &&
      operand.length === 2 &&
      operand.every((one) => Number.isFinite(one)) &&
      Math.trunc(Number(operand[0])) !== 0,
    'a divisor that is not zero and a rest',
  ],
  $elemMatch: [isPlain, 'a condition'],
  $not: [(operand) => isPlain(operand) || operand instanceof RegExp, 'a condition'],
}

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
    const check = operandChecks[key]
    if (check && !check[0](condition[key])) throw invalidParam(`${key} on ${field} needs ${check[1]}`)
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

/** Of MongoDB's stages those that write, run code, or tell about the server are not there. */
const knownStages = new Set([
  '$addFields',
  '$bucket',
  '$bucketAuto',
  '$count',
  '$facet',
  '$geoNear',
  '$graphLookup',
  '$group',
  '$limit',
  '$lookup',
  '$match',
  '$project',
  '$redact',
  '$replaceRoot',
  '$replaceWith',
  '$sample',
  '$set',
  '$setWindowFields',
  '$skip',
  '$sort',
  '$sortByCount',
  '$unionWith',
  '$unset',
  '$unwind',
])

const checkInner = (pipeline: unknown, stage: string): void => {
  if (!Array.isArray(pipeline) || !pipeline.every(isPlain))
    throw invalidParam(`${stage} needs a list of stages`)
  checkStages(pipeline)
}

const checkLookup = (value: Document): void => {
  const { from, as, localField, foreignField, pipeline } = value
  const isName = (name: unknown) => typeof name === 'string' && name !== '' && !name.startsWith('$')
  if (!isName(from) || !isName(as)) throw invalidParam('$lookup needs from and as')
  const isByFields = isName(localField) && isName(foreignField)
  const isByPipeline = localField === undefined && foreignField === undefined && pipeline !== undefined
  if (!isByFields && !isByPipeline)
    throw invalidParam('$lookup needs localField and foreignField, or a pipeline')
  if (value.let !== undefined && !isPlain(value.let)) throw invalidParam('let of $lookup needs variables')
  if (pipeline !== undefined) checkInner(pipeline, '$lookup')
}

/** Refuses stages the platform does not know or cannot do, before any document is looked at; each holds one operator. */
export const checkStages = (stages: readonly Document[]): void => {
  for (const stage of stages) {
    const [name, ...others] = Object.keys(stage)
    if (name === undefined || others.length > 0 || !knownStages.has(name)) {
      throw invalidParam(`the stage ${Object.keys(stage).join(', ')} is not supported`)
    }
    const value = stage[name]
    if (name === '$match') {
      if (!isPlain(value)) throw invalidParam('$match needs conditions')
      checkQuery(value, false)
    }
    if (name === '$geoNear') throw invalidParam('$geoNear must be the first stage')
    if (name === '$lookup') checkLookup(isPlain(value) ? value : {})
    if (name === '$facet')
      for (const inner of Object.values(isPlain(value) ? value : {})) checkInner(inner, '$facet')
    if (name === '$unionWith' && isPlain(value) && value.pipeline !== undefined)
      checkInner(value.pipeline, '$unionWith')
    if (name === '$group') {
      if (!isPlain(value) || !('_id' in value)) throw invalidParam('$group needs an _id')
      for (const [field, accumulator] of Object.entries(value)) {
        const [operator, ...more] = isPlain(accumulator) ? Object.keys(accumulator) : []
        if (field !== '_id' && (!operator?.startsWith('$') || more.length > 0 || field.includes('.')))
          throw invalidParam(`the field ${field} of $group must be one accumulator`)
      }
    }
  }
}

/** https://www.mongodb.com/docs/manual/reference/limits/#mongodb-limit-Nested-Depth-for-BSON-Documents */
const mostLevels = 100

const checkFields = (value: unknown, level: number): void => {
  if (level > mostLevels) throw databaseFailure(`documents have ${mostLevels} levels at most`)
  if (Array.isArray(value)) for (const one of value) checkFields(one, level + 1)
  if (!isPlain(value)) return
  for (const key of Object.keys(value)) {
    if (key.startsWith('$') || key.includes('.') || key.includes('\u0000'))
      throw invalidParam(`the field name ${key} is not allowed`)
    checkFields(value[key], level + 1)
  }
}

/** Field names of stored documents, at any depth: no operators, no dots. */
export const checkDocument = (document: Document): void => checkFields(document, 0)

import { copyOf, type Document, isPlain } from '../ground/codec'
import { invalidParam } from '../ground/failure'
import {
  angleTo,
  earthRadiusMetres,
  GeoProblem,
  intersect,
  isWithin,
  isWithinCap,
  type Position,
  readPosition,
  readShape,
  type Shape,
} from './geo'
import { type Cell, isOverlapping, leastAngle } from './geo-cells'
import { valuesAt } from './keys'

/** A condition on where something is. */
export interface Area {
  readonly isMet: (shape: Shape) => boolean
  /** False when nothing in the cell can meet it. */
  readonly isTouched: (cell: Cell) => boolean
}

/** A condition that also orders, nearest first. */
export interface Near {
  readonly path: string
  readonly centre: Position
  /** Radians, both included. */
  readonly least: number
  readonly most: number
}

export const isNearOperator = (operator: string): boolean =>
  operator === '$near' || operator === '$nearSphere'
const isAreaOperator = (operator: string): boolean =>
  operator === '$geoWithin' || operator === '$geoIntersects'
export const isGeoOperator = (operator: string): boolean =>
  isNearOperator(operator) || isAreaOperator(operator)

/** Problems of a query are its sender's. */
const attempt = <T>(operator: string, read: () => T): T => {
  try {
    return read()
  } catch (error) {
    if (error instanceof GeoProblem) throw invalidParam(`${operator}: ${error.message}`)
    throw error
  }
}

const fieldsOf = (operator: string, value: unknown, known: readonly string[]): Document => {
  if (!isPlain(value)) throw invalidParam(`${operator} needs ${known.join(', ')}`)
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) throw invalidParam(`${operator}: ${key} is not supported`)
  }
  return value
}

const numberOf = (operator: string, name: string, value: unknown, otherwise: number): number => {
  if (value === undefined) return otherwise
  if (typeof value !== 'number' || !(value >= 0))
    throw invalidParam(`${operator}: ${name} must not be negative`)
  return value
}

const typeOf = (value: unknown): unknown => (isPlain(value) ? value.type : undefined)

const readCentre = (operator: string, value: unknown): Position =>
  attempt(operator, () => {
    if (!isPlain(value) || value.type !== 'Point') throw new GeoProblem('it needs a Point to be near to')
    readShape(value)
    return readPosition(value.coordinates)
  })

const readNear = (path: string, operator: string, value: unknown): Near => {
  const { $geometry, $minDistance, $maxDistance } = fieldsOf(operator, value, [
    '$geometry',
    '$minDistance',
    '$maxDistance',
  ])
  return {
    path,
    centre: readCentre(operator, $geometry),
    least: numberOf(operator, '$minDistance', $minDistance, 0) / earthRadiusMetres,
    most: numberOf(operator, '$maxDistance', $maxDistance, Number.POSITIVE_INFINITY) / earthRadiusMetres,
  }
}

const readCap = (operator: string, value: unknown): Area => {
  if (!Array.isArray(value) || value.length !== 2)
    throw invalidParam(`${operator}: $centerSphere needs [[longitude, latitude], radians]`)
  const centre = readPosition(value[0])
  const angle = numberOf(operator, 'the radius', value[1] ?? null, 0)
  return {
    isMet: (shape) => isWithinCap(shape, centre, angle),
    isTouched: (cell) => leastAngle(centre, cell) <= angle,
  }
}

/** Reads `$geoWithin` and `$geoIntersects`. Refuses INVALID_PARAM for what is no geometry. */
const readArea = (operator: string, value: unknown): Area =>
  attempt(operator, () => {
    if (operator === '$geoWithin' && isPlain(value) && '$centerSphere' in value) {
      return readCap(operator, fieldsOf(operator, value, ['$centerSphere']).$centerSphere)
    }
    const { $geometry } = fieldsOf(operator, value, ['$geometry'])
    const shape = readShape($geometry)
    const boxes = shape.map(({ box }) => box)
    const isTouched = (cell: Cell) => isOverlapping(cell, boxes)
    if (operator === '$geoIntersects') return { isMet: (other) => intersect(other, shape), isTouched }
    if (!['Polygon', 'MultiPolygon'].includes(String(typeOf($geometry))))
      throw new GeoProblem('it needs a Polygon or a MultiPolygon')
    return { isMet: (other) => isWithin(other, shape), isTouched }
  })

/** Refuses INVALID_PARAM for a geo operator in a wrong shape, before any document is looked at. */
export const checkGeo = (field: string, operator: string, value: unknown): void => {
  if (isNearOperator(operator)) readNear(field, operator, value)
  else readArea(operator, value)
}

/** Places at a dotted path; what is no geometry is nowhere. */
const placesAt = (
  document: Document,
  path: string,
): readonly { readonly value: unknown; readonly shape: Shape }[] =>
  valuesAt(document, path).values.flatMap((value) => {
    try {
      return [{ value, shape: readShape(value) }]
    } catch (error) {
      if (error instanceof GeoProblem) return []
      throw error
    }
  })

interface Nearest {
  /** Radians. */
  readonly angle: number
  readonly value: unknown
}

/** The nearest of a document's places, when it is within the limits. */
export const nearestPlace = (
  document: Document,
  { path, centre, least, most }: Near,
): Nearest | undefined => {
  const [nearest] = placesAt(document, path)
    .map(({ value, shape }) => ({ value, angle: angleTo(centre, shape) }))
    .sort((a, b) => a.angle - b.angle)
  return nearest && nearest.angle >= least && nearest.angle <= most ? nearest : undefined
}

const nearPredicate = (operator: string) => (field: string, value: unknown) => {
  const near = readNear(field, operator, value)
  return (document: Document) => nearestPlace(document, near) !== undefined
}
const areaPredicate = (operator: string) => (field: string, value: unknown) => {
  const area = readArea(operator, value)
  return (document: Document) => placesAt(document, field).some(({ shape }) => area.isMet(shape))
}

/** The operators, in the shape the query library takes its own. */
export const geoOperators = {
  $near: nearPredicate('$near'),
  $nearSphere: nearPredicate('$nearSphere'),
  $geoWithin: areaPredicate('$geoWithin'),
  $geoIntersects: areaPredicate('$geoIntersects'),
}

const conditions = (query: Document): (readonly [string, string, unknown])[] =>
  Object.entries(query).flatMap(([key, value]) => {
    if (key === '$and') return (value as Document[]).flatMap(conditions)
    if (key.startsWith('$') || !isPlain(value)) return []
    return Object.entries(value)
      .filter(([operator]) => isGeoOperator(operator))
      .map(([operator, operand]) => [key, operator, operand] as const)
  })

export interface GeoDemands {
  readonly near: Near | undefined
  readonly areas: ReadonlyMap<string, Area>
  /** Every field with a geo operator, however deep in the query. */
  readonly paths: ReadonlySet<string>
}

const holdingConditions = new Set(['$and', '$or', '$nor', '$not', '$elemMatch'])

const pathsIn = (value: unknown, path: string): string[] => {
  if (Array.isArray(value)) return value.flatMap((one) => pathsIn(one, path))
  if (!isPlain(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    if (isGeoOperator(key)) return [path]
    if (key.startsWith('$')) return holdingConditions.has(key) ? pathsIn(inner, path) : []
    const isOperators = isPlain(inner) && Object.keys(inner).some((one) => one.startsWith('$'))
    return isOperators ? pathsIn(inner, path === '' ? key : `${path}.${key}`) : []
  })
}

/** What a query says of places that every answer must meet. Refuses INVALID_PARAM for two nearnesses. */
export const readGeo = (query: Document): GeoDemands => {
  const areas = new Map<string, Area>()
  let near: Near | undefined
  for (const [path, operator, value] of conditions(query)) {
    if (!isNearOperator(operator)) areas.set(path, readArea(operator, value))
    else if (near) throw invalidParam('a query can be near to one point only')
    else near = readNear(path, operator, value)
  }
  return { near, areas, paths: new Set(pathsIn(query, '')) }
}

/** Sorts in memory, nearest first; what is equally far by id. */
export const byDistance = <T extends { readonly id: string; readonly document: Document }>(
  rows: readonly T[],
  near: Near,
): T[] =>
  rows
    .map((row) => ({ row, angle: nearestPlace(row.document, near)?.angle ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => a.angle - b.angle || (a.row.id < b.row.id ? -1 : 1))
    .map(({ row }) => row)

const stageFields = [
  'near',
  'spherical',
  'limit',
  'maxDistance',
  'minDistance',
  'query',
  'distanceMultiplier',
  'distanceField',
  'includeLocs',
  'key',
]

const put = (document: Document, path: string, value: unknown): void => {
  const [field = '', ...rest] = path.split('.')
  if (rest.length === 0) document[field] = value
  else {
    const inner = isPlain(document[field]) ? document[field] : {}
    document[field] = inner
    put(inner, rest.join('.'), value)
  }
}

export interface GeoNearStage {
  readonly query: Document
  readonly limit?: number
  /** The document with its distance. */
  readonly measured: (document: Document) => Document
}

/**
 * Reads the stage `$geoNear`; `keys` are the fields with a geo index. Distances are in metres. Refuses INVALID_PARAM
 * when `near`, `spherical: true` or `distanceField` is missing, and when there are several geo indexes and no `key`
 * (docs.cloudbase.net: Aggregate.geoNear; developers.weixin.qq.com: Aggregate.geoNear, which has the table of what
 * must be given the right way round).
 */
export const readGeoNear = (value: unknown, keys: readonly string[]): GeoNearStage => {
  const stage = fieldsOf('$geoNear', value, stageFields)
  const pathOf = (name: string): string | undefined => {
    const path = stage[name]
    if (path === undefined) return undefined
    if (typeof path !== 'string' || !/^[^$.]+(\.[^$.]+)*$/.test(path))
      throw invalidParam(`$geoNear: ${name} must name a field`)
    return path
  }
  if (stage.spherical !== true) throw invalidParam('$geoNear: spherical must be true')
  const distanceField = pathOf('distanceField')
  if (distanceField === undefined) throw invalidParam('$geoNear: distanceField must name a field')
  const includeLocs = pathOf('includeLocs')
  const key = pathOf('key') ?? (keys.length === 1 ? keys[0] : undefined)
  if (key === undefined && keys.length > 1)
    throw invalidParam(`$geoNear: key must name one of the fields with a geo index: ${keys.join(', ')}`)
  const { limit, query = {} } = stage
  if (limit !== undefined && (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1))
    throw invalidParam('$geoNear: limit must be a whole number above 0')
  if (!isPlain(query)) throw invalidParam('$geoNear: query must be conditions')
  const multiplier = numberOf('$geoNear', 'distanceMultiplier', stage.distanceMultiplier, 1)
  readCentre('$geoNear', stage.near)
  const condition = {
    $geometry: stage.near,
    ...(stage.minDistance === undefined ? {} : { $minDistance: stage.minDistance }),
    ...(stage.maxDistance === undefined ? {} : { $maxDistance: stage.maxDistance }),
  }
  // Without any geo index there is no key to name: the planner refuses the query.
  const near = readNear(key ?? 'location', '$geoNear', condition)
  return {
    query: { $and: [query, { [near.path]: { $nearSphere: condition } }] },
    ...(limit === undefined ? {} : { limit }),
    measured: (document) => {
      const nearest = nearestPlace(document, near)
      const copy = copyOf(document)
      put(copy, distanceField, (nearest?.angle ?? 0) * earthRadiusMetres * multiplier)
      if (includeLocs !== undefined) put(copy, includeLocs, copyOf(nearest?.value))
      return copy
    },
  }
}

import { booleanIntersects } from '@turf/boolean-intersects'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import { booleanWithin } from '@turf/boolean-within'
import { distance } from '@turf/distance'
import { nearestPointOnLine } from '@turf/nearest-point-on-line'
import { isPlain } from '../ground/codec'

/**
 * Geometry of GeoJSON values, by turf. What differs from MongoDB, whose edges are arcs of great circles:
 *
 * - Inside, outside and touching are decided on the plane of longitude and latitude, where edges are straight lines
 *   (the vendor calls its index planar). An edge of 1° along the 45th parallel runs 120 m beside its great circle;
 *   that grows with the square of the length.
 * - As in MongoDB each edge goes the shorter way round, so shapes may cross the antimeridian. A ring round a pole is
 *   refused, and at a pole different longitudes are different places to polygons.
 * - What lies on an edge, a hole's edges too, is within and intersects; MongoDB, which has cells of a centimetre, says
 *   so as well. A line that runs along an edge only is not within. A line or polygon is within several polygons only
 *   if it is within one of them.
 * - A ring that crosses itself is taken as it is (odd is inside), where MongoDB refuses it.
 * - No GeometryCollection, no legacy coordinate pairs, no `crs`.
 *
 * Distances are MongoDB's: on a sphere of 6378.1 km, to the nearest point of a shape, whose edges are here arcs.
 */

export const earthRadiusMetres = 6_378_100

export type Position = readonly [number, number]

/** `east` may be more than 180 and `west` less than -180. */
export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

type Part =
  | { readonly type: 'Point'; readonly coordinates: number[] }
  | { readonly type: 'LineString'; readonly coordinates: number[][] }
  | { readonly type: 'Polygon'; readonly coordinates: number[][][] }
type PolygonPart = Extract<Part, { type: 'Polygon' }>

interface BoxedPart {
  readonly part: Part
  /** Holds the straight edges and the arcs. */
  readonly box: Box
}
/** A GeoJSON value as its points, lines and polygons, edges going the shorter way. */
export type Shape = readonly BoxedPart[]

/** Says what is wrong with a GeoJSON value; those who read one know whose fault it is. */
export class GeoProblem extends Error {}

const list = (value: unknown, least: number, what: string): readonly unknown[] => {
  if (!Array.isArray(value) || value.length < least)
    throw new GeoProblem(`${what} needs at least ${least} ${least === 1 ? 'element' : 'elements'}`)
  return value
}

/** Reads longitude and latitude in degrees; a height is left out. */
export const readPosition = (value: unknown): Position => {
  const [longitude, latitude] = list(value, 2, 'a position')
  if (typeof longitude !== 'number' || !(Math.abs(longitude) <= 180))
    throw new GeoProblem(`the longitude ${String(longitude)} is not between -180 and 180`)
  if (typeof latitude !== 'number' || !(Math.abs(latitude) <= 90))
    throw new GeoProblem(`the latitude ${String(latitude)} is not between -90 and 90`)
  return [longitude, latitude]
}

const readLine = (value: unknown, what: string): number[][] => {
  const positions = list(value, 2, what).map(readPosition)
  let turn = 0
  const line = positions.map(([longitude, latitude], at) => {
    const [before, latitudeBefore] = positions[at - 1] ?? [longitude, latitude]
    const step = longitude - before
    if (Math.abs(step) === 180 && latitude === -latitudeBefore)
      throw new GeoProblem(`${what} has an edge between opposite points of the earth`)
    if (step > 180) turn -= 360
    if (step < -180) turn += 360
    return [longitude + turn, latitude]
  })
  if (new Set(line.map(String)).size < 2) throw new GeoProblem(`${what} needs 2 different positions`)
  return line
}

const readRing = (value: unknown): number[][] => {
  const ring = readLine(list(value, 4, 'a ring'), 'a ring')
  const [first, last] = [ring[0] ?? [], ring[ring.length - 1] ?? []]
  const isClosed = first[1] === last[1] && ((first[0] ?? 0) - (last[0] ?? 0)) % 360 === 0
  if (!isClosed) throw new GeoProblem('a ring is not closed: its last position must be its first')
  if (first[0] !== last[0]) throw new GeoProblem('a ring round a pole is not supported')
  if (new Set(ring.map(String)).size < 3) throw new GeoProblem('a ring needs 3 different positions')
  return ring
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** How far from the equator the arc between two positions comes that are no further from it than `latitude`. */
const bulge = (latitude: number, step: number): number =>
  (Math.atan(Math.tan(radians(latitude)) / Math.cos(radians(step / 2))) * 180) / Math.PI

const boxOf = (lines: readonly (readonly number[][])[]): Box => {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const line of lines) {
    for (const [at, [longitude = 0, latitude = 0]] of line.entries()) {
      const [before = longitude, latitudeBefore = latitude] = line[at - 1] ?? []
      const step = Math.abs(longitude - before)
      const [lower, upper] = [Math.min(latitude, latitudeBefore), Math.max(latitude, latitudeBefore)]
      west = Math.min(west, longitude)
      east = Math.max(east, longitude)
      south = Math.min(south, lower < 0 ? Math.min(lower, bulge(lower, step)) : lower)
      north = Math.max(north, upper > 0 ? Math.max(upper, bulge(upper, step)) : upper)
    }
  }
  return { west, south, east, north }
}

const shifted = (line: number[][], degrees: number): number[][] =>
  degrees === 0 ? line : line.map(([longitude = 0, latitude = 0]) => [longitude + degrees, latitude])

const pointPart = (value: unknown): BoxedPart => {
  const [longitude, latitude] = readPosition(value)
  return {
    part: { type: 'Point', coordinates: [longitude, latitude] },
    box: { west: longitude, east: longitude, south: latitude, north: latitude },
  }
}

const linePart = (value: unknown): BoxedPart => {
  const line = readLine(value, 'a line')
  return { part: { type: 'LineString', coordinates: line }, box: boxOf([line]) }
}

const polygonPart = (value: unknown): BoxedPart => {
  const [outer = [], ...holes] = list(value, 1, 'a polygon').map(readRing)
  const box = boxOf([outer])
  const placed = holes.map((hole) => {
    const { west, east } = boxOf([hole])
    // Holes are on the same side of the antimeridian as what they are in.
    return shifted(hole, 360 * Math.round((box.west + box.east - west - east) / 720))
  })
  return { part: { type: 'Polygon', coordinates: [outer, ...placed] }, box }
}

const single: Readonly<Record<string, (value: unknown) => BoxedPart>> = {
  Point: pointPart,
  LineString: linePart,
  Polygon: polygonPart,
}

/** Reads a GeoJSON geometry. Throws GeoProblem for everything that is none. */
export const readShape = (value: unknown): Shape => {
  if (!isPlain(value) || typeof value.type !== 'string') throw new GeoProblem('it is no GeoJSON geometry')
  if (value.crs !== undefined) throw new GeoProblem('crs is not supported')
  const one = single[value.type]
  if (one) return [one(value.coordinates)]
  const each = value.type.startsWith('Multi') ? single[value.type.slice('Multi'.length)] : undefined
  if (!each) throw new GeoProblem(`${value.type} is no supported GeoJSON geometry`)
  return list(value.coordinates, 1, `a ${value.type}`).map(each)
}

const moved = (part: Part, degrees: number): Part => {
  if (degrees === 0) return part
  if (part.type === 'Point') return { ...part, coordinates: shifted([part.coordinates], degrees)[0] ?? [] }
  if (part.type === 'LineString') return { ...part, coordinates: shifted(part.coordinates, degrees) }
  return { ...part, coordinates: part.coordinates.map((ring) => shifted(ring, degrees)) }
}

/** More than rounding moves anything, less than anybody measures: 0.1 mm. */
const slackDegrees = 1e-9

/** By how many degrees (whole turns) `a` must be moved to overlap `b`; none when they do not. */
export const turnsToOverlap = (a: Box, b: Box): readonly number[] => {
  if (a.north < b.south - slackDegrees || a.south > b.north + slackDegrees) return []
  const first = Math.ceil((b.west - a.east - slackDegrees) / 360)
  const last = Math.floor((b.east - a.west + slackDegrees) / 360)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * 360)
}

const touches = (a: BoxedPart, b: BoxedPart): boolean =>
  turnsToOverlap(a.box, b.box).some((degrees) => booleanIntersects(moved(a.part, degrees), b.part))

/** Do two shapes have a point in common? */
export const intersect = (a: Shape, b: Shape): boolean =>
  a.some((one) => b.some((other) => touches(one, other)))

/** Turf does not see a hole that lies inside of what should be within. */
const isHoleIn = (hole: number[][], inner: PolygonPart): boolean =>
  booleanWithin(inner, { type: 'Polygon', coordinates: [hole] }) ||
  hole.some((position) => booleanPointInPolygon(position, inner, { ignoreBoundary: true }))

const covers = (area: PolygonPart, part: Part): boolean => {
  if (part.type === 'Point') return booleanPointInPolygon(part.coordinates, area)
  if (!booleanWithin(part, area)) return false
  return part.type !== 'Polygon' || !area.coordinates.slice(1).some((hole) => isHoleIn(hole, part))
}

/** Is all of the shape inside of one of the area's polygons, part by part? */
export const isWithin = (shape: Shape, area: Shape): boolean =>
  shape.every(({ part, box }) =>
    area.some(
      (one) =>
        one.part.type === 'Polygon' &&
        turnsToOverlap(box, one.box).some((degrees) => covers(one.part as PolygonPart, moved(part, degrees))),
    ),
  )

const inRadians = { units: 'radians' } as const

/** The angle between two positions, in radians. */
export const angleBetween = (a: Position, b: Position): number => distance([...a], [...b], inRadians)

const angleToLine = (from: Position, coordinates: number[][]): number =>
  nearestPointOnLine({ type: 'LineString', coordinates }, [...from], inRadians).properties.pointDistance

/** The angle from a position to the nearest point of a shape, in radians; 0 inside of a polygon. */
export const angleTo = (from: Position, shape: Shape): number =>
  Math.min(
    ...shape.map((one) => {
      const { part } = one
      if (part.type === 'Point') return distance([...from], part.coordinates, inRadians)
      if (part.type === 'LineString') return angleToLine(from, part.coordinates)
      return touches(pointPart(from), one)
        ? 0
        : Math.min(...part.coordinates.map((ring) => angleToLine(from, ring)))
    }),
  )

/** Is all of the shape within an angle (radians) of the centre? */
export const isWithinCap = (shape: Shape, [longitude, latitude]: Position, angle: number): boolean => {
  if (angle >= Math.PI) return true
  // What is nowhere near the opposite point is nowhere far from the centre.
  const opposite: Position = [longitude > 0 ? longitude - 180 : longitude + 180, -latitude]
  return shape.every((one) =>
    one.part.type === 'Point'
      ? angleTo([longitude, latitude], [one]) <= angle
      : angleTo(opposite, [one]) >= Math.PI - angle,
  )
}

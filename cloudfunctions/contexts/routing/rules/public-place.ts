import { distanceMetres, type Point, roundPoint } from '../../../ground/geometry'
import type { RoutingReason } from './reasons'
import type { RoutingDecision } from './routing'

/**
 * S1: what outsiders read of a place is computed only from the rounded place. They may ask as often as they
 * like and from where they like: all answers together say no more than the square of about 100 m.
 */

/** M1: how far an alike report may lie and still be shown before another one is sent. */
export const alikeMetres = 250

/** From how far what a branch declared may be taken up by whom it concerns. */
export const takeUpMetres = 150

/** A rounded place lies at most half a square's diagonal from the place itself. */
const mostRoundedMetres = 79

/**
 * Does who stands here stand near enough to take up what lies there? Told from the public place alone (S1), in favour
 * of who asks: nobody within 150 m of the place itself is refused.
 */
export const isNearEnoughToTakeUp = (from: Point, publicPoint: Point): boolean =>
  distanceMetres(from, publicPoint) <= takeUpMetres + mostRoundedMetres

/** Distances are told in steps of as much as places are rounded to. */
const stepMetres = 100

/** Thousandths of a degree around the whole earth. */
const around = 360_000

const thousandths = ({ lng, lat }: Point): readonly [number, number] => [
  Math.round(lng * 1000),
  Math.round(lat * 1000),
]

const keyOf = (lngThousandths: number, latThousandths: number): string =>
  `${((((lngThousandths + around / 2) % around) + around) % around) - around / 2},${latThousandths}`

/** The name of the rounded place, by which reports there are found: `110521,40561`, in thousandths of a degree. */
export const publicPlaceOf = (point: Point): string => keyOf(...thousandths(point))

/** Metres between two places as outsiders may know them: from rounded to rounded, in steps of 100. */
export const publicDistanceMetres = (asked: Point, place: Point): number =>
  Math.round(distanceMetres(roundPoint(asked), roundPoint(place)) / stepMetres) * stepMetres

/** A rounded place that a report may be filed under, and how far off it lies. */
export interface PublicPlace {
  readonly key: string
  readonly metres: number
}

/** Rows and columns that are looked at either way: enough for 300 m at 85 degrees of latitude. */
const mostSteps = 40
const mostMetres = 300
const lastLatitude = 85

/**
 * The rounded places within `radiusMetres` of the rounded asked one, the nearest first, equally near ones in
 * one order for everybody. Throws a RangeError for what is no place, the polar caps and more than 300 m.
 */
export const publicPlacesAround = (asked: Point, radiusMetres: number): readonly PublicPlace[] => {
  const isPlace = Math.abs(asked.lat) <= lastLatitude && Math.abs(asked.lng) <= 180
  if (!isPlace || !(radiusMetres >= 0 && radiusMetres <= mostMetres)) {
    throw new RangeError(`no public places ${radiusMetres} m around ${asked.lng}, ${asked.lat}`)
  }
  const centre = roundPoint(asked)
  const [lng, lat] = thousandths(asked)
  const metresAt = (east: number, north: number): number =>
    distanceMetres(centre, { lng: (lng + east) / 1000, lat: (lat + north) / 1000 })
  const found: PublicPlace[] = []
  for (let north = -mostSteps; north <= mostSteps; north += 1) {
    if (metresAt(0, north) > radiusMetres) continue
    for (let east = -mostSteps; east <= mostSteps; east += 1) {
      const metres = metresAt(east, north)
      if (metres <= radiusMetres) found.push({ key: keyOf(lng + east, lat + north), metres })
    }
  }
  return found.sort((a, b) => a.metres - b.metres || (a.key < b.key ? -1 : 1))
}

/**
 * Where a matter went, as outsiders may read it: the unit, never the cell, how far off it is or how near a
 * border, since any of these and a square of 100 m can leave one house.
 */
export const publicRouting = (report: {
  readonly answerableUnit: { readonly name: string }
  readonly isSorting: boolean
}): {
  readonly policy: RoutingDecision['policy'] | null
  readonly reasons: readonly RoutingReason[]
  readonly cellId: null
  readonly cellName: null
  readonly isProvisional: boolean
  readonly alternateName: null
} => ({
  policy: null,
  reasons: [{ why: report.isSorting ? 'sorts' : 'answers', unit: report.answerableUnit.name }],
  cellId: null,
  cellName: null,
  isProvisional: false,
  alternateName: null,
})

import { routes } from '../../routes'
import { addressIn, decode, namesIn, writeParams } from '../../services/page-address'
import type { Point } from '../../services/places'

/** Where a poster hangs, as its address says. */
export interface PosterPlace {
  readonly unitId?: string | undefined
  readonly lng?: string | undefined
  readonly lat?: string | undefined
}

/** The spot of a poster; undefined where its address names none that can be one. */
export const spotOf = ({ lng, lat }: PosterPlace): Point | undefined => {
  if (lng === undefined || lat === undefined) return undefined
  const spot = { lng: Number(lng), lat: Number(lat) }
  const isOne = Math.abs(spot.lng) <= 180 && Math.abs(spot.lat) <= 90
  return isOne ? spot : undefined
}

/** Where the poster hangs that WeChat has read; it names nothing where none was. */
export const placeIn = (scanned: string): PosterPlace => {
  const [, hash = ''] = decode(scanned).split('#')
  const { unitId, lng, lat } = namesIn(addressIn(hash).params)
  return { unitId, lng, lat }
}

/** What a camera reads on a poster: the form opens with its place. WeChat opens the mini-program by what stands before `#`. */
export const posterAddress = (origin: string, place: PosterPlace): string =>
  `${origin}?report#/${routes.report}?${writeParams(place)}`

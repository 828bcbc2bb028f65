import type { Point } from '../services/places'
import type { MapArea } from './map-port'

/** The middle of the box around some ground; undefined where there is none. */
export const middleOf = (grounds: readonly Pick<MapArea, 'rings'>[]): Point | undefined => {
  const corners = grounds.flatMap(({ rings }) => rings[0] ?? [])
  if (corners.length === 0) return undefined
  const lngs = corners.map(([lng]) => lng)
  const lats = corners.map(([, lat]) => lat)
  return {
    lng: (Math.min(...lngs) + Math.max(...lngs)) / 2,
    lat: (Math.min(...lats) + Math.max(...lats)) / 2,
  }
}

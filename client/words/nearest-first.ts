import { metresToPolygon, roundPoint } from '../../cloudfunctions/ground/geometry'
import type { Point } from '../services/places'

interface Ground {
  readonly branchId: string
  readonly rings: readonly (readonly (readonly [number, number])[])[]
}

export interface PlacedUnit<U> {
  readonly unit: U
  /** From the spot, rounded; undefined while none is known. */
  readonly metres: number | undefined
}

/**
 * The units with the nearest to a spot first, those whose ground is not known in their old order behind them. It is
 * worked out here, so that the spot goes nowhere, and from the rounded spot, so that no list tells it either.
 */
export const nearestFirst = <U extends { readonly id: string }>(
  units: readonly U[],
  near: Point | undefined,
  grounds: readonly Ground[],
): readonly PlacedUnit<U>[] => {
  if (!near) return units.map((unit) => ({ unit, metres: undefined }))
  const spot = roundPoint(near)
  return units
    .map((unit): PlacedUnit<U> => {
      const own = grounds.filter(({ branchId }) => branchId === unit.id)
      const metres = own.map(({ rings }) => metresToPolygon(spot, rings))
      return { unit, metres: metres.length > 0 ? Math.min(...metres) : undefined }
    })
    .sort((a, b) => {
      if (a.metres === b.metres) return 0
      return (a.metres ?? Number.POSITIVE_INFINITY) - (b.metres ?? Number.POSITIVE_INFINITY)
    })
}

/** How far a spot is, no closer than it is rounded: 就在这里, 约300米, 约2.1公里. */
export const distanceText = (metres: number): string => {
  const hundreds = Math.round(metres / 100)
  if (hundreds === 0) return '就在这一带'
  return hundreds < 10 ? `约${hundreds * 100}米` : `约${hundreds / 10}公里`
}

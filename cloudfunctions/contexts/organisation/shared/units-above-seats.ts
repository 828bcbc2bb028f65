import { unitsAbove } from '../../../ground/unit-path'
import type { Units } from '../ports'
import type { Membership } from '../rules/unit'

/**
 * The units above those in which there are seats. Of one unit alone nothing is asked: what lies above it is read from
 * there by nobody without another seat.
 */
export const unitsAboveSeats = async (
  units: Pick<Units, 'lately'>,
  seats: readonly Pick<Membership, 'unitId'>[],
): Promise<readonly string[]> => {
  const ids = [...new Set(seats.map(({ unitId }) => unitId))]
  if (ids.length < 2) return []
  return [...new Set((await units.lately(ids)).flatMap(({ path }) => unitsAbove(path)))]
}

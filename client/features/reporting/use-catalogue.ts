import { useEffect, useState } from 'react'
import { defaultCategories } from '../../../cloudfunctions/contexts/category/rules/category'
import type { Point } from '../../services/places'
import { useQuery } from '../../services/use-query'
import type { CategoryChoice } from './words'

/** What is offered until the server answers, and where it cannot be asked; whether a banner has a kind it says itself. */
const regionsOwn: readonly CategoryChoice[] = defaultCategories.map(
  ({ id, name, hint, emergencyCalls = [], isAboutBranch = false }) => ({
    id,
    name,
    hint,
    emergencyCalls: [...emergencyCalls],
    isAboutBranch,
  }),
)

/**
 * The kinds of matter as the banner of the place has them; the region's until a place is known. While another
 * banner's are on the way the last ones stay on the screen.
 */
export const useCatalogue = (
  point: Point | null,
  communityId: string | undefined,
  isHomeAwaited: boolean,
): readonly CategoryChoice[] => {
  const { query: placed } = useQuery('place.preview', point ? { point } : undefined)
  const placedUnitId = placed.state === 'ready' ? placed.value.unitId : undefined
  const unitId = point ? placedUnitId : communityId
  const isBeingPlaced = point ? placed.state === 'loading' : isHomeAwaited
  const regionOrNothing = isBeingPlaced ? undefined : {}
  const { query } = useQuery('category.list', unitId === undefined ? regionOrNothing : { unitId })
  const [categories, setCategories] = useState(regionsOwn)

  useEffect(() => {
    if (query.state === 'ready') setCategories(query.value.rows)
  }, [query])

  return categories
}

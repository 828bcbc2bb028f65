import { useEffect, useState } from 'react'
import { askAgain } from '../../services/ask-again'
import type { Point } from '../../services/places'
import { useQuery } from '../../services/use-query'
import type { CategoryView } from './words'

/**
 * The kinds of matter and their times as the banner of the place has them; the region's until a place is known.
 * While another banner's are on the way the last ones stay on the screen.
 */
export const useCatalogue = (point: Point | null, communityId: string | undefined) => {
  const { query: placed } = useQuery('place.preview', point ? { point } : undefined)
  const placedUnitId = placed.state === 'ready' ? placed.value.unitId : undefined
  const unitId = point ? placedUnitId : communityId
  const { query, retry } = useQuery('category.list', unitId === undefined ? {} : { unitId })
  const [categories, setCategories] = useState<readonly CategoryView[]>()

  useEffect(() => {
    if (query.state === 'ready') setCategories(query.value.rows)
  }, [query])

  const failure = query.state === 'failed' && !categories ? query.error.message : undefined
  return { categories, failure, retry: retry ?? askAgain }
}

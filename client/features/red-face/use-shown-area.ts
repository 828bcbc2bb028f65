import { bannerOf } from '../../../cloudfunctions/ground/unit-path'
import { useChosenArea } from '../../services/chosen-area'
import { useQuery } from '../../services/use-query'

/**
 * The area the lists are about: the one chosen on this device, else the banner one first reported from, else
 * the whole region.
 */
export const useShownArea = () => {
  const chosenId = useChosenArea()
  const me = useQuery('me.get', chosenId === undefined ? {} : undefined)
  const homeId = me.query.state === 'ready' ? me.query.value.homeUnit?.id : undefined
  const isUnknown = chosenId === undefined && me.query.state === 'loading'
  const near = useQuery('unit.get', chosenId === undefined && homeId ? { unitId: homeId } : undefined)
  const bannerId = near.query.state === 'ready' ? bannerOf(near.query.value.unit.path) : undefined
  const isSearching = isUnknown || (homeId !== undefined && near.query.state === 'loading')

  const unitId = chosenId ?? bannerId
  const area = useQuery('unit.children', unitId ? { unitId } : isSearching ? undefined : {})
  return { query: area.query, retry: area.retry }
}

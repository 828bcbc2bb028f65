import { useEffect, useState } from 'react'
import { bannerOf } from '../../../cloudfunctions/ground/unit-path'
import { chosenArea } from '../../services/chosen-area'
import { useShared } from '../../services/shared-value'
import { useQuery } from '../../services/use-query'

/**
 * The area the lists are about: the one chosen on this device, else the banner one first reported from, else
 * the whole region. `isMissed`: there is none of the name that was chosen, and it is not asked for again.
 */
export const useShownArea = () => {
  const chosenId = useShared(chosenArea)
  const me = useQuery('me.get', chosenId === undefined ? {} : undefined)
  const homeId = me.query.state === 'ready' ? me.query.value.homeUnit?.id : undefined
  const isUnknown = chosenId === undefined && me.query.state === 'loading'
  const near = useQuery('unit.get', chosenId === undefined && homeId ? { unitId: homeId } : undefined)
  const bannerId = near.query.state === 'ready' ? bannerOf(near.query.value.unit.path) : undefined
  const isSearching = isUnknown || (homeId !== undefined && near.query.state === 'loading')

  const unitId = chosenId ?? bannerId
  const area = useQuery('unit.children', unitId ? { unitId } : isSearching ? undefined : {})
  const [isMissed, setMissed] = useState(false)
  const isUnknownUnit = area.query.state === 'failed' && area.query.error.code === 'unknown-unit'
  const mustForget = isUnknownUnit && chosenId !== undefined
  useEffect(() => {
    if (!mustForget) return
    setMissed(true)
    chosenArea.forget()
  }, [mustForget])

  const query = mustForget ? ({ state: 'loading' } as const) : area.query
  return { query, retry: area.retry, isMissed }
}

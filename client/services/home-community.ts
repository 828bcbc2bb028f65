import { useEffect } from 'react'
import type { UnitKind } from '../../cloudfunctions/contexts/organisation/rules/unit'
import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { chosenHome } from './chosen-home'
import { isRecord, keptValue } from './kept-value'
import { useShared } from './shared-value'
import { ownStorageKey } from './signed-in'
import { isForLater } from './trouble'
import { useQuery } from './use-query'

type UnitView = OutputOf<'unit.get'>['unit']

/** The home as the server described it last, for when it cannot be asked. */
const lastHome = keptValue(() => ownStorageKey('home-community-last'), isRecord<UnitView>)

/** Units that govern no ground of their own: nobody lives in them. */
const withoutGround: readonly UnitKind[] = [
  'partner',
  'temporary',
  'specialised-branch',
  'department',
  'cooperative',
]

const isHome = ({ kind }: UnitView): boolean => !withoutGround.includes(kind)

export type HomeCommunity =
  | { readonly state: 'loading' | 'unknown' }
  | { readonly state: 'failed'; readonly message: string; readonly retry: (() => void) | undefined }
  | { readonly state: 'known'; readonly community: UnitView }

/**
 * The community this resident is at home in: the one chosen on this device, else the one first reported from
 * (staff: the one they work for). `unknown` means that it has to be asked.
 */
export const useHomeCommunity = (): HomeCommunity => {
  const chosenId = useShared(chosenHome)
  const { query: me, retry: askAgain } = useQuery('me.get', chosenId === undefined ? {} : undefined)
  const lastId = me.state === 'ready' ? me.value.homeUnit?.id : undefined
  const unitId = chosenId ?? lastId
  const { query: unit, retry } = useQuery('unit.get', unitId ? { unitId } : undefined)

  const answered = unit.state === 'ready' ? unit.value.unit : undefined
  useEffect(() => {
    if (answered && isHome(answered)) lastHome.keep(answered)
  }, [answered])

  const failure = unit.state === 'failed' ? unit.error : me.state === 'failed' ? me.error : undefined
  if (failure && isForLater(failure)) {
    const last = lastHome.read()
    if (last && (chosenId ?? last.id) === last.id) return { state: 'known', community: last }
  }
  if (unitId === undefined) {
    if (me.state === 'failed') return { state: 'failed', message: me.error.message, retry: askAgain }
    return { state: me.state === 'loading' ? 'loading' : 'unknown' }
  }
  if (unit.state === 'loading') return { state: 'loading' }
  if (unit.state === 'failed') {
    if (unit.error.code === 'unknown-unit') return { state: 'unknown' }
    return { state: 'failed', message: unit.error.message, retry }
  }
  const community = unit.value.unit
  return isHome(community) ? { state: 'known', community } : { state: 'unknown' }
}

import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { useQuery } from '../services/use-query'
import { keepsUnits } from './roles'

type Seat = OutputOf<'me.get'>['memberships'][number]

export type KeptUnitState =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly message: string; readonly retry: (() => void) | undefined }
  /** Nobody's admin. */
  | { readonly state: 'none' }
  | { readonly state: 'ready'; readonly unit: Seat; readonly all: readonly Seat[] }

/** The unit that an admin's page is about: the one that its address names, or the first of those they keep up. */
export const useKeptUnit = (named: string | undefined): KeptUnitState => {
  const { query, retry } = useQuery('me.get', {})
  if (query.state === 'loading') return query
  if (query.state === 'failed') return { state: 'failed', message: query.error.message, retry }
  const all = query.value.memberships.filter(({ role }) => keepsUnits(role))
  const unit = all.find(({ unitId }) => unitId === named) ?? all[0]
  return unit ? { state: 'ready', unit, all } : { state: 'none' }
}

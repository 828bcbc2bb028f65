import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { useQuery } from '../../services/use-query'
import { hasQueue } from '../../words/roles'

export type Workplace = OutputOf<'me.get'>['memberships'][number]

/** The first unit that the reader works for; asked only where it matters. */
export const useWorkplace = (isAsked: boolean): Workplace | undefined => {
  const { query } = useQuery('me.get', isAsked ? {} : undefined)
  return query.state === 'ready' ? query.value.memberships.find(({ role }) => hasQueue(role)) : undefined
}

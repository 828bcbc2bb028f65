import { useQuery } from '../../services/use-query'
import { keepsUnits } from '../../words/roles'

/** Whose admin the caller is: the unit that is named, else the first; undefined until it is known, or where there is none. */
export const useKeptUnit = (named?: string) => {
  const { query, retry } = useQuery('me.get', {})
  const kept = query.state === 'ready' ? query.value.memberships.filter(({ role }) => keepsUnits(role)) : []
  return { query, retry, unit: kept.find(({ unitId }) => unitId === named) ?? kept[0] }
}

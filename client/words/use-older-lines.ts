import { useState } from 'react'
import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { useQuery } from '../services/use-query'

type Matter = OutputOf<'report.get'>

/**
 * What a long trace holds between its first line and the rest, asked for when somebody wants to see it. `older` are the
 * lines that have come, `missingCount` says how many have not.
 */
export const useOlderLines = (matter: Pick<Matter, 'id' | 'olderCount'> | undefined) => {
  const [isUnfolded, setUnfolded] = useState(false)
  const { query, retry } = useQuery(
    'report.olderLines',
    isUnfolded && matter && matter.olderCount > 0 ? { reportId: matter.id } : undefined,
  )
  const older = query.state === 'ready' ? query.value.lines : []
  return {
    older,
    missingCount: Math.max(0, (matter?.olderCount ?? 0) - older.length),
    isUnfolded,
    onUnfold: () => setUnfolded(true),
    retry: query.state === 'failed' ? retry : undefined,
  }
}

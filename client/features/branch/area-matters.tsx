import { View } from '@tarojs/components'
import { useReachBottom } from '@tarojs/taro'
import { useEffect } from 'react'
import { firstRows } from '../../../cloudfunctions/contexts/page/rules/page-questions'
import { isOpen } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { LongList } from '../../components/long-list'
import { ListEnd } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { usePages } from '../../services/use-pages'
import { MatterRow } from './matter-row'
import { noMatters, nothingOpen } from './words'

interface AreaMattersProps {
  readonly unitId: string
  /** How many are not settled yet, to show only those; all of them without it. */
  readonly openCount?: number
}

/** What happens in the unit's area, newest first. */
export function AreaMatters({ unitId, openCount }: AreaMattersProps) {
  const isOpenOnly = openCount !== undefined
  const { pages, retry, loadMore } = usePages('report.recent', {
    unitId,
    limit: isOpenOnly ? firstRows.branchRecent : firstRows.homeRecent,
  })
  useReachBottom(loadMore)

  const rows = isOpenOnly ? pages.rows.filter((row) => isOpen(row.status)) : pages.rows
  const hasMore = pages.nextCursor !== null && (openCount === undefined || rows.length < openCount)
  const isFruitless = rows.length === 0 && hasMore && !pages.error

  useEffect(() => {
    if (isFruitless) loadMore()
  }, [isFruitless, loadMore])

  if (pages.state === 'loading' || isFruitless) return <Skeleton />
  if (pages.state === 'failed' || (rows.length === 0 && pages.error))
    return <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
  if (rows.length === 0) {
    return <EmptyState icon="smile" {...(isOpenOnly ? nothingOpen(openCount) : noMatters)} />
  }
  return (
    <View>
      <LongList rows={rows} row={(matter) => <MatterRow key={matter.id} matter={matter} />} />
      <ListEnd hasMore={hasMore} isLoading={pages.isLoadingMore} onMore={loadMore} />
    </View>
  )
}

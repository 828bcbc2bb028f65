import { View } from '@tarojs/components'
import { useReachBottom } from '@tarojs/taro'
import { firstRows } from '../../../cloudfunctions/contexts/page/rules/page-questions'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { LongList } from '../../components/long-list'
import { ListEnd } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { usePages } from '../../services/use-pages'
import { MatterRow } from './matter-row'
import { noMatters, nothingOpen } from './words'

/** What is not settled yet in the unit's area, what is to be resolved soonest first. */
export const useOpenMatters = (unitId: string) =>
  usePages('report.recent', { unitId, isOpen: true, limit: firstRows.list })

interface AreaMattersProps {
  readonly list: ReturnType<typeof useOpenMatters>
  readonly isOpenOnly?: boolean
}

/** What happens in the unit's area, newest first. */
export function RecentMatters({ unitId }: { readonly unitId: string }) {
  return <AreaMatters list={usePages('report.recent', { unitId, limit: firstRows.homeRecent })} />
}

/** Matters of an area as everybody may see them. */
export function AreaMatters({ list, isOpenOnly = false }: AreaMattersProps) {
  const { pages, retry, loadMore } = list
  useReachBottom(loadMore)

  if (pages.state === 'loading') return <Skeleton />
  if (pages.state === 'failed') return <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
  if (pages.rows.length === 0) return <EmptyState icon="smile" {...(isOpenOnly ? nothingOpen : noMatters)} />
  return (
    <View>
      <LongList rows={pages.rows} row={(matter) => <MatterRow key={matter.id} matter={matter} />} />
      <ListEnd hasMore={pages.nextCursor !== null} isLoading={pages.isLoadingMore} onMore={loadMore} />
    </View>
  )
}

import { View } from '@tarojs/components'
import { useReachBottom } from '@tarojs/taro'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { LongList } from '../../components/long-list'
import { ListEnd } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import type { usePages } from '../../services/use-pages'
import { RedFaceRow } from './red-face-row'
import { nothingCleared, nothingListed } from './words'

interface RedFaceRowsProps {
  readonly list: ReturnType<typeof usePages<'redFace.list'>>
  readonly tab: 'public' | 'cleared'
}

/** A page-by-page list of entries; an empty one says no more than is known. */
export function RedFaceRows({ list, tab }: RedFaceRowsProps) {
  const { pages, retry, loadMore } = list
  useReachBottom(loadMore)

  if (pages.state === 'loading') return <Skeleton />
  if (pages.state === 'failed') {
    return <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
  }
  if (pages.rows.length === 0) {
    return tab === 'public' ? (
      <EmptyState icon="clipboard-list" {...nothingListed(pages.first ?? { clearedCount: 0, asOf: null })} />
    ) : (
      <EmptyState icon="badge-check" {...nothingCleared} />
    )
  }
  return (
    <View>
      <LongList rows={pages.rows} row={(entry) => <RedFaceRow key={entry.id} entry={entry} />} />
      <ListEnd hasMore={pages.nextCursor !== null} isLoading={pages.isLoadingMore} onMore={loadMore} />
    </View>
  )
}

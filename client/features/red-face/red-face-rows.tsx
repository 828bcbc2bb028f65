import { View } from '@tarojs/components'
import { useReachBottom } from '@tarojs/taro'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { LongList } from '../../components/long-list'
import { ListEnd } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import type { usePages } from '../../services/use-pages'
import { RedFaceRow } from './red-face-row'
import { nothingListedText } from './words'

interface RedFaceRowsProps {
  readonly list: ReturnType<typeof usePages<'redFace.list'>>
  readonly tab: 'public' | 'cleared'
}

/** A page-by-page list of entries; that nothing is on it is good news. */
export function RedFaceRows({ list, tab }: RedFaceRowsProps) {
  const { pages, retry, loadMore } = list
  useReachBottom(loadMore)

  if (pages.state === 'loading') return <Skeleton />
  if (pages.state === 'failed') {
    return <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
  }
  if (pages.rows.length === 0) {
    return tab === 'public' ? (
      <EmptyState
        icon="smile"
        title="这里没有红脸的事"
        hint={nothingListedText(pages.first?.clearedCount ?? 0)}
      />
    ) : (
      <EmptyState icon="badge-check" title="还没有销号的事" hint="办好了、居民同意了，就会记在这里。" />
    )
  }
  return (
    <View>
      <LongList rows={pages.rows} row={(entry) => <RedFaceRow key={entry.id} entry={entry} />} />
      <ListEnd hasMore={pages.nextCursor !== null} isLoading={pages.isLoadingMore} onMore={loadMore} />
    </View>
  )
}

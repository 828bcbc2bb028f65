import { View } from '@tarojs/components'
import { useReachBottom } from '@tarojs/taro'
import { useEffect } from 'react'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { LongList } from '../../components/long-list'
import { ListEnd } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { call } from '../../services/api'
import { openPage } from '../../services/navigation'
import { usePages } from '../../services/use-pages'
import { MessageRow } from './message-row'

interface MessageListProps {
  /** The unit the messages went to; the reader's own without it. */
  readonly unitId: string | undefined
}

/** Messages, newest first. What has been on the screen counts as read from the next visit on. */
export function MessageList({ unitId }: MessageListProps) {
  const { pages, retry, loadMore } = usePages('inbox.list', unitId ? { unitId } : {})
  useReachBottom(loadMore)

  const unreadCount = pages.first?.unreadCount ?? 0
  // What came in last need not be what happened last.
  const newestAt = pages.first?.rows.reduce<number | undefined>(
    (newest, { arrivedAt }) => Math.max(newest ?? 0, arrivedAt),
    undefined,
  )

  useEffect(() => {
    if (unreadCount > 0 && newestAt !== undefined) {
      void call('inbox.read', { untilAt: newestAt, ...(unitId ? { unitId } : {}) })
    }
  }, [unreadCount, newestAt, unitId])

  if (pages.state === 'loading') return <Skeleton />
  if (pages.error?.code === 'sign-in-required') {
    return (
      <EmptyState icon="bell" title="登录以后才有消息" hint="请在微信里打开小程序，办理进展会发到这里。" />
    )
  }
  if (pages.state === 'failed') return <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
  if (pages.rows.length === 0) {
    return unitId ? (
      <EmptyState icon="bell" title="还没有消息" hint="有新诉求、临期和督办，都会告诉单位。" />
    ) : (
      <EmptyState
        icon="bell"
        title="还没有消息"
        hint="您上报以后，办到哪一步，都会告诉您。"
        action={{ label: '去上报', icon: 'camera', onPress: () => openPage('report') }}
      />
    )
  }
  return (
    <View>
      <LongList
        rows={pages.rows}
        row={(message) => (
          <MessageRow
            key={message.id}
            message={message}
            onOpen={(reportId) => openPage(unitId ? 'handle' : 'detail', { reportId })}
          />
        )}
      />
      <ListEnd hasMore={pages.nextCursor !== null} isLoading={pages.isLoadingMore} onMore={loadMore} />
    </View>
  )
}

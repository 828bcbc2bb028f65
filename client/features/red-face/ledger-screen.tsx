import { View } from '@tarojs/components'
import { useReachBottom } from '@tarojs/taro'
import { Card } from '../../components/card'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { ListEnd, Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { usePages } from '../../services/use-pages'
import { useQuery } from '../../services/use-query'
import { LedgerChain, shortHash } from './ledger-chain'
import { useShownArea } from './use-shown-area'
import './ledger-screen.css'

/** Where the banner stands in the names above a unit, region first. */
const bannerDepth = 2

interface LedgerScreenProps {
  readonly unitId?: string
}

/** Every opening and clearing in the banner, for good. */
export function LedgerScreen({ unitId }: LedgerScreenProps) {
  return unitId ? <LedgerOf unitId={unitId} /> : <LedgerOfShownArea />
}

function LedgerOfShownArea() {
  const { query, retry } = useShownArea()
  if (query.state === 'loading') return <Skeleton count={4} />
  if (query.state === 'failed') return <ErrorState message={query.error.message} onRetry={retry} />
  return <LedgerOf unitId={query.value.unit.id} />
}

function LedgerOf({ unitId }: { readonly unitId: string }) {
  const { pages, retry, loadMore } = usePages('ledger.list', { unitId })
  const { query } = useQuery('unit.get', { unitId })
  useReachBottom(loadMore)

  const unit = query.state === 'ready' ? query.value : undefined
  const bannerName = unit?.parents[bannerDepth]?.name ?? unit?.unit.name

  if (pages.state === 'loading') return <Skeleton count={4} />
  if (pages.state === 'failed') return <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
  return (
    <View className="ledger-screen">
      <Notice tone="plain" icon="link" title="这本台账改不了">
        每一笔都记着上一笔的“指纹”（由内容算出的一串字）。改动任何一笔，后面的指纹就都接不上，谁都看得出来。
        <View className="ledger-screen__notice">还在预告期的事，先只留指纹，公开以后看得到内容。</View>
      </Notice>
      {pages.first?.headHash && (
        <View className="ledger-screen__head" data-test="ledger-head">
          <View>最新一笔的指纹</View>
          <View className="ledger-chain__hash">{shortHash(pages.first.headHash)}</View>
        </View>
      )}
      {pages.rows.length === 0 ? (
        <EmptyState icon="smile" title="台账还是空的" hint="没有事上过榜。" />
      ) : (
        <Card title={bannerName ? `${bannerName}管辖范围` : '台账'} aside="最近的在上面">
          <LedgerChain rows={pages.rows} isLinked />
        </Card>
      )}
      {pages.rows.length > 0 && (
        <ListEnd hasMore={pages.nextCursor !== null} isLoading={pages.isLoadingMore} onMore={loadMore} />
      )}
    </View>
  )
}

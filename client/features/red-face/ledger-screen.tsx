import { View } from '@tarojs/components'
import { useReachBottom } from '@tarojs/taro'
import { Card } from '../../components/card'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { ListEnd, Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { usePages } from '../../services/use-pages'
import { useQuery } from '../../services/use-query'
import { LedgerChain } from './ledger-chain'
import { LedgerHead } from './ledger-head'
import { LedgerList } from './ledger-list'
import { useShownArea } from './use-shown-area'
import { isAboveBanner } from './words'
import './ledger-screen.css'

interface LedgerScreenProps {
  readonly unitId?: string
  /** Of a unit above the banners its own ledger, not the list of those below it. */
  readonly isOwn?: boolean
}

/** Every opening and clearing in the banner, for good; above the banners, the list of theirs. */
export function LedgerScreen({ unitId, isOwn = false }: LedgerScreenProps) {
  if (!unitId) return <LedgerOfShownArea />
  return isOwn ? <LedgerOf unitId={unitId} /> : <LedgerOfUnit unitId={unitId} />
}

function LedgerOfShownArea() {
  const { query, retry } = useShownArea()
  if (query.state === 'loading') return <Skeleton count={4} />
  if (query.state === 'failed') return <ErrorState message={query.error.message} onRetry={retry} />
  const { unit } = query.value
  return isAboveBanner(unit) ? <LedgersBelow unitId={unit.id} /> : <LedgerOf unitId={unit.id} />
}

function LedgerOfUnit({ unitId }: { readonly unitId: string }) {
  const { query, retry } = useQuery('unit.get', { unitId })
  if (query.state === 'loading') return <Skeleton count={4} />
  if (query.state === 'failed') return <ErrorState message={query.error.message} onRetry={retry} />
  return isAboveBanner(query.value.unit) ? <LedgersBelow unitId={unitId} /> : <LedgerOf unitId={unitId} />
}

function HowItHolds() {
  return (
    <Notice tone="plain" icon="link" title="这本台账改了看得出来">
      每一笔都记着上一笔的“指纹”（由内容算出的一串字）。改动任何一笔，后面的指纹就都接不上。
      <View className="ledger-screen__notice">还没公开的事只留指纹，没有人能从指纹猜出内容。</View>
    </Notice>
  )
}

function LedgersBelow({ unitId }: { readonly unitId: string }) {
  return (
    <View className="ledger-screen">
      <HowItHolds />
      <LedgerList unitId={unitId} />
    </View>
  )
}

function LedgerOf({ unitId }: { readonly unitId: string }) {
  const { pages, retry, loadMore } = usePages('ledger.list', { unitId })
  useReachBottom(loadMore)

  if (pages.state === 'loading') return <Skeleton count={4} />
  if (pages.state === 'failed') return <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
  const name = pages.first?.chain?.name ?? ''
  const head = pages.first?.anchors[0]
  const brokenAtSeq = pages.first?.brokenAtSeq ?? 0
  return (
    <View className="ledger-screen">
      {brokenAtSeq > 0 && (
        <Notice tone="alert" icon="triangle-alert" title={`第${brokenAtSeq}笔对不上`}>
          每天的核对发现，这本台账从第{brokenAtSeq}笔起与当初记下的不一样。请向自治区反映。
        </Notice>
      )}
      <HowItHolds />
      {head && <LedgerHead name={name} head={head} />}
      {pages.rows.length === 0 ? (
        <EmptyState
          icon="file-text"
          title="还没有记过一笔"
          hint="告知、上榜、申诉、销号，每一步都会在这里留下一笔。"
        />
      ) : (
        <>
          <Card title={name === '' ? '台账' : `${name}的台账`} aside="最近的在上面">
            <LedgerChain rows={pages.rows} isLinked />
          </Card>
          <ListEnd hasMore={pages.nextCursor !== null} isLoading={pages.isLoadingMore} onMore={loadMore} />
        </>
      )}
    </View>
  )
}

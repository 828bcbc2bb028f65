import { useReachBottom } from '@tarojs/taro'
import { Card } from '../../components/card'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { ListEnd, ListRow } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { openPage } from '../../services/navigation'
import { usePages } from '../../services/use-pages'

interface LedgerListProps {
  readonly unitId: string
}

/** The ledgers of the banners below a region or league: each banner keeps its own. */
export function LedgerList({ unitId }: LedgerListProps) {
  const { pages, retry, loadMore } = usePages('ledger.chains', { unitId, limit: 50 })
  useReachBottom(loadMore)

  if (pages.state === 'loading') return <Skeleton count={4} />
  if (pages.state === 'failed') return <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
  if (pages.rows.length === 0)
    return (
      <EmptyState
        icon="file-text"
        title="下面还没有台账"
        hint="各旗县记下第一笔的时候，它的台账就列在这里。"
      />
    )
  return (
    <>
      <Card title="各旗县的台账" aside="每个旗县一本">
        {pages.rows.map((row) => (
          <ListRow
            key={row.id}
            name="ledger-of"
            icon={row.brokenAtSeq > 0 ? 'triangle-alert' : 'link'}
            title={row.id === unitId ? `${row.name}（不在任何旗县的）` : row.name}
            hint={
              row.brokenAtSeq > 0
                ? `共${row.rowCount}笔，第${row.brokenAtSeq}笔对不上`
                : `共${row.rowCount}笔`
            }
            onPress={() =>
              openPage('ledger', row.id === unitId ? { unitId: row.id, own: 'yes' } : { unitId: row.id })
            }
          />
        ))}
      </Card>
      <ListEnd hasMore={pages.nextCursor !== null} isLoading={pages.isLoadingMore} onMore={loadMore} />
    </>
  )
}

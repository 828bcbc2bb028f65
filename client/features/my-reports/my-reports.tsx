import { View } from '@tarojs/components'
import { useReachBottom } from '@tarojs/taro'
import { Section } from '../../components/card'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { LongList } from '../../components/long-list'
import { ListEnd } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { openPage } from '../../services/navigation'
import { usePages } from '../../services/use-pages'
import { MyReportRow } from './my-report-row'
import { asksMe, askTitle, type MyReport } from './words'

const Rows = ({ reports }: { readonly reports: readonly MyReport[] }) => (
  <LongList rows={reports} row={(report) => <MyReportRow key={report.id} report={report} />} />
)

/** Everything the resident reported or joined: first what waits for a word of theirs, then the latest. */
export function MyReports() {
  const { pages, retry, loadMore } = usePages('report.mine', {})
  useReachBottom(loadMore)

  if (pages.state === 'loading') return <Skeleton />
  if (pages.error?.code === 'sign-in-required') {
    return (
      <EmptyState
        icon="user-round"
        title="登录以后才能上报"
        hint="现在可以看身边的事和红脸榜。请在微信里打开小程序上报，进展会告诉您。"
      />
    )
  }
  if (pages.state === 'failed') return <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
  if (pages.rows.length === 0) {
    return (
      <EmptyState
        icon="file-text"
        title="您还没有上报过"
        hint="看到路不平、灯不亮、垃圾没人管，拍下来就行。"
        action={{ label: '去上报', icon: 'camera', onPress: () => openPage('report') }}
      />
    )
  }
  const waiting = pages.rows.filter(asksMe)
  const others = pages.rows.filter((report) => !asksMe(report))
  return (
    <View>
      {waiting.length > 0 && (
        <Section title={askTitle(waiting)} aside={`${waiting.length}件`}>
          <Rows reports={waiting} />
        </Section>
      )}
      {others.length > 0 && (
        <Section title={waiting.length > 0 ? '其他诉求' : '我的诉求'}>
          <Rows reports={others} />
        </Section>
      )}
      <ListEnd hasMore={pages.nextCursor !== null} isLoading={pages.isLoadingMore} onMore={loadMore} />
    </View>
  )
}

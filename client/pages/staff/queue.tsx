import { PageFrame } from '../../components/page-frame'
import { QueueScreen } from '../../features/queue/queue-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '工作台', enablePullDownRefresh: true })

export default function QueuePage() {
  const { unitId, tab } = usePageParams('queue')
  return (
    <PageFrame title="工作台">
      <QueueScreen askedUnitId={unitId} askedTab={tab} />
    </PageFrame>
  )
}

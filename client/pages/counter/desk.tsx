import { ErrorState } from '../../components/empty-state'
import { PageFrame } from '../../components/page-frame'
import { CounterScreen } from '../../features/reporting/counter-form'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '窗口代办' })

export default function CounterPage() {
  const { unitId } = usePageParams('counter')
  if (unitId) return <CounterScreen unitId={unitId} />
  return (
    <PageFrame title="窗口代办">
      <ErrorState message="这个地址不完整，请从“我的”里打开。" />
    </PageFrame>
  )
}

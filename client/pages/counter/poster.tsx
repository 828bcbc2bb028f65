import { ErrorState } from '../../components/empty-state'
import { PageFrame } from '../../components/page-frame'
import { PosterScreen } from '../../features/reporting/poster-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '上报海报' })

export default function PosterPage() {
  const { unitId } = usePageParams('poster')
  if (unitId) return <PosterScreen unitId={unitId} />
  return (
    <PageFrame title="上报海报">
      <ErrorState message="这个地址不完整，请从“窗口代办”或“设置”里打开。" />
    </PageFrame>
  )
}

import { ErrorState } from '../../components/empty-state'
import { PageFrame } from '../../components/page-frame'
import { DeclareScreen } from '../../features/reporting/declare-form'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '列出最不满意的事' })

export default function DeclarePage() {
  const { unitId } = usePageParams('declare')
  if (unitId) return <DeclareScreen unitId={unitId} />
  return (
    <PageFrame title="列出最不满意的事">
      <ErrorState message="这个地址不完整，请从支部的页面打开。" />
    </PageFrame>
  )
}

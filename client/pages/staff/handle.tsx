import { ErrorState } from '../../components/empty-state'
import { PageFrame } from '../../components/page-frame'
import { HandleScreen } from '../../features/handling/handle-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '办理' })

export default function HandlePage() {
  const { reportId } = usePageParams('handle')
  if (!reportId) {
    return (
      <PageFrame title="办理">
        <ErrorState message="这个地址不完整，请从工作台打开。" />
      </PageFrame>
    )
  }
  return (
    <HandleScreen
      reportId={reportId}
      frame={(body, action) => (
        <PageFrame title="办理" action={action}>
          {body}
        </PageFrame>
      )}
    />
  )
}

import { ErrorState } from '../../components/empty-state'
import { PageFrame } from '../../components/page-frame'
import { ActScreen } from '../../features/handling/act-screen'
import { isStaffAction } from '../../features/handling/words'
import { PlaceOfUnit } from '../../features/reporting/place-of-unit'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '办理' })

export default function ActPage() {
  const { reportId, action = '' } = usePageParams('act')
  if (!reportId || !isStaffAction(action)) {
    return (
      <PageFrame title="办理">
        <ErrorState message="这个地址不完整，请从工作台打开。" />
      </PageFrame>
    )
  }
  return (
    <ActScreen
      reportId={reportId}
      action={action}
      placeField={(props) => <PlaceOfUnit {...props} />}
      frame={(title, body, button) => (
        <PageFrame title={title} action={button}>
          {body}
        </PageFrame>
      )}
    />
  )
}

import { PageFrame } from '../components/page-frame'
import { InboxScreen } from '../features/inbox/inbox-screen'
import { usePageParams } from '../services/navigation'

definePageConfig({ navigationBarTitleText: '消息' })

export default function InboxPage() {
  const { unitId } = usePageParams('inbox')
  return (
    <PageFrame title="消息">
      <InboxScreen askedUnitId={unitId} />
    </PageFrame>
  )
}

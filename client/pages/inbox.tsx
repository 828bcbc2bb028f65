import { PageFrame } from '../components/page-frame'
import { Skeleton } from '../components/skeleton'

definePageConfig({ navigationBarTitleText: '消息' })

export default function InboxPage() {
  return (
    <PageFrame title="消息">
      <Skeleton />
    </PageFrame>
  )
}

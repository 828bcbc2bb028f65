import { PageFrame } from '../../components/page-frame'
import { Skeleton } from '../../components/skeleton'

definePageConfig({ navigationBarTitleText: '工作台' })

export default function QueuePage() {
  return (
    <PageFrame title="工作台">
      <Skeleton />
    </PageFrame>
  )
}

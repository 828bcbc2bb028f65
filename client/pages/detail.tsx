import { PageFrame } from '../components/page-frame'
import { Skeleton } from '../components/skeleton'

definePageConfig({ navigationBarTitleText: '诉求详情' })

export default function DetailPage() {
  return (
    <PageFrame title="诉求详情">
      <Skeleton shape="page" />
    </PageFrame>
  )
}

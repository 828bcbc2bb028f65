import { PageFrame } from '../../components/page-frame'
import { Skeleton } from '../../components/skeleton'

definePageConfig({ navigationBarTitleText: '党支部' })

export default function BranchPage() {
  return (
    <PageFrame title="党支部">
      <Skeleton shape="page" />
    </PageFrame>
  )
}

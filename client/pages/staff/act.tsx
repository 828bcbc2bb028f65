import { PageFrame } from '../../components/page-frame'
import { Skeleton } from '../../components/skeleton'

definePageConfig({ navigationBarTitleText: '办理动作' })

export default function ActPage() {
  return (
    <PageFrame title="办理动作">
      <Skeleton shape="page" />
    </PageFrame>
  )
}

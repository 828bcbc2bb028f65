import { PageFrame } from '../../components/page-frame'
import { Skeleton } from '../../components/skeleton'

definePageConfig({ navigationBarTitleText: '办理' })

export default function HandlePage() {
  return (
    <PageFrame title="办理">
      <Skeleton shape="page" />
    </PageFrame>
  )
}

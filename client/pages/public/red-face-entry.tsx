import { PageFrame } from '../../components/page-frame'
import { Skeleton } from '../../components/skeleton'

definePageConfig({ navigationBarTitleText: '红脸条目' })

export default function RedFaceEntryPage() {
  return (
    <PageFrame title="红脸条目">
      <Skeleton shape="page" />
    </PageFrame>
  )
}

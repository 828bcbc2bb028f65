import { PageFrame } from '../../components/page-frame'
import { Skeleton } from '../../components/skeleton'

definePageConfig({ navigationBarTitleText: '红脸台账' })

export default function LedgerPage() {
  return (
    <PageFrame title="红脸台账">
      <Skeleton />
    </PageFrame>
  )
}

import { PageFrame } from '../../components/page-frame'
import { Skeleton } from '../../components/skeleton'

definePageConfig({ navigationBarTitleText: '三率' })

export default function FiguresPage() {
  return (
    <PageFrame title="三率">
      <Skeleton />
    </PageFrame>
  )
}

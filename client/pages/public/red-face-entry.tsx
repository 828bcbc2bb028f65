import { ErrorState } from '../../components/empty-state'
import { PageFrame } from '../../components/page-frame'
import { EntryScreen } from '../../features/red-face/entry-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '红脸事项' })

export default function Page() {
  const { entryId } = usePageParams('redFaceEntry')
  if (entryId) return <EntryScreen entryId={entryId} />
  return (
    <PageFrame title="红脸事项">
      <ErrorState message="这个地址不完整，请从红脸榜里打开。" />
    </PageFrame>
  )
}

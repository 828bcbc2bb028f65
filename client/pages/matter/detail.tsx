import { ErrorState } from '../../components/empty-state'
import { PageFrame } from '../../components/page-frame'
import { AnswerSheet } from '../../features/red-face/answer-sheet'
import { DetailScreen } from '../../features/report-detail/detail-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '诉求详情' })

export default function DetailPage() {
  const { reportId } = usePageParams('detail')
  if (reportId) {
    return <DetailScreen reportId={reportId} answerSheet={(props) => <AnswerSheet {...props} />} />
  }
  return (
    <PageFrame title="诉求详情">
      <ErrorState message="这个地址不完整，请从“我的”里打开。" />
    </PageFrame>
  )
}

import { ReceiptScreen } from '../../features/receipt/receipt-screen'
import { AnswerSheet } from '../../features/red-face/answer-sheet'
import { DetailScreen } from '../../features/report-detail/detail-screen'
import { usePageParams } from '../../services/navigation'
import { useScannedAddress } from '../../services/scanned-address'

definePageConfig({ navigationBarTitleText: '凭回执查' })

export default function ReceiptPage() {
  const { number, code } = usePageParams('receipt')
  const address = useScannedAddress()
  return (
    <ReceiptScreen
      number={number}
      code={code}
      scanned={address}
      matter={({ reportId, head, onOpenParent }) => (
        <DetailScreen
          key={reportId}
          reportId={reportId}
          head={head}
          onOpenParent={onOpenParent}
          answerSheet={(props) => <AnswerSheet {...props} />}
        />
      )}
    />
  )
}

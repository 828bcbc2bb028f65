import { PageFrame } from '../../components/page-frame'
import { LedgerScreen } from '../../features/red-face/ledger-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '红脸台账' })

export default function Page() {
  const { unitId, own } = usePageParams('ledger')
  return (
    <PageFrame title="红脸台账">
      <LedgerScreen unitId={unitId} isOwn={own === 'yes'} />
    </PageFrame>
  )
}

import { BondsScreen } from '../../features/bonds/bonds-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '共建和服务' })

export default function BondsPage() {
  const { unitId, kind } = usePageParams('bonds')
  return <BondsScreen unitId={unitId} kind={kind} />
}

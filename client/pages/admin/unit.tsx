import { UnitScreen } from '../../features/organisation/unit-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '单位' })

export default function UnitPage() {
  return <UnitScreen {...usePageParams('unit')} />
}

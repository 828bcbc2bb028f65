import { UnitsScreen } from '../../features/organisation/units-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '单位' })

export default function UnitsPage() {
  return <UnitsScreen {...usePageParams('units')} />
}

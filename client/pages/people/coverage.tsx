import { CoverageScreen } from '../../features/people/coverage-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '人', enablePullDownRefresh: true })

export default function PeoplePage() {
  return <CoverageScreen {...usePageParams('people')} />
}

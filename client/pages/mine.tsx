import { PageFrame } from '../components/page-frame'
import { About, MyEntries } from '../features/my-reports/my-entries'
import { MyReports } from '../features/my-reports/my-reports'
import { usePageParams } from '../services/navigation'

definePageConfig({ navigationBarTitleText: '我的' })

export default function MinePage() {
  usePageParams('mine')
  return (
    <PageFrame title="我的" isTab>
      <MyEntries />
      <MyReports />
      <About />
    </PageFrame>
  )
}

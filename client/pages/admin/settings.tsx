import { JobList } from '../../features/jobs/job-list'
import { SettingsScreen } from '../../features/settings/settings-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '设置' })

export default function SettingsPage() {
  const { unitId } = usePageParams('settings')
  return (
    <SettingsScreen unitId={unitId} work={(ofUnit) => <JobList unitId={ofUnit} title="要等一会儿的活" />} />
  )
}

import { JobList } from '../../features/jobs/job-list'
import { ImportScreen } from '../../features/unit-list/import-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '导入名单' })

export default function ImportPage() {
  return (
    <ImportScreen
      {...usePageParams('importUnits')}
      before={(unitId) => <JobList unitId={unitId} title="以前导入的" />}
    />
  )
}

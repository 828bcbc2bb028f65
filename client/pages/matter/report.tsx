import { ReportForm } from '../../features/reporting/report-form'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '上报' })

export default function ReportPage() {
  const { categoryId, unitId, lng, lat } = usePageParams('report')
  return <ReportForm askedCategoryId={categoryId} poster={{ unitId, lng, lat }} />
}

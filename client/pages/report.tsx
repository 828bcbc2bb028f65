import { HowToReport } from '../features/reporting/how-to-report'
import { ReportForm } from '../features/reporting/report-form'
import { usePageParams } from '../services/navigation'
import { isVisitor } from '../services/signed-in'

definePageConfig({ navigationBarTitleText: '上报' })

export default function ReportPage() {
  const { categoryId } = usePageParams('report')
  return isVisitor() ? <HowToReport /> : <ReportForm askedCategoryId={categoryId} />
}

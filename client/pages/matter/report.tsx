import { placeIn } from '../../features/reporting/poster-place'
import { ReportForm } from '../../features/reporting/report-form'
import { usePageParams } from '../../services/navigation'
import { useScannedAddress } from '../../services/scanned-address'

definePageConfig({ navigationBarTitleText: '上报' })

export default function ReportPage() {
  const { categoryId, unitId, lng, lat } = usePageParams('report')
  const address = useScannedAddress()
  const poster = address === undefined ? { unitId, lng, lat } : placeIn(address)
  return <ReportForm askedCategoryId={categoryId} poster={poster} />
}

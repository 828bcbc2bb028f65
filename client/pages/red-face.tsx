import { PageFrame } from '../components/page-frame'
import { RedFaceScreen } from '../features/red-face/red-face-screen'
import { usePageParams } from '../services/navigation'

definePageConfig({ navigationBarTitleText: '红脸榜' })

export default function Page() {
  const { unitId } = usePageParams('redFace')
  return (
    <PageFrame title="红脸榜" isTab>
      <RedFaceScreen askedUnitId={unitId} />
    </PageFrame>
  )
}

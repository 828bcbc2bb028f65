import { ErrorState } from '../../components/empty-state'
import { PageFrame } from '../../components/page-frame'
import { BranchScreen } from '../../features/branch/branch-screen'
import { AreaRedFaces } from '../../features/red-face/area-red-faces'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '谁负责' })

export default function Page() {
  const { unitId } = usePageParams('branch')
  return (
    <PageFrame title="谁负责">
      {unitId ? (
        <BranchScreen
          unitId={unitId}
          redFaces={(onCounted) => <AreaRedFaces unitId={unitId} onCounted={onCounted} />}
        />
      ) : (
        <ErrorState message="这个地址不完整，请从首页打开。" />
      )}
    </PageFrame>
  )
}

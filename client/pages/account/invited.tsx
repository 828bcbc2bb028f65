import { InvitedScreen } from '../../features/people/invited-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '邀请' })

export default function InvitedPage() {
  const { code, q } = usePageParams('invited')
  return <InvitedScreen scanned={code ?? q} />
}

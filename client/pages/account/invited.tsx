import { InvitedScreen } from '../../features/people/invited-screen'
import { usePageParams } from '../../services/navigation'
import { useScannedAddress } from '../../services/scanned-address'

definePageConfig({ navigationBarTitleText: '邀请' })

export default function InvitedPage() {
  const { code } = usePageParams('invited')
  const address = useScannedAddress()
  return <InvitedScreen scanned={code ?? address} />
}

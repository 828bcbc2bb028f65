import { ComputersScreen } from '../../features/sign-in/computers-screen'
import { usePageParams } from '../../services/navigation'
import { useScannedAddress } from '../../services/scanned-address'

definePageConfig({ navigationBarTitleText: '登录电脑' })

export default function ComputersPage() {
  const { code } = usePageParams('computers')
  const address = useScannedAddress()
  return <ComputersScreen scanned={code ?? address} />
}

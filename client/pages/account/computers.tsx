import { ComputersScreen } from '../../features/sign-in/computers-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '登录电脑' })

export default function ComputersPage() {
  const { code, q } = usePageParams('computers')
  return <ComputersScreen scanned={code ?? q} />
}

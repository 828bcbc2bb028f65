import { SettingsScreen } from '../../features/settings/settings-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '设置' })

export default function SettingsPage() {
  const { unitId } = usePageParams('settings')
  return <SettingsScreen unitId={unitId} />
}

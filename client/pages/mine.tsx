import { Card } from '../components/card'
import { EmptyState } from '../components/empty-state'
import { PageFrame } from '../components/page-frame'
import { ListRow, SwitchRow } from '../components/rows'
import { openPage } from '../services/navigation'
import { setLargeType, useLargeType } from '../services/settings'

definePageConfig({ navigationBarTitleText: '我的' })

export default function MinePage() {
  const isLarge = useLargeType()
  return (
    <PageFrame title="我的" isTab>
      <Card>
        <ListRow icon="bell" title="消息" hint="办理进展和要您评价的" onPress={() => openPage('inbox')} />
        <SwitchRow
          icon="letters"
          title="大字版"
          hint="字大一些，看得清"
          isOn={isLarge}
          onChange={setLargeType}
        />
        <ListRow
          icon="briefcase"
          title="工作台"
          hint="支部和单位办理诉求"
          onPress={() => openPage('queue')}
        />
      </Card>
      <EmptyState
        icon="file-text"
        title="您还没有上报过"
        hint="看到路不平、灯不亮、垃圾没人管，拍下来就行。"
        action={{ label: '去上报', icon: 'camera', onPress: () => openPage('report') }}
      />
    </PageFrame>
  )
}

import { EmptyState } from '../components/empty-state'
import { PageFrame } from '../components/page-frame'
import { openPage } from '../services/navigation'

definePageConfig({ navigationBarTitleText: '没有这一页' })

export default function UnknownPage() {
  return (
    <PageFrame title="没有这一页">
      <EmptyState
        icon="circle-help"
        title="没有这一页"
        hint="地址可能旧了，或者没有抄全。要找的都能从首页进去。"
        action={{ label: '回首页', icon: 'house', onPress: () => openPage('home') }}
      />
    </PageFrame>
  )
}

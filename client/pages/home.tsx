import { BigButton } from '../components/big-button'
import { Section } from '../components/card'
import { PageFrame } from '../components/page-frame'
import { Skeleton } from '../components/skeleton'
import { openPage } from '../services/navigation'

definePageConfig({ navigationBarTitleText: '红脸办' })

export default function HomePage() {
  return (
    <PageFrame title="红脸办" isTab>
      <BigButton
        label="上报身边的事"
        hint="拍张照、点个位置、说一句话"
        icon="camera"
        onPress={() => openPage('report')}
      />
      <Section title="身边的事">
        <Skeleton />
      </Section>
    </PageFrame>
  )
}

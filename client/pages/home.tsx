import { useState } from 'react'
import { Section } from '../components/card'
import { EmptyState, ErrorState } from '../components/empty-state'
import { PageFrame } from '../components/page-frame'
import { Skeleton } from '../components/skeleton'
import { AreaMatters } from '../features/branch/area-matters'
import { Greeting } from '../features/home/greeting'
import { ReportHero } from '../features/home/report-hero'
import { LatestReport } from '../features/my-reports/latest-report'
import { RedFaceHeadline } from '../features/red-face/red-face-headline'
import { CommunitySheet } from '../features/reporting/community-sheet'
import { chooseHomeCommunity, useHomeCommunity } from '../services/home-community'
import { isVisitor } from '../services/signed-in'

definePageConfig({ navigationBarTitleText: '红脸办' })

export default function HomePage() {
  const home = useHomeCommunity()
  const [isChoosing, setChoosing] = useState(false)
  const community = home.state === 'known' ? home.community : undefined
  const choose = () => setChoosing(true)
  return (
    <PageFrame title="红脸办" isTab>
      <Greeting communityName={community?.areaName} isUnknown={home.state === 'unknown'} onChange={choose} />
      <ReportHero isVisitor={isVisitor()} />
      <LatestReport />
      {community && <RedFaceHeadline unitId={community.id} areaName={community.areaName} />}
      {community && (
        <Section title="身边的事">
          <AreaMatters unitId={community.id} />
        </Section>
      )}
      {home.state === 'loading' && <Skeleton />}
      {home.state === 'failed' && <ErrorState message={home.message} onRetry={home.retry} />}
      {home.state === 'unknown' && (
        <EmptyState
          icon="map-pin"
          title="先选您的社区（嘎查村）"
          hint="选一次就记住，身边的事和红脸榜都在这里。"
          action={{ label: '选社区', onPress: choose }}
        />
      )}
      {isChoosing && (
        <CommunitySheet
          title="您在哪个社区（嘎查村）"
          startUnitId={community?.parentId ?? undefined}
          onChoose={(chosen) => {
            chooseHomeCommunity(chosen.id)
            setChoosing(false)
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </PageFrame>
  )
}

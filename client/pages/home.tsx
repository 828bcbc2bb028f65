import { useState } from 'react'
import { Section } from '../components/card'
import { ErrorState } from '../components/empty-state'
import { PageFrame } from '../components/page-frame'
import { Skeleton } from '../components/skeleton'
import { RecentMatters } from '../features/branch/area-matters'
import { Greeting } from '../features/home/greeting'
import { NoHome } from '../features/home/no-home'
import { ReportHero } from '../features/home/report-hero'
import { useWorkplace } from '../features/home/use-workplace'
import { LatestReport } from '../features/my-reports/latest-report'
import { RedFaceHeadline } from '../features/red-face/red-face-headline'
import { CommunitySheet } from '../features/reporting/community-sheet'
import { chosenHome } from '../services/chosen-home'
import { useHomeCommunity } from '../services/home-community'
import { usePageParams } from '../services/navigation'
import { isVisitor } from '../services/signed-in'

definePageConfig({ navigationBarTitleText: '红脸办' })

export default function HomePage() {
  usePageParams('home')
  const home = useHomeCommunity()
  const [isChoosing, setChoosing] = useState(false)
  const community = home.state === 'known' ? home.community : undefined
  const workplace = useWorkplace(home.state === 'unknown')
  const choose = () => setChoosing(true)
  return (
    <PageFrame title="红脸办" isTab>
      <Greeting
        placeName={community?.areaName ?? workplace?.unitName}
        isUnknown={home.state === 'unknown'}
        onChange={choose}
      />
      <ReportHero isVisitor={isVisitor()} />
      <LatestReport />
      {community && <RedFaceHeadline unitId={community.id} areaName={community.areaName} />}
      {community && (
        <Section title="身边的事">
          <RecentMatters unitId={community.id} />
        </Section>
      )}
      {home.state === 'loading' && <Skeleton />}
      {home.state === 'failed' && <ErrorState message={home.message} onRetry={home.retry} />}
      {home.state === 'unknown' && <NoHome workplace={workplace} onChoose={choose} />}
      {isChoosing && (
        <CommunitySheet
          title="您在哪个社区（嘎查村）"
          startUnitId={community?.parentId ?? undefined}
          onChoose={(chosen) => {
            chosenHome.keep(chosen.id)
            setChoosing(false)
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </PageFrame>
  )
}

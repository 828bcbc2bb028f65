import { View } from '@tarojs/components'
import { Card } from '../../components/card'
import { Facts, ListRow } from '../../components/rows'
import { instantText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { dueByText, dueDeed } from '../../words/due'
import type { ReportDetail } from './words'
import './responsible-card.css'

const doneFacts = ({ status, timeline, contactedAt, resolution, plan }: ReportDetail, now: number) => {
  const isResolved = status === 'resolved' || status === 'closed'
  const done: readonly (readonly [string, number | null | undefined, string])[] = [
    ['受理', timeline.find(({ kind }) => kind === 'accepted')?.at, '已受理'],
    ['联系居民', contactedAt, '已联系'],
    ['报计划', plan?.at, '已报'],
    ['办结', isResolved ? resolution?.at : null, '报办结'],
  ]
  return done.flatMap(([label, at, what]) => (at ? [{ label, value: `${instantText(at, now)}${what}` }] : []))
}

/** What has happened and what is due. */
const milestoneFacts = (report: ReportDetail, now: number) => [
  ...doneFacts(report, now),
  ...report.dues.map(({ kind, dueAt }) => ({
    label: dueDeed(kind, report.status),
    value: dueByText(dueAt, now),
  })),
  ...(report.suspension ? [{ label: '时限', value: '挂账期间不算' }] : []),
]

interface ResponsibleCardProps {
  readonly report: ReportDetail
}

/** Who answers for it and why, who does the work, and by when. */
export function ResponsibleCard({ report }: ResponsibleCardProps) {
  const { branch, routing, handler } = report
  const now = serverNow()
  return (
    <Card title="谁来办">
      <ListRow
        name="open-branch"
        icon="landmark"
        title={branch.name}
        hint={report.status === 'unrouted' ? '由它来指定支部' : '负责到底'}
        onPress={() => openPage('branch', { unitId: branch.id })}
      />
      <View className="responsible-card__reasons">
        {routing.reasons.map((reason) => (
          <View key={reason}>{reason}</View>
        ))}
      </View>
      <Facts
        facts={[
          ...(handler
            ? [
                {
                  label: '正在干活',
                  value: `${handler.id === branch.id ? '它自己的人' : handler.name}，${instantText(handler.at, now)}派的单`,
                },
              ]
            : []),
          ...milestoneFacts(report, now),
        ]}
      />
    </Card>
  )
}

import { View } from '@tarojs/components'
import { isOpen } from '../../../cloudfunctions/domain/report/lifecycle'
import { Card } from '../../components/card'
import { Facts, ListRow } from '../../components/rows'
import { instantText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { dueText, type ReportDetail } from './words'
import './responsible-card.css'

interface Milestone {
  readonly label: string
  /** When it happened. */
  readonly at: number | null | undefined
  readonly done: string
  readonly dueAt: number | null
}

const milestonesOf = (report: ReportDetail): readonly Milestone[] => {
  const { status, timeline, contactedAt, resolution, plan, runningDueKind } = report
  const { acceptDueAt, contactDueAt, planDueAt, resolveDueAt } = report
  const isResolved = status === 'resolved' || status === 'closed'
  return [
    {
      label: '受理',
      at: timeline.find(({ kind }) => kind === 'accepted')?.at,
      done: '已受理',
      // Not where a decline waits for the level above.
      dueAt: runningDueKind === 'accept' ? acceptDueAt : null,
    },
    { label: '联系居民', at: contactedAt, done: '已联系', dueAt: contactDueAt },
    { label: '拿出计划', at: plan?.at, done: '已报', dueAt: isResolved ? null : planDueAt },
    { label: '办结', at: isResolved ? resolution?.at : null, done: '报办结', dueAt: resolveDueAt },
  ]
}

/** What has happened and what is due; nothing is due any more once the matter is settled. */
const milestoneFacts = (report: ReportDetail, now: number) => {
  const isRunning = isOpen(report.status)
  return milestonesOf(report).flatMap(({ label, at, done, dueAt }) => {
    if (at) return [{ label, value: `${instantText(at, now)}${done}` }]
    if (!isRunning || dueAt === null) return []
    if (report.suspension) return [{ label, value: '挂账期间不算' }]
    return [{ label, value: dueText(dueAt, now) }]
  })
}

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

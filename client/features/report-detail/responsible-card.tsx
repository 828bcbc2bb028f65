import { View } from '@tarojs/components'
import type { DeadlineKind } from '../../../cloudfunctions/contexts/report/rules/deadline-kind'
import { Card } from '../../components/card'
import { Facts, ListRow } from '../../components/rows'
import { instantText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import { dueByText, dueDeed } from '../../words/due'
import { statusWord } from '../../words/status'
import { type ReportDetail, whoseWords } from './words'
import './responsible-card.css'

const doneFacts = (report: ReportDetail, now: number) => {
  const { status, acceptedAt, contactedAt, resolution, plan, dues } = report
  const isResolved = status === 'resolved' || status === 'closed'
  const done: readonly (readonly [DeadlineKind, number | null | undefined, string])[] = [
    ['accept', acceptedAt, statusWord('accepted').text],
    ['contact', contactedAt, '已联系'],
    ['plan', plan?.at, '已报'],
    ['resolve', isResolved ? resolution?.at : null, '报办结'],
  ]
  // What another unit did before it was handed on is to be done anew.
  const stands = done.filter(([kind]) => dues.every((due) => due.kind !== kind))
  return stands.flatMap(([kind, at, what]) =>
    at ? [{ label: dueDeed(kind, status), value: `${instantText(at, now)}${what}` }] : [],
  )
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
  const { title, hint } = whoseWords[report.status]
  return (
    <Card title={title}>
      <ListRow
        name="open-branch"
        icon="landmark"
        title={branch.name}
        hint={hint}
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

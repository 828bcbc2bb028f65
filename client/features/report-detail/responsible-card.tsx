import { View } from '@tarojs/components'
import { Card } from '../../components/card'
import { Facts, ListRow } from '../../components/rows'
import { instantText } from '../../components/time-text'
import { openPage } from '../../services/navigation'
import { serverNow } from '../../services/server-time'
import type { ReportDetail } from './words'
import './responsible-card.css'

interface ResponsibleCardProps {
  readonly report: ReportDetail
}

/** Who answers for it and why, who does the work, and by when. */
export function ResponsibleCard({ report }: ResponsibleCardProps) {
  const { branch, routing, handler, acceptDueAt, contactDueAt, contactedAt, planDueAt, resolveDueAt } = report
  const now = serverNow()
  const acceptedAt = report.timeline.find(({ kind }) => kind === 'accepted')?.at
  const by = (at: number) => `最晚${instantText(at, now)}`
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
            ? [{ label: '正在干活', value: `${handler.name}，${instantText(handler.at, now)}派的单` }]
            : []),
          {
            label: '受理',
            value: acceptedAt === undefined ? by(acceptDueAt) : `${instantText(acceptedAt, now)}已受理`,
          },
          {
            label: '联系居民',
            value: contactedAt === null ? by(contactDueAt) : `${instantText(contactedAt, now)}已联系`,
          },
          ...(planDueAt === null ? [] : [{ label: '拿出计划', value: by(planDueAt) }]),
          {
            label: '办结',
            value: report.resolution ? `${instantText(report.resolution.at, now)}报办结` : by(resolveDueAt),
          },
        ]}
      />
    </Card>
  )
}

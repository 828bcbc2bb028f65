import { View } from '@tarojs/components'
import { useState } from 'react'
import { Card, LinkText } from '../../components/card'
import { Timeline } from '../../components/timeline'
import { serverNow } from '../../services/server-time'
import { useQuery } from '../../services/use-query'
import type { Rules } from '../../services/use-rules'
import { stepsOf } from './trace'
import type { ReportDetail } from './words'

interface TraceCardProps {
  readonly report: ReportDetail
  readonly rules: Rules | undefined
}

const shownAtFirst = 8

/** 办理轨迹: what happened, the latest on top. */
export function TraceCard({ report, rules }: TraceCardProps) {
  const [isWhole, setWhole] = useState(false)
  const { query, retry } = useQuery(
    'report.olderLines',
    isWhole && report.olderCount > 0 ? { reportId: report.id } : undefined,
  )
  const older = query.state === 'ready' ? query.value.lines : []
  const steps = stepsOf(report, serverNow(), rules, older)
  const count = steps.length - older.length + report.olderCount
  const isCut = !isWhole && count > shownAtFirst + 1
  return (
    <Card title="办理轨迹">
      <View data-test="trace">
        <Timeline steps={isCut ? steps.slice(0, shownAtFirst) : steps} />
        {isCut && <LinkText label={`看前面的${count - shownAtFirst}步`} onPress={() => setWhole(true)} />}
        {isWhole && query.state === 'failed' && retry && (
          <LinkText label={`更早的${report.olderCount}步没取到，再试一次`} onPress={retry} />
        )}
      </View>
    </Card>
  )
}

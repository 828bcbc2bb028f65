import { View } from '@tarojs/components'
import { useState } from 'react'
import { Card, LinkText } from '../../components/card'
import { Timeline } from '../../components/timeline'
import { serverNow } from '../../services/server-time'
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
  const steps = stepsOf(report, serverNow(), rules)
  const isCut = !isWhole && steps.length > shownAtFirst + 1
  return (
    <Card title="办理轨迹">
      <View data-test="trace">
        <Timeline steps={isCut ? steps.slice(0, shownAtFirst) : steps} />
        {isCut && (
          <LinkText label={`看前面的${steps.length - shownAtFirst}步`} onPress={() => setWhole(true)} />
        )}
      </View>
    </Card>
  )
}

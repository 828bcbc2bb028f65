import { Card } from '../../components/card'
import { FoldedTimeline } from '../../components/timeline'
import { serverNow } from '../../services/server-time'
import type { Rules } from '../../services/use-rules'
import { useOlderLines } from '../../words/use-older-lines'
import { stepsOf } from './trace'
import type { ReportDetail } from './words'

interface TraceCardProps {
  readonly report: ReportDetail
  readonly rules: Rules | undefined
}

/** 办理轨迹: what happened, the latest on top. */
export function TraceCard({ report, rules }: TraceCardProps) {
  const { older, ...folding } = useOlderLines(report)
  return (
    <Card title="办理轨迹">
      <FoldedTimeline {...folding} steps={stepsOf(report, serverNow(), rules, older)} />
    </Card>
  )
}

import { View } from '@tarojs/components'
import { spokenNumber } from '../../../cloudfunctions/contexts/report/rules/report-number'
import { Card } from '../../components/card'
import { Heading } from '../../components/heading'
import { Icon } from '../../components/icon'
import { instantText } from '../../components/time-text'
import { serverNow } from '../../services/server-time'
import { dueDeed } from '../../words/due'
import type { SubmitReceipt } from './words'
import './sent-panel.css'

interface SentPanelProps {
  readonly receipt: SubmitReceipt
  /** A complaint about a branch never becomes public. */
  readonly isConfidential: boolean
}

/** What happens now: who answers for it, why, and by when. */
export function SentPanel({ receipt, isConfidential }: SentPanelProps) {
  const { branchName, reasons, acceptDueAt, resolveDueAt, status, number } = receipt
  const now = serverNow()
  const isRouted = status !== 'unrouted'
  return (
    <View className="sent-panel" data-test="sent-panel">
      <View className="sent-panel__head">
        <View className="sent-panel__sign">
          <Icon name="check" size={1.6} />
        </View>
        <Heading className="sent-panel__title">{isRouted ? `已经交给${branchName}` : '已经收到'}</Heading>
        <View className="sent-panel__hint">办到哪一步，都会告诉您；办得好不好，由您说了算。</View>
        {number !== null && (
          <View className="sent-panel__number" data-test="sent-number">
            编号 <View className="sent-panel__digits">{spokenNumber(number)}</View>
          </View>
        )}
      </View>
      <Card title="谁来办">
        <View className="sent-panel__branch" data-test="sent-branch">
          {isRouted ? branchName : `${branchName}来指定支部`}
        </View>
        {reasons.map((reason) => (
          <View key={reason} className="sent-panel__reason">
            {reason}
          </View>
        ))}
      </Card>
      <Card title="什么时候">
        <View className="sent-panel__step">
          <View className="sent-panel__what">最晚{dueDeed('accept', status)}</View>
          <View className="sent-panel__when">{instantText(acceptDueAt, now)}</View>
        </View>
        <View className="sent-panel__step">
          <View className="sent-panel__what">最晚{dueDeed('resolve', status)}</View>
          <View className="sent-panel__when">{instantText(resolveDueAt, now)}</View>
        </View>
        <View className="sent-panel__reason">
          {isConfidential
            ? '这件事保密，本支部看不到；过了时限还没办，由更上一级督办。'
            : '过了时限还没办，会登上红脸榜，大家都看得到。'}
        </View>
      </Card>
    </View>
  )
}

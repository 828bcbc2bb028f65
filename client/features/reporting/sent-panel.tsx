import { View } from '@tarojs/components'
import { spokenNumber } from '../../../cloudfunctions/contexts/report/rules/report-number'
import { Card } from '../../components/card'
import { Heading } from '../../components/heading'
import { Icon } from '../../components/icon'
import { Notice } from '../../components/rows'
import { instantText } from '../../components/time-text'
import { serverNow } from '../../services/server-time'
import { ifLateText, promisedDues, type SubmitReceipt, sentTo } from './words'
import './sent-panel.css'

interface SentPanelProps {
  readonly receipt: SubmitReceipt
  /** A complaint about a branch never becomes public. */
  readonly isConfidential: boolean
  /** Pictures that it went without, because the server takes them only later. */
  readonly leftPhotoCount: number
}

/** What happens now: who answers for it, why, and by when. */
export function SentPanel({ receipt, isConfidential, leftPhotoCount }: SentPanelProps) {
  const { branchName, reasons, status, number } = receipt
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
      {leftPhotoCount > 0 && (
        <Notice tone="waiting" icon="camera" title={`${leftPhotoCount}张照片没带上`}>
          事要紧，先报了。过一会儿点“查看进展”，再把照片补上。
        </Notice>
      )}
      <Card title="谁来办">
        <View className="sent-panel__branch" data-test="sent-branch">
          {sentTo(receipt)}
        </View>
        {reasons.map((reason) => (
          <View key={reason} className="sent-panel__reason">
            {reason}
          </View>
        ))}
      </Card>
      <Card title="什么时候">
        {promisedDues(receipt).map(({ kind, deed, dueAt }) => (
          <View key={kind} className="sent-panel__step">
            <View className="sent-panel__what">最晚{deed}</View>
            <View className="sent-panel__when">{instantText(dueAt, now)}</View>
          </View>
        ))}
        <View className="sent-panel__reason">{ifLateText(isConfidential)}</View>
      </Card>
    </View>
  )
}

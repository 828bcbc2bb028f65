import { View } from '@tarojs/components'
import { openedCauses } from '../../../cloudfunctions/contexts/red-face/rules/red-face'
import { LinkText } from '../../components/card'
import { Icon, type IconName } from '../../components/icon'
import { Sheet } from '../../components/sheet'
import { openPage } from '../../services/navigation'
import { type Rules, useRules } from '../../services/use-rules'
import { answerableText } from '../../words/answerable'
import { goneQuestion } from '../../words/households'
import { appealedLabel, causeWord } from '../../words/red-face-cause'
import { cameLateText, goneText, noticeText, recurrenceText, silenceText } from '../../words/rules'
import { objectionText, sentences } from '../../words/sentences'
import './rules-sheet.css'

interface RulesSheetProps {
  readonly unitId: string
  readonly onClose: () => void
}

const stepsUnder = (
  rules: Rules | undefined,
): readonly { readonly icon: IconName; readonly text: string }[] => [
  { icon: 'camera', text: `${answerableText}把事办好，拿出新的照片或说明，问居民：${goneQuestion}` },
  { icon: 'users', text: `${goneText(rules)}。` },
  { icon: 'hourglass', text: `${silenceText(rules)}。` },
  { icon: 'eye', text: `${objectionText}。` },
  { icon: 'scale', text: `${sentences.ours}。` },
  { icon: 'clock', text: `${cameLateText(rules)}。` },
  { icon: 'badge-check', text: '上榜和销号的每一笔，都留在台账里。' },
]

/** How a matter gets on the list and off it, in plain words. */
export function RulesSheet({ unitId, onClose }: RulesSheetProps) {
  const rules = useRules(unitId)
  return (
    <Sheet isOpen title="怎样上榜、怎样销号" onClose={onClose}>
      <View className="rules-sheet">
        <View className="rules-sheet__lead">
          榜上是没办好的事和负责的单位，不写任何个人的名字，也看不出是谁上报的。
        </View>
        <View className="rules-sheet__title">怎样上榜</View>
        <View className="rules-sheet__text">
          到了时限没办、居民评价没解决，就自动上榜，不由谁挑选；支部也可以自己列出没办好的事。有下面任何一种：
        </View>
        {openedCauses.map((cause) => (
          <View key={cause} className="rules-sheet__line">
            <Icon name={causeWord(cause).icon} size={1.1} />
            <View className="rules-sheet__words">
              {causeWord(cause).label}
              {cause === 'recurring' && recurrenceText(rules)}
            </View>
          </View>
        ))}
        <View className="rules-sheet__text">
          {noticeText(rules)}它认为不对，可以向上一级申诉；已经公开的照旧公开，标明“{appealedLabel}”。
        </View>
        <View className="rules-sheet__title">怎样销号</View>
        {stepsUnder(rules).map(({ icon, text }) => (
          <View key={text} className="rules-sheet__line">
            <Icon name={icon} size={1.1} />
            <View className="rules-sheet__words">{text}</View>
          </View>
        ))}
        <View className="rules-sheet__title">怎样排先后</View>
        <View className="rules-sheet__text">上榜的天数越多、遇到的居民越多，排得越靠前。</View>
        <View data-test="open-ledger">
          <LinkText
            label="看红脸台账"
            onPress={() => {
              onClose()
              openPage('ledger', { unitId })
            }}
          />
        </View>
      </View>
    </Sheet>
  )
}

import { View } from '@tarojs/components'
import { isTakenOffByAppeal, type RedFaceRowView } from './words'
import './days-listed.css'

interface DaysListedProps {
  readonly entry: Pick<RedFaceRowView, 'state' | 'daysOpen' | 'consent'>
}

/** How long the matter has been on the list, as the number one remembers. */
export function DaysListed({ entry }: DaysListedProps) {
  const { state, consent } = entry
  const days = Math.max(1, entry.daysOpen)
  const caption =
    state === 'frozen'
      ? '申诉中'
      : state === 'public'
        ? '上榜'
        : isTakenOffByAppeal(consent)
          ? '已撤下'
          : '已销号'
  return (
    <View className={`days-listed days-listed--${state}`}>
      <View className="days-listed__caption">{caption}</View>
      <View className="days-listed__line">
        {state !== 'cleared' && <View className="days-listed__unit">第</View>}
        <View className="days-listed__number">{days}</View>
        <View className="days-listed__unit">天</View>
      </View>
    </View>
  )
}

import { View } from '@tarojs/components'
import { isTakenOff, type RedFaceRowView } from './words'
import './days-listed.css'

interface DaysListedProps {
  readonly entry: Pick<RedFaceRowView, 'state' | 'daysOpen' | 'consent' | 'isAppealed'>
}

/** How long the matter has been on the list, as the number one remembers. */
export function DaysListed({ entry }: DaysListedProps) {
  const { state, consent, isAppealed } = entry
  const days = Math.max(1, entry.daysOpen)
  const isQuiet = state === 'cleared' ? isTakenOff(consent) : isAppealed
  const look = isQuiet ? 'quiet' : state
  return (
    <View className={`days-listed days-listed--${look}`}>
      <View className="days-listed__caption">{isAppealed ? '申诉中' : '上榜'}</View>
      <View className="days-listed__line">
        <View className="days-listed__unit">{state === 'cleared' ? '共' : '第'}</View>
        <View className="days-listed__number">{days}</View>
        <View className="days-listed__unit">天</View>
      </View>
    </View>
  )
}

import { View } from '@tarojs/components'
import { appealedLabel } from '../../words/red-face-cause'
import { daysListed, isTakenOff } from '../../words/red-face-entry'
import type { RedFaceRowView } from './words'
import './days-listed.css'

interface DaysListedProps {
  readonly entry: Pick<RedFaceRowView, 'state' | 'daysOpen' | 'consent' | 'isAppealed'>
}

/** How long the matter has been on the list, as the number one remembers. */
export function DaysListed({ entry }: DaysListedProps) {
  const { state, consent, isAppealed } = entry
  const isQuiet = state === 'cleared' ? isTakenOff(consent) : isAppealed
  const look = isQuiet ? 'quiet' : state
  return (
    <View className={`days-listed days-listed--${look}`}>
      <View className="days-listed__caption">{isAppealed ? appealedLabel : '上榜'}</View>
      <View className="days-listed__line">
        <View className="days-listed__unit">{state === 'cleared' ? '共' : '第'}</View>
        <View className="days-listed__number">{daysListed(entry)}</View>
        <View className="days-listed__unit">天</View>
      </View>
    </View>
  )
}

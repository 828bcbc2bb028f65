import { View } from '@tarojs/components'
import { chinaHour } from '../../../cloudfunctions/ground/instant'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { serverNow } from '../../services/server-time'
import './greeting.css'

interface GreetingProps {
  /** The community's name, or where one works; undefined while it is looked up. */
  readonly placeName: string | undefined
  /** No community is known. */
  readonly isUnknown: boolean
  readonly onChange: () => void
}

const greetings = [
  { untilHour: 5, words: '夜深了' },
  { untilHour: 12, words: '上午好' },
  { untilHour: 14, words: '中午好' },
  { untilHour: 18, words: '下午好' },
  { untilHour: 24, words: '晚上好' },
] as const

const greetingAt = (at: number): string =>
  greetings.find(({ untilHour }) => chinaHour(at) < untilHour)?.words ?? '您好'

/** Where one is at home, and the way to say it is elsewhere. */
export function Greeting({ placeName, isUnknown, onChange }: GreetingProps) {
  return (
    <View className="greeting">
      <View className="greeting__words">
        {greetingAt(serverNow())}
        {(placeName !== undefined || !isUnknown) && '，这里是'}
      </View>
      <Pressable className="greeting__place" name="choose-home" onPress={onChange}>
        <Icon name="map-pin" size={1.1} />
        <View className="greeting__name">{placeName ?? (isUnknown ? '您在哪个社区？' : '…')}</View>
        <View className="greeting__change">{isUnknown ? '选社区' : '换'}</View>
        <Icon name="chevron-right" size={0.9} />
      </Pressable>
    </View>
  )
}

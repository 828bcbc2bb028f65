import { View } from '@tarojs/components'
import { type IconName, withIcon } from './icon'
import type { Tone } from './status-tag'
import { useNow } from './use-now'
import './countdown.css'

interface CountdownProps {
  /** What is due and how long is left, or how long it is past, by the server's clock. */
  readonly say: (now: number) => {
    readonly tone: Tone
    readonly icon: IconName
    readonly text: string
  }
}

/** Words about a time that comes nearer, said anew while one looks. */
export function Countdown({ say }: CountdownProps) {
  const { tone, icon, text } = say(useNow())
  return <View className={`countdown countdown--${tone} ${withIcon(icon)}`}>{text}</View>
}

import { View } from '@tarojs/components'
import { type IconName, withIcon } from './icon'
import './status-tag.css'
import './tones.css'

export type Tone = 'plain' | 'waiting' | 'working' | 'done' | 'alert'

interface StatusTagProps {
  readonly tone: Tone
  readonly icon: IconName
  readonly text: string
}

/** Where a matter stands: said by words and a sign, and by colour only besides. */
export function StatusTag({ tone, icon, text }: StatusTagProps) {
  return <View className={`status-tag tone-${tone} ${withIcon(icon)}`}>{text}</View>
}

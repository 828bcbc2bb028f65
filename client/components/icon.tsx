import { View } from '@tarojs/components'
import './icon.css'

export type IconName =
  | 'arrow-right'
  | 'arrow-right-left'
  | 'badge-check'
  | 'ban'
  | 'bell'
  | 'briefcase'
  | 'building-2'
  | 'calendar-clock'
  | 'camera'
  | 'chart-column'
  | 'check'
  | 'chevron-left'
  | 'chevron-right'
  | 'circle'
  | 'circle-alert'
  | 'circle-check'
  | 'circle-dot'
  | 'circle-help'
  | 'circle-pause'
  | 'clipboard-list'
  | 'clock'
  | 'corner-up-left'
  | 'eye'
  | 'file-text'
  | 'flag'
  | 'frown'
  | 'git-merge'
  | 'hand-helping'
  | 'hard-hat'
  | 'history'
  | 'hourglass'
  | 'house'
  | 'image'
  | 'image-off'
  | 'info'
  | 'landmark'
  | 'letters'
  | 'link'
  | 'list-checks'
  | 'locate-fixed'
  | 'map'
  | 'map-pin'
  | 'meh'
  | 'message-circle'
  | 'pencil'
  | 'phone'
  | 'plus'
  | 'refresh-cw'
  | 'scale'
  | 'search'
  | 'send'
  | 'shield-check'
  | 'siren'
  | 'smile'
  | 'square'
  | 'square-check'
  | 'star'
  | 'trash-2'
  | 'triangle-alert'
  | 'undo-2'
  | 'user-round'
  | 'users'
  | 'wifi-off'
  | 'x'

interface IconProps {
  readonly name: IconName
  /** Side in ems of the text around it; 1.2 unless said otherwise. */
  readonly size?: number
}

/** A line drawing in the colour of the text around it. It says nothing alone: put words beside it. */
export function Icon({ name, size = 1.2 }: IconProps) {
  return <View className={`icon icon--${name}`} style={{ fontSize: `${size}em` }} />
}

/**
 * Classes for words that carry a drawing before them. In a list this is preferred to an `Icon` beside the words: the
 * mini-program sends every element of a page from its logic to its view.
 */
export const withIcon = (name: IconName): string => `with-icon icon--${name}`

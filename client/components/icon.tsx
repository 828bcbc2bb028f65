import { View } from '@tarojs/components'
import { bringMoreIcons } from './more-icons'
import './icon.css'

/** Those of home: their drawings come with the first page. */
const icons = [
  'briefcase',
  'camera',
  'chevron-left',
  'chevron-right',
  'circle',
  'circle-alert',
  'circle-check',
  'circle-dot',
  'circle-help',
  'circle-pause',
  'clipboard-list',
  'clock',
  'eye',
  'flag',
  'frown',
  'hard-hat',
  'hourglass',
  'house',
  'map-pin',
  'meh',
  'message-circle',
  'refresh-cw',
  'search',
  'siren',
  'smile',
  'star',
  'triangle-alert',
  'user-round',
  'users',
  'wifi-off',
  'x',
] as const

/** Theirs come when one of them is first shown. */
type MoreIconName =
  | 'arrow-right'
  | 'arrow-right-left'
  | 'badge-check'
  | 'ban'
  | 'bell'
  | 'building-2'
  | 'calendar-clock'
  | 'chart-column'
  | 'check'
  | 'copy'
  | 'corner-up-left'
  | 'download'
  | 'file-spreadsheet'
  | 'file-text'
  | 'folder-input'
  | 'git-merge'
  | 'hand-helping'
  | 'history'
  | 'image'
  | 'image-off'
  | 'info'
  | 'landmark'
  | 'letters'
  | 'link'
  | 'list-checks'
  | 'list-tree'
  | 'locate-fixed'
  | 'map'
  | 'pencil'
  | 'phone'
  | 'plus'
  | 'printer'
  | 'receipt-text'
  | 'scale'
  | 'send'
  | 'settings'
  | 'shield-check'
  | 'skip-forward'
  | 'split'
  | 'square'
  | 'square-check'
  | 'trash-2'
  | 'undo-2'
  | 'upload'
  | 'user-plus'

export type IconName = (typeof icons)[number] | MoreIconName

interface IconProps {
  readonly name: IconName
  /** Side in ems of the text around it; 1.2 unless said otherwise. */
  readonly size?: number
}

const namesOfHome: ReadonlySet<string> = new Set(icons)

const drawn = (name: IconName): string => {
  if (!namesOfHome.has(name)) bringMoreIcons()
  return `icon--${name}`
}

/** A line drawing in the colour of the text around it. It says nothing alone: put words beside it. */
export function Icon({ name, size = 1.2 }: IconProps) {
  return <View className={`icon ${drawn(name)}`} style={{ fontSize: `${size}em` }} />
}

/**
 * Classes for words that carry a drawing before them. In a list this is preferred to an `Icon` beside the words: the
 * mini-program sends every element of a page from its logic to its view.
 */
export const withIcon = (name: IconName): string => `with-icon ${drawn(name)}`

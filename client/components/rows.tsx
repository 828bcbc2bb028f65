import { Switch, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { aria } from './aria'
import { Icon, type IconName } from './icon'
import { Pressable } from './pressable'
import './rows.css'
import './tones.css'

interface ListRowProps {
  readonly icon?: IconName
  readonly title: string
  /** Names the row for tests. */
  readonly name?: string
  readonly hint?: string
  /** How many wait there; nothing is shown for 0. */
  readonly count?: number
  /** Without it the line only tells why nothing can be done there now. */
  readonly onPress: (() => void) | undefined
}

/** A line that opens a page. */
export function ListRow({ icon, title, name, hint, count = 0, onPress }: ListRowProps) {
  return (
    <Pressable className={`list-row ${onPress ? '' : 'list-row--off'}`} name={name} onPress={onPress}>
      {icon && <Icon name={icon} size={1.35} />}
      <View className="list-row__words">
        <View>{title}</View>
        {hint && <View className="list-row__hint">{hint}</View>}
      </View>
      {count > 0 && <View className="list-row__count">{count > 99 ? '99+' : count}</View>}
      {onPress && <Icon name="chevron-right" size={1.1} />}
    </Pressable>
  )
}

interface SwitchRowProps {
  readonly icon?: IconName
  readonly title: string
  /** Names the row for tests. */
  readonly name?: string
  readonly hint?: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

/** A line that turns something on or off. */
export function SwitchRow({ icon, title, name, hint, isOn, onChange }: SwitchRowProps) {
  const said = aria({ label: title })
  return (
    <View className="list-row" data-test={name}>
      {icon && <Icon name={icon} size={1.35} />}
      <View className="list-row__words">
        <View>{title}</View>
        {hint && <View className="list-row__hint">{hint}</View>}
      </View>
      <Switch
        color="#9c2b23"
        checked={isOn}
        {...(process.env.TARO_ENV === 'h5' ? { nativeProps: { ...said, role: 'switch', style: {} } } : said)}
        onChange={(event) => onChange(event.detail.value)}
      />
    </View>
  )
}

interface FactsProps {
  readonly facts: readonly { readonly label: string; readonly value: ReactNode }[]
}

/** Plain facts: what, and which. */
export function Facts({ facts }: FactsProps) {
  return (
    <View className="facts">
      {facts.map(({ label, value }) => (
        <View key={label} className="facts__row">
          <View className="facts__label">{label}</View>
          <View className="facts__value">{value}</View>
        </View>
      ))}
    </View>
  )
}

interface NoticeProps {
  readonly tone: 'plain' | 'waiting' | 'working' | 'done' | 'alert'
  readonly icon: IconName
  readonly title?: string
  readonly children?: ReactNode
}

/** Something to know before going on. */
export function Notice({ tone, icon, title, children }: NoticeProps) {
  return (
    <View className={`notice tone-${tone}`}>
      <Icon name={icon} size={1.3} />
      <View className="notice__words">
        {title && <View className="notice__title">{title}</View>}
        {children && <View className="notice__body">{children}</View>}
      </View>
    </View>
  )
}

interface ListEndProps {
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly onMore: () => void
}

/** The foot of a list that comes page by page. */
export function ListEnd({ hasMore, isLoading, onMore }: ListEndProps) {
  if (!hasMore) return <View className="list-end">到底了</View>
  return (
    <Pressable className="list-end list-end--more" onPress={onMore}>
      {isLoading ? '正在取…' : '再看一些'}
    </Pressable>
  )
}

import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { Heading } from './heading'
import { Icon } from './icon'
import { Pressable } from './pressable'
import './card.css'

interface CardProps {
  readonly title?: ReactNode
  /** At the right of the title, such as “全部”. */
  readonly aside?: ReactNode
  /** A whole card that is pressed carries an arrow. */
  readonly onPress?: () => void
  readonly tone?: 'plain' | 'accent'
  readonly children?: ReactNode
}

/** One matter on the page. */
export function Card({ title, aside, onPress, tone = 'plain', children }: CardProps) {
  const hasHead = title !== undefined || aside !== undefined
  return (
    <Pressable className={`card card--${tone}`} onPress={onPress}>
      {hasHead && (
        <View className="card__head">
          {title !== undefined &&
            (onPress ? (
              <View className="card__title">{title}</View>
            ) : (
              <Heading className="card__title">{title}</Heading>
            ))}
          {aside !== undefined && <View className="card__aside">{aside}</View>}
          {onPress && aside === undefined && <Icon name="chevron-right" size={1.1} />}
        </View>
      )}
      {children}
    </Pressable>
  )
}

interface SectionProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** Several cards under one heading. */
export function Section({ title, aside, children }: SectionProps) {
  return (
    <View className="section">
      <View className="section__head">
        <Heading className="section__title">{title}</Heading>
        {aside !== undefined && <View className="section__aside">{aside}</View>}
      </View>
      {children}
    </View>
  )
}

interface LinkTextProps {
  readonly label: string
  readonly onPress: () => void
}

/** Words that open something, with room for a finger around them. */
export function LinkText({ label, onPress }: LinkTextProps) {
  return (
    <Pressable className="link-text" onPress={onPress}>
      {label}
      <Icon name="chevron-right" size={1} />
    </Pressable>
  )
}

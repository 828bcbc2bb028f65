import { View } from '@tarojs/components'
import { aria } from './aria'
import './skeleton.css'

interface SkeletonProps {
  /** `cards`: a list of cards; `page`: a picture and lines. */
  readonly shape?: 'cards' | 'page'
  readonly count?: number
}

/** The page's outline while its words are on the way. */
export function Skeleton({ shape = 'cards', count = 3 }: SkeletonProps) {
  const keys = Array.from({ length: count }, (_, index) => `card-${index}`)
  return (
    <View className="skeleton" {...aria({ role: 'status', label: '正在加载' })}>
      {shape === 'page' && <View className="skeleton__picture" />}
      {keys.map((key) => (
        <View key={key} className="skeleton__card" />
      ))}
    </View>
  )
}

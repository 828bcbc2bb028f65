import { View } from '@tarojs/components'
import './skeleton.css'

interface SkeletonProps {
  /** `cards`: a list of cards; `page`: a picture and lines. */
  readonly shape?: 'cards' | 'page'
  readonly count?: number
}

const Lines = () => (
  <View className="skeleton__card">
    <View className="skeleton__line skeleton__line--short" />
    <View className="skeleton__line" />
    <View className="skeleton__line skeleton__line--long" />
  </View>
)

/** The page's outline while its words are on the way. */
export function Skeleton({ shape = 'cards', count = 3 }: SkeletonProps) {
  const keys = Array.from({ length: count }, (_, index) => `line-${index}`)
  return (
    <View className="skeleton" aria-label="正在加载">
      {shape === 'page' && <View className="skeleton__picture" />}
      {keys.map((key) => (
        <Lines key={key} />
      ))}
    </View>
  )
}

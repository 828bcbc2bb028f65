import { View } from '@tarojs/components'
import { askAgain } from '../services/ask-again'
import { useSaid } from '../services/missing'
import { useIsOffline } from '../services/network'
import { useSlowness } from '../services/use-slowness'
import { aria } from './aria'
import { BigButton } from './big-button'
import './skeleton.css'

interface SkeletonProps {
  /** `cards`: a list of cards; `page`: a picture and lines. */
  readonly shape?: 'cards' | 'page'
  readonly count?: number
}

/** The page's outline while its words are on the way. One that is long on the way says so, and can be asked again. */
export function Skeleton({ shape = 'cards', count = 3 }: SkeletonProps) {
  const keys = Array.from({ length: count }, (_, index) => `card-${index}`)
  return (
    <View className="skeleton" {...aria({ role: 'status', label: '正在加载' })}>
      <Waiting />
      {shape === 'page' && <View className="skeleton__picture" />}
      {keys.map((key) => (
        <View key={key} className="skeleton__card" />
      ))}
    </View>
  )
}

function Waiting() {
  const slowness = useSlowness()
  // The page says already that there is no network.
  const isOffline = useIsOffline()
  if (slowness === 'fresh' || isOffline) return null
  if (slowness === 'slow') {
    return (
      <View className="skeleton__words" data-test="still-waiting">
        还在打开……
      </View>
    )
  }
  return <Stuck />
}

function Stuck() {
  useSaid()
  return (
    <View className="skeleton__stuck" data-test="still-waiting">
      <View className="skeleton__words">服务还没有回应，还在等。</View>
      <BigButton label="再试一次" icon="refresh-cw" tone="secondary" onPress={askAgain} />
    </View>
  )
}

import { View } from '@tarojs/components'
import { useSaid } from '../services/missing'
import { openPage } from '../services/navigation'
import { useIsOffline } from '../services/network'
import { BigButton } from './big-button'
import { Icon, type IconName } from './icon'
import './empty-state.css'

interface EmptyStateProps {
  readonly icon: IconName
  readonly title: string
  /** What to do next, or why nothing is here. */
  readonly hint: string
  readonly action?: { readonly label: string; readonly icon?: IconName; readonly onPress: () => void }
}

/** A place with nothing in it yet, which says what to do next. */
export function EmptyState({ icon, title, hint, action }: EmptyStateProps) {
  return (
    <View className="empty-state">
      <View className="empty-state__picture">
        <Icon name={icon} size={1} />
      </View>
      <View className="empty-state__title">{title}</View>
      <View className="empty-state__hint">{hint}</View>
      {action && (
        <View className="empty-state__action">
          <BigButton label={action.label} icon={action.icon} tone="secondary" onPress={action.onPress} />
        </View>
      )}
    </View>
  )
}

interface ErrorStateProps {
  readonly message: string
  /** Without it nothing would be gained by asking again. */
  readonly onRetry?: (() => void) | undefined
}

/** Something went wrong, in words, with the way out. */
export function ErrorState({ message, onRetry }: ErrorStateProps) {
  const isOffline = useIsOffline()
  useSaid()
  return (
    <EmptyState
      icon={isOffline ? 'wifi-off' : 'circle-alert'}
      title="没有打开"
      hint={isOffline ? '没有网。连上了会自动打开。' : message}
      action={
        onRetry
          ? { label: '再试一次', icon: 'refresh-cw', onPress: onRetry }
          : { label: '回首页', icon: 'house', onPress: () => openPage('home') }
      }
    />
  )
}

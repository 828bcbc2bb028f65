import { View } from '@tarojs/components'
import { aria } from './aria'
import './progress-bar.css'

interface ProgressBarProps {
  /** What is being done. */
  readonly label: string
  /** From 0 to 1; undefined while nobody knows. */
  readonly share: number | undefined
  /** How far it is, in words. */
  readonly text: string
}

/** How far long work is. */
export function ProgressBar({ label, share, text }: ProgressBarProps) {
  return (
    <View className="progress-bar" {...aria({ role: 'status', label: `${label}，${text}` })}>
      <View className="progress-bar__words">
        <View className="progress-bar__label">{label}</View>
        <View className="progress-bar__text">{text}</View>
      </View>
      <View className="progress-bar__track">
        <View
          className={`progress-bar__done ${share === undefined ? 'progress-bar__done--unknown' : ''}`}
          style={{ width: `${Math.round((share ?? 0.3) * 100)}%` }}
        />
      </View>
    </View>
  )
}

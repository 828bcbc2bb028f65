import { View } from '@tarojs/components'
import './rate-bar.css'

interface RateBarProps {
  readonly label: string
  /** 0 to 1; null when there is nothing to divide by. */
  readonly value: number | null
  readonly numerator: number
  readonly denominator: number
  /** What was counted: “按时联系 / 应联系”. */
  readonly madeOf: string
  readonly isSmallSample?: boolean
  /** How it stands to others of its kind, in words. */
  readonly standing?: string | undefined
}

/** What was solved in part counts in part: shares of a matter are said to a hundredth. */
const countText = (count: number): string => String(Math.round(count * 100) / 100)

/** A rate never stands without the two numbers it was made of. */
export function RateBar({
  label,
  value,
  numerator,
  denominator,
  madeOf,
  isSmallSample,
  standing,
}: RateBarProps) {
  const percent = value === null ? undefined : Math.round(value * 1000) / 10
  return (
    <View className="rate-bar">
      <View className="rate-bar__head">
        <View className="rate-bar__label">{label}</View>
        <View className="rate-bar__figure">{percent === undefined ? '暂无' : `${percent}%`}</View>
      </View>
      <View className="rate-bar__track">
        <View
          className={`rate-bar__share ${isSmallSample ? 'rate-bar__share--small' : ''}`}
          style={{ width: `${percent ?? 0}%` }}
        />
      </View>
      <View className="rate-bar__made-of">
        {madeOf}：{countText(numerator)} / {countText(denominator)}
        {isSmallSample && '（样本不足，不作比较）'}
        {standing !== undefined && `（${standing}）`}
      </View>
    </View>
  )
}

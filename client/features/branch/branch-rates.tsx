import { View } from '@tarojs/components'
import { Card } from '../../components/card'
import { RateBar } from '../../components/rate-bar'
import { Notice } from '../../components/rows'
import { dateText } from '../../components/time-text'
import { serverNow } from '../../services/server-time'
import { rateWords, standingWord, threeRates, weighed } from '../../words/rates'
import type { RatesView } from './words'
import './branch-rates.css'

interface BranchRatesProps {
  /** Null until the banner publishes them. */
  readonly rates: RatesView | null
  /** Rates of some reports are none: they come once all have been counted. */
  readonly isCounting: boolean
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`

/** The three rates, each with what it was made of, and the sum with its weights and their source. */
export function BranchRates({ rates, isCounting }: BranchRatesProps) {
  if (!rates) {
    return (
      <Card title="办得怎么样">
        <View className="branch-rates__unpublished" data-test="rates-unpublished">
          {isCounting
            ? `正在统计，全部数完以前不算${threeRates}，也不比较。`
            : `${threeRates}尚未公布。由旗县决定什么时候公布；公布以后，算这些数的件数会一起列出来。`}
        </View>
      </Card>
    )
  }
  const {
    response,
    solved,
    satisfaction,
    coverage,
    declined,
    solvedRange,
    satisfactionRange,
    standings,
    combined,
    weights,
    weightsSource,
    ruleVersion,
  } = rates
  const now = serverNow()
  const isSmallSample = [response, solved, satisfaction].some((rate) => rate.isSmallSample)
  return (
    <Card title="办得怎么样" aside={`${dateText(rates.fromAt, now)}—${dateText(rates.toAt, now)}`}>
      <View data-test="rates">
        <RateBar {...rateWords.response} {...response} standing={standingWord(standings.response)} />
        <RateBar {...rateWords.solved} {...solved} standing={standingWord(standings.solved)} />
        <RateBar
          {...rateWords.satisfaction}
          {...satisfaction}
          standing={standingWord(standings.satisfaction)}
        />
        <RateBar {...rateWords.coverage} {...coverage} />
        <RateBar {...rateWords.declined} {...declined} />
      </View>
      <RangeText solved={solvedRange} satisfaction={satisfactionRange} />
      {isSmallSample && (
        <Notice tone="plain" icon="info" title="样本不足，不比较">
          件数太少，一两件就能让比例大起大落。
        </Notice>
      )}
      {combined !== null && (
        <View className="branch-rates__combined" data-test="rates-combined">
          <View className="branch-rates__head">
            <View className="branch-rates__label">综合</View>
            <View className="branch-rates__figure">{Math.round(combined * 10) / 10}分</View>
          </View>
          <View className="branch-rates__made-of">
            {weighed.map((rate) => `${rateWords[rate].label}×${percent(weights[rate])}`).join('＋')}
            。权重出处：{weightsSource}；规则版本 {ruleVersion}。
          </View>
        </View>
      )}
    </Card>
  )
}

type Range = RatesView['solvedRange']

const rangeText = ({ lowest, highest }: Range): string | null =>
  lowest === null || highest === null ? null : `${percent(lowest)}—${percent(highest)}`

/** What the rates would be if all who did not rate were dissatisfied, or all content. */
function RangeText({ solved, satisfaction }: { readonly solved: Range; readonly satisfaction: Range }) {
  const ranges = [rangeText(solved), rangeText(satisfaction)]
  if (ranges.every((range) => range === null)) return null
  return (
    <View className="branch-rates__made-of" data-test="rates-range">
      没评价的要是都不满意、或者都满意：{rateWords.solved.label}
      {ranges[0] ?? '暂无'}，{rateWords.satisfaction.label}
      {ranges[1] ?? '暂无'}。
    </View>
  )
}

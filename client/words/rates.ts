import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { statusWord } from './status'

type RateKey = 'response' | 'solved' | 'satisfaction' | 'coverage' | 'declined'
type Rates = NonNullable<OutputOf<'unit.get'>['rates']>

interface RateWords {
  readonly label: string
  /** What is divided by what: a rate always stands beside its denominator. */
  readonly madeOf: string
}

const declinedLabel = statusWord('declined').text

/** The three rates, and what stands beside them, in their order. */
export const rateWords = {
  response: { label: '响应率', madeOf: '按时联系居民 / 应当联系' },
  solved: { label: '解决率', madeOf: '解决了（部分解决算半件）/ 居民评价' },
  satisfaction: { label: '满意率', madeOf: '满意和基本满意 / 居民评价' },
  coverage: { label: '评价覆盖率', madeOf: '居民评价过 / 已结案' },
  declined: { label: declinedLabel, madeOf: `${declinedLabel} / 收到` },
} as const satisfies Readonly<Record<RateKey & keyof Rates, RateWords>>

/** Those that are weighed together (Q4). */
export const weighed = ['response', 'solved', 'satisfaction'] as const

/** 响应率、解决率、满意率 */
export const threeRates = weighed.map((rate) => rateWords[rate].label).join('、')

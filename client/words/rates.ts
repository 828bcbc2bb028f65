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

type Standing = NonNullable<Rates['standings']['response']>

/** How a rate stands to that of the whole banner (Q7); of too few the bar says so itself. */
const standingWords: Readonly<Record<Standing, string | undefined>> = {
  better: '好于全旗县',
  usual: '与全旗县相比属正常波动',
  alert: '留意：低于全旗县',
  alarm: '预警：明显低于全旗县',
  'too-few': undefined,
}

export const standingWord = (standing: Standing | null): string | undefined =>
  standing === null ? undefined : standingWords[standing]

import { roundingOfSums } from './fold'
import type { Rate } from './rates'

/**
 * How a unit stands to its banner (Q7), by funnel limits and never by rank: of fifty equally good branches the
 * smallest would come last nearly every month, for nothing they did.
 */
export const comparisons = ['better', 'usual', 'alert', 'alarm', 'too-few'] as const
export type Comparison = (typeof comparisons)[number]

/** Beyond these probabilities lie the 95 % and the 99.8 % limit, on one side. */
const warnShare = 0.025
const alarmShare = 0.001

/**
 * The mid-p probability of at most `k` successes in `n` at rate `p`: half of the probability of `k` itself, and
 * all of what lies below. Summed in logarithms, so that no n is too large.
 */
const midPBelow = (k: number, n: number, p: number): number => {
  if (p <= 0) return k === 0 ? 0.5 : 1
  if (p >= 1) return k === n ? 0.5 : 0
  const odds = Math.log(p) - Math.log(1 - p)
  let logTerm = n * Math.log(1 - p)
  let sum = 0
  for (let i = 0; i <= k; i += 1) {
    sum += (i === k ? 0.5 : 1) * Math.exp(logTerm)
    logTerm += Math.log(n - i) - Math.log(i + 1) + odds
  }
  return Math.min(1, sum)
}

/** More answers than any unit gets in a month; a longer sum would be a mistake. */
const mostAnswers = 1_000_000

/**
 * Compares a unit's rate with the banner's own. Partly counts half, and a half is rounded down. Fewer than ten
 * answers are never compared. Throws a RangeError for counts that are none.
 */
export const compare = (rate: Rate, bannerRate: number): Comparison => {
  const n = Math.floor(rate.denominator)
  // Means of several answers do not add up exactly.
  const k = Math.floor(rate.numerator + roundingOfSums)
  if (!(n >= 0 && n <= mostAnswers && k >= 0 && k <= n)) throw new RangeError(`${k} of ${n} is no rate`)
  if (rate.isSmallSample) return 'too-few'
  const below = midPBelow(k, n, bannerRate)
  if (below < alarmShare) return 'alarm'
  if (below < warnShare) return 'alert'
  return 1 - below < warnShare ? 'better' : 'usual'
}

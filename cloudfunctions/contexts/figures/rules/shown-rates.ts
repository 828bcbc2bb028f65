import type { Rate, Rates } from './rates'

const rateNames = ['response', 'solved', 'satisfaction'] as const
type RateName = (typeof rateNames)[number]

const noRange = { lowest: null, highest: null }

/**
 * What a page shows of the three rates, and compares. Of a few matters (样本不足) only what its readers can count
 * themselves, and no rate: whatever was left out there (a member's own, one person's second answer) would say whose a
 * matter is.
 */
export const shownRates = (rates: Rates) => {
  const few = (name: RateName): boolean => rates[name].isSmallSample
  const shown = (name: RateName): Rate =>
    few(name) ? { ...rates.asSeen[name], value: null, isSmallSample: true } : rates[name]
  return {
    response: shown('response'),
    solved: shown('solved'),
    satisfaction: shown('satisfaction'),
    solvedRange: few('solved') ? noRange : rates.solvedRange,
    satisfactionRange: few('satisfaction') ? noRange : rates.satisfactionRange,
    combined: rateNames.some(few) ? null : rates.combined,
  }
}

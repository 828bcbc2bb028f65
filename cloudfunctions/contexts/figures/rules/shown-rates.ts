import type { Counts, Rate, Rates } from './rates'

const rateNames = ['response', 'solved', 'satisfaction'] as const
type RateName = (typeof rateNames)[number]

/** So many may be left out (H3, Q3) and a page calls as much few as if none were. */
const leftOutUnseen = 3

const noRange = { lowest: null, highest: null }

/**
 * Few, as far as a page says so. It goes by what its readers can count themselves: a tenth answer that made no rate of
 * nine would say of itself that it was left out, and the next that made one, that it was not.
 */
const isFew = (rate: Rate, seen: Counts, smallSample: number): boolean =>
  rate.isSmallSample || seen.denominator < smallSample + leftOutUnseen

/**
 * What a page shows of the three rates, and compares. Of a few matters (样本不足) only what its readers can count
 * themselves, and no rate: whatever was left out there (a member's own, one person's second answer) would say whose a
 * matter is.
 */
export const shownRates = (rates: Rates, smallSample: number) => {
  const few = (name: RateName): boolean => isFew(rates[name], rates.asSeen[name], smallSample)
  const shown = (name: RateName): Rate =>
    few(name)
      ? { ...rates.asSeen[name], value: null, isSmallSample: true }
      : { ...rates[name], isSmallSample: false }
  return {
    response: shown('response'),
    solved: shown('solved'),
    satisfaction: shown('satisfaction'),
    solvedRange: few('solved') ? noRange : rates.solvedRange,
    satisfactionRange: few('satisfaction') ? noRange : rates.satisfactionRange,
    combined: rateNames.some(few) ? null : rates.combined,
  }
}

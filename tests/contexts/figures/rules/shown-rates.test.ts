import { compare } from '../../../../cloudfunctions/contexts/figures/rules/compare'
import { type MonthNumbers, ratesFrom } from '../../../../cloudfunctions/contexts/figures/rules/rates'
import { shownRates } from '../../../../cloudfunctions/contexts/figures/rules/shown-rates'
import { defaultRuleBook as rules } from '../../../../cloudfunctions/contexts/rule-book/rules/rule-book'

const { smallSample } = rules.rates

/** So many answers and first words, all good, of which some are left out. */
const seen = (all: number, leftOut = 0): MonthNumbers => {
  const counted = all - leftOut
  return {
    kept: counted,
    due: counted,
    keptSeen: all,
    dueSeen: all,
    solvedSum: counted,
    solvedCount: counted,
    solvedSumSeen: all,
    solvedCountSeen: all,
    contentSum: counted,
    contentCount: counted,
    contentSumSeen: all,
    contentCountSeen: all,
  }
}
const shown = (all: number, leftOut = 0) => shownRates(ratesFrom([seen(all, leftOut)], rules))

describe('H3, Q7: what a page shows', () => {
  test('of few is all that its readers can count themselves, whatever is left out of the rate', () => {
    for (let all = 3; all < smallSample; all += 1) expect(shown(all, 3)).toEqual(shown(all))
    expect(shown(smallSample, 1).solved).toEqual({
      numerator: smallSample,
      denominator: smallSample,
      value: null,
      isSmallSample: true,
    })
  })

  test('as few is compared with nothing, and from ten on is', () => {
    for (const leftOut of [0, 1]) expect(compare(shown(smallSample - 1, leftOut).solved, 0.9)).toBe('too-few')
    expect(compare(shown(smallSample).solved, 0.9)).not.toBe('too-few')
  })

  test('of enough is the figure that counts', () => {
    expect(shown(20, 2).solved).toEqual({ numerator: 18, denominator: 18, value: 1, isSmallSample: false })
  })
})

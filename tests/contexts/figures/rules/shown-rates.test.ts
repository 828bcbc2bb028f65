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
const shown = (all: number, leftOut = 0) => shownRates(ratesFrom([seen(all, leftOut)], rules), smallSample)

describe('S1, H3: what a page shows tells of no answer that it was left out', () => {
  test('ten seen of which nine count are shown as ten of which all do', () => {
    expect(shown(smallSample, 1)).toEqual(shown(smallSample))
    expect(shown(smallSample).solved).toEqual({
      numerator: smallSample,
      denominator: smallSample,
      value: null,
      isSmallSample: true,
    })
  })

  test('nor does it where up to three are left out, whichever is the one that ends the few', () => {
    const ends = [0, 1, 2, 3].map((leftOut) =>
      Array.from({ length: 30 }, (_, all) => all).find((all) => !shown(all, leftOut).solved.isSmallSample),
    )
    expect(new Set(ends)).toEqual(new Set([smallSample + 3]))
    for (let all = 3; all < smallSample + 3; all += 1) expect(shown(all, 3)).toEqual(shown(all))
  })

  test('Q7: what is shown as few is compared with nothing', () => {
    for (const leftOut of [0, 1]) expect(compare(shown(smallSample, leftOut).solved, 0.9)).toBe('too-few')
    expect(compare(shown(smallSample + 3).solved, 0.9)).not.toBe('too-few')
  })

  test('H3, Q3: of enough the figure is the one that counts', () => {
    expect(shown(20, 2).solved).toEqual({ numerator: 18, denominator: 18, value: 1, isSmallSample: false })
  })
})

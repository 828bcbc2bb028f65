import * as fc from 'fast-check'
import { dayMs } from '../../../cloudfunctions/domain/instant'
import {
  type Period,
  type RateFacts,
  type Rates,
  ratesOf,
  wilsonLowerBound,
} from '../../../cloudfunctions/domain/rating/rates'
import { type Rating, satisfactionAnswers, solvedAnswers } from '../../../cloudfunctions/domain/rating/rating'
import { defaultRuleBook } from '../../../cloudfunctions/domain/rules'

const period: Period = { from: 100 * dayMs, to: 130 * dayMs }
const later = 1000 * dayMs
const inside = 110 * dayMs

const rating = (changes: Partial<Rating> = {}): Rating => ({
  contacted: true,
  solved: 'yes',
  satisfaction: 'satisfied',
  remark: '',
  at: inside,
  ...changes,
})
const aReport = (changes: Partial<RateFacts> = {}): RateFacts => ({
  contactDueAt: inside,
  isContactDenied: false,
  isExcluded: false,
  ratings: [],
  reopenedAts: [],
  ...changes,
})
const ratesIn = (reports: readonly RateFacts[], now = later): Rates =>
  ratesOf(reports, period, now, defaultRuleBook)

const anyAt = fc.integer({ min: 90 * dayMs, max: 170 * dayMs })
const anyRating: fc.Arbitrary<Rating> = fc.record({
  contacted: fc.boolean(),
  solved: fc.constantFrom(...solvedAnswers),
  satisfaction: fc.constantFrom(...satisfactionAnswers),
  remark: fc.constant(''),
  at: anyAt,
})
const anyReport: fc.Arbitrary<RateFacts> = fc.record(
  {
    contactDueAt: anyAt,
    contactedAt: anyAt,
    isContactDenied: fc.boolean(),
    isExcluded: fc.boolean(),
    withdrawnAt: anyAt,
    ratings: fc.array(anyRating, { maxLength: 3 }),
    closedAt: anyAt,
    reopenedAts: fc.array(anyAt, { maxLength: 2 }),
  },
  { requiredKeys: ['contactDueAt', 'isContactDenied', 'isExcluded', 'ratings', 'reopenedAts'] },
)
const anyReports = fc.array(anyReport, { maxLength: 25 })
const anyNow = fc.integer({ min: 90 * dayMs, max: 220 * dayMs })
const theThree = ['response', 'solved', 'satisfaction'] as const

describe('the response rate', () => {
  test('is contacts before the limit out of contacts that fell due', () => {
    const { response } = ratesIn([
      aReport({ contactedAt: inside - 1 }),
      aReport({ contactedAt: inside }),
      aReport(),
      aReport({ contactDueAt: period.to, contactedAt: inside }),
      aReport({ contactDueAt: period.from - 1, contactedAt: 0 }),
    ])
    expect(response).toMatchObject({ numerator: 1, denominator: 3 })
    expect(response.value).toBeCloseTo(1 / 3)
  })

  test('does not count a contact the resident denies', () => {
    const denied = aReport({ contactedAt: inside - 1, isContactDenied: true })
    expect(ratesIn([denied]).response).toMatchObject({ numerator: 0, denominator: 1 })
  })

  test('counts nothing before it falls due', () => {
    const { response } = ratesIn([aReport({ contactedAt: inside - dayMs })], inside - 1)
    expect(response).toMatchObject({ numerator: 0, denominator: 0, value: null })
  })

  test('leaves out what the resident took back before the contact fell due, and only that', () => {
    expect(ratesIn([aReport({ withdrawnAt: inside - 1 })]).response.denominator).toBe(0)
    expect(ratesIn([aReport({ withdrawnAt: inside })]).response.denominator).toBe(1)
  })
})

describe('the solved rate', () => {
  test('counts a problem solved in part for half', () => {
    const { solved } = ratesIn([
      aReport({ ratings: [rating()] }),
      aReport({ ratings: [rating({ solved: 'partly' })] }),
      aReport({ ratings: [rating({ solved: 'no' })] }),
      aReport({ closedAt: inside }),
    ])
    expect(solved).toMatchObject({ numerator: 1.5, denominator: 3, value: 0.5 })
  })

  test('counts nothing for an answer whose report is reopened within thirty days', () => {
    const reopenedAfter = (days: number) =>
      ratesIn([aReport({ ratings: [rating()], reopenedAts: [inside + days * dayMs] })]).solved
    expect(reopenedAfter(30)).toMatchObject({ numerator: 0, denominator: 1 })
    expect(reopenedAfter(30.01)).toMatchObject({ numerator: 1, denominator: 1 })
  })

  test('judges each resolution by its own answer', () => {
    const unsolvedThenSolved = aReport({
      ratings: [rating({ solved: 'no' }), rating({ at: inside + 5 * dayMs })],
      reopenedAts: [inside],
    })
    expect(ratesIn([unsolvedThenSolved]).solved).toMatchObject({ numerator: 1, denominator: 2 })
  })
})

describe('the satisfaction rate', () => {
  test('is satisfied and basically satisfied out of rated', () => {
    const { satisfaction } = ratesIn([
      aReport({ ratings: [rating()] }),
      aReport({ ratings: [rating({ satisfaction: 'basically-satisfied' })] }),
      aReport({ ratings: [rating({ satisfaction: 'dissatisfied' })] }),
      aReport({ closedAt: inside }),
    ])
    expect(satisfaction).toMatchObject({ numerator: 2, denominator: 3 })
  })
})

describe('coverage', () => {
  test('is rated out of closed: a closing by silence is in neither rate, yet it is seen here', () => {
    const { coverage, solved, satisfaction } = ratesIn([
      aReport({ ratings: [rating()], closedAt: inside }),
      aReport({ closedAt: inside }),
      aReport({ closedAt: period.to }),
    ])
    expect(coverage).toMatchObject({ numerator: 1, denominator: 2, value: 0.5 })
    expect(solved.denominator).toBe(1)
    expect(satisfaction.denominator).toBe(1)
  })

  test('does not take an answer to an earlier resolution for one to the last', () => {
    const thenSilent = aReport({
      ratings: [rating({ solved: 'no', at: inside })],
      reopenedAts: [inside],
      closedAt: inside + 9 * dayMs,
    })
    expect(ratesIn([thenSilent]).coverage).toMatchObject({ numerator: 0, denominator: 1 })
  })
})

describe('the combined figure', () => {
  test('weighs the three by the rule book and says by which', () => {
    const rates = ratesIn([
      aReport({ contactedAt: 0, ratings: [rating()] }),
      aReport({ ratings: [rating({ solved: 'partly', satisfaction: 'dissatisfied' })] }),
    ])
    expect(rates.combined).toBeCloseTo(100 * (0.3 * 0.5 + 0.35 * 0.75 + 0.35 * 0.5))
    expect(rates).toMatchObject({
      weights: { response: 0.3, solved: 0.35, satisfaction: 0.35 },
      weightsSource: '准格尔旗',
      ruleVersion: defaultRuleBook.version,
    })
  })

  test('does not exist while one of the three does not', () => {
    expect(ratesIn([]).combined).toBeNull()
    expect(ratesIn([aReport({ contactedAt: 0 })]).combined).toBeNull()
  })

  test('does not depend on the scale of the weights', () => {
    const tenfold = {
      ...defaultRuleBook,
      rates: { ...defaultRuleBook.rates, weights: { response: 3, solved: 3.5, satisfaction: 3.5 } },
    }
    fc.assert(
      fc.property(anyReports, (reports) => {
        const expected = ratesIn(reports).combined
        const actual = ratesOf(reports, period, later, tenfold).combined
        if (expected === null) expect(actual).toBeNull()
        else expect(actual).toBeCloseTo(expected, 9)
      }),
    )
  })
})

describe('a small sample', () => {
  const good = aReport({ contactedAt: 0, ratings: [rating()] })

  test('is fewer than ten of any of the three, and is not compared', () => {
    const nine = ratesIn(Array.from({ length: 9 }, () => good))
    expect(nine).toMatchObject({ isSmallSample: true, comparedBy: null, combined: 100 })
    const ten = ratesIn(Array.from({ length: 10 }, () => good))
    expect(ten).toMatchObject({ isSmallSample: false, combined: 100 })
    expect(ten.comparedBy).toBeLessThan(100)
    const unrated = ratesIn([...Array.from({ length: 9 }, () => good), aReport({ contactedAt: 0 })])
    expect(unrated).toMatchObject({ isSmallSample: true, comparedBy: null })
    expect(unrated.response.isSmallSample).toBe(false)
    expect(unrated.solved.isSmallSample).toBe(true)
  })

  test('of perfect answers ranks behind many nearly perfect ones', () => {
    const few = Array.from({ length: 10 }, () => good)
    const many = [...Array.from({ length: 195 }, () => good), ...Array.from({ length: 5 }, () => aReport({}))]
    expect(ratesIn(many).comparedBy ?? 0).toBeGreaterThan(ratesIn(few).comparedBy ?? 0)
  })
})

describe('the Wilson lower bound', () => {
  const anyShare = fc
    .tuple(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([denominator, part]) => ({ denominator, numerator: part * denominator }))

  test('is right for known values', () => {
    expect(wilsonLowerBound(0, 0)).toBe(0)
    expect(wilsonLowerBound(0, 10)).toBe(0)
    expect(wilsonLowerBound(10, 10)).toBeCloseTo(0.7225, 4)
    expect(wilsonLowerBound(5, 10)).toBeCloseTo(0.2366, 4)
    expect(wilsonLowerBound(81, 263)).toBeCloseTo(0.2553, 4)
  })

  test('lies between 0 and the share, nears it with the sample and rises with the share', () => {
    fc.assert(
      fc.property(anyShare, fc.integer({ min: 2, max: 10 }), ({ numerator, denominator }, times) => {
        const bound = wilsonLowerBound(numerator, denominator)
        expect(bound).toBeGreaterThanOrEqual(0)
        expect(bound).toBeLessThanOrEqual(numerator / denominator)
        expect(wilsonLowerBound(numerator * times, denominator * times)).toBeGreaterThanOrEqual(bound - 1e-12)
        const more = Math.min(denominator, numerator + 0.5)
        expect(wilsonLowerBound(more, denominator)).toBeGreaterThanOrEqual(bound - 1e-12)
      }),
    )
  })
})

describe('whatever the reports', () => {
  test('every rate lies between 0 and 1 and the combined ones between 0 and 100', () => {
    fc.assert(
      fc.property(anyReports, anyNow, (reports, now) => {
        const rates = ratesIn(reports, now)
        for (const name of [...theThree, 'coverage'] as const) {
          const { numerator, denominator, value } = rates[name]
          expect(numerator).toBeGreaterThanOrEqual(0)
          expect(numerator).toBeLessThanOrEqual(denominator)
          expect(denominator).toBeLessThanOrEqual(3 * reports.length)
          expect(value).toBe(denominator === 0 ? null : numerator / denominator)
        }
        if (rates.combined !== null) {
          expect(rates.combined).toBeGreaterThanOrEqual(0)
          expect(rates.combined).toBeLessThanOrEqual(100.0000001)
        }
        if (rates.comparedBy !== null) expect(rates.comparedBy).toBeLessThanOrEqual(rates.combined ?? 0)
      }),
    )
  })

  test('their order and their excluded ones change nothing', () => {
    const shuffled = anyReports.chain((reports) =>
      fc.tuple(fc.constant(reports), fc.shuffledSubarray(reports, { minLength: reports.length })),
    )
    fc.assert(
      fc.property(shuffled, anyReport, ([reports, other], left) => {
        expect(ratesIn([{ ...left, isExcluded: true }, ...other])).toEqual(ratesIn(reports))
      }),
    )
  })

  test('ten of each give the same rates', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const one = ratesIn(reports)
        const ten = ratesIn(Array.from({ length: 10 }, () => reports).flat())
        for (const name of theThree) {
          expect(ten[name].denominator).toBe(one[name].denominator * 10)
          if (one[name].value === null) expect(ten[name].value).toBeNull()
          else expect(ten[name].value).toBeCloseTo(one[name].value ?? 0, 12)
        }
      }),
    )
  })

  test('two periods side by side have between them what the whole has', () => {
    fc.assert(
      fc.property(anyReports, fc.integer({ min: period.from, max: period.to }), (reports, middle) => {
        const whole = ratesIn(reports)
        const first = ratesOf(reports, { from: period.from, to: middle }, later, defaultRuleBook)
        const second = ratesOf(reports, { from: middle, to: period.to }, later, defaultRuleBook)
        for (const name of [...theThree, 'coverage'] as const) {
          expect(first[name].numerator + second[name].numerator).toBe(whole[name].numerator)
          expect(first[name].denominator + second[name].denominator).toBe(whole[name].denominator)
        }
      }),
    )
  })

  test('a better word of a resident never lowers a rate, and a denial or a reopening never raises one', () => {
    fc.assert(
      fc.property(anyReports, anyReport, fc.nat({ max: 2 }), anyAt, (others, report, pick, at) => {
        const before = ratesIn([...others, report])
        const better = {
          ...report,
          ratings: report.ratings.map((one, index) =>
            index === pick ? { ...one, solved: 'yes' as const, satisfaction: 'satisfied' as const } : one,
          ),
        }
        const worse = { ...report, isContactDenied: true, reopenedAts: [...report.reopenedAts, at] }
        for (const name of theThree) {
          expect(ratesIn([...others, better])[name].numerator).toBeGreaterThanOrEqual(before[name].numerator)
          expect(ratesIn([...others, worse])[name].numerator).toBeLessThanOrEqual(before[name].numerator)
          for (const after of [better, worse]) {
            expect(ratesIn([...others, after])[name].denominator).toBe(before[name].denominator)
          }
        }
      }),
    )
  })
})

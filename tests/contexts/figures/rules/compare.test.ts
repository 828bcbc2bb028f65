import * as fc from 'fast-check'
import { type Comparison, compare } from '../../../../cloudfunctions/contexts/figures/rules/compare'
import type { Rate } from '../../../../cloudfunctions/contexts/figures/rules/rates'

const rate = (numerator: number, denominator: number): Rate => ({
  numerator,
  denominator,
  value: denominator === 0 ? null : numerator / denominator,
  isSmallSample: denominator < 10,
})

/** The chance of exactly k of n, with exact factorials, for small n. */
const chanceOf = (k: number, n: number, p: number): number => {
  let choose = 1
  for (let j = 1; j <= k; j += 1) choose = (choose * (n - j + 1)) / j
  return choose * p ** k * (1 - p) ** (n - k)
}

/** Mid-p, summed term by term. */
const byHand = (k: number, n: number, p: number): number => {
  let sum = chanceOf(k, n, p) / 2
  for (let i = 0; i < k; i += 1) sum += chanceOf(i, n, p)
  return sum
}

/** How often a branch that is `own` good is told so, where its banner is `p` good. */
const often = (said: Comparison, n: number, own: number, p: number): number => {
  let chance = 0
  for (let k = 0; k <= n; k += 1) if (compare(rate(k, n), p) === said) chance += chanceOf(k, n, own)
  return chance
}

describe('comparing a unit with its banner', () => {
  it('Q7: agrees with the mid-p binomial distribution summed by hand', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 60 }),
        fc.nat(),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (n, seed, p) => {
          const k = seed % (n + 1)
          const below = byHand(k, n, p)
          // Too near a limit, two ways of summing may differ in the last place.
          fc.pre([0.001, 0.025, 0.975].every((limit) => Math.abs(below - limit) > 1e-9))
          const expected: Comparison =
            below < 0.001 ? 'alarm' : below < 0.025 ? 'alert' : below > 0.975 ? 'better' : 'usual'
          expect(compare(rate(k, n), p)).toBe(expected)
        },
      ),
    )
  })

  it('Q7: fewer than ten answers are never compared', () => {
    for (let k = 0; k <= 9; k += 1) expect(compare(rate(k, 9), 0.9)).toBe('too-few')
  })

  it.each([
    [70, 100, 0.9, 'alarm'],
    [82, 100, 0.9, 'alert'],
    [9, 10, 0.9, 'usual'],
    [90, 100, 0.9, 'usual'],
    [98, 100, 0.9, 'better'],
    [0, 10, 0.9, 'alarm'],
    [10, 10, 0.5, 'better'],
  ] as const)('Q7: %d of %d against a banner of %f is %s', (k, n, p, expected) => {
    expect(compare(rate(k, n), p)).toBe(expected)
  })

  it('Q7: partly is half, and a half is rounded down', () => {
    expect(compare(rate(83.5, 100), 0.9)).toBe(compare(rate(83, 100), 0.9))
  })

  it('Q7: more content answers are never worse', () => {
    const order = ['alarm', 'alert', 'usual', 'better']
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 400 }),
        fc.nat(),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (n, seed, p) => {
          const k = seed % n
          expect(order.indexOf(compare(rate(k + 1, n), p))).toBeGreaterThanOrEqual(
            order.indexOf(compare(rate(k, n), p)),
          )
        },
      ),
    )
  })

  it('Q7: fifty equally good branches give at most 0.3 alarms a month over all three rates', () => {
    // Exact: the chance of an alarm at each size, not a simulation.
    for (const p of [0.6, 0.8, 0.9, 0.95]) {
      const alarms = Array.from({ length: 50 }, (_, place) => often('alarm', 10 + place, p, p)).reduce(
        (a, b) => a + b,
        0,
      )
      expect(3 * alarms).toBeLessThanOrEqual(0.3)
    }
  })

  it('Q7: a branch that satisfies half, in a banner that satisfies nine of ten, is an alarm in 90 % of months with nineteen answers', () => {
    expect(often('alarm', 19, 0.5, 0.9)).toBeGreaterThanOrEqual(0.9)
  })

  it('refuses counts that are none', () => {
    expect(() => compare(rate(11, 10), 0.5)).toThrow(RangeError)
    expect(() => compare(rate(-1, 10), 0.5)).toThrow(RangeError)
  })
})

import * as fc from 'fast-check'
import { compare, midPBelow, shrunkRate } from '../../../../cloudfunctions/contexts/figures/rules/compare'
import type { Rate } from '../../../../cloudfunctions/contexts/figures/rules/rates'

const rate = (numerator: number, denominator: number): Rate => ({
  numerator,
  denominator,
  value: denominator === 0 ? null : numerator / denominator,
  isSmallSample: denominator < 10,
})

/** Summed term by term with exact factorials, for small n. */
const byHand = (k: number, n: number, p: number): number => {
  const choose = (i: number): number => {
    let product = 1
    for (let j = 1; j <= i; j += 1) product = (product * (n - j + 1)) / j
    return product
  }
  let sum = 0
  for (let i = 0; i <= k; i += 1) sum += (i === k ? 0.5 : 1) * choose(i) * p ** i * (1 - p) ** (n - i)
  return sum
}

describe('comparing a unit with its banner', () => {
  it('Q7: agrees with the binomial distribution summed by hand', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.nat(),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (n, seed, p) => {
          const k = seed % (n + 1)
          expect(midPBelow(k, n, p)).toBeCloseTo(byHand(k, n, p), 9)
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
    const alarmChance = (n: number, p: number): number => {
      let chance = 0
      let below = 0
      for (let k = 0; k <= n; k += 1) {
        const upTo = byHand(k, n, p)
        const own = 2 * (upTo - below)
        below += own
        if (compare(rate(k, n), p) === 'alarm') chance += own
      }
      return chance
    }
    for (const p of [0.6, 0.8, 0.9, 0.95]) {
      const alarms = Array.from({ length: 50 }, (_, place) => alarmChance(10 + place, p)).reduce(
        (a, b) => a + b,
        0,
      )
      expect(3 * alarms).toBeLessThanOrEqual(0.3)
    }
  })

  it('Q7: where a list must be ordered, few answers pull towards the banner', () => {
    expect(shrunkRate(rate(9, 10), 0.8)).toBeGreaterThan(shrunkRate(rate(70, 100), 0.8))
    expect(shrunkRate(rate(0, 0), 0.8)).toBeCloseTo(0.8)
  })

  it('refuses counts that are none', () => {
    expect(() => compare(rate(11, 10), 0.5)).toThrow(RangeError)
    expect(() => compare(rate(-1, 10), 0.5)).toThrow(RangeError)
  })
})

import * as fc from 'fast-check'
import { type Action, contract } from '../../cloudfunctions/contract/contract'
import { limitsOf, mostAnonymousAMinute, windowStartOf } from '../../cloudfunctions/contract/limits'
import { dayMs, hourMs, minuteMs } from '../../cloudfunctions/ground/instant'

const actions = Object.keys(contract) as readonly Action[]

describe('the limits of the contract', () => {
  test.each(actions.filter((action) => contract[action].kind === 'command'))('hold %s back', (action) => {
    const limits = limitsOf(action)
    for (const row of [limits?.resident, limits?.staff]) {
      expect(row?.length).toBeGreaterThan(0)
      for (const { most, windowMs } of row ?? []) {
        expect(most).toBeGreaterThan(0)
        expect(windowMs).toBeLessThanOrEqual(dayMs)
      }
    }
  })

  test.each(actions)('brake %s for all who have not signed in together', (action) => {
    expect(mostAnonymousAMinute(action)).toBeGreaterThanOrEqual(60)
    expect(mostAnonymousAMinute(action)).toBeLessThanOrEqual(1200)
  })

  test('are never met by a clerk who clears a hundred reports an hour, in five steps each', () => {
    for (const action of ['report.accept', 'report.dispatch', 'report.check', 'report.ruleOn'] as const) {
      for (const { most, windowMs } of limitsOf(action)?.staff ?? []) {
        expect((most / windowMs) * hourMs).toBeGreaterThanOrEqual(500)
      }
    }
    for (const { most, windowMs } of limitsOf('report.revealPhone')?.staff ?? []) {
      expect(most).toBeGreaterThanOrEqual(100 * Math.min(windowMs / hourMs, 6))
    }
  })

  test('never give staff less than residents', () => {
    for (const action of actions) {
      const limits = limitsOf(action)
      for (const { most, windowMs } of limits?.staff ?? []) {
        const resident = limits?.resident.find((one) => one.windowMs === windowMs)
        if (resident) expect(most).toBeGreaterThanOrEqual(resident.most)
      }
    }
  })

  test('count all ordinary steps on reports together', () => {
    expect(limitsOf('report.accept')?.group).toBe(limitsOf('report.progress')?.group)
    expect(limitsOf('report.submit')?.group).not.toBe(limitsOf('report.accept')?.group)
  })
})

describe('a window', () => {
  test('holds its instant, and the next one begins where it ends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 946_684_800_000, max: 4_102_444_800_000 }),
        fc.constantFrom(minuteMs, 10 * minuteMs, hourMs, dayMs),
        (now, windowMs) => {
          const startAt = windowStartOf(now, windowMs)
          expect(startAt).toBeLessThanOrEqual(now)
          expect(now).toBeLessThan(startAt + windowMs)
          expect(windowStartOf(startAt + windowMs, windowMs)).toBe(startAt + windowMs)
          expect(windowStartOf(startAt + windowMs - 1, windowMs)).toBe(startAt)
        },
      ),
    )
  })

  test('of a day goes from midnight to midnight in China', () => {
    expect(windowStartOf(Date.parse('2026-03-02T00:00:00+08:00'), dayMs)).toBe(
      Date.parse('2026-03-02T00:00:00+08:00'),
    )
    expect(windowStartOf(Date.parse('2026-03-01T23:59:59+08:00'), dayMs)).toBe(
      Date.parse('2026-03-01T00:00:00+08:00'),
    )
  })
})

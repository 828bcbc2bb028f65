import * as fc from 'fast-check'
import { chineseCalendar } from '../../../../cloudfunctions/contexts/calendar/chinese-calendar'
import type { CalendarNotice } from '../../../../cloudfunctions/contexts/calendar/rules/calendar-notice'
import { legalDaysOff } from '../../../../cloudfunctions/contexts/calendar/rules/legal-days-off'
import { defaultCategories } from '../../../../cloudfunctions/contexts/category/rules/category'
import { setDeadlines } from '../../../../cloudfunctions/contexts/report/rules/deadlines'
import type { Deadlines } from '../../../../cloudfunctions/contexts/report/rules/report'
import { resumeAfter } from '../../../../cloudfunctions/contexts/report/rules/resume-after'
import { withCalendar } from '../../../../cloudfunctions/contexts/report/rules/with-calendar'
import { dayMs, hourMs } from '../../../../cloudfunctions/ground/instant'
import { aCategory } from '../../../support/builders'

const at = (text: string): number => Date.parse(`${text}:00+08:00`)
/** Off from 5 to 13 February; the Sunday before and the Saturday after are worked. */
const notice: CalendarNotice = {
  id: '2027',
  year: 2027,
  source: '国办发明电〔2026〕7号',
  holidays: [
    ...new Set([...legalDaysOff(2027), ...['09', '10', '11', '12', '13'].map((day) => `2027-02-${day}`)]),
  ],
  makeUpDays: ['2027-01-31', '2027-02-20'],
  announcedAt: 1,
}
const before = chineseCalendar()
const after = chineseCalendar([notice])
const steps = ['acceptDueAt', 'contactDueAt', 'planDueAt', 'resolveDueAt'] as const

/** As an approved suspension leaves them that began with the matter, on whatever day it ended. */
const heldFor = (deadlines: Deadlines, ms: number): Deadlines => {
  const { startedAt } = deadlines
  const stop = { stoppedAt: startedAt, at: startedAt + ms, atLeast: 'what-was-left' as const }
  return resumeAfter(deadlines, { ...stop, isFirstWordRunning: true }, before, true)
}

describe('a deadline when the year’s days off are announced', () => {
  const complex = aCategory('complex')
  const lamp = aCategory('street-lamp')

  test('that would fall on one of them is set anew as the category sets it', () => {
    const startedAt = at('2027-01-25T09:00')
    const told = setDeadlines(complex, startedAt, before, 'test-1')
    expect(told.resolveDueAt).toBe(at('2027-02-09T17:30'))
    const moved = withCalendar(told, complex, after, at('2027-01-26T09:00'))
    expect(moved).toEqual(setDeadlines(complex, startedAt, after, 'test-1'))
    expect(moved.resolveDueAt).toBe(at('2027-02-15T17:30'))
    expect(moved.calendarHorizonOn).toBe('2027-12-31')
  })

  test('counted in working days waits until they have passed', () => {
    const told = setDeadlines(lamp, at('2027-02-04T09:00'), before, 'test-1')
    expect(told.resolveDueAt).toBe(at('2027-02-11T17:30'))
    expect(withCalendar(told, lamp, after, at('2027-02-04T10:00')).resolveDueAt).toBe(at('2027-02-17T17:30'))
  })

  test('that has fallen due stays as it fell', () => {
    const told = setDeadlines(lamp, at('2027-02-04T09:00'), before, 'test-1')
    const moved = withCalendar(told, lamp, after, told.contactDueAt)
    expect(moved.acceptDueAt).toBe(told.acceptDueAt)
    expect(moved.contactDueAt).toBe(told.contactDueAt)
    expect(moved.resolveDueAt).toBe(at('2027-02-17T17:30'))
    expect(withCalendar(told, lamp, after, told.resolveDueAt)).toBe(told)
  })

  test('is never brought forward by a weekend that is worked', () => {
    const told = setDeadlines(lamp, at('2027-01-29T09:00'), before, 'test-1')
    expect(told.resolveDueAt).toBe(at('2027-02-03T17:30'))
    expect(setDeadlines(lamp, at('2027-01-29T09:00'), after, 'test-1').resolveDueAt).toBe(
      at('2027-02-02T17:30'),
    )
    expect(withCalendar(told, lamp, after, at('2027-01-29T10:00'))).toBe(told)
  })

  test('K10: that something else has fixed leaves the day off and is not counted anew', () => {
    const startedAt = at('2027-01-25T09:00')
    const held = heldFor(setDeadlines(lamp, startedAt, before, 'test-1'), 13 * dayMs)
    expect(held.resolveDueAt).toBe(at('2027-02-10T17:30'))
    expect(withCalendar(held, lamp, after, startedAt).resolveDueAt).toBe(at('2027-02-15T17:30'))
    const extended = {
      ...setDeadlines(lamp, startedAt, before, 'test-1'),
      resolveDueAt: at('2027-02-19T23:59'),
    }
    expect(withCalendar(extended, lamp, after, startedAt)).toBe(extended)
    // Kept through a change of kind: the long clock of the new category is not given by a notice.
    const kept = setDeadlines(lamp, startedAt, before, 'test-1')
    expect(withCalendar(kept, aCategory('lane-hardening'), after, startedAt)).toBe(kept)
  })

  test('of an urgent kind in plain hours stays', () => {
    const danger = aCategory('danger')
    const told = setDeadlines(danger, at('2027-02-09T09:00'), before, 'test-1')
    expect(withCalendar(told, danger, after, at('2027-02-09T09:01'))).toBe(told)
  })

  test('moves later or not at all, keeps the order, and a second time nothing moves', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...defaultCategories),
        fc.integer({ min: at('2026-10-01T00:00'), max: at('2027-06-01T00:00') }),
        fc.nat({ max: 20 * dayMs }),
        fc.nat({ max: 40 * dayMs }),
        (category, startedAt, ranMs, heldMs) => {
          const told = heldFor(setDeadlines(category, startedAt, before, 'test-1'), heldMs)
          const now = startedAt + ranMs
          const moved = withCalendar(told, category, after, now)
          for (const step of steps) {
            const was = told[step]
            if (was === undefined) continue
            expect(moved[step]).toBeGreaterThanOrEqual(was)
            if (was <= now) expect(moved[step]).toBe(was)
          }
          const inOrder = steps.flatMap((step) => moved[step] ?? [])
          expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b))
          expect(withCalendar(moved, category, after, now)).toBe(moved)
          expect(withCalendar(moved, category, after, now + hourMs)).toBe(moved)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('stays where no day has changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...defaultCategories),
        fc.integer({ min: at('2026-01-01T00:00'), max: at('2027-06-01T00:00') }),
        (category, startedAt) => {
          const told = setDeadlines(category, startedAt, before, 'test-1')
          expect(withCalendar(told, category, before, startedAt)).toBe(told)
        },
      ),
      { numRuns: 300 },
    )
  })
})

import * as fc from 'fast-check'
import { chineseCalendar } from '../../../../cloudfunctions/contexts/calendar/chinese-calendar'
import {
  type CategoryId,
  defaultCategories,
} from '../../../../cloudfunctions/contexts/category/rules/category'
import { setDeadlines } from '../../../../cloudfunctions/contexts/report/rules/deadlines'
import { resumeAfter, type Stop } from '../../../../cloudfunctions/contexts/report/rules/resume-after'
import { chinaDateOn, dayMs, hourMs } from '../../../../cloudfunctions/ground/instant'
import { aCategory } from '../../../support/builders'
import { isWorkingDay } from '../../../support/calendar'

const calendar = chineseCalendar()
const at = (text: string): number => Date.parse(`${text}:00+08:00`)
const set = (id: CategoryId, start: string) => setDeadlines(aCategory(id), at(start), calendar, 'test-1')
const steps = ['acceptDueAt', 'contactDueAt', 'planDueAt', 'resolveDueAt'] as const

describe('a clock that was held', () => {
  // Tuesday 9:00; accept 15:30, contact Wednesday 17:30, resolve the next Tuesday 9:00.
  const deadlines = set('lane-repair', '2026-03-03T09:00')

  test('K5: 没解决 resumes it with what was left', () => {
    const stop: Stop = {
      stoppedAt: at('2026-03-05T09:00'),
      at: at('2026-03-12T09:00'),
      atLeast: 'what-was-left',
    }
    expect(resumeAfter(deadlines, stop, calendar, false)).toEqual({
      ...deadlines,
      resolveDueAt: at('2026-03-17T09:00'),
      heldMs: 7 * dayMs,
    })
  })

  test('K5: what had fallen due before stays as it fell, and 没解决 then finds it overdue', () => {
    const late: Stop = {
      stoppedAt: at('2026-03-11T09:00'),
      at: at('2026-03-12T09:00'),
      atLeast: 'what-was-left',
    }
    expect(resumeAfter(deadlines, late, calendar, false)).toEqual({ ...deadlines, heldMs: 0 })
  })

  test('K5: a first word not yet due when the clock stopped waits with it; under a suspension it does not', () => {
    const stop: Stop = {
      stoppedAt: at('2026-03-04T17:00'),
      at: at('2026-03-06T17:00'),
      atLeast: 'what-was-left',
    }
    const resumed = resumeAfter(deadlines, stop, calendar, false)
    expect(resumed.acceptDueAt).toBe(deadlines.acceptDueAt)
    expect(resumed.contactDueAt).toBe(at('2026-03-06T17:30'))
    const suspended = resumeAfter(deadlines, { ...stop, isFirstWordRunning: true }, calendar, false)
    expect(suspended.contactDueAt).toBe(deadlines.contactDueAt)
    expect(suspended.resolveDueAt).toBe(resumed.resolveDueAt)
  })

  test('K5: 又坏了 29 days later leaves a third of the allowance, though a tenth of a day was left', () => {
    const stoppedAt = deadlines.resolveDueAt - 0.1 * dayMs
    const again: Stop = { stoppedAt, at: at('2026-04-07T10:00'), atLeast: 'a-third' }
    const resumed = resumeAfter(deadlines, again, calendar, false)
    expect(resumed.resolveDueAt).toBe(at('2026-04-07T10:00') + (7 * dayMs) / 3)
    // The matter is as old as it was, and nothing that was behind it moved.
    expect(resumed).toMatchObject({
      startedAt: deadlines.startedAt,
      acceptDueAt: deadlines.acceptDueAt,
      contactDueAt: deadlines.contactDueAt,
    })
  })

  test('K5: 又坏了 leaves more than a third where more was left, and a third where nothing was', () => {
    const early: Stop = { stoppedAt: at('2026-03-03T16:00'), at: at('2026-03-24T16:00'), atLeast: 'a-third' }
    expect(resumeAfter(deadlines, early, calendar, false).resolveDueAt).toBe(at('2026-03-31T09:00'))
    const late: Stop = { stoppedAt: at('2026-03-20T09:00'), at: at('2026-03-24T10:00'), atLeast: 'a-third' }
    expect(resumeAfter(deadlines, late, calendar, false).resolveDueAt).toBe(
      at('2026-03-24T10:00') + (7 * dayMs) / 3,
    )
  })

  test('K5: a third stays a third, however often it is reopened and however long it was suspended', () => {
    const suspended: Stop = {
      stoppedAt: at('2026-03-05T09:00'),
      at: at('2026-03-05T09:00') + 60 * dayMs,
      atLeast: 'what-was-left',
      isFirstWordRunning: true,
    }
    let current = resumeAfter(deadlines, suspended, calendar, true)
    let now = at('2026-05-11T10:00')
    for (let round = 0; round < 5; round += 1) {
      current = resumeAfter(
        current,
        { stoppedAt: now, at: now + 21 * dayMs, atLeast: 'a-third' },
        calendar,
        true,
      )
      now += 21 * dayMs
      expect(current.resolveDueAt - now).toBe((7 * dayMs) / 3)
      now = current.resolveDueAt + hourMs
    }
  })

  test('K5: a third that would end within a holiday ends after it', () => {
    const eve: Stop = { stoppedAt: at('2026-03-09T09:00'), at: at('2026-09-30T17:00'), atLeast: 'a-third' }
    expect(resumeAfter(deadlines, eve, calendar, false).resolveDueAt).toBe(at('2026-10-08T17:30'))
    expect(resumeAfter(deadlines, eve, calendar, true).resolveDueAt).toBe(
      at('2026-09-30T17:00') + (7 * dayMs) / 3,
    )
  })

  test('M4: unmerged, it has at least one working day left for whatever was not yet due', () => {
    const friday: Stop = {
      stoppedAt: at('2026-03-03T14:59'),
      at: at('2026-03-13T16:00'),
      atLeast: 'one-working-day',
    }
    const resumed = resumeAfter(set('rubbish', '2026-03-03T14:30'), friday, calendar, false)
    expect(resumed.acceptDueAt).toBe(at('2026-03-16T17:30'))
    expect(resumed.contactDueAt).toBe(at('2026-03-16T17:30'))
    expect(resumed.resolveDueAt).toBe(at('2026-03-16T17:30'))
    const long = resumeAfter(deadlines, friday, calendar, false)
    expect(long.resolveDueAt).toBe(deadlines.resolveDueAt + friday.at - friday.stoppedAt)
  })

  test('M4: unmerged, an urgent matter never has more than its whole allowance anew', () => {
    const danger = set('danger', '2026-03-03T14:30')
    const stop: Stop = {
      stoppedAt: at('2026-03-03T20:00'),
      at: at('2026-03-06T20:00'),
      atLeast: 'one-working-day',
    }
    const resumed = resumeAfter(danger, stop, calendar, true)
    expect(resumed.resolveDueAt).toBe(at('2026-03-07T02:00'))
    expect(resumed.acceptDueAt).toBe(danger.acceptDueAt)
  })

  test('no deadline comes earlier, changes places or lands on a day off, whatever held the clock', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...defaultCategories),
        fc.integer({ min: at('2026-01-01T00:00'), max: at('2026-11-01T00:00') }),
        fc.nat({ max: 40 * dayMs }),
        fc.nat({ max: 60 * dayMs }),
        fc.constantFrom('what-was-left', 'a-third', 'one-working-day'),
        (category, startedAt, ranMs, heldForMs, atLeast) => {
          const before = setDeadlines(category, startedAt, calendar, 'test-1')
          const stoppedAt = startedAt + ranMs
          const resumedAt = stoppedAt + heldForMs
          const isUrgent = category.isUrgent ?? false
          const after = resumeAfter(before, { stoppedAt, at: resumedAt, atLeast }, calendar, isUrgent)
          const inOrder = steps.flatMap((step) => after[step] ?? [])
          expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b))
          for (const step of steps) {
            const was = before[step]
            const is = after[step]
            if (was === undefined || is === undefined) continue
            expect(is).toBeGreaterThanOrEqual(was)
            const isLeft = was > stoppedAt
            if (isLeft) expect(is - resumedAt).toBeGreaterThanOrEqual(was - stoppedAt)
            if (!isUrgent) expect(isWorkingDay(calendar, chinaDateOn(is))).toBe(true)
          }
          // The allowance is what it was.
          expect(after.resolveDueAt - after.startedAt - (after.heldMs ?? 0)).toBe(
            before.resolveDueAt - startedAt,
          )
          if (atLeast === 'a-third') {
            expect(3 * (after.resolveDueAt - resumedAt)).toBeGreaterThanOrEqual(
              before.resolveDueAt - startedAt,
            )
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

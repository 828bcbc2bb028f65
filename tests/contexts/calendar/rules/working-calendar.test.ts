import * as fc from 'fast-check'
import {
  addAllowance,
  clearOfDaysOff,
  defaultWorkingHours,
  noticeEndsAt,
  offDaysOff,
  type WorkingCalendar,
} from '../../../../cloudfunctions/contexts/calendar/rules/working-calendar'
import type { Allowance } from '../../../../cloudfunctions/contexts/category/rules/category'
import {
  chinaDateOn,
  chinaDaysBetween,
  dayMs,
  hourMs,
  minuteMs,
} from '../../../../cloudfunctions/ground/instant'
import { isWorkingDay } from '../../../support/calendar'

/** National Day 2026: off from Thursday 1 to Wednesday 7 October, Saturday the 10th is worked. */
const calendar: WorkingCalendar = {
  holidays: new Set([1, 2, 3, 4, 5, 6, 7].map((day) => `2026-10-0${day}`)),
  makeUpDays: new Set(['2026-09-20', '2026-10-10']),
  hours: defaultWorkingHours,
  horizonOn: '2026-12-31',
  version: 'test',
}

const at = (text: string): number => Date.parse(`${text}:00+08:00`)
const due = (text: string, allowance: Allowance): number => addAllowance(calendar, at(text), allowance)

/** The office hours between two instants, added up day by day. */
const workingMsBetween = (from: number, to: number): number => {
  let sumMs = 0
  for (let midnight = at(`${chinaDateOn(from)}T00:00`); midnight < to; midnight += dayMs) {
    if (!isWorkingDay(calendar, chinaDateOn(midnight))) continue
    for (const [opens, closes] of defaultWorkingHours) {
      const [begin, end] = [midnight + opens * minuteMs, midnight + closes * minuteMs]
      sumMs += Math.max(0, Math.min(end, to) - Math.max(begin, from))
    }
  }
  return sumMs
}

const anyInstant = fc.integer({ min: at('2026-08-01T00:00'), max: at('2026-12-01T00:00') })
const anyWorkingHours = fc.integer({ min: 1, max: 240 }).map((quarters) => quarters / 4)
const anyAllowance: fc.Arbitrary<Allowance> = fc.record({
  unit: fc.constantFrom('hours', 'days', 'working-hours', 'working-days'),
  count: fc.integer({ min: 1, max: 30 }),
})

describe('working days', () => {
  test('weekdays are worked, weekends are not', () => {
    expect(isWorkingDay(calendar, '2026-11-20')).toBe(true)
    expect(isWorkingDay(calendar, '2026-11-21')).toBe(false)
    expect(isWorkingDay(calendar, '2026-11-22')).toBe(false)
    expect(isWorkingDay(calendar, '2026-11-23')).toBe(true)
  })

  test('a holiday in the week is off and a make-up Saturday or Sunday is worked', () => {
    expect(isWorkingDay(calendar, '2026-10-01')).toBe(false)
    expect(isWorkingDay(calendar, '2026-10-08')).toBe(true)
    expect(isWorkingDay(calendar, '2026-10-10')).toBe(true)
    expect(isWorkingDay(calendar, '2026-10-11')).toBe(false)
    expect(isWorkingDay(calendar, '2026-09-20')).toBe(true)
  })
})

describe('an allowance in working days', () => {
  test.each([
    ['Friday morning', '2026-11-20T09:00'],
    ['Friday after work', '2026-11-20T18:00'],
    ['Saturday', '2026-11-21T12:00'],
    ['Sunday night', '2026-11-22T23:59'],
  ])('of one day, starting on %s, ends with the close of work on Monday', (_when, start) => {
    expect(due(start, { unit: 'working-days', count: 1 })).toBe(at('2026-11-23T17:30'))
  })

  test('passes over the holidays and counts the make-up Saturday', () => {
    expect(due('2026-09-30T10:00', { unit: 'working-days', count: 1 })).toBe(at('2026-10-08T17:30'))
    expect(due('2026-09-30T10:00', { unit: 'working-days', count: 3 })).toBe(at('2026-10-10T17:30'))
    expect(due('2026-09-30T10:00', { unit: 'working-days', count: 4 })).toBe(at('2026-10-12T17:30'))
  })

  test('always ends with the close of work of a working day', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 60 }), (start, count) => {
        const end = addAllowance(calendar, start, { unit: 'working-days', count })
        expect(isWorkingDay(calendar, chinaDateOn(end))).toBe(true)
        expect((end + 8 * hourMs) % dayMs).toBe((17 * 60 + 30) * minuteMs)
      }),
    )
  })

  test('has exactly that many working days after the day it started on', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 30 }), (start, count) => {
        const end = addAllowance(calendar, start, { unit: 'working-days', count })
        let days = 0
        for (let day = start + dayMs; chinaDateOn(day) <= chinaDateOn(end); day += dayMs) {
          if (isWorkingDay(calendar, chinaDateOn(day))) days += 1
        }
        expect(days).toBe(count)
      }),
    )
  })
})

describe('an allowance in working hours', () => {
  test.each([
    ['within the morning', '2026-11-23T09:00', 2, '2026-11-23T11:00'],
    ['over the midday rest', '2026-11-23T11:00', 2, '2026-11-23T15:30'],
    ['ending exactly at noon', '2026-11-23T10:00', 2, '2026-11-23T12:00'],
    ['over the night', '2026-11-23T17:00', 1, '2026-11-24T09:00'],
    ['over a weekend', '2026-11-20T17:00', 4, '2026-11-23T12:00'],
    ['from the middle of the night', '2026-11-24T03:00', 2, '2026-11-24T10:30'],
    ['over National Day', '2026-09-30T17:00', 1, '2026-10-08T09:00'],
  ])('%s', (_when, start, count, end) => {
    expect(due(start, { unit: 'working-hours', count })).toBe(at(end))
  })

  test('contains exactly that much working time', () => {
    fc.assert(
      fc.property(anyInstant, anyWorkingHours, (start, count) => {
        const end = addAllowance(calendar, start, { unit: 'working-hours', count })
        expect(workingMsBetween(start, end)).toBe(count * hourMs)
      }),
    )
  })

  test('can be used up in two parts', () => {
    fc.assert(
      fc.property(anyInstant, anyWorkingHours, anyWorkingHours, (start, first, second) => {
        const half = addAllowance(calendar, start, { unit: 'working-hours', count: first })
        expect(addAllowance(calendar, half, { unit: 'working-hours', count: second })).toBe(
          addAllowance(calendar, start, { unit: 'working-hours', count: first + second }),
        )
      }),
    )
  })
})

describe('any allowance', () => {
  test('of plain hours and days takes no notice of the calendar', () => {
    expect(due('2026-10-01T22:00', { unit: 'hours', count: 0.5 })).toBe(at('2026-10-01T22:30'))
    expect(due('2026-09-30T22:00', { unit: 'days', count: 7 })).toBe(at('2026-10-07T22:00'))
  })

  test('ends after it starts', () => {
    fc.assert(
      fc.property(anyInstant, anyAllowance, (start, allowance) => {
        expect(addAllowance(calendar, start, allowance)).toBeGreaterThan(start)
      }),
    )
  })

  test('never ends earlier for having started later', () => {
    fc.assert(
      fc.property(anyInstant, fc.nat({ max: 20 * dayMs }), anyAllowance, (start, laterMs, allowance) => {
        expect(addAllowance(calendar, start + laterMs, allowance)).toBeGreaterThanOrEqual(
          addAllowance(calendar, start, allowance),
        )
      }),
    )
  })

  test('never ends earlier for being larger', () => {
    fc.assert(
      fc.property(anyInstant, anyAllowance, (start, allowance) => {
        const larger = { ...allowance, count: allowance.count + 1 }
        expect(addAllowance(calendar, start, larger)).toBeGreaterThan(
          addAllowance(calendar, start, allowance),
        )
      }),
    )
  })

  test('in a calendar in which nobody ever works is a bug, not an endless wait', () => {
    const never = { ...calendar, hours: [] }
    expect(() => addAllowance(never, 0, { unit: 'working-hours', count: 1 })).toThrow('without working hours')
    expect(() => addAllowance(never, 0, { unit: 'working-days', count: 1 })).toThrow('without working hours')
  })

  test('in a calendar without a working day for 400 days is a bug, not an endless wait', () => {
    const dates = Array.from({ length: 500 }, (_, day) => chinaDateOn(at('2026-11-23T00:00') + day * dayMs))
    const closed = { ...calendar, holidays: new Set(dates) }
    for (const unit of ['working-hours', 'working-days'] as const) {
      expect(() => addAllowance(closed, at('2026-11-23T09:00'), { unit, count: 1 })).toThrow(
        'within 400 days',
      )
    }
  })

  test('that is not used up within fifty years is a bug, too', () => {
    for (const unit of ['working-hours', 'working-days'] as const) {
      const endless = { unit, count: Number.POSITIVE_INFINITY }
      expect(() => addAllowance(calendar, at('2026-11-23T09:00'), endless)).toThrow('not used up')
    }
  })
})

describe('F2: the notice before something becomes public', () => {
  const ends = (text: string, isUrgent = false): number =>
    noticeEndsAt(calendar, at(text), { noticeHours: 24, workingHoursOfIt: 4, isUrgent })

  test.each([
    ['Monday morning, a day later', '2026-11-23T10:00', '2026-11-24T10:00'],
    [
      'Monday evening, when four working hours of Tuesday have passed',
      '2026-11-23T18:00',
      '2026-11-24T18:00',
    ],
    ['Friday evening, on Monday and not on Saturday', '2026-11-20T18:00', '2026-11-23T15:00'],
    [
      'Friday at noon, a day later on Saturday: its afternoon and no more is too little',
      '2026-11-20T14:30',
      '2026-11-23T09:30',
    ],
    ['the eve of National Day, after it', '2026-09-30T17:30', '2026-10-08T15:00'],
  ])('of what was missed on %s', (_when, start, end) => {
    expect(ends(start)).toBe(at(end))
  })

  test('of an urgent kind is the plain 24 hours', () => {
    expect(ends('2026-11-20T18:00', true)).toBe(at('2026-11-21T18:00'))
  })

  test('is never shorter than its hours and always has its working hours, and no minute more', () => {
    fc.assert(
      fc.property(anyInstant, (start) => {
        const end = noticeEndsAt(calendar, start, { noticeHours: 24, workingHoursOfIt: 4, isUrgent: false })
        expect(end - start).toBeGreaterThanOrEqual(24 * hourMs)
        expect(workingMsBetween(start, end)).toBeGreaterThanOrEqual(4 * hourMs)
        const isTight = end - start === 24 * hourMs || workingMsBetween(start, end - 1) < 4 * hourMs
        expect(isTight).toBe(true)
      }),
    )
  })
})

describe('K6: days between instants', () => {
  test('are Chinese dates, whatever the hour', () => {
    expect(chinaDaysBetween(at('2026-11-23T00:00'), at('2026-11-23T23:59'))).toBe(0)
    expect(chinaDaysBetween(at('2026-11-23T23:59'), at('2026-11-24T00:00'))).toBe(1)
    expect(chinaDaysBetween(at('2026-11-23T09:00'), at('2027-02-21T23:59'))).toBe(90)
    expect(chinaDaysBetween(at('2026-11-23T23:59'), at('2027-02-22T00:00'))).toBe(91)
    expect(chinaDaysBetween(at('2026-11-24T00:00'), at('2026-11-23T23:59'))).toBe(-1)
  })
})

describe('days off', () => {
  test('are left for the close of work of the next working day; working days stay as they are', () => {
    expect(offDaysOff(calendar, at('2026-11-21T10:00'))).toBe(at('2026-11-23T17:30'))
    expect(offDaysOff(calendar, at('2026-11-23T03:00'))).toBe(at('2026-11-23T03:00'))
    expect(offDaysOff(calendar, at('2026-10-03T00:00'))).toBe(at('2026-10-08T17:30'))
  })

  test('hold back what falls on the first working day after them, too, until its close', () => {
    expect(clearOfDaysOff(calendar, at('2026-11-21T10:00'))).toBe(at('2026-11-23T17:30'))
    expect(clearOfDaysOff(calendar, at('2026-11-23T03:00'))).toBe(at('2026-11-23T17:30'))
    expect(clearOfDaysOff(calendar, at('2026-11-23T20:00'))).toBe(at('2026-11-23T20:00'))
    expect(clearOfDaysOff(calendar, at('2026-11-24T03:00'))).toBe(at('2026-11-24T03:00'))
  })
})

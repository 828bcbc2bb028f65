import {
  type CalendarNotice,
  calendarOf,
  faultsOfNotice,
} from '../../../../cloudfunctions/contexts/calendar/rules/calendar-notice'
import { legalDaysOff } from '../../../../cloudfunctions/contexts/calendar/rules/legal-days-off'
import {
  asKnownUntil,
  defaultWorkingHours,
  horizonEndsAt,
} from '../../../../cloudfunctions/contexts/calendar/rules/working-calendar'
import { isWorkingDay } from '../../../support/calendar'

const aNotice = (year: number, overrides: Partial<CalendarNotice> = {}): CalendarNotice => ({
  id: `n${year}`,
  year,
  source: `国办发明电〔${year - 1}〕7号`,
  holidays: legalDaysOff(year),
  makeUpDays: [],
  announcedAt: year,
  ...overrides,
})
const compose = (...notices: readonly CalendarNotice[]) =>
  calendarOf(notices, defaultWorkingHours, (text) => text)

describe('a notice', () => {
  test('with the law’s days, more days off and weekends worked instead has no fault', () => {
    const notice = aNotice(2027, {
      holidays: [...legalDaysOff(2027), '2026-12-31', '2027-02-09'],
      makeUpDays: ['2027-02-20', '2027-02-21'],
    })
    expect(faultsOfNotice(notice)).toEqual([])
  })

  test.each([
    [
      'works on a day the law gives off',
      { makeUpDays: ['2027-05-01'], holidays: ['2027-01-01'] },
      'off by law',
    ],
    ['makes up on a weekday', { makeUpDays: ['2027-03-03'] }, 'is a weekday'],
    ['names a day twice', { holidays: ['2027-01-01', '2027-01-01'] }, 'named twice'],
    ['names a day both ways', { holidays: ['2027-02-20'], makeUpDays: ['2027-02-20'] }, 'named twice'],
    ['names a day that is none', { holidays: ['2027-02-30'] }, 'not a date'],
    ['names a day in another spelling', { holidays: ['2027-2-3'] }, 'not a date'],
    ['strays from its year', { holidays: ['2028-02-03'] }, 'does not belong to 2027'],
    ['names nothing', { holidays: [] }, 'names no day'],
  ] as const)('that %s is faulty', (_what, overrides, fault) => {
    expect(faultsOfNotice(aNotice(2027, overrides)).join()).toContain(fault)
  })
})

describe('the calendar that notices make', () => {
  test('is known until the end of the last year in a row whose legal days are all named', () => {
    expect(compose().horizonOn).toBe('2024-12-31')
    expect(compose(aNotice(2025), aNotice(2026)).horizonOn).toBe('2026-12-31')
    expect(compose(aNotice(2025), aNotice(2027)).horizonOn).toBe('2025-12-31')
    const half = aNotice(2027, { holidays: legalDaysOff(2027).slice(0, 5) })
    expect(compose(aNotice(2025), aNotice(2026), half).horizonOn).toBe('2026-12-31')
  })

  test('follows the later notice on a day that two name', () => {
    const first = aNotice(2027, { id: 'a', makeUpDays: ['2027-02-20'], announcedAt: 1 })
    const change = aNotice(2027, { id: 'b', holidays: ['2027-02-20'], announcedAt: 2 })
    for (const calendar of [compose(first, change), compose(change, first)]) {
      expect(isWorkingDay(calendar, '2027-02-20')).toBe(false)
    }
    const back = { ...first, announcedAt: 3 }
    expect(isWorkingDay(compose(change, back), '2027-02-20')).toBe(true)
  })

  test('has another version for every other set of days, and the same for the same', () => {
    const one = compose(aNotice(2025))
    expect(compose(aNotice(2025, { source: 'another wording' })).version).toBe(one.version)
    expect(compose(aNotice(2025), aNotice(2026)).version).not.toBe(one.version)
    expect(compose(aNotice(2025, { makeUpDays: ['2025-02-08'] })).version).not.toBe(one.version)
  })

  test('ends at midnight in China after its last known day', () => {
    const calendar = compose(aNotice(2025), aNotice(2026))
    expect(horizonEndsAt(calendar)).toBe(Date.parse('2027-01-01T00:00:00+08:00'))
  })

  test('as known earlier lacks what was announced since', () => {
    const calendar = compose(
      aNotice(2025),
      aNotice(2026),
      aNotice(2027, { holidays: [...legalDaysOff(2027), '2027-02-09'] }),
    )
    const before = asKnownUntil(calendar, '2026-12-31')
    expect(before.horizonOn).toBe('2026-12-31')
    expect(isWorkingDay(before, '2027-02-09')).toBe(true)
    expect(isWorkingDay(before, '2026-02-17')).toBe(false)
    expect(asKnownUntil(before, '2027-12-31')).toBe(before)
  })
})

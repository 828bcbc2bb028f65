import { getSolarDateFromLunar, getSolarTermDate } from 'chinese-days'
import { chineseCalendar } from '../../../../cloudfunctions/contexts/calendar/chinese-calendar'
import {
  isLegalDayOff,
  lastTabledYear,
  legalDaysOff,
} from '../../../../cloudfunctions/contexts/calendar/rules/legal-days-off'
import type { WorkingCalendar } from '../../../../cloudfunctions/contexts/calendar/rules/working-calendar'
import { chinaDateOn, dayMs, startOfChinaDate } from '../../../../cloudfunctions/ground/instant'
import { isWorkingDay } from '../../../support/calendar'

const yearsFrom = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, place) => first + place)
const dayBefore = (on: string): string => chinaDateOn(startOfChinaDate(on) - dayMs)
const announced = chineseCalendar()

describe('the days that the law gives off', () => {
  test('of 2027 are thirteen, New Year’s Eve of the lunar year and the second of May among them', () => {
    expect(legalDaysOff(2027)).toEqual([
      '2027-01-01',
      '2027-02-05',
      '2027-02-06',
      '2027-02-07',
      '2027-02-08',
      '2027-04-05',
      '2027-05-01',
      '2027-05-02',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
      '2027-10-02',
      '2027-10-03',
    ])
  })

  test('of 2024, under the law before, are eleven without those two', () => {
    expect(legalDaysOff(2024)).toHaveLength(11)
    expect(isLegalDayOff('2024-02-09')).toBe(false)
    expect(isLegalDayOff('2024-05-02')).toBe(false)
  })

  test('that fall on one date are that date once: Mid-Autumn on the first of October 2031', () => {
    expect(legalDaysOff(2031).filter((on) => on === '2031-10-01')).toHaveLength(1)
    expect(legalDaysOff(2031)).toHaveLength(12)
  })

  test.each(yearsFrom(2020, 2026))('of %i are all days off in that year’s notice', (year) => {
    expect(legalDaysOff(year).filter((on) => !announced.holidays.has(on))).toEqual([])
  })

  test.each(yearsFrom(2020, lastTabledYear))('of %i are where chinese-days puts them', (year) => {
    const lunar = (date: string): string => getSolarDateFromLunar(`${year}-${date}`).date
    const expected = [
      lunar('01-01'),
      lunar('05-05'),
      lunar('08-15'),
      getSolarTermDate(year, 4, 'pure_brightness'),
    ]
    for (const on of expected) expect(isLegalDayOff(on)).toBe(true)
    expect(isLegalDayOff(dayBefore(lunar('01-01')))).toBe(year >= 2025)
    expect(legalDaysOff(year).every((on) => on.startsWith(`${year}-`))).toBe(true)
  })

  test('agree with the calendar of ICU but for two new moons within minutes of midnight', () => {
    const lunarDate = new Intl.DateTimeFormat('en-u-ca-chinese', {
      month: 'numeric',
      day: 'numeric',
      timeZone: 'UTC',
    })
    const lunarNamesOf = (year: number): readonly string[] =>
      legalDaysOff(year).map((on) => lunarDate.format(new Date(`${on}T00:00:00Z`)))
    const differing = yearsFrom(2020, lastTabledYear).filter((year) => {
      const names = lunarNamesOf(year)
      return !['1/1', '1/2', '1/3', '5/5', '8/15'].every((name) => names.includes(name))
    })
    // 2027: new moon at 23:56 in Beijing, 2030: at 0:07; ICU has taken the next and the previous day.
    expect([2027, 2030]).toEqual(expect.arrayContaining(differing))
  })
})

describe('a working calendar', () => {
  const typedWrongly: WorkingCalendar = {
    ...announced,
    holidays: new Set(),
    makeUpDays: new Set(legalDaysOff(2027)),
  }

  test('works on no day that the law gives off, announced or not', () => {
    for (const calendar of [announced, typedWrongly]) {
      for (const year of yearsFrom(2025, lastTabledYear)) {
        expect(legalDaysOff(year).filter((on) => isWorkingDay(calendar, on))).toEqual([])
      }
    }
  })

  test('of a year not announced yet has its other weekdays to work', () => {
    expect(isWorkingDay(announced, '2027-02-04')).toBe(true)
    expect(isWorkingDay(announced, '2027-02-09')).toBe(true)
    expect(isWorkingDay(announced, '2027-10-04')).toBe(true)
  })
})

import { chineseCalendar } from '../../../cloudfunctions/contexts/calendar/chinese-calendar'
import { addAllowance } from '../../../cloudfunctions/contexts/calendar/rules/working-calendar'
import { chinaDateOn, dayMs, startOfChinaDate } from '../../../cloudfunctions/ground/instant'
import { isWorkingDay } from '../../support/calendar'

const datesBetween = (from: string, to: string): string[] => {
  const dates: string[] = []
  for (let at = startOfChinaDate(from); chinaDateOn(at) <= to; at += dayMs) dates.push(chinaDateOn(at))
  return dates
}

describe('the national calendar of 2026', () => {
  const calendar = chineseCalendar()

  test.each([
    ['New Year', '2026-01-01', '2026-01-03'],
    ['Spring Festival', '2026-02-15', '2026-02-23'],
    ['Tomb-sweeping Day', '2026-04-04', '2026-04-06'],
    ['Labour Day', '2026-05-01', '2026-05-05'],
    ['Dragon Boat Festival', '2026-06-19', '2026-06-21'],
    ['Mid-autumn Festival', '2026-09-25', '2026-09-27'],
    ['National Day', '2026-10-01', '2026-10-07'],
  ])('is off over %s from %s to %s', (_name, from, to) => {
    expect(datesBetween(from, to).filter((on) => isWorkingDay(calendar, on))).toEqual([])
  })

  test('works on its make-up days and on no other weekend day', () => {
    const weekendDaysWorked = datesBetween('2026-01-01', '2026-12-31').filter(
      (on) => [0, 6].includes(new Date(`${on}T00:00:00Z`).getUTCDay()) && isWorkingDay(calendar, on),
    )
    expect(weekendDaysWorked).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ])
  })

  test('gives a report from the eve of National Day until the first day back', () => {
    const eve = Date.parse('2026-09-30T18:00:00+08:00')
    expect(addAllowance(calendar, eve, { unit: 'working-days', count: 1 })).toBe(
      Date.parse('2026-10-08T17:30:00+08:00'),
    )
  })

  test('knows the years before, too', () => {
    expect(isWorkingDay(calendar, '2025-10-08')).toBe(false)
    expect(isWorkingDay(calendar, '2025-09-28')).toBe(true)
  })
})

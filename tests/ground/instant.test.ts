import fc from 'fast-check'
import {
  chinaClockText,
  chinaDateOn,
  chinaDateText,
  chinaDayAndTimeText,
  chinaDayNumber,
  chinaDaysBetween,
  chinaMinuteOfDay,
  chinaMomentText,
  chinaWeekday,
  dayMs,
  isDate,
  isDayOfEveryYear,
  monthDayText,
  startOfChinaDate,
  startOfChinaDay,
} from '../../cloudfunctions/ground/instant'

/** China had summer time until 1991. */
const instants = fc.integer({ min: Date.parse('1992-01-01'), max: Date.parse('2100-01-01') })

const shown = (at: number, options: Intl.DateTimeFormatOptions): Readonly<Record<string, string>> =>
  Object.fromEntries(
    new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hourCycle: 'h23', ...options })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )

describe('an instant in China', () => {
  test('is shown as the platform’s own calendar shows it', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const { year, month, day, weekday, hour, minute } = shown(at, {
          year: 'numeric',
          month: 'numeric',
          day: 'numeric',
          weekday: 'short',
          hour: 'numeric',
          minute: '2-digit',
        })
        const clock = `${Number(hour)}:${minute}`
        expect(chinaDateText(at)).toBe(`${year}年${month}月${day}日`)
        expect(chinaWeekday(at)).toBe(weekday)
        expect(chinaClockText(at)).toBe(clock)
        expect(chinaMomentText(at)).toBe(`${month}月${day}日（${weekday}）${clock}`)
        expect(chinaDayAndTimeText(at)).toBe(`${month}月${day}日 ${clock}`)
        expect(chinaMinuteOfDay(at)).toBe(Number(hour) * 60 + Number(minute))
      }),
    )
  })

  test('lies in the day that its date names, which begins at midnight', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const start = startOfChinaDate(chinaDateOn(at))
        expect(start).toBe(startOfChinaDay(chinaDayNumber(at)))
        expect(start).toBeLessThanOrEqual(at)
        expect(at - start).toBeLessThan(dayMs)
        expect(chinaClockText(start)).toBe('0:00')
      }),
    )
  })

  test('is as many days from another as midnights lie between', () => {
    fc.assert(
      fc.property(instants, instants, (one, other) => {
        const start = startOfChinaDate(chinaDateOn(one))
        expect(chinaDaysBetween(one, other)).toBe(Math.floor((other - start) / dayMs))
        expect(chinaDaysBetween(other, one)).toBe(0 - chinaDaysBetween(one, other))
      }),
    )
  })
})

test('a date is one of the calendar', () => {
  for (const on of ['2026-02-28', '2028-02-29', '2026-12-31']) expect([on, isDate(on)]).toEqual([on, true])
  for (const on of ['2026-02-29', '2026-02-30', '2026-13-01', '2026-1-1', '26-01-01', '2026-01-01 ', '']) {
    expect([on, isDate(on)]).toEqual([on, false])
  }
})

test('a day of every year is no twenty-ninth of February', () => {
  expect(['10-01', '04-30', '02-28'].every(isDayOfEveryYear)).toBe(true)
  expect(['02-29', '02-30', '00-01', '1-1', '10-01T'].some(isDayOfEveryYear)).toBe(false)
  expect(monthDayText('10-01')).toBe('10月1日')
})

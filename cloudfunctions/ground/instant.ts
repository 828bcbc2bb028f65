export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** China has one time zone and no daylight saving: UTC+8. Nothing outside this file shifts an instant by it. */
const chinaOffsetMs = 8 * hourMs

/** The instant whose UTC fields are what clock and calendar show in China. */
const inChina = (at: number): Date => new Date(at + chinaOffsetMs)

/** The number of the Chinese calendar day in which an instant lies, counted from 1970-01-01. */
export const chinaDayNumber = (at: number): number => Math.floor((at + chinaOffsetMs) / dayMs)

/** The instant at which a Chinese calendar day begins. */
export const startOfChinaDay = (dayNumber: number): number => dayNumber * dayMs - chinaOffsetMs

/** Chinese calendar dates from one instant to another: 0 within a date, 90 to the ninetieth date after it; negative backwards. */
export const chinaDaysBetween = (fromAt: number, toAt: number): number =>
  chinaDayNumber(toAt) - chinaDayNumber(fromAt)

/** Minutes since midnight in China. */
export const chinaMinuteOfDay = (at: number): number =>
  Math.floor((at - startOfChinaDay(chinaDayNumber(at))) / minuteMs)

/** The Chinese calendar date of an instant, `YYYY-MM-DD`. */
export const chinaDateOn = (at: number): string => inChina(at).toISOString().slice(0, 10)

/** The instant at which a Chinese calendar date, `YYYY-MM-DD`, begins. */
export const startOfChinaDate = (on: string): number => Date.parse(`${on}T00:00:00+08:00`)

/** Whether this is a date of the calendar, `YYYY-MM-DD`: the thirtieth of February is none. */
export const isDate = (on: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(on)) return false
  const at = startOfChinaDate(on)
  return Number.isFinite(at) && chinaDateOn(at) === on
}

/** Whether this is a day of every year, `MM-DD`: the twenty-ninth of February is none. */
export const isDayOfEveryYear = (monthDay: string): boolean => isDate(`2027-${monthDay}`)

/** The year of a date: 2026 of `2026-04-30`. */
export const yearOf = (on: string): number => Number(on.slice(0, 4))

/** Its day within the year, `MM-DD`. */
export const monthDayOf = (on: string): string => on.slice(5)

/** The hour that the clock shows in China, 0 to 23. */
export const chinaHour = (at: number): number => inChina(at).getUTCHours()

/** The day of the week, 0 for Sunday. */
export const weekdayOf = (dayNumber: number): number =>
  // 1970-01-01 was a Thursday.
  (((dayNumber + 4) % 7) + 7) % 7

/** A day of the year as one says it: 10月1日 of `10-01`. */
export const monthDayText = (monthDay: string): string => {
  const [month, day] = monthDay.split('-').map(Number)
  return `${month}月${day}日`
}

/** A date as one says it: 2026年4月30日 of `2026-04-30`. */
export const dateOnText = (on: string): string => `${yearOf(on)}年${monthDayText(monthDayOf(on))}`

/** The Chinese calendar date of an instant as one says it: 2026年4月30日. */
export const chinaDateText = (at: number): string => dateOnText(chinaDateOn(at))

/** The same within the year: 4月30日. */
export const chinaMonthDayText = (at: number): string => monthDayText(monthDayOf(chinaDateOn(at)))

const weekdays = ['日', '一', '二', '三', '四', '五', '六']

/** The day of the week of an instant in China: 周二. */
export const chinaWeekday = (at: number): string => `周${weekdays[weekdayOf(chinaDayNumber(at))]}`

/** What the clock shows in China: 9:05. */
export const chinaClockText = (at: number): string =>
  inChina(at).toISOString().slice(11, 16).replace(/^0/, '')

/** An instant as one says it of what is to come, without knowing when it is read: 12月1日（周二）18:30. */
export const chinaMomentText = (at: number): string =>
  `${chinaMonthDayText(at)}（${chinaWeekday(at)}）${chinaClockText(at)}`

/** An instant as one reads it long after: 3月2日 9:05. */
export const chinaDayAndTimeText = (at: number): string => `${chinaMonthDayText(at)} ${chinaClockText(at)}`

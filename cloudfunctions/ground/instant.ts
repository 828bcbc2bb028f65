export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** China has one time zone and no daylight saving: UTC+8. */
export const chinaOffsetMs = 8 * hourMs

/** The Chinese calendar date of an instant, `YYYY-MM-DD`. */
export const chinaDateOn = (at: number): string => new Date(at + chinaOffsetMs).toISOString().slice(0, 10)

/** The Chinese calendar date of an instant as one says it: 2026年4月30日. */
export const chinaDateText = (at: number): string => {
  const [year, month, day] = chinaDateOn(at).split('-').map(Number)
  return `${year}年${month}月${day}日`
}

const weekdays = ['日', '一', '二', '三', '四', '五', '六']

/** The day of the week of an instant in China: 周二. */
export const chinaWeekday = (at: number): string => `周${weekdays[new Date(at + chinaOffsetMs).getUTCDay()]}`

/** An instant as one says it without knowing when it is read: 12月1日（周二）18:30. */
export const chinaMomentText = (at: number): string => {
  const [, month, day] = chinaDateOn(at).split('-').map(Number)
  const clock = new Date(at + chinaOffsetMs).toISOString().slice(11, 16).replace(/^0/, '')
  return `${month}月${day}日（${chinaWeekday(at)}）${clock}`
}

/** The instant at which a Chinese calendar date begins. */
export const startOfChinaDate = (on: string): number => Date.parse(`${on}T00:00:00+08:00`)

/** Chinese calendar dates from one instant to another: 0 within a date, 90 to the ninetieth date after it; negative backwards. */
export const chinaDaysBetween = (fromAt: number, toAt: number): number =>
  Math.floor((toAt + chinaOffsetMs) / dayMs) - Math.floor((fromAt + chinaOffsetMs) / dayMs)

import {
  chinaClockText,
  chinaDateOn,
  chinaDateText,
  chinaDaysBetween,
  chinaMonthDayText,
  chinaWeekday,
  dayMs,
  hourMs,
  minuteMs,
  yearOf,
} from '../../cloudfunctions/ground/instant'

/** A stretch of time as one says it: 2天3小时, 3小时20分, 5分钟. */
export const remainingText = (durationMs: number): string => {
  const days = Math.floor(durationMs / dayMs)
  const hours = Math.floor((durationMs % dayMs) / hourMs)
  const minutes = Math.floor((durationMs % hourMs) / minuteMs)
  if (days >= 10) return `${days}天`
  if (days > 0) return hours > 0 ? `${days}天${hours}小时` : `${days}天`
  if (hours > 0) return minutes > 0 ? `${hours}小时${minutes}分` : `${hours}小时`
  return minutes > 0 ? `${minutes}分钟` : '不到1分钟'
}

const isSameYear = (at: number, now: number): boolean => yearOf(chinaDateOn(at)) === yearOf(chinaDateOn(now))

/** A day that is not today or next to it. Of days to come people think in weeks: 12月1日（周二）. */
const dayText = (at: number, now: number): string => {
  const day = isSameYear(at, now) ? chinaMonthDayText(at) : chinaDateText(at)
  return at > now ? `${day}（${chinaWeekday(at)}）` : day
}

const nearDays: Readonly<Record<number, string>> = { [-1]: '昨天', 0: '今天', 1: '明天' }

const nearDay = (at: number, now: number): string | undefined => nearDays[chinaDaysBetween(now, at)]

/** An instant as one says it, seen from `now`: 今天 9:20, 明天 18:30, 12月1日（周二）18:30, 6月3日 9:20, 2025年6月3日. */
export const instantText = (at: number, now: number): string => {
  const near = nearDay(at, now)
  if (near) return `${near} ${chinaClockText(at)}`
  if (at > now) return `${dayText(at, now)}${chinaClockText(at)}`
  return isSameYear(at, now) ? `${dayText(at, now)} ${chinaClockText(at)}` : dayText(at, now)
}

/** A date as one says it: 今天, 12月1日（周二）, 6月3日, with the year when it is another one. */
export const dateText = (at: number, now: number): string => nearDay(at, now) ?? dayText(at, now)

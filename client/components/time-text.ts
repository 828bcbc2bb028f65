import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const beijingOffsetMs = 8 * hourMs

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

/** The wall clock in Beijing, wherever this device believes it is. */
const inBeijing = (at: number) => dayjs.utc(at + beijingOffsetMs)

/** An instant as one says it, seen from `now`: 今天9:20, 昨天15:04, 6月3日9:20, 2025年6月3日. */
export const instantText = (at: number, now: number): string => {
  const then = inBeijing(at)
  const today = inBeijing(now)
  const daysApart = today.startOf('day').diff(then.startOf('day'), 'day')
  const clock = then.format('H:mm')
  if (daysApart === 0) return `今天${clock}`
  if (daysApart === 1) return `昨天${clock}`
  if (daysApart === -1) return `明天${clock}`
  return then.year() === today.year() ? then.format('M月D日 H:mm') : then.format('YYYY年M月D日')
}

/** A date as one says it: 6月3日, with the year when it is another one. */
export const dateText = (at: number, now: number): string => {
  const then = inBeijing(at)
  return then.year() === inBeijing(now).year() ? then.format('M月D日') : then.format('YYYY年M月D日')
}

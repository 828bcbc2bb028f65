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

const weekdays = ['日', '一', '二', '三', '四', '五', '六']

/** A day that is not today or next to it. Of days to come people think in weeks: 12月1日（周二）. */
const dayText = (then: dayjs.Dayjs, today: dayjs.Dayjs): string => {
  const day = then.format(then.year() === today.year() ? 'M月D日' : 'YYYY年M月D日')
  return then.isAfter(today) ? `${day}（周${weekdays[then.day()]}）` : day
}

const nearDays: Readonly<Record<number, string>> = { [-1]: '昨天', 0: '今天', 1: '明天' }

const nearDay = (then: dayjs.Dayjs, today: dayjs.Dayjs): string | undefined =>
  nearDays[then.startOf('day').diff(today.startOf('day'), 'day')]

/** An instant as one says it, seen from `now`: 今天 9:20, 明天 18:30, 12月1日（周二）18:30, 6月3日 9:20, 2025年6月3日. */
export const instantText = (at: number, now: number): string => {
  const then = inBeijing(at)
  const today = inBeijing(now)
  const near = nearDay(then, today)
  const clock = then.format('H:mm')
  if (near) return `${near} ${clock}`
  const day = dayText(then, today)
  if (day.endsWith('）')) return `${day}${clock}`
  return then.year() === today.year() ? `${day} ${clock}` : day
}

/** A date as one says it: 今天, 12月1日（周二）, 6月3日, with the year when it is another one. */
export const dateText = (at: number, now: number): string => {
  const then = inBeijing(at)
  const today = inBeijing(now)
  return nearDay(then, today) ?? dayText(then, today)
}

import {
  chinaDateOn,
  chinaDayNumber,
  dayMs,
  hourMs,
  minuteMs,
  startOfChinaDate,
  startOfChinaDay,
  weekdayOf,
} from '../../../ground/instant'
import type { Allowance } from '../../category/rules/category'
import { isLegalDayOff } from './legal-days-off'

/** Which days and hours offices work: the law's own days off and what the State Council announces each year. */
export interface WorkingCalendar {
  /** Days off by announcement, `YYYY-MM-DD`; the law's own days are off without one. */
  readonly holidays: ReadonlySet<string>
  /** Saturdays and Sundays worked instead (调休上班), `YYYY-MM-DD`. */
  readonly makeUpDays: ReadonlySet<string>
  /** Office hours as minutes of the Chinese day, in order and without overlap. */
  readonly hours: readonly (readonly [number, number])[]
  /** The last date, `YYYY-MM-DD`, whose year has been announced; after it only weekends and the law's days are known. */
  readonly horizonOn: string
  /** Changes with any day of the calendar. */
  readonly version: string
}

/** 8:30–12:00 and 14:30–17:30. */
export const defaultWorkingHours: WorkingCalendar['hours'] = [
  [8 * 60 + 30, 12 * 60],
  [14 * 60 + 30, 17 * 60 + 30],
]

/** Monday to Friday unless a holiday, and every make-up day; never a day that the law gives off. */
const isWorkingDayNumber = (calendar: WorkingCalendar, dayNumber: number): boolean => {
  const on = chinaDateOn(startOfChinaDay(dayNumber))
  if (isLegalDayOff(on)) return false
  if (calendar.makeUpDays.has(on)) return true
  const weekday = weekdayOf(dayNumber)
  return weekday >= 1 && weekday <= 5 && !calendar.holidays.has(on)
}

/** Whether the instant lies on a day on which offices work, at whatever hour. */
export const isOnWorkingDay = (calendar: WorkingCalendar, at: number): boolean =>
  isWorkingDayNumber(calendar, chinaDayNumber(at))

/** The office hours of one day as instants; empty on a day off. */
const sessionsOf = (calendar: WorkingCalendar, dayNumber: number): readonly (readonly [number, number])[] => {
  if (!isWorkingDayNumber(calendar, dayNumber)) return []
  const start = startOfChinaDay(dayNumber)
  return calendar.hours.map(([from, to]) => [start + from * minuteMs, start + to * minuteMs] as const)
}

const closeOfWork = (calendar: WorkingCalendar): number => {
  const close = Math.max(0, ...calendar.hours.map(([, to]) => to))
  if (close === 0) throw new Error('a working calendar without working hours')
  return close * minuteMs
}

/**
 * No real calendar has so many days off in a row. One that has is faulty data, and the search for its next working
 * day would not terminate.
 */
const mostDaysOffInARow = 400

/** Upper bound of every loop over days; a caller that needs more is in error. */
const mostDays = 50 * 366

/** The working days from `fromDay` on, each as its number; they end after `mostDays`. */
function* workingDaysFrom(calendar: WorkingCalendar, fromDay: number): Generator<number> {
  closeOfWork(calendar)
  let daysOff = 0
  for (let day = fromDay; day < fromDay + mostDays; day += 1) {
    if (isWorkingDayNumber(calendar, day)) {
      daysOff = 0
      yield day
    } else {
      daysOff += 1
      if (daysOff > mostDaysOffInARow) {
        throw new Error(`a working calendar without a working day within ${mostDaysOffInARow} days`)
      }
    }
  }
}

const neverUsedUp = (): Error => new Error(`an allowance that is not used up within ${mostDays} days`)

/** The instant by which `ms` of working time have passed since `at`; `at` itself for none. */
export const addWorkingMs = (calendar: WorkingCalendar, at: number, ms: number): number => {
  let leftMs = ms
  if (leftMs <= 0) return at
  for (const day of workingDaysFrom(calendar, chinaDayNumber(at))) {
    for (const [from, to] of sessionsOf(calendar, day)) {
      const begin = Math.max(from, at)
      const spareMs = Math.max(0, to - begin)
      if (leftMs <= spareMs) return begin + leftMs
      leftMs -= spareMs
    }
  }
  throw neverUsedUp()
}

/**
 * Close of work on the `days`th working day after the Chinese date of `at`; part of a day counts as a whole
 * one. `at` itself for none.
 */
export const endOfWorkingDayAfter = (calendar: WorkingCalendar, at: number, days: number): number => {
  let left = Math.ceil(days)
  if (left <= 0) return at
  for (const day of workingDaysFrom(calendar, chinaDayNumber(at) + 1)) {
    left -= 1
    if (left === 0) return startOfChinaDay(day) + closeOfWork(calendar)
  }
  throw neverUsedUp()
}

/** An instant on a day off becomes the close of work of the next working day; any other stays. */
export const offDaysOff = (calendar: WorkingCalendar, at: number): number =>
  isOnWorkingDay(calendar, at) ? at : endOfWorkingDayAfter(calendar, at, 1)

/**
 * As `offDaysOff`, and what falls on the first working day after days off waits for the end of its work too:
 * else what began an hour later would be due half a day sooner.
 */
export const clearOfDaysOff = (calendar: WorkingCalendar, at: number): number => {
  const day = chinaDayNumber(at)
  if (!isWorkingDayNumber(calendar, day)) return offDaysOff(calendar, at)
  return isWorkingDayNumber(calendar, day - 1)
    ? at
    : Math.max(at, startOfChinaDay(day) + closeOfWork(calendar))
}

/**
 * When an allowance that starts at `at` is used up. Hours and days are plain time. Working hours pass only
 * within the hours of working days. N working days end with the close of work on the Nth working day *after*
 * the day of `at`: with one working day, a report of Friday morning, Friday night or Sunday is due on Monday
 * at 17:30. Part of a working day counts as a whole one.
 */
export const addAllowance = (calendar: WorkingCalendar, at: number, allowance: Allowance): number => {
  switch (allowance.unit) {
    case 'hours':
      return at + allowance.count * hourMs
    case 'days':
      return at + allowance.count * dayMs
    case 'working-hours':
      return addWorkingMs(calendar, at, allowance.count * hourMs)
    case 'working-days':
      return endOfWorkingDayAfter(calendar, at, allowance.count)
  }
}

/**
 * F2: the notice before something becomes public. The first instant at least `noticeHours` after `at` by which
 * at least `workingHoursOfIt` working hours have passed, so that nobody learns on Monday what was due on
 * Friday evening. Of an urgent kind the plain hours alone.
 */
export const noticeEndsAt = (
  calendar: WorkingCalendar,
  at: number,
  notice: { readonly noticeHours: number; readonly workingHoursOfIt: number; readonly isUrgent: boolean },
): number => {
  const plainAt = at + notice.noticeHours * hourMs
  return notice.isUrgent
    ? plainAt
    : Math.max(plainAt, addWorkingMs(calendar, at, notice.workingHoursOfIt * hourMs))
}

/**
 * The instant at which the last announced day is over. What is due then or later lies where days off and make-up
 * days are not announced yet, and may still move later.
 */
export const horizonEndsAt = (calendar: WorkingCalendar): number =>
  startOfChinaDate(calendar.horizonOn) + dayMs

/** The calendar as it was when it had been announced only up to this date. */
export const asKnownUntil = (calendar: WorkingCalendar, horizonOn: string): WorkingCalendar => {
  if (horizonOn >= calendar.horizonOn) return calendar
  const until = (days: ReadonlySet<string>) => new Set([...days].filter((on) => on <= horizonOn))
  return {
    ...calendar,
    holidays: until(calendar.holidays),
    makeUpDays: until(calendar.makeUpDays),
    horizonOn,
    version: `${calendar.version} until ${horizonOn}`,
  }
}

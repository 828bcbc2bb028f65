import type { Allowance } from '../category/category'
import { chinaDateOn, chinaOffsetMs, dayMs, hourMs, minuteMs } from '../instant'

/** Which days and hours offices work; holidays and make-up days are announced each year by the State Council. */
export interface WorkingCalendar {
  /** Days off by announcement, `YYYY-MM-DD`. */
  readonly holidays: ReadonlySet<string>
  /** Saturdays and Sundays worked instead (调休上班), `YYYY-MM-DD`. */
  readonly makeUpDays: ReadonlySet<string>
  /** Office hours as minutes of the Chinese day, in order and without overlap. */
  readonly hours: readonly (readonly [number, number])[]
}

/** 8:30–12:00 and 14:30–17:30. */
export const defaultWorkingHours: WorkingCalendar['hours'] = [
  [8 * 60 + 30, 12 * 60],
  [14 * 60 + 30, 17 * 60 + 30],
]

/** Days of the Chinese calendar, counted from 1970-01-01. */
const dayNumberOf = (at: number): number => Math.floor((at + chinaOffsetMs) / dayMs)
const startOfDay = (dayNumber: number): number => dayNumber * dayMs - chinaOffsetMs

const isWorkingDayNumber = (calendar: WorkingCalendar, dayNumber: number): boolean => {
  const on = chinaDateOn(startOfDay(dayNumber))
  if (calendar.makeUpDays.has(on)) return true
  // 1970-01-01 was a Thursday.
  const weekday = (((dayNumber + 4) % 7) + 7) % 7
  return weekday >= 1 && weekday <= 5 && !calendar.holidays.has(on)
}

/** Monday to Friday unless a holiday, and every make-up day. */
export const isWorkingDay = (calendar: WorkingCalendar, on: string): boolean =>
  isWorkingDayNumber(calendar, Math.round(Date.parse(`${on}T00:00:00Z`) / dayMs))

/** The office hours of one day as instants; empty on a day off. */
const sessionsOf = (calendar: WorkingCalendar, dayNumber: number): readonly (readonly [number, number])[] => {
  if (!isWorkingDayNumber(calendar, dayNumber)) return []
  const start = startOfDay(dayNumber)
  return calendar.hours.map(([from, to]) => [start + from * minuteMs, start + to * minuteMs] as const)
}

const closeOfWork = (calendar: WorkingCalendar): number => {
  const close = Math.max(0, ...calendar.hours.map(([, to]) => to))
  if (close === 0) throw new Error('a working calendar without working hours')
  return close * minuteMs
}

const addWorkingHours = (calendar: WorkingCalendar, at: number, count: number): number => {
  let leftMs = count * hourMs
  if (leftMs <= 0) return at
  closeOfWork(calendar)
  for (let day = dayNumberOf(at); ; day += 1) {
    for (const [from, to] of sessionsOf(calendar, day)) {
      const begin = Math.max(from, at)
      const spareMs = Math.max(0, to - begin)
      if (leftMs <= spareMs) return begin + leftMs
      leftMs -= spareMs
    }
  }
}

const addWorkingDays = (calendar: WorkingCalendar, at: number, count: number): number => {
  let left = Math.ceil(count)
  if (left <= 0) return at
  for (let day = dayNumberOf(at) + 1; ; day += 1) {
    if (!isWorkingDayNumber(calendar, day)) continue
    left -= 1
    if (left === 0) return startOfDay(day) + closeOfWork(calendar)
  }
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
      return addWorkingHours(calendar, at, allowance.count)
    case 'working-days':
      return addWorkingDays(calendar, at, allowance.count)
  }
}

/** Working time between two instants in milliseconds; 0 when `to` is not after `from`. */
export const workingMsBetween = (calendar: WorkingCalendar, from: number, to: number): number => {
  let sumMs = 0
  for (let day = dayNumberOf(from); startOfDay(day) < to; day += 1) {
    for (const [begin, end] of sessionsOf(calendar, day)) {
      sumMs += Math.max(0, Math.min(end, to) - Math.max(begin, from))
    }
  }
  return sumMs
}

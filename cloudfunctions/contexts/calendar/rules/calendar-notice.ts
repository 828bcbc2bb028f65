import { chinaDayNumber, isDate, startOfChinaDate, weekdayOf } from '../../../ground/instant'
import { firstYearOfThePresentLaw, isLegalDayOff, lastTabledYear, legalDaysOff } from './legal-days-off'
import type { WorkingCalendar } from './working-calendar'

/** What the State Council announces for one year (国务院办公厅关于部分节假日安排的通知), or a later change of it. */
export interface CalendarNotice {
  readonly id: string
  readonly year: number
  /** Number of the document (文号) or where it stands. */
  readonly source: string
  /** Days off, `YYYY-MM-DD`; of the year, or of the days around it that belong to its New Year. */
  readonly holidays: readonly string[]
  /** Saturdays and Sundays worked instead, `YYYY-MM-DD`. */
  readonly makeUpDays: readonly string[]
  readonly announcedAt: number
}

const isWeekend = (on: string): boolean => [0, 6].includes(weekdayOf(chinaDayNumber(startOfChinaDate(on))))

/**
 * What is wrong with a notice, in words for whoever entered it; empty when it may be used. A notice is taken
 * whole or not at all: one that works on a day the law gives off, works on a weekday, names a day twice or
 * one that is none, or strays from its year has been typed wrongly.
 */
export const faultsOfNotice = (notice: CalendarNotice): readonly string[] => {
  const { year, holidays, makeUpDays } = notice
  const days = [...holidays, ...makeUpDays]
  const broken = days.filter((on) => !isDate(on))
  if (broken.length > 0) return broken.map((on) => `${on} is not a date`)
  const isNearYear = (on: string): boolean => on >= `${year - 1}-12-24` && on <= `${year + 1}-01-07`
  return [
    ...(days.length === 0 ? ['it names no day'] : []),
    ...days.filter((on, place) => days.indexOf(on) !== place).map((on) => `${on} is named twice`),
    ...days.filter((on) => !isNearYear(on)).map((on) => `${on} does not belong to ${year}`),
    ...makeUpDays.filter(isLegalDayOff).map((on) => `${on} is off by law and cannot be worked`),
    ...makeUpDays.filter((on) => !isWeekend(on)).map((on) => `${on} is a weekday and needs no making up`),
  ]
}

/**
 * The calendar that these notices make, the later one having the word on a day. It is known up to the end of
 * the last year in a row, from 2025 on, whose every legal day off a notice names: a notice that holds half a
 * year's festivals counts, and moves no horizon. The caller has refused the faulty ones.
 */
export const calendarOf = (
  notices: readonly CalendarNotice[],
  hours: WorkingCalendar['hours'],
  digest: (text: string) => string,
): WorkingCalendar => {
  const isOff = new Map<string, boolean>()
  const inOrder = [...notices].sort((a, b) => a.announcedAt - b.announcedAt || (a.id < b.id ? -1 : 1))
  for (const { holidays, makeUpDays } of inOrder) {
    for (const on of holidays) isOff.set(on, true)
    for (const on of makeUpDays) isOff.set(on, false)
  }
  const holidays = [...isOff].flatMap(([on, off]) => (off ? [on] : [])).sort()
  const makeUpDays = [...isOff].flatMap(([on, off]) => (off ? [] : [on])).sort()
  let knownYear = firstYearOfThePresentLaw - 1
  while (knownYear < lastTabledYear && legalDaysOff(knownYear + 1).every((on) => isOff.get(on) === true)) {
    knownYear += 1
  }
  return {
    holidays: new Set(holidays),
    makeUpDays: new Set(makeUpDays),
    hours,
    horizonOn: `${knownYear}-12-31`,
    version: digest(JSON.stringify([holidays, makeUpDays])),
  }
}

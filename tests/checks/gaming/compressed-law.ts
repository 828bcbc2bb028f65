import {
  defaultWorkingHours,
  type WorkingCalendar,
} from '../../../cloudfunctions/contexts/calendar/rules/working-calendar'
import type { Category, CategoryId } from '../../../cloudfunctions/contexts/category/rules/category'
import type { Law } from '../../../cloudfunctions/contexts/report/rules/change'
import { defaultRuleBook, type RuleBook } from '../../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { chinaDateOn, dayMs } from '../../../cloudfunctions/ground/instant'

/**
 * One tick of the model is one day, and everything happens at the close of work: then "N working days", "N days"
 * and a day's notice all fall on ticks. Every weekend of the stretch is worked by notice and no legal day off
 * lies in it, so every day of it works.
 */
export const tickMs = dayMs
export const startAt = Date.parse('2026-07-01T17:30:00+08:00')
/** Paths are shorter than this, so that all of a path lies in one month of figures. */
export const mostTicks = 29
const everyDayUntil = Date.parse('2026-09-20T00:00:00+08:00')

const isWeekend = (on: string): boolean => [0, 6].includes(new Date(`${on}T00:00:00Z`).getUTCDay())

/** Weekends that are worked, `YYYY-MM-DD`, as a notice would name them. */
export const workedWeekends: readonly string[] = Array.from(
  { length: Math.floor((everyDayUntil - startAt) / dayMs) },
  (_, day) => chinaDateOn(startAt + day * dayMs),
).filter(isWeekend)

const calendar: WorkingCalendar = {
  holidays: new Set(),
  makeUpDays: new Set(workedWeekends),
  hours: defaultWorkingHours,
  horizonOn: '2026-12-31',
  version: 'every-day',
}

/** The times of the model in ticks. Thirds and halves of the resolution are whole ticks (A2). */
export const ticks = {
  accept: 1,
  contact: 2,
  resolve: 6,
  resolveLong: 12,
  notice: 1,
  silence: 2,
  appeal: 3,
  appealHold: 3,
  hearing: 1,
  posting: 2,
  movesUp: 3,
  upheld: 4,
  longestSuspension: 6,
  takenBack: 20,
} as const

const days = (count: number) => ({ unit: 'days', count }) as const

const times: Partial<Readonly<Record<CategoryId, number>>> = {
  'lane-repair': ticks.resolve,
  'lane-hardening': ticks.resolveLong,
  // As quick as a lane: that it would take longer is not what keeps a matter from becoming a complaint.
  'about-branch': ticks.resolve,
}

const compressed = ({ planWithin: _none, ...category }: Category): Category => {
  const resolve = times[category.id]
  if (resolve === undefined) return category
  return {
    ...category,
    acceptWithin: days(ticks.accept),
    contactWithin: days(ticks.contact),
    resolveWithin: days(resolve),
    cureHoldsDays: 20,
  }
}

/** The region's rule book with a compressed clock: the rules are the product's, the numbers are data. */
export const compressedBook: RuleBook = {
  ...defaultRuleBook,
  version: 'compressed',
  categories: defaultRuleBook.categories.map(compressed),
  // The winter that began last October ends within the model's month.
  frozenSeason: { from: '10-01', until: '07-20' },
  report: {
    ...defaultRuleBook.report,
    maxSuspensionDays: ticks.longestSuspension,
    maxSuspensionDaysInAll: 9,
    appealWithinDays: ticks.appeal,
    rateWithinDays: ticks.appeal,
    reopenWithinDays: ticks.appeal,
    silenceClosesAfterDays: ticks.silence,
    requestMovesUpAfterWorkingDays: ticks.movesUp,
    appealUpheldAfterWorkingDays: ticks.upheld,
    withdrawnClockKeptDays: ticks.takenBack,
  },
  redFace: {
    ...defaultRuleBook.redFace,
    noNoticeWithinDays: 20,
    appealHoldsWorkingDays: ticks.appealHold,
    appealLapsesAfterWorkingDays: 6,
    hearingWorkingDays: ticks.hearing,
    consentWithinDays: ticks.silence,
    postingWorkingDays: ticks.posting,
    evidenceEveryDays: 1,
    lateStepLeavesPageAfterDays: 3,
  },
  rates: { ...defaultRuleBook.rates, reopenedWithinDays: 20 },
}

export const law: Law = { rules: compressedBook, calendar }

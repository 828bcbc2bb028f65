import { monthDayText } from '../../../ground/instant'
import { type Refusal, refuse } from '../../../ground/result'
import { winterAt } from '../../calendar/rules/frozen-season'
import { categoryOf } from '../../rule-book/rules/rule-book'
import type { Law } from './change'
import type { Report } from './report'

interface Moment {
  readonly now: number
  readonly law: Pick<Law, 'rules'>
}

type Suspendable = Pick<Report, 'categoryId' | 'suspendedDays' | 'suspendedWinters'>

/** Why the work cannot be put off for frozen ground now; undefined when it can (K6). */
export const seasonBars = (report: Suspendable, { now, law }: Moment): Refusal | undefined => {
  const { rules } = law
  if (!categoryOf(rules, report.categoryId)?.needsThawedGround) return refuse('no-thaw-needed').error
  const winter = winterAt(rules.frozenSeason, now)
  if (winter) return report.suspendedWinters.includes(winter.year) ? refuse('once-a-winter').error : undefined
  const { from, until } = rules.frozenSeason
  const when = `${monthDayText(from)}到次年${monthDayText(until)}`
  return refuse('ground-not-frozen', { from, until }, `只有${when}，土冻住了才能这样挂账`).error
}

/** How many days an ordinary suspension may still last (K6). */
export const ordinaryDaysLeft = (report: Suspendable, { law }: Moment): number => {
  const { maxSuspensionDays, maxSuspensionDaysInAll } = law.rules.report
  return Math.max(0, Math.min(maxSuspensionDays, maxSuspensionDaysInAll - report.suspendedDays))
}

/** The last date, `YYYY-MM-DD`, until which the work can be put off for frozen ground; null when it cannot now. */
export const putOffUntilOn = (report: Suspendable, moment: Moment): string | null =>
  seasonBars(report, moment) ? null : (winterAt(moment.law.rules.frozenSeason, moment.now)?.endsOn ?? null)

import { chinaDateOn, chinaDaysBetween, monthDayText } from '../../../ground/instant'
import { type Refusal, refuse } from '../../../ground/result'
import { winterAt } from '../../calendar/rules/frozen-season'
import { categoryOf } from '../../rule-book/rules/rule-book'
import type { Law, ReportChange } from './change'
import type { Report } from './report'
import type { Refused } from './scene'

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

const beyondOrdinaryDays = (
  { report, law }: ReportChange,
  untilAt: number,
  heldFrom: number,
): Refused | undefined => {
  const days = chinaDaysBetween(heldFrom, untilAt)
  const { maxSuspensionDays, maxSuspensionDaysInAll } = law.rules.report
  if (days > maxSuspensionDays) {
    return refuse('suspension-too-long', { days: maxSuspensionDays }, `挂账一次最长${maxSuspensionDays}天`)
  }
  if (report.suspendedDays + days <= maxSuspensionDaysInAll) return undefined
  const left = Math.max(0, maxSuspensionDaysInAll - report.suspendedDays)
  return refuse(
    'suspension-in-all',
    { days: left },
    `挂账前后一共最长${maxSuspensionDaysInAll}天，还剩${left}天`,
  )
}

/** Only for what waits for the thaw, and no longer than it takes (K6). */
const beyondThaw = ({ report, law, at }: ReportChange, untilAt: number): Refused | undefined => {
  const moment = { now: at, law }
  const barred = seasonBars(report, moment)
  if (barred) return { ok: false, error: barred }
  const lastOn = putOffUntilOn(report, moment) ?? ''
  if (chinaDateOn(untilAt) <= lastOn) return undefined
  const lastDay = monthDayText(lastOn.slice('YYYY-'.length))
  return refuse('suspension-too-long', { untilOn: lastOn }, `土冻住了的，最晚挂到${lastDay}`)
}

/**
 * K6: why the clock may not stand still from one instant to the other; undefined where it may. Asked when a suspension
 * is asked for and when it is granted: days may have come meanwhile with what was merged in.
 */
export const suspensionBars = (
  change: ReportChange,
  { untilAt, isSeasonal }: { readonly untilAt: number; readonly isSeasonal?: boolean | undefined },
  heldFrom: number,
): Refused | undefined =>
  isSeasonal ? beyondThaw(change, untilAt) : beyondOrdinaryDays(change, untilAt, heldFrom)

import { chinaDateOn, dayMs, hourMs, startOfChinaDate } from '../../../ground/instant'
import {
  addAllowance,
  clearOfDaysOff,
  endOfWorkingDayAfter,
  offDaysOff,
  type WorkingCalendar,
} from '../../calendar/rules/working-calendar'
import type { Allowance, Category } from '../../category/rules/category'
import type { DeadlineKind } from './deadline-kind'
import { statusKind } from './lifecycle'
import type { Deadlines, Plan, Report } from './report'
import type { Stint } from './stint'

/** Plain time of a day or more: only such a deadline can outrun the working days before it. */
const isPlainDays = ({ unit, count }: Allowance): boolean =>
  unit === 'days' ? count >= 1 : unit === 'hours' && count >= 24

/** One deadline of a category, given the one before it; see `setDeadlines`. */
const dueAtOf = (
  allowance: Allowance,
  startedAt: number,
  previousDueAt: number | undefined,
  calendar: WorkingCalendar,
  isUrgent: boolean,
): number => {
  const allowedAt = addAllowance(calendar, startedAt, allowance)
  const previousAt = previousDueAt ?? startedAt
  if (isUrgent) return Math.max(previousAt, allowedAt)
  const isPlain = allowance.unit === 'days' || allowance.unit === 'hours'
  const dueAt = isPlain ? clearOfDaysOff(calendar, allowedAt) : offDaysOff(calendar, allowedAt)
  if (previousDueAt === undefined || !isPlainDays(allowance)) return Math.max(previousAt, dueAt)
  return Math.max(dueAt, endOfWorkingDayAfter(calendar, previousDueAt, 1))
}

/**
 * K2: the deadlines of a problem of this category whose clock starts at `startedAt`, in the order in which the
 * steps must come. Urgent categories take the category's own times, by night and on days off. Of the others
 *
 * - none falls on a day off: it moves to the close of work of the next working day, and what falls on that
 *   first working day waits for its close too, so that a later start never means an earlier deadline;
 * - one counted in plain days (or 24 hours and more) falls at least one working day after the one before it:
 *   over a long holiday seven plain days can be shorter than four working hours. What is counted in working
 *   hours or working days keeps the category's own distance (rubbish: 2, then 4 working hours, then 1 working
 *   day), because the holiday stretches it like the one before.
 *
 * None falls before its allowance is used up.
 */
export const setDeadlines = (
  category: Category,
  startedAt: number,
  calendar: WorkingCalendar,
  ruleVersion: string,
): Deadlines => {
  const isUrgent = category.isUrgent
  const after = (allowance: Allowance, previousDueAt?: number): number =>
    dueAtOf(allowance, startedAt, previousDueAt, calendar, isUrgent)
  const acceptDueAt = after(category.acceptWithin)
  const contactDueAt = after(category.contactWithin, acceptDueAt)
  const planDueAt = category.planWithin ? after(category.planWithin, contactDueAt) : undefined
  const resolveDueAt = after(category.resolveWithin, planDueAt ?? contactDueAt)
  return {
    acceptDueAt,
    contactDueAt,
    ...(planDueAt === undefined ? {} : { planDueAt }),
    resolveDueAt,
    allowanceMs: resolveDueAt - startedAt,
    startedAt,
    ruleVersion,
    calendarHorizonOn: calendar.horizonOn,
  }
}

/**
 * The soonest that a clock which was running before may fall due by now, whatever set it anew (a kind put right, a matter
 * filed anew): urgent, with half of the time that its kind gives; else at the close of the next working day. Never later
 * than of a matter of its kind that is reported now.
 */
export const soonestDeadlines = (
  category: Category,
  now: number,
  calendar: WorkingCalendar,
  ruleVersion: string,
): Pick<Deadlines, 'contactDueAt' | 'planDueAt' | 'resolveDueAt'> => {
  const { contactDueAt, planDueAt, resolveDueAt } = setDeadlines(category, now, calendar, ruleVersion)
  const soonest = (dueAt: number): number =>
    category.isUrgent
      ? now + Math.ceil((dueAt - now) / 2)
      : Math.min(dueAt, endOfWorkingDayAfter(calendar, now, 1))
  return {
    contactDueAt: soonest(contactDueAt),
    ...(planDueAt === undefined ? {} : { planDueAt: soonest(planDueAt) }),
    resolveDueAt: soonest(resolveDueAt),
  }
}

/** Since when the clock counts that runs now: of a family, where an earlier one had run out, since the later one does (M2). */
export const runsSince = ({ startedAt, restartedAt }: Pick<Deadlines, 'startedAt' | 'restartedAt'>): number =>
  restartedAt ?? startedAt

/** What the clocks of a report are read from. */
export type ClockedReport = Pick<Report, 'status' | 'contactedAt' | 'reporterKey' | 'reporterLeftAt'> & {
  readonly deadlines: Pick<
    Deadlines,
    'startedAt' | 'restartedAt' | 'setAnewAt' | 'contactDueAt' | 'planDueAt' | 'resolveDueAt'
  >
  readonly stints: readonly Pick<Stint, 'from' | 'acceptDueAt' | 'acceptedAt'>[]
  readonly plan?: Pick<Plan, 'at'>
}

/** One thing that has to be done, since when and until when. */
export interface Deadline {
  readonly kind: DeadlineKind
  /** Since when this one runs: a unit's time to accept since it has the report (A1), one that was set anew since then. */
  readonly startedAt: number
  readonly dueAt: number
}

/**
 * What has to be done yet and by when, in the order in which it must come; nothing while suspended and when done.
 * Who has proposed a decline has answered (A1). Nobody has to be contacted where nobody reported it or they have left.
 */
export const deadlinesAhead = (report: ClockedReport): readonly Deadline[] => {
  const { status, deadlines, stints, contactedAt, plan } = report
  if (status === 'suspended' || statusKind(status) === 'done') return []
  const { startedAt, contactDueAt, planDueAt, resolveDueAt } = deadlines
  const ahead: Deadline[] = []
  const isWaiting = statusKind(status) === 'waiting'
  const stint = stints[stints.length - 1]
  const isUnanswered = stint !== undefined && stint.acceptedAt === undefined
  if (isWaiting && isUnanswered) {
    ahead.push({ kind: 'accept', startedAt: stint.from, dueAt: stint.acceptDueAt })
  }
  const isSomebodyThere = report.reporterKey !== null && report.reporterLeftAt === undefined
  if (contactedAt === undefined && isSomebodyThere && (isUnanswered || !isWaiting)) {
    ahead.push({ kind: 'contact', startedAt, dueAt: contactDueAt })
  }
  if (planDueAt !== undefined && plan === undefined) {
    ahead.push({ kind: 'plan', startedAt: runsSince(deadlines), dueAt: planDueAt })
  }
  ahead.push({ kind: 'resolve', startedAt: runsSince(deadlines), dueAt: resolveDueAt })
  const setAnewAt = deadlines.setAnewAt ?? {}
  return ahead.map((one) => ({ ...one, startedAt: Math.max(one.startedAt, setAnewAt[one.kind] ?? 0) }))
}

/** Those that can be late now: the first word to the resident is not asked for before somebody has taken it up. */
export const runningDeadlines = (report: ClockedReport): readonly Deadline[] =>
  deadlinesAhead(report).filter(({ kind }) => kind !== 'contact' || statusKind(report.status) === 'working')

/**
 * The next deadline that runs and what it asks for. Of two that fall due together it is the one that must come
 * first. Null while suspended and when done.
 */
export const runningDeadline = (report: ClockedReport): Deadline | null =>
  runningDeadlines(report).reduce<Deadline | null>(
    (soonest, next) => (soonest !== null && soonest.dueAt <= next.dueAt ? soonest : next),
    null,
  )

/**
 * The clocks that everybody may read. The first word is between the branch and the resident: it opens no entry of
 * the red-face list, and outsiders never read that it is due or late.
 */
export const publicClocks = (report: ClockedReport): ClockedReport => ({
  ...report,
  contactedAt: report.contactedAt ?? report.deadlines.startedAt,
})

/** When the running deadline falls due, in epoch milliseconds. */
export const runningDueAt = (report: ClockedReport): number | null => runningDeadline(report)?.dueAt ?? null

/** 超期: the running deadline has been reached; the instant it names is already late. */
export const isOverdue = (report: ClockedReport, now: number): boolean => {
  const dueAt = runningDueAt(report)
  return dueAt !== null && now >= dueAt
}

/** Whether clocks run by night and on days off. Who does not say so is warned by night: better than not at all. */
export interface Urgency {
  readonly isUrgent: boolean
}
const urgentUnlessSaid: Urgency = { isUrgent: true }

/** 临期: the first warning of the running deadline has been given and it is not overdue yet. */
export const isDueSoon = (
  report: ClockedReport,
  now: number,
  urgency: Urgency = urgentUnlessSaid,
): boolean => {
  const running = runningDeadline(report)
  if (running === null || now >= running.dueAt) return false
  const firstWarningAt = warningInstants(running.startedAt, running.dueAt, urgency)[0]
  return firstWarningAt !== undefined && now >= firstWarningAt
}

/** A deadline longer than this is one “of several days”. */
const severalDaysMs = 3 * dayMs

const nightEndsMs = 7 * hourMs
const nightBeginsMs = 22 * hourMs
/** What would be said at night is said at this hour of the morning, or else of the evening before. */
const morningMs = 8 * hourMs
const eveningMs = 21 * hourMs

/** The warning as it may be given by day; nothing when no waking hour lies between the start and the deadline. */
const byDay = (warningAt: number, startedAt: number, dueAt: number): readonly number[] => {
  const midnightAt = startOfChinaDate(chinaDateOn(warningAt))
  const clockMs = warningAt - midnightAt
  if (clockMs >= nightEndsMs && clockMs < nightBeginsMs) return [warningAt]
  const isEvening = clockMs >= nightBeginsMs
  const morningAt = midnightAt + (isEvening ? dayMs : 0) + morningMs
  if (morningAt < dueAt) return [morningAt]
  const eveningAt = midnightAt - (isEvening ? 0 : dayMs) + eveningMs
  return eveningAt > startedAt ? [eveningAt] : []
}

/**
 * K2: when to warn of a deadline: 48 h and 24 h before one of several days (more than three), at half time of a
 * shorter one. What is not urgent is never said between 22:00 and 7:00: it waits for 8:00 if that is before
 * the deadline, else it is said at 21:00 the evening before.
 */
export const warningInstants = (
  startedAt: number,
  dueAt: number,
  { isUrgent }: Urgency = urgentUnlessSaid,
): readonly number[] => {
  const lengthMs = dueAt - startedAt
  if (lengthMs <= 0) return []
  const plain =
    lengthMs > severalDaysMs
      ? [dueAt - 48 * hourMs, dueAt - 24 * hourMs]
      : [startedAt + Math.floor(lengthMs / 2)]
  return isUrgent ? plain : plain.flatMap((at) => byDay(at, startedAt, dueAt))
}

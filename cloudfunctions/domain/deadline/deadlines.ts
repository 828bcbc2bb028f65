import { addAllowance, type WorkingCalendar } from '../calendar/working-calendar'
import type { Category } from '../category/category'
import { dayMs, hourMs } from '../instant'
import { statusKind } from '../report/lifecycle'
import type { Deadlines, Report } from '../report/report'
import type { DeadlineKind } from './deadline-kind'

/**
 * The deadlines of a problem of this category whose clock starts at `startedAt`. No step falls due before the
 * one that must come first: over a long holiday seven plain days can be shorter than four working hours, and
 * then the later step waits for the earlier one.
 */
export const setDeadlines = (
  category: Category,
  startedAt: number,
  calendar: WorkingCalendar,
  ruleVersion: string,
): Deadlines => {
  const acceptDueAt = addAllowance(calendar, startedAt, category.acceptWithin)
  const contactDueAt = Math.max(acceptDueAt, addAllowance(calendar, startedAt, category.contactWithin))
  const planDueAt = category.planWithin
    ? Math.max(contactDueAt, addAllowance(calendar, startedAt, category.planWithin))
    : undefined
  const resolveDueAt = Math.max(
    planDueAt ?? contactDueAt,
    addAllowance(calendar, startedAt, category.resolveWithin),
  )
  return {
    acceptDueAt,
    contactDueAt,
    ...(planDueAt === undefined ? {} : { planDueAt }),
    resolveDueAt,
    startedAt,
    ruleVersion,
  }
}

/** What the clocks of a report are read from. */
export type ClockedReport = Pick<Report, 'status' | 'deadlines' | 'contactedAt' | 'planLaidAt' | 'suspension'>

interface RunningDeadline {
  readonly kind: DeadlineKind
  readonly dueAt: number
}

/** What has to be done yet, in the order in which it must come. */
const stillToDo = (report: ClockedReport): readonly RunningDeadline[] => {
  const { acceptDueAt, contactDueAt, planDueAt, resolveDueAt } = report.deadlines
  if (report.suspension) return []
  switch (statusKind(report.status)) {
    case 'waiting':
      return [{ kind: 'accept', dueAt: acceptDueAt }]
    case 'working': {
      const toDo: RunningDeadline[] = []
      if (report.contactedAt === undefined) toDo.push({ kind: 'contact', dueAt: contactDueAt })
      // Work that is said to be done needs no plan any more.
      const isWorkAhead = report.status !== 'awaiting-check'
      if (planDueAt !== undefined && report.planLaidAt === undefined && isWorkAhead) {
        toDo.push({ kind: 'plan', dueAt: planDueAt })
      }
      return [...toDo, { kind: 'resolve', dueAt: resolveDueAt }]
    }
    case 'done':
      return []
  }
}

/**
 * The next deadline that runs and what it asks for: to accept while waiting; while working to contact and to lay
 * the plan (K3), each until that has happened, and to resolve. Of two that fall due together it is the one that
 * must come first. Null while suspended and when done.
 */
export const runningDeadline = (report: ClockedReport): RunningDeadline | null =>
  stillToDo(report).reduce<RunningDeadline | null>(
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

/** 临期: the first warning of the running deadline has been given and it is not overdue yet. */
export const isDueSoon = (report: ClockedReport, now: number): boolean => {
  const dueAt = runningDueAt(report)
  if (dueAt === null || now >= dueAt) return false
  const firstWarningAt = warningInstants(report.deadlines.startedAt, dueAt)[0]
  return firstWarningAt !== undefined && now >= firstWarningAt
}

/** A deadline longer than this is one “of several days”. */
const severalDaysMs = 3 * dayMs

/** When to warn of a deadline: 48 h and 24 h before one of several days (more than three), at half time of a shorter one. */
export const warningInstants = (startedAt: number, dueAt: number): readonly number[] => {
  const lengthMs = dueAt - startedAt
  if (lengthMs <= 0) return []
  if (lengthMs > severalDaysMs) return [dueAt - 48 * hourMs, dueAt - 24 * hourMs]
  return [startedAt + Math.floor(lengthMs / 2)]
}

/**
 * An approved suspension stops the clock: the plan and the resolution fall due that much later. Accepting lies
 * behind a report that can be suspended, and the first word to the resident never waits.
 */
export const shiftDeadlines = (deadlines: Deadlines, byMs: number): Deadlines => ({
  ...deadlines,
  ...(deadlines.planDueAt === undefined ? {} : { planDueAt: deadlines.planDueAt + byMs }),
  resolveDueAt: deadlines.resolveDueAt + byMs,
})

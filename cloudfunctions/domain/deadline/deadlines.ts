import { addAllowance, type WorkingCalendar } from '../calendar/working-calendar'
import type { Category } from '../category/category'
import { dayMs, hourMs } from '../instant'
import { statusKind } from '../report/lifecycle'
import type { Deadlines, Report } from '../report/report'

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
export type ClockedReport = Pick<Report, 'status' | 'deadlines' | 'contactedAt' | 'suspension'>

/**
 * The next deadline that runs: to accept while waiting; to contact (until that has happened) or to resolve
 * while working. Null while suspended and when done.
 */
export const runningDueAt = (report: ClockedReport): number | null => {
  const { deadlines } = report
  if (report.suspension) return null
  switch (statusKind(report.status)) {
    case 'waiting':
      return deadlines.acceptDueAt
    case 'working':
      return report.contactedAt === undefined
        ? Math.min(deadlines.contactDueAt, deadlines.resolveDueAt)
        : deadlines.resolveDueAt
    case 'done':
      return null
  }
}

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

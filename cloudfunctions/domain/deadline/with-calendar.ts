import { asKnownUntil, offDaysOff, type WorkingCalendar } from '../calendar/working-calendar'
import type { Category } from '../category/category'
import type { Deadlines } from '../report/report'
import { setDeadlines } from './deadlines'

/**
 * What a new notice makes of deadlines that run: those not yet due are set anew, later or not at all, for
 * people have been told them. One that stands as this category set it, under the calendar as it was known
 * then, is what the category sets now; any other (held, extended, kept through a change of category or rule
 * book) only leaves the day off on which it would fall, so that no notice lengthens what something else has
 * fixed (K9, K10). Urgent deadlines in plain time stay. Answers the same object when nothing moves.
 */
export const withCalendar = (
  deadlines: Deadlines,
  category: Category,
  calendar: WorkingCalendar,
  now: number,
): Deadlines => {
  const { startedAt, ruleVersion, calendarHorizonOn } = deadlines
  const was =
    calendarHorizonOn === undefined
      ? undefined
      : setDeadlines(category, startedAt, asKnownUntil(calendar, calendarHorizonOn), ruleVersion)
  const is = setDeadlines(category, startedAt, calendar, ruleVersion)

  /** In the order of the steps, none before the one before it. */
  let latestAt = Number.NEGATIVE_INFINITY
  const moved = (dueAt: number, wasAt: number | undefined, isAt: number | undefined): number => {
    if (dueAt <= now) return dueAt
    const offAt = category.isUrgent ? dueAt : offDaysOff(calendar, dueAt)
    const setAt = wasAt === dueAt && isAt !== undefined ? isAt : offAt
    latestAt = Math.max(latestAt, dueAt, setAt)
    return latestAt
  }

  const acceptDueAt = moved(deadlines.acceptDueAt, was?.acceptDueAt, is.acceptDueAt)
  const contactDueAt = moved(deadlines.contactDueAt, was?.contactDueAt, is.contactDueAt)
  const planDueAt =
    deadlines.planDueAt === undefined ? undefined : moved(deadlines.planDueAt, was?.planDueAt, is.planDueAt)
  const resolveDueAt = moved(deadlines.resolveDueAt, was?.resolveDueAt, is.resolveDueAt)
  const isUnmoved =
    acceptDueAt === deadlines.acceptDueAt &&
    contactDueAt === deadlines.contactDueAt &&
    planDueAt === deadlines.planDueAt &&
    resolveDueAt === deadlines.resolveDueAt
  if (isUnmoved) return deadlines
  return {
    ...deadlines,
    acceptDueAt,
    contactDueAt,
    ...(planDueAt === undefined ? {} : { planDueAt }),
    resolveDueAt,
    calendarHorizonOn: calendar.horizonOn,
  }
}

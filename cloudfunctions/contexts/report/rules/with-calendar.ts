import { asKnownUntil, type WorkingCalendar } from '../../calendar/rules/working-calendar'
import type { Category } from '../../category/rules/category'
import { runsSince, setDeadlines } from './deadlines'
import { areSameDeadlines, moveDeadlines, movedDueAt } from './move-deadlines'
import type { Deadlines } from './report'

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
  const { ruleVersion, calendarHorizonOn } = deadlines
  const since = runsSince(deadlines)
  const was =
    calendarHorizonOn === undefined
      ? undefined
      : setDeadlines(category, since, asKnownUntil(calendar, calendarHorizonOn), ruleVersion)
  const is = setDeadlines(category, since, calendar, ruleVersion)

  const moved = moveDeadlines(deadlines, (dueAt, step) => {
    if (dueAt <= now) return dueAt
    const setAt = was?.[step] === dueAt ? is[step] : undefined
    return Math.max(dueAt, setAt ?? movedDueAt(calendar, dueAt, category.isUrgent))
  })
  if (areSameDeadlines(moved, deadlines)) return deadlines
  const isAsSet = was?.resolveDueAt === deadlines.resolveDueAt
  return {
    ...moved,
    allowanceMs: isAsSet ? is.allowanceMs : deadlines.allowanceMs,
    calendarHorizonOn: calendar.horizonOn,
  }
}

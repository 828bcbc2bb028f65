import { offDaysOff, type WorkingCalendar } from '../../calendar/rules/working-calendar'
import type { Deadlines } from './report'

const steps = ['acceptDueAt', 'contactDueAt', 'planDueAt', 'resolveDueAt'] as const
/** A deadline by the field of the report that holds it. */
export type DeadlineStep = (typeof steps)[number]

/** Where a deadline lies that something has moved: on no day off, unless the matter is urgent (K2). */
export const movedDueAt = (calendar: WorkingCalendar, dueAt: number, isUrgent: boolean): number =>
  isUrgent ? dueAt : offDaysOff(calendar, dueAt)

/** Moves each deadline that there is; what did not fall before the step before it does not come to do so. */
export const moveDeadlines = (
  deadlines: Deadlines,
  move: (dueAt: number, step: DeadlineStep) => number,
): Deadlines => {
  const moved: { -readonly [K in keyof Deadlines]: Deadlines[K] } = { ...deadlines }
  let before: { readonly was: number; readonly is: number } | undefined
  for (const step of steps) {
    const was = deadlines[step]
    if (was === undefined) continue
    const alone = move(was, step)
    const is = before && before.was <= was ? Math.max(alone, before.is) : alone
    moved[step] = is
    before = { was, is }
  }
  return moved
}

/** The last to fall due: a unit that gets what is late already has a time of its own to accept (A1). */
export const lastDueAt = (deadlines: Deadlines): number =>
  Math.max(...steps.flatMap((step) => deadlines[step] ?? []))

/** Whether both have the same deadlines. */
export const areSameDeadlines = (one: Deadlines, other: Deadlines): boolean =>
  steps.every((step) => one[step] === other[step])

import {
  clearOfDaysOff,
  endOfWorkingDayAfter,
  type WorkingCalendar,
} from '../../calendar/rules/working-calendar'
import { runsSince } from './deadlines'
import { type DeadlineStep, moveDeadlines, movedDueAt } from './move-deadlines'
import type { Deadlines } from './report'

/** A stretch in which the clock of a problem was held. */
export interface Stop {
  readonly stoppedAt: number
  /** When it goes on. */
  readonly at: number
  /**
   * What must be left at least: `what-was-left` for 没解决 and the end of a suspension, `a-third` of the
   * allowance for 又坏了 and an upheld appeal, `one-working-day` for what is unmerged.
   */
  readonly atLeast: 'what-was-left' | 'a-third' | 'one-working-day'
  /** Set for a suspension, and for what was called done: the first word to the resident never waits. */
  readonly isFirstWordRunning?: boolean
}

/** A clock that goes on after somebody had to ask for it has at least one part in so many of the time allowed (K5). */
export const leftOneIn = 3

/**
 * K5, M4: the deadlines of a problem whose clock goes on after having been held. What had not fallen due when
 * it stopped falls due with as much time left as there was then; what had fallen due stays as it fell, the
 * resolution apart, which gets what `atLeast` promises. Where nothing is urgent nothing ends on a day off
 * (K2). The resolution's allowance is what its kind allows, whatever has moved the deadline since: neither an
 * extension nor being reopened again and again makes a third longer, and no merging makes it nothing. One working
 * day is never more than an urgent matter's whole allowance.
 */
export const resumeAfter = (
  deadlines: Deadlines,
  stop: Stop,
  calendar: WorkingCalendar,
  isUrgent: boolean,
): Deadlines => {
  const { stoppedAt, at, atLeast } = stop
  const stoppedMs = Math.max(0, at - stoppedAt)
  const heldMs = deadlines.heldMs ?? 0

  const leastDueAt = (dueAt: number, step: DeadlineStep): number => {
    const allowanceMs =
      step === 'resolveDueAt' ? deadlines.allowanceMs : Math.max(0, dueAt - runsSince(deadlines) - heldMs)
    switch (atLeast) {
      case 'what-was-left':
        return Number.NEGATIVE_INFINITY
      case 'a-third': {
        const thirdAt = at + Math.ceil(allowanceMs / leftOneIn)
        return isUrgent ? thirdAt : clearOfDaysOff(calendar, thirdAt)
      }
      case 'one-working-day': {
        const nextCloseAt = endOfWorkingDayAfter(calendar, at, 1)
        return isUrgent ? Math.min(nextCloseAt, at + allowanceMs) : nextCloseAt
      }
    }
  }
  const heldDueAt = (dueAt: number): number => {
    if (dueAt <= stoppedAt) return dueAt
    return movedDueAt(calendar, dueAt + stoppedMs, isUrgent)
  }
  const moved = moveDeadlines(deadlines, (dueAt, step) => {
    if (stop.isFirstWordRunning && (step === 'acceptDueAt' || step === 'contactDueAt')) return dueAt
    if (step !== 'resolveDueAt' && dueAt <= stoppedAt) return dueAt
    return Math.max(heldDueAt(dueAt), leastDueAt(dueAt, step))
  })
  return { ...moved, heldMs: heldMs + moved.resolveDueAt - deadlines.resolveDueAt }
}

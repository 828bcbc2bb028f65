import type { Report } from './report'
import { runningMs } from './stint'

/** K5: what a new report goes on with of an earlier one about the same problem. */
export interface Resumed {
  readonly startedAt: number
  /** Milliseconds since then in which the clock was held. */
  readonly heldMs: number
  /** What has been used of the hand-overs, the suspensions and the extensions that a problem is granted. */
  readonly used?: Pick<Report, 'passCount' | 'suspendedDays' | 'suspendedWinters' | 'extensions'>
}

/** The clock of what was another matter all along (F5). */
export const clockOf = ({ deadlines, holds }: Pick<Report, 'deadlines' | 'holds'>, now: number): Resumed => {
  const { startedAt } = deadlines
  return { startedAt, heldMs: now - startedAt - runningMs(holds, startedAt, now) }
}

/** The clock of what somebody took back and files anew, with all that was used up of it. */
export const resumedFrom = (report: Report, now: number): Resumed => {
  const { passCount, suspendedDays, suspendedWinters, extensions } = report
  return { ...clockOf(report, now), used: { passCount, suspendedDays, suspendedWinters, extensions } }
}

import { lastOf } from '../../../ground/unit-path'
import type { CategoryId } from '../../category/rules/category'
import type { Report } from './report'
import { runningMs } from './stint'

/** K5: what a new report goes on with of an earlier one about the same problem. */
export interface Resumed {
  readonly startedAt: number
  /** Milliseconds since then in which the clock was held. */
  readonly heldMs: number
  /** What the earlier one had left for the resolution, with the time that it was granted, and as which kind. */
  readonly left?: { readonly ms: number; readonly categoryId: CategoryId }
  /** What has been used of the hand-overs, the suspensions and the extensions that a problem is granted. */
  readonly used?: Pick<Report, 'passCount' | 'suspendedDays' | 'suspendedWinters' | 'extensions'>
}

/** The clock of what was another matter all along (F5). */
export const clockOf = (
  { deadlines, holds, categoryId }: Pick<Report, 'deadlines' | 'holds' | 'categoryId'>,
  now: number,
): Resumed => {
  const { startedAt, resolveDueAt } = deadlines
  const stoodAt = holds.find((hold) => hold.to === undefined)?.from ?? now
  return {
    startedAt,
    heldMs: now - startedAt - runningMs(holds, startedAt, now),
    left: { ms: Math.max(0, resolveDueAt - stoodAt), categoryId },
  }
}

/** The clock of what somebody took back and files anew, with all that was used up of it. */
export const resumedFrom = (report: Report, now: number): Resumed => {
  const { passCount, suspendedDays, suspendedWinters, extensions } = report
  return { ...clockOf(report, now), used: { passCount, suspendedDays, suspendedWinters, extensions } }
}

/**
 * When somebody last went and found the matter solved (F5), or never. Its clock is over then, for whoever had left it too:
 * what they file afterwards has a clock of its own, and against what was seen there is the one appeal.
 */
export const foundSolvedAt = ({
  status,
  holds,
  reporterLeftAt,
  redFaces,
}: Pick<Report, 'status' | 'holds' | 'reporterLeftAt' | 'redFaces'>): number => {
  // Forsaken by its reporter it goes on until a look, and ends with nothing else.
  const isForsakenNoMore = status === 'withdrawn' && reporterLeftAt !== undefined
  return Math.max(
    ...redFaces.flatMap(({ consent, endedAt = 0 }) => (consent === 'look' ? endedAt : [])),
    isForsakenNoMore ? (lastOf(holds)?.from ?? 0) : Number.NEGATIVE_INFINITY,
  )
}

import type { CategoryId } from '../../category/rules/category'
import { type Contact, countedContact } from './contact'
import { runsSince } from './deadlines'
import { usedOf } from './family-use'
import type { Report, Used } from './report'
import { allStints, type EarlierStint, heldSince, runningMs } from './stint'

/** K5: what a new report goes on with of an earlier one about the same problem. */
export interface Resumed {
  readonly startedAt: number
  /** Milliseconds since then in which the clock was held. */
  readonly heldMs: number
  /** What the earlier one had left for the resolution, with the time that it was granted, and as which kind. */
  readonly left?: { readonly ms: number; readonly categoryId: CategoryId }
  /** The units that had it before, each since when on the clock that goes on (A2). */
  readonly stints?: readonly EarlierStint[]
  /** What was said in time to who files it anew and counts nowhere else. */
  readonly firstWords?: readonly Contact[]
  readonly used?: Used
}

/** The clock of what was another matter all along (F5). */
export const clockOf = (
  report: Pick<Report, 'deadlines' | 'holds' | 'categoryId' | 'stints' | 'earlierStints'>,
  now: number,
): Resumed => {
  const { holds, deadlines, categoryId } = report
  const startedAt = runsSince(deadlines)
  const stoodAt = holds.find((hold) => hold.to === undefined)?.from ?? now
  const ranMs = (from: number): number => runningMs(holds, Math.max(from, startedAt), now)
  return {
    startedAt,
    heldMs: now - startedAt - ranMs(startedAt),
    left: { ms: Math.max(0, deadlines.resolveDueAt - stoodAt), categoryId },
    stints: allStints(report).map(({ unit, from }) => ({ unit, from: now - ranMs(from) })),
  }
}

/**
 * The first word to who took it back, where it was in time and the report they left counts it no more: a level's figure
 * loses none by it. One that was late stays missed there, and a new one is due.
 */
const firstWordsTo = (report: Report, key: string): readonly Contact[] => {
  const { status, reporterLeftAt, contacts, deadlines } = report
  const isOver = status === 'withdrawn' || reporterLeftAt !== undefined
  const theirs = contacts.flatMap(({ leftAt, heirKey: _heir, ...one }) =>
    one.key === key && one.deniedAt === undefined && (isOver || leftAt !== undefined) ? [one] : [],
  )
  const said = countedContact(theirs)
  return said && said.at < deadlines.contactDueAt ? theirs : []
}

/** The clock of what somebody, known there by this key, took back and files anew, with all that was used up of it. */
export const resumedFrom = (report: Report, key: string, now: number): Resumed => ({
  ...clockOf(report, now),
  firstWords: firstWordsTo(report, key),
  used: usedOf(report),
})

/** When the person known there by this key took it back: all of it, or the part they had in what goes on. */
export const takenBackAt = (report: Report, key: string | null): number =>
  report.leavings?.find((one) => one.key === key)?.at ?? heldSince(report)

/**
 * When somebody last went and found the matter solved (F5), or never. Its clock is over then, for whoever had left it too:
 * what they file afterwards has a clock of its own, and against what was seen there is the one appeal.
 */
export const foundSolvedAt = (
  report: Pick<Report, 'status' | 'holds' | 'changedAt' | 'reporterLeftAt' | 'redFaces'>,
): number => {
  const { status, reporterLeftAt, redFaces } = report
  // Forsaken by its reporter it goes on until a look, and ends with nothing else.
  const isForsakenNoMore = status === 'withdrawn' && reporterLeftAt !== undefined
  return Math.max(
    ...redFaces.flatMap(({ consent, endedAt = 0 }) => (consent === 'look' ? endedAt : [])),
    isForsakenNoMore ? heldSince(report) : Number.NEGATIVE_INFINITY,
  )
}

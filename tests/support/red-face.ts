import {
  activeEpisode,
  type CauseRecord,
  isStanding,
  standingNos,
} from '../../cloudfunctions/contexts/red-face/rules/red-face'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import { aVerdict, type Person, secretary, take } from './builders'
import type { ReportCommand } from './commands'

// A report on the red-face list: what holds it there, and what is done about that.

export const isListed = (report: Report): boolean => activeEpisode(report.redFaces) !== undefined

/** Of its present stay, also those that are struck or have left. */
export const causesOf = (report: Report): readonly CauseRecord[] =>
  activeEpisode(report.redFaces)?.causes ?? []

const standingCausesOf = (report: Report): readonly CauseRecord[] => causesOf(report).filter(isStanding)

/** The kinds of the causes that stand. */
export const standingIn = (report: Report): readonly string[] =>
  standingCausesOf(report).map(({ cause }) => cause)

/** The kinds of those among them that everybody may know of. */
export const publicIn = (report: Report): readonly string[] =>
  standingCausesOf(report).flatMap(({ cause, publishedAt }) => (publishedAt === undefined ? [] : [cause]))

/** When the notice of its first cause is over. */
export const noticeEnd = (report: Report): number => causesOf(report)[0]?.publicAt ?? 0

/** When what was agreed to has been posted for long enough. */
export const postedUntil = (report: Report): number => activeEpisode(report.redFaces)?.posting?.until ?? 0

/** The noes to the evidence that stand. */
export const nosIn = (report: Report) => standingNos(activeEpisode(report.redFaces)?.words ?? [])

/** Somebody's answer to 修好了吗. */
export const says = (
  isGone: boolean,
  photo?: string,
): Extract<ReportCommand, { kind: 'answer-red-face' }> => ({
  kind: 'answer-red-face',
  isGone,
  note: '',
  ...(photo ? { photo } : {}),
})

export const lay = (report: Report, now?: number): Report =>
  take(report, 'lay-evidence', { by: secretary, ...(now === undefined ? {} : { now }) })

export const rate = (report: Report, by: Person, solved: 'yes' | 'partly' | 'no', now?: number): Report =>
  take(report, { kind: 'rate', rating: aVerdict({ solved }) }, { by, ...(now === undefined ? {} : { now }) })

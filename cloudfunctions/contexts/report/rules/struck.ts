import { dayMs } from '../../../ground/instant'
import {
  type CauseRecord,
  endedByLook,
  type RedFaceEpisode,
  struckVerdicts,
} from '../../red-face/rules/red-face'
import type { Law } from './change'
import { lookAppealKey } from './moves'
import type { Report } from './report'
import { requestOf } from './request'
import { speakersIn } from './supporters'

/** When the time to appeal against a striking is over. */
export const strikeAppealUntil = (cause: CauseRecord, { rules }: Law): number =>
  (cause.struckAt ?? 0) + rules.report.appealWithinDays * dayMs

/** May a struck verdict still be appealed for, or does such an appeal wait (F3)? */
export const isStrikeOpen = (
  report: Pick<Report, 'requests' | 'redFaces'>,
  { now, law }: { readonly now: number; readonly law: Law },
): boolean =>
  requestOf(report.requests, 'appeal-struck') !== undefined ||
  struckVerdicts(report.redFaces).some((cause) => now <= strikeAppealUntil(cause, law))

/** When the time to appeal against the look that ended a stay is over. */
export const lookAppealUntil = ({ endedAt = 0 }: Pick<RedFaceEpisode, 'endedAt'>, { rules }: Law): number =>
  endedAt + rules.report.appealWithinDays * dayMs

/** May somebody who said no still appeal against the look that found it solved, or does such an appeal wait (F5)? */
export const isLookOpen = (
  report: Pick<Report, 'requests' | 'redFaces' | 'appealedKeys'> & Parameters<typeof speakersIn>[0],
  { now, law }: { readonly now: number; readonly law: Law },
): boolean => {
  if (requestOf(report.requests, 'appeal-look')) return true
  const ended = endedByLook(report.redFaces)
  if (!ended || now > lookAppealUntil(ended, law)) return false
  const here = speakersIn(report)
  return ended.words.some(
    ({ key, isGone }) =>
      !isGone && here.has(key) && !report.appealedKeys.includes(lookAppealKey(ended.no, key)),
  )
}

import { dayMs } from '../../../ground/instant'
import { type CauseRecord, struckVerdicts } from '../../red-face/rules/red-face'
import type { Law } from './change'
import type { Report } from './report'
import { requestOf } from './request'

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

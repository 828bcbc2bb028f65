import { dayMs } from '../../../ground/instant'
import { refuse } from '../../../ground/result'
import { isUrgent, type ReportChange } from './change'
import { movedDueAt } from './move-deadlines'
import { dropRequests } from './moves'
import type { Report } from './report'
import { requestOf } from './request'
import type { Refused } from './scene'

/** K7: the latest instant to which one extension may move the deadline: by the time that its kind allows, and no more. */
export const longestExtendedTo = ({ deadlines }: Pick<Report, 'deadlines'>): number =>
  deadlines.resolveDueAt + deadlines.allowanceMs

/** Why nobody may extend the time to this instant; undefined where it may be. */
export const extensionBars = (report: Pick<Report, 'deadlines'>, untilAt: number): Refused | undefined =>
  untilAt > longestExtendedTo(report)
    ? refuse('extension-too-long', { days: Math.floor(report.deadlines.allowanceMs / dayMs) })
    : undefined

/** Where an extended deadline lies: no day off, unless the matter is urgent (K2). */
export const extendedDueAt = (change: ReportChange, untilAt: number): number =>
  movedDueAt(change.law.calendar, untilAt, isUrgent(change))

/** What was asked for while more time was allowed falls when the matter comes to allow less (K7, K9). */
export const dropOverlongExtension = (change: ReportChange): void => {
  const { report } = change
  const asked = requestOf(report.requests, 'extend')
  if (asked && extensionBars(report, asked.resolveDueAt)) dropRequests(change, ['extend'])
}

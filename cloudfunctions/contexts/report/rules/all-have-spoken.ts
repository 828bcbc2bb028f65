import type { ReportChange } from './change'
import { barsToExtending, barsToHandingOver, grantRequest } from './granting'
import { closeReport, judgeEpisode } from './moves'
import { lastResolution, type Report, reporterKeys } from './report'
import { isForReporterAlone, type LevelRequest } from './request'

export const hasRated = (report: Report, key: string): boolean => {
  const no = lastResolution(report)?.no
  return report.ratings.some((rating) => rating.key === key && rating.resolutionNo === no)
}

/** Every reporter has answered and none says unsolved: it is over. The last of their answers says how. */
export const closeIfAllHaveRated = (change: ReportChange): void => {
  const report = change.report
  const keys = reporterKeys(report)
  if (report.status !== 'resolved' || keys.length === 0 || !keys.every((key) => hasRated(report, key))) return
  const last = report.ratings.findLast((one) => keys.includes(one.key))
  closeReport(change, { because: last?.solved === 'yes' ? 'solved' : 'partly-solved' })
}

export const haveAllAgreed = (
  report: Parameters<typeof reporterKeys>[0],
  { agreedKeys }: Pick<LevelRequest, 'agreedKeys'>,
): boolean => {
  const keys = reporterKeys(report)
  return keys.length > 0 && keys.every((key) => agreedKeys.includes(key))
}

/**
 * K7, K9: whoever had not agreed yet is in it no more, and all who are have. Where a unit would have to be looked at that
 * it goes to, or where it can be granted no more, it waits on for a level.
 */
export const grantIfAllHaveAgreed = (change: ReportChange): void => {
  for (const request of change.report.requests) {
    if (isForReporterAlone(request) || !haveAllAgreed(change.report, request)) continue
    if (barsToHandingOver(change, request, undefined)) continue
    if (request.kind === 'extend' && barsToExtending(change, request)) continue
    grantRequest(change, request, 'every-reporter', undefined)
  }
}

/** Somebody has left: what waited for a word of theirs waits for it no more (F5, K7, K9). */
export const judgeWithoutThem = (change: ReportChange): void => {
  judgeEpisode(change)
  grantIfAllHaveAgreed(change)
  closeIfAllHaveRated(change)
}

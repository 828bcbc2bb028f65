import { shiftDeadlines } from '../deadline/deadlines'
import type { RedFaceConsent } from '../red-face/red-face'
import { activeEpisode, clearRedFace, hasBeenPublic, layEvidence } from '../red-face/red-face'
import { enqueue, move, type ReportChange, record, tellReporter, tellResidents, tellUnit } from './change'
import { answerableUnitId, type Resolution } from './report'

/** Ends an approved suspension: what was left of the time to resolve is left again. */
export const resumeReport = (change: ReportChange, text: string): void => {
  const { report } = change
  const since = report.suspension?.at ?? change.at
  const stoppedMs = Math.max(0, change.at - since)
  move(change, 'accepted')
  report.deadlines = shiftDeadlines(report.deadlines, stoppedMs)
  report.suspendedMs += stoppedMs
  delete report.suspension
  record(change, { kind: 'resumed', text })
  tellUnit(change, report.branchId, '恢复办理', `“${report.publicSummary}”${text}。`)
  tellResidents(change, '恢复办理', `您关心的事${text}。`)
}

/** The branch puts the result before the resident, with evidence: 办结, and asks for a rating. */
export const resolveReport = (change: ReportChange, resolution: Resolution): void => {
  const { report } = change
  move(change, 'resolved')
  report.resolvedAt = change.at
  report.resolutions = [...report.resolutions, resolution]
  report.redFaces = layEvidence(report.redFaces, change.at)
  record(change, {
    kind: 'resolved',
    text: `已办结：${resolution.note}${resolution.remedy === 'temporary' ? '（临时处置）' : ''}`,
    photos: resolution.after,
  })
  tellResidents(change, '已办结，请您评价', '您关心的事已办结。解决了吗？请看看办理后的照片，给个评价。')
  const episode = activeEpisode(report.redFaces)
  if (episode) enqueue(change, { kind: 'red-face', episodeNo: episode.no })
}

/** 结案. */
export const closeReport = (change: ReportChange, text: string): void => {
  move(change, 'closed')
  change.report.closedAt = change.at
  record(change, { kind: 'closed', text })
  tellReporter(change, '已结案', `${text}。三十天内又出现问题，可以点“又坏了”重新办理。`)
}

/** Back to the branch: the resident's word counts, and the problem's clock was never reset. */
export const reopenReport = (change: ReportChange, text: string): void => {
  const { report } = change
  move(change, 'accepted')
  report.reopenedAts = [...report.reopenedAts, change.at]
  delete report.resolvedAt
  delete report.closedAt
  record(change, { kind: 'reopened', text })
  tellUnit(change, report.branchId, '重新办理', `“${report.publicSummary}”${text}，请重新办理。`)
}

/** 上榜: from now on everyone sees the episode, and the unit and the residents are told so. */
export const announcePublication = (change: ReportChange, episodeNo: number): void => {
  const { report } = change
  record(change, { kind: 'red-face-published', text: '登上“红脸”清单，向社会公开' })
  enqueue(change, { kind: 'red-face', episodeNo })
  enqueue(change, { kind: 'ledger', entry: 'published', episodeNo, text: report.publicSummary })
  tellUnit(change, answerableUnitId(report), '红脸上榜', `“${report.publicSummary}”已公开登上“红脸”清单。`)
  tellResidents(change, '已登上“红脸”清单', '您关心的事已登上公开的“红脸”清单，办好并经群众同意后才会销号。')
}

/** 销号, by evidence and consent. */
export const clearEpisode = (change: ReportChange, consent: RedFaceConsent, text: string): void => {
  const { report } = change
  const episode = activeEpisode(report.redFaces)
  if (!episode) return
  report.redFaces = clearRedFace(report.redFaces, consent, change.at)
  // The appeal has nothing left to be about.
  if (report.pendingRequest?.kind === 'appeal-red-face') delete report.pendingRequest
  record(change, {
    kind: 'red-face-cleared',
    text,
    visibility: hasBeenPublic(episode) ? 'public' : 'parties',
  })
  enqueue(change, { kind: 'red-face', episodeNo: episode.no })
  enqueue(change, {
    kind: 'ledger',
    entry: 'cleared',
    episodeNo: episode.no,
    text: `${report.publicSummary}：${text}`,
  })
  tellUnit(change, report.branchId, '红脸销号', `“${report.publicSummary}”${text}。`)
  tellResidents(change, '“红脸”已销号', `${text}，记录留档。`)
}

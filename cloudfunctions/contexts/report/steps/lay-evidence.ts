import { dayMs } from '../../../ground/instant'
import { refusal } from '../../../ground/result'
import { activeEpisode, isBeforeSupporters, isOnPage, isTold } from '../../red-face/rules/red-face'
import { announce, record } from '../rules/change'
import { judgeEpisode, putEvidence, unitNow } from '../rules/moves'
import { branchStaff } from '../rules/standing'
import { note, photos, seen } from './fields'
import { answered, staff, step } from './step'

/** New evidence for those who are asked whether it is gone, in any status, once in `evidenceEveryDays` (F5). */
export const layEvidence = step({
  action: 'lay-evidence',
  grants: [staff('branch', branchStaff, answered), staff('heir', branchStaff, answered)],
  input: seen({ note, photos }),
  evidence: 'photos',
  refuses: (report, scene) => {
    const episode = activeEpisode(report.redFaces)
    if (!episode) return refusal('no-active-entry')
    // Residents are asked about it: not before they may know of it (F1).
    if (!isTold(episode)) return refusal('not-yet')
    const everyMs = scene.law.rules.redFace.evidenceEveryDays * dayMs
    return episode.evidence && scene.now < episode.evidence.at + everyMs
      ? refusal('evidence-too-soon')
      : undefined
  },
  decide: (change, command) => {
    const { report } = change
    const episode = activeEpisode(report.redFaces)
    putEvidence(change, { unit: unitNow(report), note: command.note, photos: command.photos })
    const facts = { note: command.note }
    const shown = { facts, photos: command.photos }
    // F2: within the notice everybody reads of work done, and nobody of an entry it is evidence for.
    record(
      change,
      episode && isOnPage(episode) ? { kind: 'evidence-laid', ...shown } : { kind: 'progressed', ...shown },
    )
    const isAskedToo = episode !== undefined && isBeforeSupporters(episode)
    announce(change, {
      template: 'evidence-laid',
      units: {},
      residents: facts,
      ...(isAskedToo ? { supporters: { ...facts, isAsked: true } } : {}),
    })
    if (!isAskedToo) announce(change, { template: 'progressed', supporters: facts })
    judgeEpisode(change)
    return undefined
  },
})

import { dayMs } from '../../../ground/instant'
import { refusal } from '../../../ground/result'
import { activeEpisode, hasBeenPublic, isBeforeSupporters } from '../../red-face/rules/red-face'
import { actingUnit, announce, record } from '../rules/change'
import { judgeEpisode, named, putEvidence } from '../rules/moves'
import { branchStaff } from '../rules/standing'
import { note, photos, seen } from './fields'
import { answered, staff, step } from './step'

/** New evidence for those who are asked whether it is gone, in any status, once in three days (F5). */
export const layEvidence = step({
  action: 'lay-evidence',
  grants: [staff('branch', branchStaff, answered)],
  input: seen({ note, photos }),
  evidence: 'photos',
  refuses: (report, scene) => {
    const episode = activeEpisode(report.redFaces)
    if (!episode) return refusal('no-active-entry')
    const everyMs = scene.law.rules.redFace.evidenceEveryDays * dayMs
    return episode.evidence && scene.now < episode.evidence.at + everyMs
      ? refusal('evidence-too-soon')
      : undefined
  },
  decide: (change, command) => {
    const { report } = change
    const episode = activeEpisode(report.redFaces)
    putEvidence(change)
    record(change, {
      // F2: within the notice everybody reads of work done, and nobody of an entry it is evidence for.
      kind: episode && hasBeenPublic(episode) ? 'evidence-laid' : 'progressed',
      text: `${actingUnit(change)}：${command.note}`,
      photos: command.photos,
    })
    const shown = `${named(report)}：${command.note}`
    const asked = `${shown} 修好了吗？请说一声。`
    announce(change, {
      title: '修好了吗？',
      residents: asked,
      supporters: episode && isBeforeSupporters(episode) ? asked : shown,
      units: `${named(report)}放了新的证据，等居民回答。`,
    })
    judgeEpisode(change)
    return undefined
  },
})

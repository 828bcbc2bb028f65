import { dayMs } from '../../../ground/instant'
import { refusal } from '../../../ground/result'
import { activeEpisode, askedSince, isTold, standingNos } from '../../red-face/rules/red-face'
import { recordNote } from '../rules/change'
import { askForLook } from '../rules/moves'
import { pending } from '../rules/request'
import { branchLead } from '../rules/standing'
import { optionalNote, seen } from './fields'
import { answered, staff, step } from './step'

/** Asks the level above to go and see: after the reporter's silence, or where somebody's no stands (F5). */
export const askLook = step({
  action: 'ask-look',
  grants: [staff('branch', branchLead, answered), staff('heir', branchLead, answered)],
  input: seen({ note: optionalNote }),
  refuses: (report, scene) => {
    const episode = activeEpisode(report.redFaces)
    if (!episode) return refusal('no-active-entry')
    const askedAt = askedSince(episode)
    if (askedAt === undefined || !isTold(episode)) return refusal('not-yet')
    const silenceEndsAt = askedAt + scene.law.rules.redFace.consentWithinDays * dayMs
    const hasNo = standingNos(episode.words).length > 0
    if (!hasNo && scene.now < silenceEndsAt) return refusal('not-yet')
    return pending(report, 'look')
  },
  decide: (change, command) => {
    const episode = activeEpisode(change.report.redFaces)
    recordNote(change, command.note)
    askForLook(change, episode && standingNos(episode.words).length > 0 ? 'supporter-objects' : 'silence')
    return undefined
  },
})

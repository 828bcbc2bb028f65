import { refusal } from '../../../ground/result'
import { endedByLook } from '../../red-face/rules/red-face'
import { appealAbove, appealPending } from '../rules/appealing'
import { lookAppealKey, vouchersOf } from '../rules/moves'
import { personOf } from '../rules/resident'
import { lookAppealUntil } from '../rules/struck'
import { reason, seen } from './fields'
import { answered, reporters, resident, step } from './step'

/**
 * Who said no may appeal once against a look that found it solved (F5), for as long as the rules say from that look,
 * whatever has become of the matter meanwhile.
 */
export const appealLook = step({
  action: 'appeal-look',
  grants: [...reporters(answered), resident('supporter', answered)],
  input: seen({ reason }),
  // It is said once.
  isByOwnDevice: true,
  refuses: (report, scene) => {
    const ended = endedByLook(report.redFaces)
    const own = ended?.words.find((word) => word.key === scene.person?.key)
    if (ended?.endedAt === undefined || !own || own.isGone) return refusal('not-yet')
    const pending = appealPending(report, 'appeal-look', own.key)
    if (pending) return pending
    if (report.appealedKeys.includes(lookAppealKey(ended.no, own.key))) return refusal('already-appealed')
    return scene.now > lookAppealUntil(ended, scene.law) ? refusal('appeal-too-late') : undefined
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const ended = endedByLook(report.redFaces)
    if (!ended) throw new Error(`report ${report.id} has been cleared by no look`)
    report.appealedKeys = [...report.appealedKeys, lookAppealKey(ended.no, person.key)]
    appealAbove(
      change,
      { kind: 'appeal-look' },
      {
        side: 'resident',
        reason: command.reason,
        actorId: scene.actorId,
        byKey: person.key,
        judges: [ended.lookedBy ?? [], ended.evidence?.laidBy ?? [], vouchersOf(report)].flat(),
      },
    )
    return undefined
  },
})

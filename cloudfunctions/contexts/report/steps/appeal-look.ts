import { dayMs } from '../../../ground/instant'
import { refusal } from '../../../ground/result'
import { appealAbove, appealPending } from '../rules/appealing'
import { lookAppealKey, vouchersOf } from '../rules/moves'
import { personOf } from '../rules/resident'
import { reason, seen } from './fields'
import { reporters, resident, step } from './step'

/** Who said no may appeal once against a look that found it solved (F5). */
export const appealLook = step({
  action: 'appeal-look',
  grants: [...reporters(['resolved', 'closed']), resident('supporter', ['resolved', 'closed'])],
  input: seen({ reason }),
  refuses: (report, scene) => {
    const last = report.redFaces[report.redFaces.length - 1]
    const own = last?.words.find((word) => word.key === scene.person?.key)
    if (last?.consent !== 'look' || !own || own.isGone || last.endedAt === undefined)
      return refusal('not-yet')
    const pending = appealPending(report, 'appeal-look', own.key)
    if (pending) return pending
    if (report.appealedKeys.includes(lookAppealKey(last.no, own.key))) return refusal('already-appealed')
    const untilAt = last.endedAt + scene.law.rules.report.appealWithinDays * dayMs
    return scene.now > untilAt ? refusal('appeal-too-late') : undefined
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const last = report.redFaces[report.redFaces.length - 1]
    if (!last) throw new Error(`report ${report.id} was never on the list`)
    report.appealedKeys = [...report.appealedKeys, lookAppealKey(last.no, person.key)]
    appealAbove(
      change,
      { kind: 'appeal-look' },
      {
        side: 'resident',
        reason: command.reason,
        actorId: scene.actorId,
        byKey: person.key,
        judges: [last.lookedBy ?? [], vouchersOf(report)].flat(),
      },
    )
    return undefined
  },
})

import { dayMs } from '../../../ground/instant'
import { refusal } from '../../../ground/result'
import { appealAbove, appealPending } from '../rules/appealing'
import { vouchersOf } from '../rules/moves'
import { personOf } from '../rules/resident'
import { hearSupporter } from '../rules/supporters'
import { reason, seen } from './fields'
import { reporters, resident, step } from './step'

/** A resident's appeal goes one level up, in a slot that neither a branch nor another resident can take (K8). */
export const appeal = step({
  action: 'appeal',
  grants: [...reporters(['declined']), resident('supporter', ['declined', 'closed'])],
  input: seen({ reason }),
  // It is said once.
  isByOwnDevice: true,
  refuses: (report, scene) => {
    const kind = report.status === 'declined' ? 'appeal-decline' : 'appeal-closing'
    const pending = appealPending(report, kind, scene.person?.key)
    if (pending) return pending
    if (scene.person && report.appealedKeys.includes(scene.person.key)) return refusal('already-appealed')
    const untilAt = (report.closedAt ?? scene.now) + scene.law.rules.report.appealWithinDays * dayMs
    return scene.now > untilAt ? refusal('appeal-too-late') : undefined
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    hearSupporter(change, scene)
    report.appealedKeys = [...report.appealedKeys, person.key]
    const isDecline = report.status === 'declined'
    const { proposedBy, grantedBy } = report.decline ?? {}
    appealAbove(
      change,
      { kind: isDecline ? 'appeal-decline' : 'appeal-closing' },
      {
        side: 'resident',
        reason: command.reason,
        actorId: scene.actorId,
        byKey: person.key,
        // H1: neither who proposed or granted the decline nor who did the work or found it good judges it.
        judges: isDecline ? [proposedBy ?? [], grantedBy ?? []].flat() : vouchersOf(report),
      },
    )
    return undefined
  },
})

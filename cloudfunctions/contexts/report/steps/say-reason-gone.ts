import { refusal } from '../../../ground/result'
import { askAbove } from '../rules/moves'
import { requestOf } from '../rules/request'
import { personOf } from '../rules/resident'
import { reason, seen } from './fields'
import { reporters, step } from './step'

/** The reason for a suspension is gone, says a reporter: one level up decides (lifecycle, 挂账). */
export const sayReasonGone = step({
  action: 'say-reason-gone',
  grants: reporters(['suspended']),
  input: seen({ reason }),
  refuses: (report) => (requestOf(report.requests, 'resume') ? refusal('request-pending') : undefined),
  decide: (change, command, scene) => {
    const person = personOf(scene)
    askAbove(
      change,
      { kind: 'resume' },
      { side: 'resident', reason: command.reason, actorId: scene.actorId, byKey: person.key },
    )
    return undefined
  },
})

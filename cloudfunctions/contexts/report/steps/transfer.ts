import { refusal } from '../../../ground/result'
import { recordNote } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import { cannotBe, handOver, passBars } from '../rules/hand-over'
import { branchLead } from '../rules/standing'
import { type StepOf, staff } from './step'

export const transfer: StepOf<'transfer'> = {
  grants: [staff('branch', branchLead, ['routed', 'accepted'])],
  bars: (report) => (isConfidential(report) ? refusal('confidential') : passBars(report)),
  decide: (change, command, scene) => {
    const refused = cannotBe(command.to, change)
    if (refused) return refused
    recordNote(change, command.note)
    return handOver(change, command.to, 'transfer', scene.actorId)
  },
}

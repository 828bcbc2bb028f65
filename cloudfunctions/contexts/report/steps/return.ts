import { returnReasonLabels } from '../rules/commands'
import { handOver, passBars } from '../rules/hand-over'
import { branchLead } from '../rules/standing'
import { type StepOf, staff } from './step'

export const returnStep: StepOf<'return'> = {
  grants: [staff('branch', branchLead, ['routed'])],
  bars: passBars,
  decide: (change, command, scene) => {
    const because = `${returnReasonLabels[command.reason]}${command.note ? `，${command.note}` : ''}`
    return handOver(change, command.sorter, 'return', because, scene.actorId)
  },
}

import { handOver, passBars } from '../rules/hand-over'
import { branchLead } from '../rules/standing'
import { type StepOf, staff } from './step'

/** The branch across a near border takes the report over; it ends with acceptance (A5). */
export const takeOver: StepOf<'take-over'> = {
  grants: [staff('alternate', branchLead, ['routed'])],
  bars: passBars,
  decide: (change, command, scene) => handOver(change, command.by, 'take-over', scene.actorId),
}

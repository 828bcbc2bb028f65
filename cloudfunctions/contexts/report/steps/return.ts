import { record } from '../rules/change'
import { handOver, passBars } from '../rules/hand-over'
import { branchLead } from '../rules/standing'
import { type StepOf, staff } from './step'

export const returnStep: StepOf<'return'> = {
  grants: [staff('branch', branchLead, ['routed'])],
  bars: passBars,
  decide: (change, { reason, note, sorter }, scene) => {
    const facts = { reason, ...(note ? { note } : {}) }
    record(change, { kind: 'noted', line: 'noted-on-return', facts, visibility: 'staff' })
    return handOver(change, sorter, 'return', scene.actorId)
  },
}

import { ok } from '../../../ground/result'
import { handOver, passBars } from '../rules/hand-over'
import { branchLead } from '../rules/standing'
import { seen } from './fields'
import { preparedStep, staff } from './step'

/** The branch across a near border takes the report over; it ends with acceptance (A5). */
export const takeOver = preparedStep({
  action: 'take-over',
  grants: [staff('alternate', branchLead, ['routed'])],
  input: seen({}),
  refuses: passBars,
  prepare: async (_typed, report, lookUps) => {
    const by = await lookUps.target(report.routing.alternate?.id ?? '')
    return by.ok ? ok({ by: by.value }) : by
  },
  decide: (change, command, scene) => handOver(change, command.by, 'take-over', scene.actorId),
})

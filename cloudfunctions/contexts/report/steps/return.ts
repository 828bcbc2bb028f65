import * as z from 'zod/mini'
import { ok, refuse } from '../../../ground/result'
import { returnReasonLabels, returnReasons } from '../rules/commands'
import { handOver, passBars } from '../rules/hand-over'
import { branchLead } from '../rules/standing'
import { optionalNote, seen } from './fields'
import { preparedStep, staff } from './step'

export const returnStep = preparedStep({
  action: 'return',
  grants: [staff('branch', branchLead, ['routed'])],
  input: seen({ reason: z.enum(returnReasons, '请选择退回原因'), note: optionalNote }),
  refuses: passBars,
  prepare: async ({ reason, note }, _report, lookUps) => {
    const sorter = await lookUps.unitAbove()
    return sorter ? ok({ reason, note, sorter }) : refuse('unknown-unit')
  },
  decide: (change, command, scene) => {
    const because = `${returnReasonLabels[command.reason]}${command.note ? `，${command.note}` : ''}`
    return handOver(change, command.sorter, 'return', because, scene.actorId)
  },
})

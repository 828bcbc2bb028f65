import * as z from 'zod/mini'
import { ok, refuse } from '../../../ground/result'
import { record } from '../rules/change'
import { returnReasons } from '../rules/commands'
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
  decide: (change, { reason, note, sorter }, scene) => {
    const facts = { reason, ...(note ? { note } : {}) }
    record(change, { kind: 'noted', line: 'noted-on-return', facts, visibility: 'staff' })
    return handOver(change, sorter, 'return', scene.actorId)
  },
})

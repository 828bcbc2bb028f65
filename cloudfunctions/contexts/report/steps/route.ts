import { ok } from '../../../ground/result'
import { id } from '../../../terms/primitives'
import { actingUnit } from '../rules/change'
import { cannotBe, sendTo } from '../rules/hand-over'
import { markAccepted } from '../rules/moves'
import { optionalNote, seen } from './fields'
import { preparedStep, staff } from './step'

export const route = preparedStep({
  action: 'route',
  grants: [staff('sorter', ['clerk'], ['unrouted']), staff('above', ['clerk'], ['unrouted'])],
  input: seen({ toUnitId: id, note: optionalNote }),
  prepare: async ({ toUnitId, note }, _report, lookUps) => {
    const to = await lookUps.target(toUnitId)
    return to.ok ? ok({ to: to.value, note }) : to
  },
  decide: (change, command) => {
    const refused = cannotBe(command.to, change)
    if (refused) return refused
    markAccepted(change)
    sendTo(change, command.to, `由${actingUnit(change)}指定`, command.note)
    return undefined
  },
})

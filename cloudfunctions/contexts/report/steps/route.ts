import { actingUnit } from '../rules/change'
import { cannotBe, sendTo } from '../rules/hand-over'
import { markAccepted } from '../rules/moves'
import { type StepOf, staff } from './step'

export const route: StepOf<'route'> = {
  grants: [staff('sorter', ['clerk'], ['unrouted']), staff('above', ['clerk'], ['unrouted'])],
  decide: (change, command) => {
    const refused = cannotBe(command.to, change)
    if (refused) return refused
    markAccepted(change)
    sendTo(change, command.to, `由${actingUnit(change)}指定`, command.note)
    return undefined
  },
}

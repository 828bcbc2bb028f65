import { actingUnit } from '../rules/change'
import { cannotBe, sendTo } from '../rules/hand-over'
import { levelStaff } from '../rules/standing'
import { type StepOf, staff, working } from './step'

/** Levels above can always move an open matter (A6); the reason is public, deadlines are kept. */
export const reassign: StepOf<'reassign'> = {
  grants: [staff('above', levelStaff, ['routed', ...working])],
  decide: (change, command) => {
    const refused = cannotBe(command.to, change)
    if (refused) return refused
    sendTo(change, command.to, `${actingUnit(change)}改派：${command.note}`, '')
    return undefined
  },
}

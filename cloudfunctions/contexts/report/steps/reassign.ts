import { ok } from '../../../ground/result'
import { id } from '../../../terms/primitives'
import { actingUnit } from '../rules/change'
import { cannotBe, sendTo } from '../rules/hand-over'
import { levelStaff } from '../rules/standing'
import { note, seen } from './fields'
import { preparedStep, staff, working } from './step'

/** Levels above can always move an open matter (A6); the reason is public, deadlines are kept. */
export const reassign = preparedStep({
  action: 'reassign',
  grants: [staff('above', levelStaff, ['routed', ...working])],
  input: seen({ toUnitId: id, note }),
  prepare: async ({ toUnitId, note }, _report, lookUps) => {
    const to = await lookUps.target(toUnitId)
    return to.ok ? ok({ to: to.value, note }) : to
  },
  decide: (change, command) => {
    const refused = cannotBe(command.to, change)
    if (refused) return refused
    sendTo(change, command.to, `${actingUnit(change)}改派：${command.note}`, '')
    return undefined
  },
})

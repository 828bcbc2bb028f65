import { actingUnit, announce, record } from '../rules/change'
import { cannotBe, townshipsOf } from '../rules/hand-over'
import { handTo } from '../rules/moves'
import { levelStaff } from '../rules/standing'
import { type StepOf, staff, working } from './step'

/** Levels above can always move an open matter (A6); the reason is public, deadlines are kept. */
export const reassign: StepOf<'reassign'> = {
  grants: [staff('above', levelStaff, ['routed', ...working])],
  decide: (change, command) => {
    const refused = cannotBe(command.to, change)
    if (refused) return refused
    const { to, note } = command
    const by = actingUnit(change)
    handTo(change, to, {
      isSorting: false,
      policy: 'reassigned',
      reason: { why: 'reassigned', unit: by, note },
    })
    record(change, { kind: 'reassigned', facts: { note, to: to.name } })
    const facts = { by, to: to.name, note }
    announce(change, {
      template: 'reassigned',
      units: facts,
      residents: facts,
      supporters: { to: to.name },
      alsoUnits: townshipsOf(change),
    })
    return undefined
  },
}

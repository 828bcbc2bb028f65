import { id } from '../../../terms/primitives'
import { actingUnit, announce, record } from '../rules/change'
import { cannotBe, townshipsOf } from '../rules/hand-over'
import { handTo } from '../rules/moves'
import { levelStaff } from '../rules/standing'
import { note, seen } from './fields'
import { toChosenUnit } from './look-ups'
import { preparedStep, staff, working } from './step'

/** Levels above can always move an open matter (A6); the reason is public, deadlines are kept. */
export const reassign = preparedStep({
  action: 'reassign',
  grants: [staff('above', levelStaff, ['routed', ...working])],
  input: seen({ toUnitId: id, note }),
  prepare: toChosenUnit,
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
})

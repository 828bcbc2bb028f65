import { id } from '../../../terms/primitives'
import { actingUnit, announce, record, recordNote } from '../rules/change'
import { cannotBe, townshipsOf } from '../rules/hand-over'
import { handTo, markAccepted } from '../rules/moves'
import { optionalNote, seen } from './fields'
import { toChosenUnit } from './look-ups'
import { preparedStep, staff } from './step'

export const routeByHand = preparedStep({
  action: 'route',
  grants: [staff('sorter', ['clerk'], ['unrouted']), staff('above', ['clerk'], ['unrouted'])],
  input: seen({ toUnitId: id, note: optionalNote }),
  prepare: toChosenUnit,
  decide: (change, command) => {
    const refused = cannotBe(command.to, change)
    if (refused) return refused
    markAccepted(change)
    const by = actingUnit(change)
    const to = command.to.name
    handTo(change, command.to, {
      isSorting: false,
      policy: 'by-hand',
      reason: { why: 'sorted-by', unit: by },
    })
    record(change, { kind: 'routed', line: 'sorted', facts: { to } })
    recordNote(change, command.note)
    announce(change, {
      template: 'sorted',
      units: { by, to },
      residents: { by, to },
      supporters: { to },
      alsoUnits: townshipsOf(change),
    })
    return undefined
  },
})

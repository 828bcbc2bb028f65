import { actingUnit, announce, move, record } from '../rules/change'
import { named } from '../rules/moves'
import { currentHandler } from '../rules/report'
import { branchLead } from '../rules/standing'
import { optionalNote, seen } from './fields'
import { staff, step } from './step'

/** Takes the work back, whatever the handler does or is: a matter never waits for somebody who is gone. */
export const recall = step({
  action: 'recall',
  grants: [staff('branch', branchLead, ['dispatched', 'awaiting-check'])],
  input: seen({ note: optionalNote }),
  decide: (change, command) => {
    const { report } = change
    const handler = currentHandler(report)
    // From one of the unit's own people: everybody reads that it is the unit's, before as after.
    const isOwn = handler?.memberId !== undefined
    const goesOn = isOwn
      ? `由${report.answerableUnit.name}另行安排`
      : `由${report.answerableUnit.name}收回，自己办理`
    move(change, 'accepted')
    record(change, {
      kind: 'recalled',
      text: isOwn
        ? `${actingUnit(change)}收回派单，另行安排`
        : `${actingUnit(change)}从${handler?.unitName ?? ''}收回，自己办理`,
    })
    if (command.note) {
      record(change, { kind: 'noted', text: `${actingUnit(change)}：${command.note}`, visibility: 'staff' })
    }
    announce(change, {
      title: '收回派单',
      units: `${named(report)}已由${report.answerableUnit.name}收回。`,
      residents: `您反映的${named(report)}${goesOn}。`,
      supporters: `您关心的${named(report)}${goesOn}。`,
    })
    return undefined
  },
})

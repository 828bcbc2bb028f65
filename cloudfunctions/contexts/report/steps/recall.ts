import { announce, move, record, recordNote } from '../rules/change'
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
    move(change, 'accepted')
    record(
      change,
      isOwn
        ? { kind: 'recalled', line: 'recalled-from-own-people' }
        : { kind: 'recalled', facts: { from: handler?.unitName ?? '' } },
    )
    recordNote(change, command.note)
    const facts = { unit: report.answerableUnit.name }
    announce(change, {
      template: isOwn ? 'recalled-from-own-people' : 'recalled',
      units: facts,
      residents: facts,
      supporters: facts,
    })
    return undefined
  },
})

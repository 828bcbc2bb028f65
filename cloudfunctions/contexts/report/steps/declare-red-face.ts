import { refusal } from '../../../ground/result'
import { activeEpisode, isStanding } from '../../red-face/rules/red-face'
import { actingUnit, announce, record } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import { addCause, unitNow } from '../rules/moves'
import { branchLead } from '../rules/standing'
import { note, seen } from './fields'
import { staff, step, working } from './step'

/** The branch itself lists what its people are least satisfied with. */
export const declareRedFace = step({
  action: 'declare-red-face',
  grants: [staff('branch', branchLead, working)],
  input: seen({ note }),
  refuses: (report) => {
    if (isConfidential(report)) return refusal('confidential')
    const declared = activeEpisode(report.redFaces)?.causes.some(
      (cause) => cause.cause === 'declared' && isStanding(cause),
    )
    return declared ? refusal('wrong-status') : undefined
  },
  decide: (change, command) => {
    record(change, { kind: 'progressed', line: 'listed-by-its-unit', facts: { note: command.note } })
    addCause(change, 'declared', [unitNow(change.report)])
    const facts = { unit: actingUnit(change) }
    announce(change, { template: 'listed-by-its-unit', residents: facts, supporters: facts })
    return undefined
  },
})

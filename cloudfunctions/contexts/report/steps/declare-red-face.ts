import { refusal } from '../../../ground/result'
import { activeEpisode, isStanding } from '../../red-face/rules/red-face'
import { actingUnit, announce, record } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import { addCause, named, unitNow } from '../rules/moves'
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
    record(change, {
      kind: 'progressed',
      text: `${actingUnit(change)}把这件事列为群众最不满意的事：${command.note}`,
    })
    addCause(change, 'declared', [unitNow(change.report)])
    announce(change, {
      title: '列入“红脸”清单',
      residents: `${actingUnit(change)}把您反映的${named(change.report)}列为群众最不满意的事。`,
      supporters: `${actingUnit(change)}把您关心的${named(change.report)}列为群众最不满意的事。`,
    })
    return undefined
  },
})

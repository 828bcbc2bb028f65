import { refusal } from '../../../ground/result'
import { id } from '../../../terms/primitives'
import { recordNote } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import { handOver, passBars } from '../rules/hand-over'
import { branchLead } from '../rules/standing'
import { note, seen } from './fields'
import { toChosenUnit } from './look-ups'
import { preparedStep, staff } from './step'

export const transfer = preparedStep({
  action: 'transfer',
  grants: [staff('branch', branchLead, ['routed', 'accepted'])],
  input: seen({ toUnitId: id, note }),
  refuses: (report) => (isConfidential(report) ? refusal('confidential') : passBars(report)),
  prepare: toChosenUnit,
  decide: (change, command, scene) => {
    recordNote(change, command.note)
    return handOver(change, command.to, 'transfer', scene.actorId)
  },
})

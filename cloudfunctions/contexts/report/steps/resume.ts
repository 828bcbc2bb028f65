import { recordNote } from '../rules/change'
import { resumeReport } from '../rules/moves'
import { branchLead } from '../rules/standing'
import { type StepOf, staff } from './step'

export const resume: StepOf<'resume'> = {
  grants: [staff('branch', branchLead, ['suspended'])],
  decide: (change, command) => {
    resumeReport(change, 'unit-goes-on')
    recordNote(change, command.note)
    return undefined
  },
}

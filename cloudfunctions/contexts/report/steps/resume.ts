import { recordNote } from '../rules/change'
import { resumeReport } from '../rules/moves'
import { branchLead } from '../rules/standing'
import { optionalNote, seen } from './fields'
import { staff, step } from './step'

export const resume = step({
  action: 'resume',
  grants: [staff('branch', branchLead, ['suspended'])],
  input: seen({ note: optionalNote }),
  decide: (change, command) => {
    resumeReport(change, 'unit-goes-on')
    recordNote(change, command.note)
    return undefined
  },
})

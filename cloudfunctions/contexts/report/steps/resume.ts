import { actingUnit, record } from '../rules/change'
import { resumeReport } from '../rules/moves'
import { branchLead } from '../rules/standing'
import { type StepOf, staff } from './step'

export const resume: StepOf<'resume'> = {
  grants: [staff('branch', branchLead, ['suspended'])],
  decide: (change, command) => {
    resumeReport(change, '恢复办理')
    if (command.note)
      record(change, { kind: 'noted', text: `${actingUnit(change)}：${command.note}`, visibility: 'staff' })
    return undefined
  },
}

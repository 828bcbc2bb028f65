import { actingUnit, record } from '../rules/change'
import { resumeReport } from '../rules/moves'
import { branchLead } from '../rules/standing'
import { optionalNote, seen } from './fields'
import { staff, step } from './step'

export const resume = step({
  action: 'resume',
  grants: [staff('branch', branchLead, ['suspended'])],
  input: seen({ note: optionalNote }),
  decide: (change, command) => {
    resumeReport(change, '恢复办理')
    if (command.note)
      record(change, { kind: 'noted', text: `${actingUnit(change)}：${command.note}`, visibility: 'staff' })
    return undefined
  },
})

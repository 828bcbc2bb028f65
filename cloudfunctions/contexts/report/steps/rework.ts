import { oneLevelUp } from '../../../ground/unit-path'
import { announce, move, record, recordNote } from '../rules/change'
import { workerBars } from '../rules/own-people'
import { currentHandler } from '../rules/report'
import { branchLead, levelStaff } from '../rules/standing'
import { note, seen } from './fields'
import { staff, step } from './step'

export const rework = step({
  action: 'rework',
  grants: [staff('branch', branchLead, ['awaiting-check']), staff('above', levelStaff, ['awaiting-check'])],
  input: seen({ note }),
  refuses: workerBars,
  decide: (change, command) => {
    const { report, law, at } = change
    const handler = currentHandler(report)
    if (!handler) throw new Error(`report ${report.id} awaits a check and has no handler`)
    const handlerUnitId = handler.unitId
    move(change, 'dispatched')
    report.handlerUnitId = handlerUnitId
    record(change, { kind: 'rework-ordered' })
    recordNote(change, command.note)
    announce(change, { template: 'reworked', units: { note: command.note }, residents: {}, supporters: {} })
    report.reworkCount += 1
    if (report.reworkCount >= law.rules.report.reworksBeforeSupervision) {
      report.supervisedAts = [...report.supervisedAts, at]
      const facts = { count: report.reworkCount }
      record(change, { kind: 'supervised', line: 'reworked-too-often', facts })
      announce(change, {
        template: 'reworked-too-often',
        units: facts,
        onlyUnits: [oneLevelUp(report.unitPath)],
      })
    }
    return undefined
  },
})

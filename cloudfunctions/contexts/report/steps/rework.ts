import { oneLevelUp } from '../../../ground/unit-path'
import { actingUnit, announce, move, record } from '../rules/change'
import { named } from '../rules/moves'
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
    record(change, { kind: 'rework-ordered', text: `${actingUnit(change)}核查未通过，返工` })
    record(change, { kind: 'noted', text: `${actingUnit(change)}：${command.note}`, visibility: 'staff' })
    announce(change, {
      title: '返工',
      units: `${named(report)}核查未通过：${command.note}`,
      residents: `您反映的${named(report)}核查没通过，正在返工。`,
      supporters: `您关心的${named(report)}核查没通过，正在返工。`,
    })
    report.reworkCount += 1
    if (report.reworkCount >= law.rules.report.reworksBeforeSupervision) {
      report.supervisedAts = [...report.supervisedAts, at]
      record(change, { kind: 'supervised', text: `第${report.reworkCount}次返工，请上级督办` })
      announce(change, {
        title: '督办',
        units: `${named(report)}已返工${report.reworkCount}次，请督办。`,
        onlyUnits: [oneLevelUp(report.unitPath)],
      })
    }
    return undefined
  },
})

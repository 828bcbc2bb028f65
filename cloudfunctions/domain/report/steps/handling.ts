import { announce, move, type ReportChange, record } from '../change'
import { named } from '../moves'
import { currentHandler } from '../report'
import { partnerStaff, type StepOf, staff } from '../step'
import { addWorker } from './answering'

const unitOf = (change: ReportChange): string => change.by.unitName ?? ''

export const sendBack: StepOf<'send-back'> = {
  grants: [staff('handler', partnerStaff, ['dispatched'])],
  decide: (change, command, scene) => {
    const { report } = change
    addWorker(change, scene)
    move(change, 'accepted')
    record(change, { kind: 'sent-back', text: `${unitOf(change)}退回派单` })
    record(change, { kind: 'noted', text: `${unitOf(change)}：${command.note}`, visibility: 'staff' })
    announce(change, {
      title: '派单被退回',
      units: `${unitOf(change)}退回${named(report)}：${command.note}`,
      residents: `${unitOf(change)}办不了您反映的${named(report)}，由${report.branchName}接着办。`,
      supporters: `您关心的${named(report)}由${report.branchName}接着办。`,
    })
    return undefined
  },
}

/** The handler says it is done; somebody else looks (报完成 → 核查). */
export const claimFixed: StepOf<'claim-fixed'> = {
  grants: [staff('handler', partnerStaff, ['dispatched'])],
  decide: (change, command, scene) => {
    const { report } = change
    const handler = currentHandler(report)
    if (!handler) throw new Error(`report ${report.id} is dispatched and has no handler`)
    addWorker(change, scene)
    move(change, 'awaiting-check')
    report.handlerUnitId = handler.unitId
    report.fixClaim = {
      unitId: handler.unitId,
      unitName: handler.unitName,
      at: change.at,
      note: command.note,
      before: command.before,
      after: command.after,
      remedy: command.remedy,
    }
    record(change, { kind: 'fix-claimed', text: `${handler.unitName}报完成，等${report.branchName}核查` })
    record(change, {
      kind: 'fix-claimed',
      text: `${handler.unitName}：${command.note}`,
      visibility: 'staff',
      photos: command.after,
    })
    announce(change, {
      title: '待核查',
      units: `${handler.unitName}报${named(report)}已完成，请核查。`,
      residents: `${handler.unitName}报您反映的${named(report)}已完成，等${report.branchName}核查。`,
      supporters: `${handler.unitName}报您关心的${named(report)}已完成，等${report.branchName}核查。`,
    })
    return undefined
  },
}

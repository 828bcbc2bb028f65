import { actingUnit, announce, move, type ReportChange, record } from '../rules/change'
import { named } from '../rules/moves'
import { currentHandler, type Dispatch, type Report } from '../rules/report'
import { handlerStaff } from '../rules/standing'
import { addWorker } from './answering'
import { type Scene, type StepOf, staff } from './step'

/** How a handler's step is said: everybody reads a unit, colleagues that it was one of their own, nobody who. */
interface Sayings {
  readonly who: string
  readonly sentBack: string
  readonly goesOn: string
  readonly isChecked: string
}
const sayingsOf = (report: Report, handler: Dispatch): Sayings =>
  handler.memberId === undefined
    ? {
        who: handler.unitName,
        sentBack: `${handler.unitName}退回派单`,
        goesOn: `${handler.unitName}办不了，由${report.answerableUnit.name}接着办`,
        isChecked: `等${report.answerableUnit.name}核查`,
      }
    : {
        who: '本单位的承办人',
        sentBack: `${handler.unitName}另行安排`,
        goesOn: `由${report.answerableUnit.name}另行安排`,
        isChecked: '由别的同志核查',
      }

/** The handler's part in what it ends: who it was, and that they worked on it (H2). */
const workDone = (
  change: ReportChange,
  scene: Scene,
): { readonly handler: Dispatch; readonly say: Sayings } => {
  const { report, before } = change
  const handler = currentHandler(before)
  if (!handler) throw new Error(`report ${report.id} is dispatched and has no handler`)
  addWorker(change, scene)
  return { handler, say: sayingsOf(before, handler) }
}

export const sendBack: StepOf<'send-back'> = {
  grants: [staff('handler', handlerStaff, ['dispatched'])],
  decide: (change, command, scene) => {
    const { report } = change
    const { say } = workDone(change, scene)
    move(change, 'accepted')
    record(change, { kind: 'sent-back', text: say.sentBack })
    record(change, { kind: 'noted', text: `${actingUnit(change)}：${command.note}`, visibility: 'staff' })
    announce(change, {
      title: '派单被退回',
      units: `${say.who}退回${named(report)}：${command.note}`,
      residents: `您反映的${named(report)}，${say.goesOn}。`,
      supporters: `您关心的${named(report)}由${report.answerableUnit.name}接着办。`,
    })
    return undefined
  },
}

/** The handler says it is done; somebody else looks (报完成 → 核查). */
export const claimFixed: StepOf<'claim-fixed'> = {
  grants: [staff('handler', handlerStaff, ['dispatched'])],
  decide: (change, command, scene) => {
    const { report } = change
    const { handler, say } = workDone(change, scene)
    move(change, 'awaiting-check')
    report.fixClaim = {
      unitId: handler.unitId,
      unitName: handler.unitName,
      at: change.at,
      note: command.note,
      before: command.before,
      after: command.after,
      remedy: command.remedy,
    }
    record(change, { kind: 'fix-claimed', text: `${handler.unitName}报完成，${say.isChecked}` })
    record(change, {
      kind: 'fix-claimed',
      text: `${handler.unitName}：${command.note}`,
      visibility: 'staff',
      photos: command.after,
    })
    announce(change, {
      title: '待核查',
      units: `${say.who}报${named(report)}已完成，请核查。`,
      residents: `${handler.unitName}报您反映的${named(report)}已完成，${say.isChecked}。`,
      supporters: `${handler.unitName}报您关心的${named(report)}已完成，${say.isChecked}。`,
    })
    return undefined
  },
}

import { announce, move, record } from '../rules/change'
import { workDone } from '../rules/handling'
import { named } from '../rules/moves'
import { handlerStaff } from '../rules/standing'
import { seen, work } from './fields'
import { staff, step } from './step'

/** The handler says it is done; somebody else looks (报完成 → 核查). */
export const claimFixed = step({
  action: 'claim-fixed',
  grants: [staff('handler', handlerStaff, ['dispatched'])],
  input: seen(work),
  evidence: 'after',
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
})

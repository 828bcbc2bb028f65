import { actingUnit, announce, move, record } from '../rules/change'
import { workDone } from '../rules/handling'
import { named } from '../rules/moves'
import { handlerStaff } from '../rules/standing'
import { note, seen } from './fields'
import { staff, step } from './step'

export const sendBack = step({
  action: 'send-back',
  grants: [staff('handler', handlerStaff, ['dispatched'])],
  input: seen({ note }),
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
})

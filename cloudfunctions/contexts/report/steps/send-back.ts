import { announce, move, record, recordNote } from '../rules/change'
import { workDone } from '../rules/handling'
import { handlerStaff } from '../rules/standing'
import { note, seen } from './fields'
import { staff, step } from './step'

export const sendBack = step({
  action: 'send-back',
  grants: [staff('handler', handlerStaff, ['dispatched'])],
  input: seen({ note }),
  decide: (change, command, scene) => {
    const { report } = change
    const { handler, isOwn, partner } = workDone(change, scene)
    move(change, 'accepted')
    const facts = { unit: handler.unitName }
    record(
      change,
      isOwn ? { kind: 'sent-back', line: 'sent-back-by-own-people', facts } : { kind: 'sent-back', facts },
    )
    recordNote(change, command.note)
    const unit = report.answerableUnit.name
    announce(change, {
      template: 'sent-back',
      units: { ...partner, note: command.note },
      residents: { ...partner, unit },
      supporters: { unit },
    })
    return undefined
  },
})

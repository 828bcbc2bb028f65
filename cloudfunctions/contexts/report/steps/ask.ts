import { refusal, refuse } from '../../../ground/result'
import { actingUnit, announce, record } from '../rules/change'
import { branchStaff } from '../rules/standing'
import { note, seen } from './fields'
import { staff, step, working } from './step'

export const ask = step({
  action: 'ask',
  grants: [staff('branch', branchStaff, [...working, 'routed'])],
  input: seen({ words: note }),
  refuses: (report) => {
    if (report.reporterKey === null || report.reporterLeftAt !== undefined) return refusal('no-reporter')
    return report.questions.some((question) => question.answeredAt === undefined)
      ? refusal('already-asked')
      : undefined
  },
  decide: (change, command) => {
    const { report, at } = change
    if (report.reporterKey === null) return refuse('no-reporter')
    report.questions = [
      ...report.questions,
      { no: report.questions.length + 1, at, unitName: actingUnit(change), text: command.words },
    ]
    const facts = { note: command.words }
    record(change, { kind: 'asked', facts, visibility: 'person', personKey: report.reporterKey })
    announce(change, { template: 'asked', reporter: facts })
    return undefined
  },
})

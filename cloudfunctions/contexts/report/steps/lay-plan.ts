import { refusal, refuse } from '../../../ground/result'
import { instant, typedText } from '../../../terms/primitives'
import { announce, record } from '../rules/change'
import { stepHasCome } from '../rules/moves'
import { branchLead } from '../rules/standing'
import { note, seen } from './fields'
import { staff, step } from './step'

/** Ends the plan clock: what, until when, from which money (K3). */
export const layPlan = step({
  action: 'lay-plan',
  grants: [staff('branch', branchLead, ['accepted', 'dispatched', 'awaiting-check', 'suspended'])],
  input: seen({ text: note, doneBy: instant, budget: typedText(1, 100) }),
  refuses: (report) => {
    if (report.deadlines.planDueAt === undefined) return refusal('no-plan-needed')
    return report.plan ? refusal('plan-laid') : undefined
  },
  decide: (change, command) => {
    const { report, at } = change
    if (command.doneBy <= at) return refuse('date-in-past')
    report.plan = { at, text: command.text, doneBy: command.doneBy, budget: command.budget }
    stepHasCome(change, 'plan-overdue')
    const { text: plan, budget } = command
    record(change, { kind: 'plan-laid', facts: { plan, budget } })
    announce(change, { template: 'plan-laid', units: {}, residents: { plan }, supporters: { plan } })
    return undefined
  },
})

import { refusal, refuse } from '../../../ground/result'
import { instant, typedText } from '../../../terms/primitives'
import { announce, record } from '../rules/change'
import { named, stepHasCome } from '../rules/moves'
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
    record(change, { kind: 'plan-laid', text: `报计划：${command.text}；经费：${command.budget}` })
    announce(change, {
      title: '已报计划',
      units: `${named(report)}已报计划。`,
      residents: `您反映的${named(report)}有计划了：${command.text}。`,
      supporters: `您关心的${named(report)}有计划了：${command.text}。`,
    })
    return undefined
  },
})

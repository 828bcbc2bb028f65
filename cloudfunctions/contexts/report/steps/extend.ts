import { refusal, refuse } from '../../../ground/result'
import { instant } from '../../../terms/primitives'
import { actingUnit, announce } from '../rules/change'
import { extensionBars, longestExtendedTo } from '../rules/extension'
import { askAbove } from '../rules/moves'
import { pending } from '../rules/request'
import { branchLead } from '../rules/standing'
import { reason, seen } from './fields'
import { staff, step } from './step'

/** At most the original allowance, at most two; a further one needs every reporter's word (K7). */
export const extend = step({
  action: 'extend',
  grants: [staff('branch', branchLead, ['accepted', 'dispatched', 'awaiting-check'])],
  input: seen({ reason, resolveDueAt: instant }),
  refuses: (report, scene) =>
    pending(report, 'extend') ??
    // So late that no date could be named any more.
    (scene.now >= longestExtendedTo(report) ? refusal('extension-too-long') : undefined),
  decide: (change, command, scene) => {
    const { report, law, at } = change
    const { resolveDueAt } = report.deadlines
    if (command.resolveDueAt <= resolveDueAt || command.resolveDueAt <= at) {
      return refuse('date-in-past', undefined, '延期后的日期要晚于现在的时限')
    }
    const barred = extensionBars(report, command.resolveDueAt)
    if (barred) return barred
    askAbove(
      change,
      { kind: 'extend', resolveDueAt: command.resolveDueAt },
      { side: 'branch', reason: command.reason, actorId: scene.actorId },
    )
    if (report.extensions.length >= law.rules.report.maxExtensions) {
      announce(change, { template: 'extend-again', residents: { unit: actingUnit(change) } })
    }
    return undefined
  },
})

import * as z from 'zod/mini'
import { refusal } from '../../../ground/result'
import { townshipOf } from '../../../ground/unit-path'
import { typedText } from '../../../terms/primitives'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { actingUnit, announce, record } from '../rules/change'
import { dropRequests, takeOn } from '../rules/moves'
import { longestSummary } from '../rules/reasons'
import { isAnsweredBy } from '../rules/report'
import { branchStaff } from '../rules/standing'
import { seen } from './fields'
import { staff, step } from './step'

export const accept = step({
  action: 'accept',
  grants: [staff('branch', branchStaff, ['routed']), staff('above', ['clerk'], ['routed'])],
  input: seen({ publicSummary: z.optional(typedText(4, longestSummary)) }),
  refuses: (report, scene) => {
    // The township's duty desk may accept what is urgent (K4); no other level above accepts for a branch.
    const isDuty = scene.unitId !== undefined && !isAnsweredBy(report, scene.unitId)
    if (!isDuty) return undefined
    const isUrgent = categoryOf(scene.law.rules, report.categoryId)?.isUrgent ?? false
    return isUrgent && scene.unitId === townshipOf(report.unitPath) ? undefined : refusal('not-allowed')
  },
  decide: (change, command) => {
    const { report } = change
    takeOn(change)
    // Accepting it is keeping it: what was asked about passing or declining it falls (K8).
    dropRequests(change, ['decline', 'pass-on'])
    if (command.publicSummary) report.publicSummary = command.publicSummary
    record(change, { kind: 'accepted' })
    const unit = actingUnit(change)
    const { contactDueAt } = report.deadlines
    announce(change, {
      template: 'accepted',
      units: { unit },
      residents: report.contactedAt === undefined ? { unit, contactDueAt } : { unit },
      supporters: { unit },
    })
    return undefined
  },
})

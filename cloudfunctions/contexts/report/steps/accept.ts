import * as z from 'zod/mini'
import { chinaMomentText } from '../../../ground/instant'
import { refusal } from '../../../ground/result'
import { townshipOf } from '../../../ground/unit-path'
import { typedText } from '../../../terms/primitives'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { actingUnit, announce, move, record } from '../rules/change'
import { longestSummary } from '../rules/commands'
import { dropRequests, markAccepted, named } from '../rules/moves'
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
    markAccepted(change)
    move(change, 'accepted')
    // Accepting it is keeping it: what was asked about passing or declining it falls (K8).
    dropRequests(change, ['decline', 'pass-on'])
    if (command.publicSummary) report.publicSummary = command.publicSummary
    record(change, { kind: 'accepted', text: `${actingUnit(change)}已受理` })
    announce(change, {
      title: '已受理',
      units: `${named(report)}已由${actingUnit(change)}受理。`,
      residents:
        report.contactedAt === undefined
          ? `${actingUnit(change)}已受理您反映的${named(report)}，最晚${chinaMomentText(report.deadlines.contactDueAt)}联系您。`
          : `${actingUnit(change)}已受理您反映的${named(report)}。`,
      supporters: `${actingUnit(change)}已受理您关心的${named(report)}。`,
    })
    return undefined
  },
})

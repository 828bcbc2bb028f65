import { chinaMomentText } from '../../../ground/instant'
import { refusal } from '../../../ground/result'
import { townshipOf } from '../../../ground/unit-path'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { actingUnit, announce, move, record } from '../rules/change'
import { dropRequests, markAccepted, named } from '../rules/moves'
import { branchStaff } from '../rules/standing'
import { type StepOf, staff } from './step'

export const accept: StepOf<'accept'> = {
  grants: [staff('branch', branchStaff, ['routed']), staff('above', ['clerk'], ['routed'])],
  bars: (report, scene) => {
    // The township's duty desk may accept what is urgent (K4); no other level above accepts for a branch.
    const isDuty = scene.unitId !== undefined && scene.unitId !== report.branchId
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
}

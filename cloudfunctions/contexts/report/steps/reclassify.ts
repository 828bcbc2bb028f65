import { refuse } from '../../../ground/result'
import { categoryId } from '../../category/contract'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { actingUnit, announce, recordNote } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import { growsLonger, reclassifyByLevel, reclassifyUnseen } from '../rules/corrections'
import { askToEndComplaint, endComplaintBars } from '../rules/end-complaint'
import { askAbove, dropRequests } from '../rules/moves'
import { pending, requestOf } from '../rules/request'
import { branchLead } from '../rules/standing'
import { optionalNote, seen } from './fields'
import { open, staff, step, working } from './step'

/**
 * Who has it, to work on or to sort, puts the kind right where no clock grows longer; else one level up, or every
 * reporter, agrees. Of a complaint its reporter alone is asked (K9).
 */
export const reclassify = step({
  action: 'reclassify',
  grants: [
    staff('branch', branchLead, ['routed', ...working]),
    staff('sorter', ['clerk'], ['unrouted']),
    staff('above', ['clerk'], open),
  ],
  input: seen({ categoryId, note: optionalNote }),
  refuses: (report) =>
    isConfidential(report) ? (pending(report, 'reclassify') ?? endComplaintBars(report)) : undefined,
  decide: (change, command, scene) => {
    const { report, law } = change
    if (command.categoryId === report.categoryId) return refuse('same-category')
    const category = categoryOf(law.rules, command.categoryId)
    if (!category) return refuse('unknown-category')
    if (category.isAboutBranch) return refuse('complaint-stays')
    recordNote(change, command.note)
    if (isConfidential(report)) {
      askToEndComplaint(change, category, scene.actorId)
      return undefined
    }
    const isTheirs = report.answerableUnit.id === scene.unitId
    if (isTheirs && growsLonger(change, category)) {
      if (requestOf(report.requests, 'reclassify')) return refuse('request-pending')
      askAbove(
        change,
        { kind: 'reclassify', categoryId: command.categoryId },
        { side: 'branch', actorId: scene.actorId },
      )
      announce(change, {
        template: 'into-another-kind',
        residents: { unit: actingUnit(change), category: category.name },
      })
      return undefined
    }
    // What was asked for is decided by that: it keeps nobody from saying what the matter is.
    dropRequests(change, ['reclassify'])
    if (isTheirs) reclassifyUnseen(change, command.categoryId)
    else reclassifyByLevel(change, command.categoryId)
    return undefined
  },
})

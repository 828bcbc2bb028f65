import { ok, refusal, refuse } from '../../../ground/result'
import { id } from '../../../terms/primitives'
import { endOfWorkingDayAfter } from '../../calendar/rules/working-calendar'
import { announce, type ReportChange } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import { cannotAsk, cannotMerge, hasOpenCause, mergeInto, saidNotTheSame } from '../rules/merging'
import { type Asking, askReporter } from '../rules/moves'
import { isAnsweredBy } from '../rules/report'
import { branchLead, levelStaff } from '../rules/standing'
import type { MergeParent } from '../rules/step-facts'
import { isLookOpen, isStrikeOpen } from '../rules/struck'
import { seen } from './fields'
import { preparedStep, staff } from './step'

/** 并案: only the same matter (M1); across branches, and with an open cause, the level above does it. */
export const merge = preparedStep({
  action: 'merge',
  grants: [
    staff('branch', branchLead, ['routed', 'accepted']),
    staff('sorter', ['clerk'], ['unrouted']),
    staff('above', levelStaff, ['unrouted', 'routed', 'accepted']),
  ],
  input: seen({ parentReportId: id }),
  refuses: (report, scene) => {
    if (isConfidential(report)) return refusal('confidential')
    if (report.childReportIds.length > 0) return refusal('has-children')
    // F3, F5: the time to appeal against a striking, or a look, does not end with the matter's own life.
    if (isStrikeOpen(report, scene)) return refusal('strike-open')
    if (isLookOpen(report, scene)) return refusal('look-open')
    return isAnsweredBy(report, scene.unitId) && hasOpenCause(report) ? refusal('level-merges') : undefined
  },
  prepare: async ({ parentReportId }, _report, lookUps) => {
    const parent = await lookUps.mergeParent(parentReportId)
    return parent ? ok({ parent }) : refuse('merge-target')
  },
  decide: (change, command, scene) => {
    const { report } = change
    const { parent } = command
    const barred = cannotMerge(change, parent, scene.unitId ?? null, scene.seatUnitIds)
    if (barred) return refuse(barred)
    if (!saidNotTheSame(report, parent)) {
      mergeInto(change, parent)
      return undefined
    }
    const silent = cannotAsk(report)
    if (silent) return refuse(silent)
    askToMergeAgain(change, parent, {
      side: isAnsweredBy(report, scene.unitId) ? 'branch' : 'level',
      actorId: scene.actorId,
    })
    return undefined
  },
})

/** M4: only their word merges it again; unanswered the request lapses when another would have moved up. */
const askToMergeAgain = (change: ReportChange, parent: MergeParent, asking: Asking): void => {
  const { law, at } = change
  const other = parent.publicSummary
  const by = askReporter(
    change,
    { kind: 'merge', parentReportId: parent.id, parentSummary: other },
    asking,
    endOfWorkingDayAfter(law.calendar, at, law.rules.report.requestMovesUpAfterWorkingDays),
    (asker) => ({ kind: 'requested', line: 'asked-to-merge-again', facts: { by: asker, other } }),
  )
  announce(change, { template: 'merge-again', units: { by, other }, reporter: { by, other } })
}

import { ok, refusal, refuse } from '../../../ground/result'
import { id } from '../../../terms/primitives'
import { endOfWorkingDayAfter } from '../../calendar/rules/working-calendar'
import { announce, type ReportChange } from '../rules/change'
import type { MergeParent } from '../rules/commands'
import { isConfidential } from '../rules/confidential'
import { cannotAsk, cannotMerge, hasOpenCause, mergeInto, saidNotTheSame } from '../rules/merging'
import { type Asking, askReporter, named } from '../rules/moves'
import { isAnsweredBy } from '../rules/report'
import { branchLead, levelStaff } from '../rules/standing'
import { isStrikeOpen } from '../rules/struck'
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
    // F3: the time to appeal against a striking does not end with the matter's own life.
    if (isStrikeOpen(report, scene)) return refusal('strike-open')
    return isAnsweredBy(report, scene.unitId) && hasOpenCause(report) ? refusal('level-merges') : undefined
  },
  prepare: async ({ parentReportId }, _report, lookUps) => {
    const parent = await lookUps.mergeParent(parentReportId)
    return parent ? ok({ parent }) : refuse('merge-target')
  },
  decide: (change, command, scene) => {
    const { report } = change
    const { parent } = command
    const barred = cannotMerge(change, parent, scene.unitId ?? null)
    if (barred) return refuse(barred)
    if (!saidNotTheSame(report, parent)) {
      mergeInto(change, parent)
      return undefined
    }
    const silent = cannotAsk(report)
    if (silent) return refuse(silent)
    askToMergeAgain(change, parent, {
      side: isAnsweredBy(report, scene.unitId) ? 'branch' : 'level',
      reason: '',
      actorId: scene.actorId,
    })
    return undefined
  },
})

/** M4: only their word merges it again; unanswered the request lapses when another would have moved up. */
const askToMergeAgain = (change: ReportChange, parent: MergeParent, asking: Asking): void => {
  const { report, law, at } = change
  const other = named(parent)
  const by = askReporter(
    change,
    { kind: 'merge', parentReportId: parent.id, parentSummary: parent.publicSummary },
    asking,
    endOfWorkingDayAfter(law.calendar, at, law.rules.report.requestMovesUpAfterWorkingDays),
    (unit) => `${unit}想与${other}并案，等上报人说是不是同一件事`,
  )
  announce(change, {
    title: '还是同一件事吗？',
    units: `${by}想把${named(report)}与${other}并案，居民同意才并。`,
    reporter: `${by}说${named(report)}与${other}是同一件事，想一起办。您说过不是，您同意才并。`,
  })
}

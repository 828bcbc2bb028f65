import { type Refusal, refuse } from '../../../ground/result'
import { lastSeq } from '../../../journal/rules/journalled'
import { endOfWorkingDayAfter } from '../../calendar/rules/working-calendar'
import type { UnitRef } from '../../organisation/rules/unit'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { actingUnit, announce, type ReportChange, record } from './change'
import { accusedBy } from './confidential'
import { deadlinesAs } from './corrections'
import { cannotTake } from './hand-over'
import { announceNew, askReporter, handTo, setAcceptDueAt } from './moves'
import type { Report } from './report'
import type { LevelRequest } from './request'
import type { Refused } from './scene'
import type { Rerouting } from './step-facts'
import { defaultPublicSummary } from './submit'
import { shelvedWithinComplaint } from './trace'
import type { Whereabouts } from './why-here'

/** Why the reporter is not asked whether a complaint is one (K9). */
export const endComplaintBars = (report: Report): Refusal | undefined => {
  if (report.staysComplaint) return refuse('complaint-kept').error
  // What was answered to it, and what was said to the answer, would be everybody's to read.
  return report.resolutions.length > 0 ? refuse('complaint-answered').error : undefined
}

/** K9: no level above decides it: the reporter is asked, and told on the page what would come of it. */
export const askToEndComplaint = (
  change: ReportChange,
  category: { readonly id: Report['categoryId']; readonly name: string },
  actorId: string,
): void => {
  const { law, at } = change
  askReporter(
    change,
    { kind: 'reclassify', categoryId: category.id },
    { side: 'branch', actorId },
    endOfWorkingDayAfter(law.calendar, at, law.rules.report.complaintAskedForWorkingDays),
    (by) => ({ kind: 'requested', line: 'asked-to-end-complaint', facts: { by } }),
  )
  const facts = { unit: actingUnit(change), category: category.name }
  announce(change, { template: 'no-complaint', units: facts, residents: facts })
}

/** Where the ordinary matter goes: to whom routing names, or to be sorted by hand where that unit can take nothing (L2). */
const destinationOf = (
  change: ReportChange,
  { decision, responsible, sorter }: Rerouting,
): { readonly to: UnitRef; readonly isSorting: boolean; readonly decision: Whereabouts } => {
  if (responsible && !cannotTake(responsible, change)) return { to: responsible, isSorting: false, decision }
  if (!responsible) return { to: sorter, isSorting: true, decision }
  const { ruleVersion, at } = decision
  const reasons = [{ why: 'cannot-take', unit: responsible.name, sorter: sorter.name } as const]
  return {
    to: sorter,
    isSorting: true,
    decision: { policy: 'hand-sorting', reasons, isProvisional: true, ruleVersion, at },
  }
}

/**
 * By its reporter's word a complaint becomes an ordinary matter (K9): it is routed like one, with the clocks it had,
 * and what was written while it was a complaint stays with those who knew of it (H4).
 */
export const endComplaint = (
  change: ReportChange,
  request: Extract<LevelRequest, { kind: 'reclassify' }>,
  rerouting: Rerouting,
): Refused | undefined => {
  const { report, law, at } = change
  const category = categoryOf(law.rules, request.categoryId)
  if (!category) return refuse('unknown-category')
  const deadlines = deadlinesAs(change, category)
  const knew = [...new Set(report.stints.flatMap((stint) => stint.unit.path))]
  const { reporterKey } = report
  const accusedUnitId = accusedBy(report)

  report.requests = report.requests.filter((one) => one.no !== request.no)
  record(change, {
    kind: 'reclassified',
    line: 'complaint-ended',
    facts: { to: category.name },
    visibility: 'parties',
  })
  report.categoryId = category.id
  report.deadlines = deadlines
  setAcceptDueAt(change, deadlines.acceptDueAt)
  delete report.accusedUnitId
  // The number was left for the committee; what the committee asked, or wrote without reaching anybody, was its own.
  report.hasPhone = false
  report.questions = []
  if (report.contactedAt === undefined) report.contacts = []

  const { to, isSorting, decision } = destinationOf(change, rerouting)
  report.publicSummary = defaultPublicSummary(category, to)
  const isSortedThereAlready = isSorting && report.status === 'unrouted' && report.answerableUnit.id === to.id
  if (!isSortedThereAlready) {
    const [reason] = decision.reasons
    if (!reason) throw new Error(`report ${report.id}: routed without a reason`)
    handTo(change, to, { isSorting, policy: decision.policy, reason })
  }
  report.routing = decision
  if (report.shelved) report.shelved = shelvedWithinComplaint(report.shelved)
  report.wasComplaint = {
    at,
    lastSeq: lastSeq(report),
    unitIds: knew,
    reporterKey,
    ...(accusedUnitId === undefined ? {} : { accusedUnitId }),
  }
  const routed = { unit: to.name, isAnswering: !isSorting }
  record(change, { kind: 'routed', facts: routed })
  announce(change, { template: 'complaint-ended', units: routed, residents: routed })
  announceNew(change)
  return undefined
}

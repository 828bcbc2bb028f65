import { refuse } from '../../../ground/result'
import { isVerdict, nowSpeaksAs, othersCame } from '../../red-face/rules/red-face'
import { announce, type ReportChange, record } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import { dropOverlongExtension } from '../rules/extension'
import { clockBrought, joinClock } from '../rules/family-clock'
import { recountUse, usedBeyond } from '../rules/family-use'
import { isOpen } from '../rules/lifecycle'
import { isKeptApart, latestMerging, letGo, noteMerging, reporterIsBack } from '../rules/merging'
import { takeInCauses } from '../rules/moves'
import { recountContact } from '../rules/recount-contact'
import { householdsShown } from '../rules/report'
import { fillPlace } from '../rules/reporters-place'
import type { MergedChild } from '../rules/step-facts'
import { noMoreSupporter } from '../rules/supporters'
import { systemStep } from './step'

/** Who reported the child reports the parent too; a reporter of the parent stays what they are, or is it again. */
const joinAsCoReporter = (change: ReportChange, child: MergedChild): void => {
  const { report, at } = change
  const { reporterKey: key, reporterWas: wasSupporter } = child
  if (key === null) return
  if (key === report.reporterKey) {
    reporterIsBack(change, child)
    return
  }
  if (report.coReporters.some((one) => one.key === key)) {
    report.coReporters = report.coReporters.map((one) =>
      one.key === key ? { ...one, alsoFrom: [...(one.alsoFrom ?? []), child.id] } : one,
    )
    return
  }
  const isToBeCalled =
    !child.isByMember && child.contactedAt === undefined && child.deadlines.contactDueAt > child.mergedAt
  report.coReporters = [
    ...report.coReporters,
    {
      key,
      at,
      fromReportId: child.id,
      ...(child.isByMember ? { isByMember: true as const } : {}),
      ...(isToBeCalled ? { isToBeCalled: true as const } : {}),
      ...(wasSupporter ? { wasSupporter } : {}),
    },
  ]
  if (wasSupporter) noMoreSupporter(change, wasSupporter)
  report.redFaces = nowSpeaksAs(report.redFaces, key, 'co-reporter')
}

/**
 * Only one of ours had been called here, and somebody else has come who is to be (H3): the first word is due again. What
 * had been due to one of ours by then was kept, and is no miss.
 */
const callOthers = (change: ReportChange, child: MergedChild): void => {
  const { report, at } = change
  const wasCalled = report.contactedAt !== undefined
  recountContact(change)
  if (!wasCalled || report.contactedAt !== undefined || report.deadlines.contactDueAt > at) return
  report.deadlines = { ...report.deadlines, contactDueAt: child.deadlines.contactDueAt }
}

/** The parent takes the child in. Refused where it is done meanwhile: the child then goes its own way (M5). */
export const absorb = systemStep({
  action: 'absorb',
  decide: (change, command: { readonly child: MergedChild }) => {
    const { report } = change
    const { child } = command
    const isIn = report.childReportIds.includes(child.id)
    const latest = latestMerging(report, child.id)
    if (isIn && latest === child.mergingNo) return undefined
    // Its reporter has taken it out again, and the parent heard of that first.
    if (child.mergingNo <= latest) return refuse('merge-target')
    if (!isOpen(report.status) || report.status === 'suspended' || isConfidential(report)) {
      return refuse('merge-target')
    }
    if (isKeptApart(report, child)) return refuse('merge-target')
    if (isIn) letGo(change, child.id)
    const { cameCount, neverMergeInto, unitIds } = child
    const came = {
      cameCount,
      neverMergeInto,
      unitIds,
      ...clockBrought(report, child),
      ...usedBeyond(report, child.used),
    }
    recountUse(change, () => {
      noteMerging(change, child.id, child.mergingNo, came)
      report.childReportIds = [...report.childReportIds, child.id]
    })
    joinAsCoReporter(change, child)
    callOthers(change, child)
    joinClock(change, child)
    fillPlace(change, child)
    report.supporters = { ...report.supporters, count: report.supporters.count + child.cameCount }
    report.redFaces = othersCame(report.redFaces, child.cameCount)
    dropOverlongExtension(change)
    takeInCauses(change, child.causes, (cause) => ({
      joinedAt: change.at,
      ...(isVerdict(cause) && child.reporterKey !== null ? { saidBy: [child.reporterKey] } : {}),
    }))
    const facts = { households: householdsShown(report) }
    record(change, { kind: 'absorbed', facts })
    announce(change, { template: 'absorbed', units: facts })
    return undefined
  },
})

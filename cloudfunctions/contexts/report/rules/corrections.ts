import { groupOf } from '../../category/rules/category'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { announce, type ReportChange, record } from './change'
import { setDeadlines } from './deadlines'
import { dropOverlongExtension } from './extension'
import { passOn, townshipsOf } from './hand-over'
import { movedDueAt } from './move-deadlines'
import { resumeReport, setAcceptDueAt, strikeCauses } from './moves'
import { type Deadlines, isAnsweredBy, pointsOf } from './report'
import type { RequestFor } from './request'

/** Deadlines of another category that started when these did; what has fallen due stays (K9). */
export const deadlinesAs = (
  change: ReportChange,
  categoryId: Parameters<typeof categoryOf>[1],
  /** What has fallen due by the old clock falls with it (K4). */
  isFresh = false,
): Deadlines | undefined => {
  const { report, law, at } = change
  const category = categoryOf(law.rules, categoryId)
  if (!category) return undefined
  const { startedAt } = report.deadlines
  const heldMs = report.deadlines.heldMs ?? 0
  const fresh = setDeadlines(category, startedAt, law.calendar, law.rules.version)
  // Declared, nobody could be called before somebody had taken it up.
  const { contactDueAt } = setDeadlines(
    category,
    report.takenUpAt ?? startedAt,
    law.calendar,
    law.rules.version,
  )
  const stint = report.stints[report.stints.length - 1]
  const kept = (was: number, is: number): number => (was <= at && !isFresh ? was : is)
  const held = (dueAt: number): number => movedDueAt(law.calendar, dueAt + heldMs, category.isUrgent)
  const { planDueAt: wasPlanDueAt, ...deadlines } = report.deadlines
  const planDueAt =
    fresh.planDueAt === undefined
      ? undefined
      : kept(wasPlanDueAt ?? Number.POSITIVE_INFINITY, held(fresh.planDueAt))
  return {
    ...deadlines,
    // Of the unit that has it, counted from when it got it; what it has met already stays.
    acceptDueAt:
      stint?.acceptedAt === undefined
        ? kept(
            deadlines.acceptDueAt,
            setDeadlines(category, stint?.from ?? startedAt, law.calendar, law.rules.version).acceptDueAt,
          )
        : deadlines.acceptDueAt,
    contactDueAt: kept(deadlines.contactDueAt, contactDueAt),
    ...(planDueAt === undefined ? {} : { planDueAt }),
    resolveDueAt: kept(deadlines.resolveDueAt, held(fresh.resolveDueAt)),
    allowanceMs: fresh.allowanceMs,
    ruleVersion: fresh.ruleVersion,
  }
}

/** Puts the kind right, with the clocks that belong to it. */
const reclassifyReport = (
  change: ReportChange,
  categoryId: RequestFor<'reclassify'>['categoryId'],
  isFresh = false,
): void => {
  const { report, law, at } = change
  const was = categoryOf(law.rules, report.categoryId)
  const is = categoryOf(law.rules, categoryId)
  const deadlines = deadlinesAs(change, categoryId, isFresh)
  if (!was || !is || !deadlines) throw new Error(`no category ${categoryId} in ${law.rules.version}`)
  const groupId = groupOf(report.categoryId)
  if (groupOf(categoryId) !== groupId)
    report.formerGroups = [...(report.formerGroups ?? []), { groupId, untilAt: at }]
  report.categoryId = categoryId
  report.deadlines = deadlines
  setAcceptDueAt(change, deadlines.acceptDueAt)
  dropOverlongExtension(change)
  record(change, { kind: 'reclassified', facts: { from: was.name, to: is.name } })
  if (report.suspension?.isSeasonal && !is.needsThawedGround) resumeReport(change, 'needs-no-thaw')
  const facts = { category: is.name }
  announce(change, {
    template: 'reclassified',
    units: facts,
    residents: facts,
    supporters: facts,
    // K4: what turns out to be urgent reaches the duty desk at the same moment.
    alsoUnits: is.isUrgent ? townshipsOf(change) : [],
  })
}

/**
 * By who has it, or by the reporters' word: no level has looked at it, so what fell due stays, and what recurs is found by
 * the kind it had too (K9).
 */
export const reclassifyUnseen = (
  change: ReportChange,
  categoryId: RequestFor<'reclassify'>['categoryId'],
): void => {
  const { report } = change
  report.formerCategoryIds = [...new Set([...(report.formerCategoryIds ?? []), report.categoryId])]
  reclassifyReport(change, categoryId)
}

/**
 * One level up puts the kind right. K4: found not urgent, what fell due by the urgent clock falls, and the ordinary one
 * runs as if it always had: what fell due by it stays.
 */
export const reclassifyByLevel = (
  change: ReportChange,
  categoryId: RequestFor<'reclassify'>['categoryId'],
): void => {
  const { law, report } = change
  const isUrgentKind = (id: string): boolean => categoryOf(law.rules, id)?.isUrgent ?? false
  const isFoundNotUrgent = isUrgentKind(report.categoryId) && !isUrgentKind(categoryId)
  reclassifyReport(change, categoryId, isFoundNotUrgent)
  if (!isFoundNotUrgent) return
  strikeCauses(change, (cause) => cause.isUrgent ?? false, 'found-not-urgent')
}

/** Puts the place right; moved to another unit it is a hand-over (K9). */
export const relocateReport = (
  change: ReportChange,
  where: Pick<RequestFor<'relocate'>, 'place' | 'publicPoint' | 'to'>,
): void => {
  const { report } = change
  const formerPoints = pointsOf(report)
  if (formerPoints.length > 0) report.formerPoints = formerPoints
  report.place = where.place
  if (where.publicPoint) report.publicPoint = where.publicPoint
  else delete report.publicPoint
  record(change, { kind: 'relocated' })
  announce(change, { template: 'relocated', units: {}, residents: {}, supporters: {} })
  if (where.to && !isAnsweredBy(report, where.to.id)) passOn(change, where.to, 'transfer', 'relocated')
}

import { type Category, groupOf } from '../../category/rules/category'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { announce, isUrgent, type ReportChange, record } from './change'
import { runsSince, setDeadlines, soonestDeadlines } from './deadlines'
import { dropOverlongExtension } from './extension'
import { moveDeadlinesOf } from './family-clock'
import { passOn, townshipsOf } from './hand-over'
import { movedDueAt } from './move-deadlines'
import { markSorted, resumeReport, setAcceptDueAt, strikeCauses } from './moves'
import { type Deadlines, isAnsweredBy, pointsOf } from './report'
import { firstWordSince } from './reporters-place'
import type { RequestFor } from './request'

/**
 * Deadlines of another category that started when these did (K9). What has fallen due stays. What still runs comes nearer
 * where the kind has less time, but nobody is late by the correction: to accept there is what the kind gives from now on,
 * for what comes after it the least that anybody has (`soonestDeadlines`). None of that is later than it was before.
 */
export const deadlinesAs = (
  change: ReportChange,
  category: Category,
  /** What has fallen due by the old clock falls with it (K4). */
  isFresh = false,
  was: Deadlines = change.report.deadlines,
): Deadlines => {
  const { report, law, at } = change
  const startedAt = runsSince(was)
  const heldMs = was.heldMs ?? 0
  // While the clock is held it stands where it stopped; the first word alone goes on to be due.
  const standsAt = report.holds.find((hold) => hold.to === undefined)?.from ?? at
  const from = (since: number): Deadlines => setDeadlines(category, since, law.calendar, law.rules.version)
  const soonest = (now: number) => soonestDeadlines(category, now, law.calendar, law.rules.version)
  const fresh = from(startedAt)
  const stint = report.stints[report.stints.length - 1]
  const put = (was: number, is: number, soonestAt: number, now = at): number => {
    if (was <= now) return isFresh ? is : was
    return Math.max(is, Math.min(was, soonestAt))
  }
  const held = (dueAt: number): number => movedDueAt(law.calendar, dueAt + heldMs, category.isUrgent)
  const { planDueAt: wasPlanDueAt = Number.POSITIVE_INFINITY, ...deadlines } = was
  const { planDueAt: soonestPlanAt = standsAt, resolveDueAt: soonestAt } = soonest(standsAt)
  return {
    ...deadlines,
    // Of the unit that has it, counted from when it got it; what it has met already stays.
    acceptDueAt:
      stint?.acceptedAt === undefined
        ? put(deadlines.acceptDueAt, from(stint?.from ?? startedAt).acceptDueAt, from(at).acceptDueAt)
        : deadlines.acceptDueAt,
    contactDueAt: put(
      deadlines.contactDueAt,
      from(firstWordSince(report)).contactDueAt,
      soonest(at).contactDueAt,
    ),
    ...(fresh.planDueAt === undefined
      ? {}
      : { planDueAt: put(wasPlanDueAt, held(fresh.planDueAt), soonestPlanAt, standsAt) }),
    resolveDueAt: put(deadlines.resolveDueAt, held(fresh.resolveDueAt), soonestAt, standsAt),
    allowanceMs: fresh.allowanceMs,
    ruleVersion: fresh.ruleVersion,
  }
}

/**
 * K9: would anything have more time as this kind? A date that has fallen due stays and tells nothing any more, but what
 * the kind allows is what every later extension and third is measured by (K5, K7).
 */
export const growsLonger = (change: ReportChange, category: Category): boolean => {
  const { report } = change
  const { deadlines: was, plan } = report
  const is = deadlinesAs(change, category)
  const isPlanLater = (is.planDueAt ?? Number.POSITIVE_INFINITY) > (was.planDueAt ?? Number.POSITIVE_INFINITY)
  return (
    is.acceptDueAt > was.acceptDueAt ||
    is.contactDueAt > was.contactDueAt ||
    is.resolveDueAt > was.resolveDueAt ||
    is.allowanceMs > was.allowanceMs ||
    (isPlanLater && plan === undefined) ||
    (isUrgent(change) && !category.isUrgent)
  )
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
  if (!was || !is) throw new Error(`no category ${categoryId} in ${law.rules.version}`)
  const groupId = groupOf(report.categoryId)
  if (groupOf(categoryId) !== groupId)
    report.formerGroups = [...(report.formerGroups ?? []), { groupId, untilAt: at }]
  report.categoryId = categoryId
  moveDeadlinesOf(change, (deadlines) => deadlinesAs(change, is, isFresh, deadlines))
  setAcceptDueAt(change, report.deadlines.acceptDueAt)
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
  if (!where.to || isAnsweredBy(report, where.to.id)) return
  if (report.isSorting) markSorted(change)
  passOn(change, where.to, 'transfer', 'relocated')
}

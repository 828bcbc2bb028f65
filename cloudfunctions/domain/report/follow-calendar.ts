import type { DeadlineStep } from '../deadline/move-deadlines'
import { withCalendar } from '../deadline/with-calendar'
import { chinaDateOn } from '../instant'
import { categoryOf } from '../rules'
import { announce, beginChange, finishChange, type Law, record } from './change'
import { isOpen } from './lifecycle'
import { named } from './moves'
import type { Report } from './report'

const names: Readonly<Record<DeadlineStep, string>> = {
  acceptDueAt: '受理',
  contactDueAt: '联系居民',
  planDueAt: '拿出计划',
  resolveDueAt: '办结',
}

/**
 * An open report under a calendar of which more days are known than before: what is not yet due and falls on a
 * day off moves later, as everybody who was told a date is told. The same object when nothing moves. The
 * caller has caught the report up to `now`.
 */
export const followCalendar = (report: Report, law: Law, now: number): Report => {
  const { rules, calendar } = law
  const category = categoryOf(rules, report.categoryId)
  if (!category || !isOpen(report.status)) return report
  const deadlines = withCalendar(report.deadlines, category, calendar, now)
  if (deadlines === report.deadlines) return report
  const moved = (Object.keys(names) as DeadlineStep[]).flatMap((step) => {
    const dueAt = deadlines[step]
    return dueAt === undefined || dueAt === report.deadlines[step]
      ? []
      : [`${names[step]}顺延到${chinaDateOn(dueAt)}`]
  })
  const change = beginChange(report, now, { side: 'system' }, law)
  change.report.deadlines = deadlines
  const last = report.stints.length - 1
  change.report.stints = report.stints.map((stint, place) =>
    place === last && stint.acceptedAt === undefined
      ? { ...stint, acceptDueAt: deadlines.acceptDueAt }
      : stint,
  )
  const text = `按公布的放假安排，${moved.join('，')}`
  record(change, { kind: 'rescheduled', text })
  announce(change, {
    title: '时限顺延',
    units: `${named(report)}${text}。`,
    residents: `您反映的${named(report)}${text}。`,
    supporters: `您关心的${named(report)}${text}。`,
  })
  return finishChange(change)
}

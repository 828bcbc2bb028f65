import { categoryOf } from '../../rule-book/rules/rule-book'
import { announce, beginChange, finishChange, type Law, record } from './change'
import { dueOf, type MovedDue } from './deadline-kind'
import { deadlinesAhead } from './deadlines'
import { moveDeadlinesOf } from './family-clock'
import { isOpen } from './lifecycle'
import type { Deadlines, Report } from './report'
import { withCalendar } from './with-calendar'

/** What has to be done yet and is due later than was said. */
const movedDues = (before: Report, after: Report): readonly MovedDue[] => {
  // What is suspended is told what it will be asked for when it goes on.
  const status = before.status === 'suspended' ? 'accepted' : before.status
  const was = deadlinesAhead({ ...before, status })
  return deadlinesAhead({ ...after, status }).flatMap(({ kind, dueAt }) =>
    was.some((one) => one.kind === kind && one.dueAt === dueAt) ? [] : [{ due: dueOf(kind, status), dueAt }],
  )
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
  const follow = (deadlines: Deadlines): Deadlines => withCalendar(deadlines, category, calendar, now)
  const deadlines = follow(report.deadlines)
  if (deadlines === report.deadlines) return report
  const change = beginChange(report, now, { side: 'system' }, law)
  moveDeadlinesOf(change, follow)
  const last = report.stints.length - 1
  change.report.stints = report.stints.map((stint, place) =>
    place === last && stint.acceptedAt === undefined
      ? { ...stint, acceptDueAt: deadlines.acceptDueAt }
      : stint,
  )
  const moved = movedDues(report, change.report)
  // The first word is between the branch and the resident.
  const forAll = moved.filter(({ due }) => due !== 'contact')
  const forParties = moved.filter(({ due }) => due === 'contact')
  if (forParties.length > 0)
    record(change, { kind: 'rescheduled', facts: { moved: forParties }, visibility: 'parties' })
  if (forAll.length > 0) record(change, { kind: 'rescheduled', facts: { moved: forAll } })
  announce(change, {
    template: 'rescheduled',
    ...(moved.length > 0 ? { units: { moved }, residents: { moved } } : {}),
    ...(forAll.length > 0 ? { supporters: { moved: forAll } } : {}),
  })
  return finishChange(change)
}

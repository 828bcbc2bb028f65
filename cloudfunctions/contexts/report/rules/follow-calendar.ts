import { chinaDateText } from '../../../ground/instant'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { announce, beginChange, finishChange, type Law, record } from './change'
import { type DeadlineKind, deadlineName } from './deadline-kind'
import { deadlinesAhead } from './deadlines'
import { isOpen } from './lifecycle'
import { named } from './moves'
import type { Report } from './report'
import { withCalendar } from './with-calendar'

/** “联系居民顺延到2027年2月15日”, of what has to be done yet. */
const movedTexts = (
  before: Report,
  after: Report,
): readonly { readonly kind: DeadlineKind; readonly text: string }[] => {
  // What is suspended is told what it will be asked for when it goes on.
  const status = before.status === 'suspended' ? 'accepted' : before.status
  const was = deadlinesAhead({ ...before, status })
  return deadlinesAhead({ ...after, status }).flatMap(({ kind, dueAt }) =>
    was.some((one) => one.kind === kind && one.dueAt === dueAt)
      ? []
      : [{ kind, text: `${deadlineName(kind, status).deed}顺延到${chinaDateText(dueAt)}` }],
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
  const deadlines = withCalendar(report.deadlines, category, calendar, now)
  if (deadlines === report.deadlines) return report
  const change = beginChange(report, now, { side: 'system' }, law)
  change.report.deadlines = deadlines
  const last = report.stints.length - 1
  change.report.stints = report.stints.map((stint, place) =>
    place === last && stint.acceptedAt === undefined
      ? { ...stint, acceptDueAt: deadlines.acceptDueAt }
      : stint,
  )
  const moved = movedTexts(report, change.report)
  const say = (texts: typeof moved): string | undefined =>
    texts.length > 0 ? `按公布的放假安排，${texts.map(({ text }) => text).join('，')}` : undefined
  const whole = say(moved)
  // The first word is between the branch and the resident.
  const forAll = say(moved.filter(({ kind }) => kind !== 'contact'))
  const forParties = say(moved.filter(({ kind }) => kind === 'contact'))
  if (forParties) record(change, { kind: 'rescheduled', text: forParties, visibility: 'parties' })
  if (forAll) record(change, { kind: 'rescheduled', text: forAll })
  announce(change, {
    title: '时限顺延',
    ...(whole
      ? { units: `${named(report)}${whole}。`, residents: `您反映的${named(report)}${whole}。` }
      : {}),
    ...(forAll ? { supporters: `您关心的${named(report)}${forAll}。` } : {}),
  })
  return finishChange(change)
}

import { begun } from '../../../ground/begun'
import { ok, refuse } from '../../../ground/result'
import type { ReadingAhead } from '../../../terms/action'
import type { Session } from '../../organisation/rules/session'
import { categoryOf } from '../../rule-book/rules/rule-book'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { Participant, ReadingPorts } from '../ports'
import type { Report } from '../rules/report'
import { viewOf } from '../rules/standing'
import { catchUp } from '../tick'
import { photosOf, presentReport, type ReportView, readerOf } from './present-report'
import { callerOf, handlerSeats, lawOf, rowOf } from './standing-of'

/** A report that has been read, as the caller, whose row this is (`rowOf`), may read it now; null where they may not know of it. */
export const showReport =
  (ports: ReadingPorts) =>
  async (session: Session, report: Report, row?: Participant): Promise<ReportView | null> => {
    const caller = callerOf(ports.keyed, session, report, row)
    const view = viewOf(caller, report)
    if (view === null) return null
    const law = await lawOf(ports, report)
    const current = { ...catchUp(report, session.now, law), rev: report.rev }
    const isUrgent = categoryOf(law.rules, report.categoryId)?.isUrgent ?? false
    const [urls, [unit], seats] = await Promise.all([
      ports.photos.urls([...new Set(photosOf(current, readerOf(caller, current, view)))]),
      isUrgent && !report.isSorting ? ports.units.lately([report.answerableUnit.id]) : [],
      handlerSeats(ports, view === 'staff' ? [current] : [], session.now),
    ])
    return presentReport(current, caller, {
      law,
      now: session.now,
      urls,
      actorId: caller.actorId ?? '',
      dutyPhone: unit?.phone ?? null,
      handlerSeat: seats.get(report.id),
    })
  }

/** One report as the caller may read it. Refuses `not-found`, also for what they may not know of. */
export const viewReport = (
  ports: ReadingPorts,
): ReadingAhead<Session, ParsedInputOf<'report.get'>, OutputOf<'report.get'>> => {
  const show = showReport(ports)

  return {
    readAhead: (_asked, { reportId }) => {
      const reading = begun(ports.reports.get(reportId))
      return async (session) => {
        const report = await reading
        const shown = report ? await show(session, report, await rowOf(ports, session, report)) : null
        return shown ? ok(shown) : refuse('not-found')
      }
    },
  }
}

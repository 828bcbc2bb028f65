import { ok, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import { categoryOf } from '../../rule-book/rules/rule-book'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReadingPorts } from '../ports'
import { actorIdOf } from '../rules/participant-key'
import { viewOf } from '../rules/standing'
import { catchUp } from '../tick'
import { photosOf, presentReport, readerOf } from './present-report'
import { callerOf, handlerSeats, lawOf } from './standing-of'

/** One report as the caller may read it. Refuses `not-found`, also for what they may not know of. */
export const viewReport =
  (ports: ReadingPorts) =>
  async (session: Session, input: ParsedInputOf<'report.get'>): Promise<Result<OutputOf<'report.get'>>> => {
    const report = await ports.reports.get(input.reportId)
    if (!report) return refuse('not-found')
    const { caller, key } = await callerOf(ports, session, report)
    const view = viewOf(caller, report)
    if (view === null) return refuse('not-found')
    const law = await lawOf(ports, report)
    const current = { ...catchUp(report, session.now, law), rev: report.rev }
    const isUrgent = categoryOf(law.rules, report.categoryId)?.isUrgent ?? false
    const [urls, unit, seats] = await Promise.all([
      ports.photos.urls([...new Set(photosOf(current, readerOf(caller, current, view)))]),
      isUrgent && !report.isSorting ? ports.units.get(report.answerableUnit.id) : undefined,
      handlerSeats(ports, view === 'staff' ? [current] : [], session.now),
    ])
    const presented = presentReport(current, caller, {
      law,
      now: session.now,
      urls,
      actorId:
        session.accountId === null || key === null
          ? ''
          : actorIdOf(ports.keyed, session.accountId, report.id),
      dutyPhone: unit?.phone ?? null,
      handlerSeat: seats.get(report.id),
    })
    return presented ? ok(presented) : refuse('not-found')
  }

import { ok, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReadingPorts } from '../ports'
import { viewOf } from '../rules/standing'
import { mayRead, numbered, readerOf } from './present-report'
import { callerOf, rowOf } from './standing-of'

/**
 * The lines of a trace that the report no more holds itself, each to whom it was readable there and with the number it
 * had. All at once: pages would tell by their number how much is hidden. Refuses `not-found`.
 */
export const listOlderLines =
  (ports: ReadingPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'report.olderLines'>,
  ): Promise<Result<OutputOf<'report.olderLines'>>> => {
    const report = await ports.reports.get(input.reportId)
    if (!report) return refuse('not-found')
    const caller = callerOf(ports.keyed, session, report, await rowOf(ports, session, report))
    const view = viewOf(caller, report)
    if (view === null) return refuse('not-found')
    const reader = readerOf(caller, report, view)
    const pieces = report.shelved ? await ports.traces.ofReport(report.id) : []
    // What a piece holds and the report still does is shown there.
    const [first, second] = report.timeline
    const lines = pieces
      .flatMap((piece) => piece.lines)
      .filter((line) => line.seq < (second?.seq ?? Number.POSITIVE_INFINITY) && mayRead(line, reader))
    const urls = await ports.photos.urls([...new Set(lines.flatMap((line) => line.photos ?? []))])
    const before = first && mayRead(first, reader) ? 1 : 0
    return ok({ lines: lines.map((line, place) => numbered(line, before + place + 1, urls)) })
  }

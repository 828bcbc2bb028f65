import { allowedActions } from '../../cloudfunctions/contexts/report/access'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import { viewOf } from '../../cloudfunctions/contexts/report/rules/standing'
import type { ReportAction } from '../../cloudfunctions/contexts/report/steps/registry'
import { presentReport, type ReportView } from '../../cloudfunctions/contexts/report/use-cases/present-report'
import { callerOf, law, type Person } from './builders'

/** What somebody sees of a report; undefined where it is hidden from them. */
export const shownTo = (
  person: Person,
  report: Report,
  now = report.changedAt,
  urls: Parameters<typeof presentReport>[2]['urls'] = new Map(),
): ReportView | undefined =>
  presentReport(report, callerOf(person, report), { law, now, urls, actorId: person.name }) ?? undefined

/** What somebody sees of a report that is not hidden from them. */
export const seenBy = (person: Person, report: Report, now?: number): ReportView => {
  const view = shownTo(person, report, now)
  if (!view) throw new Error('hidden')
  return view
}

/** As what somebody reads a report: as its reporter, as staff, as everybody. */
export const readsAs = (person: Person, report: Report) => viewOf(callerOf(person, report), report)

export const offeredTo = (
  person: Person,
  report: Report,
  now = report.changedAt + 1,
): readonly ReportAction[] =>
  allowedActions(callerOf(person, report), report, { now, law, actorId: person.name })

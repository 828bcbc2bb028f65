import { ok, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import { wasMembershipSince } from '../../organisation/rules/unit'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReadingPorts } from '../ports'
import { type PartedReport, partIn, type Report } from '../rules/report'
import { type Caller, viewOf } from '../rules/standing'
import { anyone, pageOf, presentCards } from './present-cards'
import { supporterIn } from './standing-of'

/** The caller's own reports and those they joined, newest first. Refuses `sign-in-required`. */
export const listMyReports =
  (ports: ReadingPorts) =>
  async (session: Session, input: ParsedInputOf<'report.mine'>): Promise<Result<OutputOf<'report.mine'>>> => {
    if (session.accountId === null) return refuse('sign-in-required')
    const page = await ports.participants.ofAccount(session.accountId, pageOf(input))
    const own = new Map(page.rows.map((one) => [one.reportId, one]))
    const found = await ports.reports.rowsWithParts([...own.keys()])
    const callerOf = (report: PartedReport & Pick<Report, 'id' | 'submittedAt'>): Caller => {
      const key = own.get(report.id)?.key ?? ''
      const row = own.get(report.id)
      const supports = supporterIn(report, row)
      const participation = supports ? 'supporter' : partIn(report, key, undefined)
      return {
        isSignedIn: true,
        memberships: [],
        membershipsSince: session.everyMembership.filter((membership) =>
          wasMembershipSince(membership, report.submittedAt, session.now),
        ),
        key,
        ...(participation ? { participation } : {}),
        ...(supports ? { supports } : {}),
      }
    }
    // What they came into with a report that has gone its own way again is theirs no more, nor is what they only meant
    // to join.
    const isTheirs = (report: PartedReport & Pick<Report, 'id' | 'submittedAt'>): boolean => {
      const row = own.get(report.id)
      return (
        callerOf(report).participation !== undefined ||
        (row?.part !== 'joining' && row?.fromReportId === undefined)
      )
    }
    const reports = found.filter(isTheirs)
    const callers = new Map(reports.map((report) => [report.id, callerOf(report)]))
    const callerFor = ({ id }: Pick<Report, 'id'>): Caller => callers.get(id) ?? anyone
    return ok({
      rows: await presentCards(ports)(reports, callerFor, session.now, {
        concernsReader: (row) => row.asks || (row.hasPersonLines && viewOf(callerFor(row), row) === 'public'),
      }),
      nextCursor: page.nextCursor,
    })
  }

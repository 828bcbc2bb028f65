import { ok, type Result } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReadingPorts } from '../ports'
import type { Caller } from '../rules/standing'
import { pageOf, presentCards } from './present-cards'

/** What happens in a unit's area, as everyone may read it. */
export const listRecentReports =
  (ports: ReadingPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'report.recent'>,
  ): Promise<Result<OutputOf<'report.recent'>>> => {
    const page = await ports.reports.list(
      { kind: 'area-recent', unitId: input.unitId, audience: 'everyone' },
      pageOf(input),
    )
    const anyone: Caller = { isSignedIn: false, memberships: [] }
    return ok({
      rows: await presentCards(ports)(page.rows, () => anyone, session.now),
      nextCursor: page.nextCursor,
    })
  }

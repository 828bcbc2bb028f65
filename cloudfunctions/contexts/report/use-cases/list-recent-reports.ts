import { ok, type Result } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReadingPorts } from '../ports'
import { anyone, pageOf, presentCards } from './present-cards'

/** What happens in a unit's area, as everyone may read it. */
export const listRecentReports =
  (ports: ReadingPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'report.recent'>,
  ): Promise<Result<OutputOf<'report.recent'>>> => {
    const page = await ports.reports.rows(
      { kind: input.isOpen ? 'area-unsettled' : 'area-recent', unitId: input.unitId, audience: 'everyone' },
      pageOf(input),
    )
    return ok({
      rows: await presentCards(ports)(page.rows, () => anyone, session.now),
      nextCursor: page.nextCursor,
    })
  }

import { ok, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReportPorts } from '../ports'
import { pageOf } from './present-cards'
import { counterSeat } from './submit-on-behalf'

/** What a service centre has filed for others, as it filed it. Refuses `not-allowed`. */
export const listFiledHere =
  ({ receipts }: Pick<ReportPorts, 'receipts'>) =>
  async (
    session: Session,
    input: ParsedInputOf<'report.filedHere'>,
  ): Promise<Result<OutputOf<'report.filedHere'>>> => {
    if (!counterSeat(session, input.unitId)) return refuse('not-allowed')
    const { rows, nextCursor } = await receipts.ofUnit(input.unitId, pageOf(input))
    return ok({
      rows: rows.map(({ number, at, categoryId, where }) => ({ number, at, categoryId, where })),
      nextCursor,
    })
  }

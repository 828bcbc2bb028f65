import { ok, type Result, refuse } from '../../../ground/result'
import { seatToKeepUp } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { KeepingPorts } from '../ports'
import type { Session } from '../rules/session'
import { toChangeView, toKeptUnit } from '../shared/kept-unit'

type ReadingPorts = Pick<KeepingPorts, 'units' | 'unitKeeping' | 'unitChanges'>

/** Units of an area by how their names begin. Refuses `sign-in-required`, `unknown-unit`, `not-allowed`. */
export const searchUnits =
  (ports: ReadingPorts) =>
  async (session: Session, input: ParsedInputOf<'unit.search'>): Promise<Result<OutputOf<'unit.search'>>> => {
    if (session.accountId === null) return refuse('sign-in-required')
    const area = await ports.units.get(input.unitId)
    if (!area) return refuse('unknown-unit')
    if (!seatToKeepUp(session, 'search', area)) return refuse('not-allowed')
    const page = await ports.unitKeeping.search(area.id, input.name ?? '', {
      limit: input.limit ?? 20,
      ...(input.cursor ? { cursor: input.cursor } : {}),
    })
    return ok({ rows: page.rows.map(toKeptUnit), nextCursor: page.nextCursor })
  }

/**
 * What has become of a unit, latest first; behind the last the change of another that it began with. Refuses
 * `sign-in-required`, `unknown-unit`, `not-allowed`.
 */
export const listHistory =
  (ports: ReadingPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'unit.history'>,
  ): Promise<Result<OutputOf<'unit.history'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const unit = await ports.units.get(input.unitId)
    if (!unit) return refuse('unknown-unit')
    if (!seatToKeepUp(session, 'history', unit)) return refuse('not-allowed')
    const page = await ports.unitChanges.ofUnit(unit.id, {
      limit: input.limit ?? 20,
      ...(input.cursor ? { cursor: input.cursor } : {}),
    })
    const beginning =
      page.nextCursor === null && unit.begunBy !== undefined
        ? await ports.unitChanges.get(unit.begunBy)
        : undefined
    return ok({
      unit: toKeptUnit(unit),
      // Somebody else was quicker: nothing ever came of it.
      rows: [...page.rows, ...(beginning ? [beginning] : [])]
        .filter(({ status }) => status !== 'lost')
        .map((change) => toChangeView(change, unit, now)),
      nextCursor: page.nextCursor,
    })
  }

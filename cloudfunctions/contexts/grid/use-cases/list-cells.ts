import { ok, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { GridPorts } from '../ports'
import { toCellView } from '../shared/cell-view'

/** The grid cells of a unit, for maps. */
export const listCells =
  (ports: GridPorts) =>
  async (_session: Session, input: ParsedInputOf<'grid.cells'>): Promise<Result<OutputOf<'grid.cells'>>> => {
    const unit = await ports.units.get(input.unitId)
    if (!unit) return refuse('unknown-unit')
    // Above the township there are more cells than a map on a phone can show.
    if (unit.level !== 'township' && unit.level !== 'village') return ok({ cells: [] })
    return ok({ cells: (await ports.grid.ofUnit(unit.id)).map(toCellView) })
  }

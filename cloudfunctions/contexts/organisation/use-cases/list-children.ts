import { ok, type Result, refuse } from '../../../ground/result'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { OrganisationPorts } from '../ports'
import type { Session } from '../rules/session'
import { hasNoGround, regionUnitId } from '../rules/unit'
import { toUnitView } from '../shared/unit-view'

/** A unit and the units directly below it, temporary ones where all are asked for; without an id, the region. */
export const listChildren =
  (ports: OrganisationPorts) =>
  async (
    _session: Session,
    input: ParsedInputOf<'unit.children'>,
  ): Promise<Result<OutputOf<'unit.children'>>> => {
    const unit = await ports.units.get(input.unitId ?? regionUnitId)
    if (!unit || hasNoGround(unit)) return refuse('unknown-unit')
    const rows = await ports.units.children(unit.id)
    return ok({
      unit: toUnitView(unit),
      rows: rows
        .filter((one) => !hasNoGround(one) && (one.kind !== 'temporary' || input.isWhole === true))
        .map(toUnitView),
    })
  }

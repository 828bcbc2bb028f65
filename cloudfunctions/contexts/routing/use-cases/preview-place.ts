import { ok, type Result } from '../../../ground/result'
import { toCellView } from '../../grid/shared/cell-view'
import type { Session } from '../../organisation/rules/session'
import { timesOf } from '../../rule-book/rules/promised-times'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { RoutingPorts } from '../ports'
import { routePlace } from '../shared/route-place'
import { routingReasonText } from '../words'

/** Which branch would answer for this place, and why. Refuses what routing refuses. */
export const previewPlace =
  (ports: RoutingPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'place.preview'>,
  ): Promise<Result<OutputOf<'place.preview'>>> => {
    const place = {
      words: '',
      ...(input.point ? { point: input.point } : {}),
      ...(input.accuracyMetres === undefined ? {} : { accuracyMetres: input.accuracyMetres }),
      ...(input.namedUnitId ? { namedUnitId: input.namedUnitId } : {}),
    }
    const routed = await routePlace(ports)(place, input.categoryId ?? 'ordinary', session.now)
    if (!routed.ok) return routed
    const { outcome, cells, category } = routed.value
    return ok({
      branchName: outcome.responsible?.name ?? null,
      unitId: (outcome.responsible ?? outcome.sorter).id,
      ...(outcome.accused ? { accused: { id: outcome.accused.id, name: outcome.accused.name } } : {}),
      reasons: outcome.decision.reasons.map(routingReasonText),
      isProvisional: outcome.decision.isProvisional,
      ...timesOf(category),
      cells: cells.map(toCellView),
    })
  }

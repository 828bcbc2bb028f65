import { dayMs } from '../../../ground/instant'
import { ok, type Result, refuse } from '../../../ground/result'
import { categoriesAlike } from '../../category/rules/category'
import { isInRegion } from '../../grid/rules/region-outline'
import type { Session } from '../../organisation/rules/session'
import { alikeMetres, publicPlacesAround } from '../../routing/rules/public-place'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReadingPorts } from '../ports'
import type { Caller } from '../rules/standing'
import { presentCards } from './present-cards'

const nearbyDays = 180

const nearbyRows = 10

/**
 * Open reports of one group of categories around a point, the ten nearest (M1). Distances are computed from rounded
 * places (S1), so that asking from many points triangulates no house. Refuses `place-outside-region`.
 */
export const listNearbyReports =
  (ports: ReadingPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'report.nearby'>,
  ): Promise<Result<OutputOf<'report.nearby'>>> => {
    const { point, categoryId } = input
    if (!isInRegion(point)) return refuse('place-outside-region')
    const open = await ports.reports.openAtPublicPlaces(
      publicPlacesAround(point, alikeMetres).map((place) => place.key),
      categoriesAlike(categoryId),
      session.now - nearbyDays * dayMs,
      nearbyRows,
    )
    const anyone: Caller = { isSignedIn: false, memberships: [] }
    return ok({ rows: await presentCards(ports)(open, () => anyone, session.now, point) })
  }

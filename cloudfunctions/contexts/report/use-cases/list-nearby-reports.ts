import { dayMs } from '../../../ground/instant'
import { ok, type Result, refuse } from '../../../ground/result'
import { groupOf } from '../../category/rules/category'
import { isInRegion } from '../../grid/rules/region-outline'
import type { Session } from '../../organisation/rules/session'
import { alikeMetres, publicPlaceOf, publicPlacesAround } from '../../routing/rules/public-place'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReadingPorts } from '../ports'
import type { ListedReport } from '../rules/listed-report'
import { anyone, presentCards } from './present-cards'

const nearbyDays = 180

const nearbyRows = 10

/**
 * Open reports of one group of categories around a point (M1): the newest right here, then of the newest ten around it
 * the nearest. Distances are computed from rounded places (S1), so that asking from many points triangulates no house.
 * Refuses `place-outside-region`.
 */
export const listNearbyReports =
  (ports: ReadingPorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'report.nearby'>,
  ): Promise<Result<OutputOf<'report.nearby'>>> => {
    const { point, categoryId } = input
    if (!isInRegion(point)) return refuse('place-outside-region')
    const places = publicPlacesAround(point, alikeMetres).map((place) => place.key)
    const openAt = (some: readonly string[]) =>
      ports.reports.openAtPublicPlaces(
        some,
        groupOf(categoryId),
        session.now - nearbyDays * dayMs,
        nearbyRows,
      )
    // What lies right here is asked for by itself: no number of newer matters around it can keep it back.
    const [here, around] = await Promise.all([openAt(places.slice(0, 1)), openAt(places.slice(1))])
    const rank = new Map(places.map((key, at) => [key, at]))
    const rankOf = ({ publicPoint }: ListedReport): number =>
      (publicPoint && rank.get(publicPlaceOf(publicPoint))) ?? places.length
    // Sorting keeps the newest first where two lie at one place.
    const open = [...here, ...around].sort((a, b) => rankOf(a) - rankOf(b)).slice(0, nearbyRows)
    return ok({ rows: await presentCards(ports)(open, () => anyone, session.now, { around: point }) })
  }

import { ok, type Result, refuse, refuseAt } from '../../../ground/result'
import { unitOf } from '../../../ground/unit-path'
import { bringIn } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import type { Session } from '../../organisation/rules/session'
import { toRoutedUnit } from '../../organisation/rules/unit'
import { routePlace } from '../../routing/shared/route-place'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReportPorts } from '../ports'
import { reportIdOf } from '../rules/participant-key'
import { submitReport as composeReport } from '../rules/submit'
import { earlierMatters, recurrenceOf } from './earlier-matters'
import { settleReport } from './settle-report'
import { receiptOf } from './submit-receipt'

/** Residents take up only what lies near them: words alone would never be anybody's. */
const needsPoint = '请在地图上选位置，附近的居民才能当自己的事上报'

/**
 * A branch lists a matter that nobody has reported yet (declared), with its category's clocks from then on;
 * residents nearby join it or report it as their own. Refuses `sign-in-required`, `not-allowed`, `confidential`,
 * `place-missing` and what routing refuses.
 */
export const declareMatter = (ports: ReportPorts) => {
  const findRoute = routePlace(ports)
  const past = earlierMatters(ports)
  const bring = bringIn(ports.reports, settleReport(ports))

  return async (
    session: Session,
    input: ParsedInputOf<'redFace.declareNew'>,
  ): Promise<Result<OutputOf<'redFace.declareNew'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const seat = session.memberships.find(
      (membership) => membership.unitId === input.unitId && membership.role === 'secretary',
    )
    if (!seat) return refuse('not-allowed')
    const id = reportIdOf(ports.keyed, accountId, input.commandId)
    const digest = commandDigest(ports.keyed, accountId, 'redFace.declareNew', input)
    return bring(id, now, {
      by: accountId,
      digest,
      look: async () => {
        const { place, categoryId } = input
        if (!place.point) return refuseAt('place', 'place-missing', needsPoint)
        const lookBack = past.lookBack({ place, categoryId, now })
        const [unit, routed, calendar] = await Promise.all([
          ports.units.get(input.unitId),
          findRoute(place, categoryId, now),
          ports.calendars.current(),
        ])
        if (!routed.ok) return routed
        const { category, outcome } = routed.value
        if (category.isAboutBranch) return refuse('confidential')
        // Only what is its own: a branch lists nothing for another.
        if (!unit || unitOf(outcome.responsible?.path ?? []) !== unit.id)
          return refuseAt('place', 'unknown-unit', '这个地点不归您的支部，请换个位置')
        // F1: what comes back recurs, whoever lists it: the branch's own listing is the occurrence that others would meet.
        const matter = { place, categoryId, rules: routed.value.rules, now }
        const recurrence = recurrenceOf(matter, await lookBack(matter, accountId))
        return ok({ unit, route: routed.value, calendar, recurrence })
      },
      make: async ({ unit, route, calendar, recurrence }) => {
        const { rules, category, outcome } = route
        return composeReport(
          {
            id,
            number: await ports.newNumber(),
            pseudonym: '',
            reporterKey: null,
            category,
            text: input.text,
            photos: [],
            place: input.place,
            hasPhone: false,
            isByMember: false,
            decision: {
              policy: 'declared',
              reasons: [{ why: 'listed-by-itself', unit: unit.name }],
              isProvisional: false,
              ruleVersion: rules.version,
              at: now,
            },
            responsible: toRoutedUnit(unit),
            sorter: outcome.sorter,
            ...recurrence,
            command: { id: input.commandId, action: 'redFace.declareNew', digest },
          },
          now,
          { rules, calendar },
        )
      },
      answer: receiptOf,
    })
  }
}

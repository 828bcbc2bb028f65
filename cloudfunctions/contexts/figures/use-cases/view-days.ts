import { ok, type Result, refuse } from '../../../ground/result'
import { categoryGroupIds } from '../../category/rules/category'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { FiguresPorts } from '../ports'
import { flowNames } from '../rules/flows'
import type { Counts } from '../rules/fold'
import { datesFrom } from '../rules/month'

type DayView = OutputOf<'unit.days'>['days'][number]

const groupsOf = (counts: Counts): DayView['groups'] =>
  categoryGroupIds.flatMap((groupId) => {
    const named = flowNames.map((name) => [name, counts[`${name}:${groupId}`] ?? 0] as const)
    if (named.every(([, count]) => count === 0)) return []
    return [{ groupId, counts: Object.fromEntries(named) as DayView['groups'][number]['counts'] }]
  })

/**
 * What happened in a unit's area day by day: one document a day, whatever lies below. Complaints are in none of them
 * (H4). Refuses `unknown-unit`, and `not-allowed` whoever has no seat in the unit or above it.
 */
export const viewDays =
  (ports: Pick<FiguresPorts, 'units' | 'figures'>) =>
  async (session: Session, input: ParsedInputOf<'unit.days'>): Promise<Result<OutputOf<'unit.days'>>> => {
    const unit = await ports.units.get(input.unitId)
    if (!unit) return refuse('unknown-unit')
    if (!session.memberships.some(({ unitId }) => unit.path.includes(unitId))) return refuse('not-allowed')
    const dates = datesFrom(input.from, input.to)
    const { days, asOf } = await ports.figures.days(unit.id, dates)
    return ok({
      days: dates.flatMap((on, no) => {
        const groups = groupsOf(days[no] ?? {})
        return groups.length === 0 ? [] : [{ on, groups }]
      }),
      asOf,
    })
  }

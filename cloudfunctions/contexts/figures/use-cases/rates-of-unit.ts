import { dayMs } from '../../../ground/instant'
import type { Unit } from '../../organisation/rules/unit'
import { isConfidential } from '../../report/rules/confidential'
import type { RuleBook } from '../../rule-book/rules/rule-book'
import type { FiguresPorts } from '../ports'
import { type Period, type Rates, rateFactsOf, ratesOf } from '../rules/rates'

/** A report submitted so long before the period may still have been rated, or have fallen due, within it. */
const longestDays = 210

/**
 * The units whose figures a unit's contain: itself, whom it took over from, and its temporary units (A4).
 */
const unitsCountedWith = async (
  ports: Pick<FiguresPorts, 'units'>,
  unit: Unit,
): Promise<readonly string[]> => {
  const [before, below] = await Promise.all([
    ports.units.predecessors(unit.id),
    ports.units.children(unit.id),
  ])
  return [
    ...new Set([unit, ...before, ...below.filter((one) => one.kind === 'temporary')].map((one) => one.id)),
  ]
}

/**
 * The three rates of a unit over a period. People are told apart by their accounts, which stay in their own
 * collection: one person counts once a month, however many reports they file.
 */
export const ratesOfUnit = async (
  ports: Pick<FiguresPorts, 'units' | 'reports' | 'participants'>,
  unit: Unit,
  period: Period,
  now: number,
  rules: RuleBook,
): Promise<Rates> => {
  const unitIds = await unitsCountedWith(ports, unit)
  const held = await Promise.all(
    unitIds.map((unitId) => ports.reports.heldBy(unitId, period.from - longestDays * dayMs, period.to)),
  )
  // A complaint that moved a published figure would tell those whom it is about (H4).
  const reports = [...new Map(held.flat().map((report) => [report.id, report])).values()].filter(
    (report) => !isConfidential(report),
  )
  const people = await ports.participants.getMany(
    reports.flatMap(({ id, ratings }) => ratings.map(({ key }) => ({ reportId: id, key }))),
  )
  const accounts = new Map(people.map((person) => [`${person.reportId}:${person.key}`, person.accountId]))
  const personOf = (reportId: string, key: string): string =>
    accounts.get(`${reportId}:${key}`) ?? `${reportId}:${key}`
  return ratesOf(
    reports.map((report) => rateFactsOf(report, now, rules, personOf)),
    unitIds,
    period,
    now,
    rules,
  )
}

import { ok, type Result, refuse } from '../../../ground/result'
import { bannerOf, unitsAbove } from '../../../ground/unit-path'
import type { Session } from '../../organisation/rules/session'
import { seatsEverIn } from '../../organisation/rules/session'
import type { Unit } from '../../organisation/rules/unit'
import { toUnitView } from '../../organisation/shared/unit-view'
import { passedHorizonOn } from '../../report/shared/watch-horizon'
import type { RuleBook } from '../../rule-book/rules/rule-book'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { FiguresPorts } from '../ports'
import { compare } from '../rules/compare'
import { lastMonths, monthOf, monthSection, periodOf } from '../rules/month'
import { ratesFrom } from '../rules/rates'
import { shownRates } from '../rules/shown-rates'

/** Over how many months a branch page shows the three rates, the running one among them (Q1). */
const ratesMonths = 3

/** The three rates of a unit, and how each stands to its banner's own (Q7). */
const ratesOfUnit = async (
  { figures }: Pick<FiguresPorts, 'figures'>,
  unit: Unit,
  now: number,
  rules: RuleBook,
) => {
  const months = lastMonths(now, ratesMonths)
  const bannerId = bannerOf(unit.path)
  const of = (unitId: string) => months.map((month) => monthSection(unitId, month))
  const numbers = await figures.months([...of(unit.id), ...(bannerId === null ? [] : of(bannerId))])
  const rates = ratesFrom(numbers.slice(0, months.length), rules)
  const banners = ratesFrom(numbers.slice(months.length), rules)
  const shown = shownRates(rates)
  const standing = (rate: 'response' | 'solved' | 'satisfaction') =>
    banners[rate].value === null ? null : compare(shown[rate], banners[rate].value)
  return {
    ...rates,
    ...shown,
    fromAt: periodOf(months[0] ?? monthOf(now)).from,
    standings: {
      response: standing('response'),
      solved: standing('solved'),
      satisfaction: standing('satisfaction'),
    },
  }
}

/**
 * A unit's public page: who it is, whom it works with, its open matters and the three rates of its branch.
 * The rates stay with the staff of its banner until the banner switches publication on.
 */
export const viewUnit =
  (ports: FiguresPorts) =>
  async (session: Session, input: ParsedInputOf<'unit.get'>): Promise<Result<OutputOf<'unit.get'>>> => {
    const unit = await ports.units.get(input.unitId)
    if (!unit) return refuse('unknown-unit')
    const rules = await ports.ruleBooks.of(bannerOf(unit.path))
    const isStaffHere = session.memberships.some((membership) => unit.path.includes(membership.unitId))
    const hasRates = unit.kind === 'branch' || unit.kind === 'specialised-branch'
    const isBannersOwn = unit.level === 'banner' && isStaffHere
    const [parents, partnerships, { counts, asOf }, rates, calendarHorizonOn, ruleBookFault] =
      await Promise.all([
        ports.units.getMany(unitsAbove(unit.path)),
        ports.units.partnershipsOf([...unit.path], session.now),
        ports.figures.of(unit.id, 'everyone'),
        hasRates && (isStaffHere || rules.rates.isPublished)
          ? ratesOfUnit(ports, unit, session.now, rules)
          : Promise.resolve(null),
        isBannersOwn
          ? passedHorizonOn(ports, unit.id, { seatsIn: seatsEverIn(session) })
          : Promise.resolve(null),
        isBannersOwn ? ports.ruleBooks.faultOf(unit.id) : Promise.resolve(null),
      ])
    return ok({
      unit: toUnitView(unit),
      parents: parents.map(({ id, name }) => ({ id, name })),
      partners: [
        ...new Map(
          partnerships.map((one) => [one.partnerId, { id: one.partnerId, name: one.partnerName }]),
        ).values(),
      ],
      openCount: counts.open ?? 0,
      redFaceCount: counts.redFaces ?? 0,
      asOf,
      rates:
        rates && asOf !== null
          ? {
              fromAt: rates.fromAt,
              toAt: asOf,
              response: rates.response,
              solved: rates.solved,
              satisfaction: rates.satisfaction,
              solvedRange: rates.solvedRange,
              satisfactionRange: rates.satisfactionRange,
              combined: rates.combined,
              standings: rates.standings,
              coverage: rates.coverage,
              declined: rates.declined,
              weights: rates.weights,
              weightsSource: rates.weightsSource,
              ruleVersion: rates.ruleVersion,
            }
          : null,
      calendarHorizonOn,
      ruleBookFault,
    })
  }

import { daysFrom, flowsOf } from '../../../cloudfunctions/contexts/figures/rules/flows'
import { type Counts, foldedUp } from '../../../cloudfunctions/contexts/figures/rules/fold'
import {
  daySection,
  frozenAt,
  type Month,
  monthAfter,
  monthOf,
  monthSection,
  periodOf,
} from '../../../cloudfunctions/contexts/figures/rules/month'
import { numbersOf, rateFactsOf } from '../../../cloudfunctions/contexts/figures/rules/rates'
import type { Unit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { isConfidential } from '../../../cloudfunctions/contexts/report/rules/confidential'
import { defaultRuleBook } from '../../../cloudfunctions/contexts/rule-book/rules/rule-book'
import type { Ports } from '../../../cloudfunctions/entrypoints/ports'
import { mondayAt } from '../../support/builders'
import type { World } from '../confidentiality/world'

/** By the name of a section: its own numbers. */
type Own = ReadonlyMap<string, Counts>

/** The months that a history has seen by now. */
const monthsUntil = (now: number): readonly Month[] => {
  const months: Month[] = []
  for (let month = monthOf(mondayAt); month <= monthOf(now); month = monthAfter(month, 1)) months.push(month)
  return months
}

/**
 * Works out months and days from the reports alone, without a row, a section or an outbox: what figures must come to,
 * once the clock has come to its end. A month is noted by the run that makes it final, and is that for good.
 */
export const rebuilder = (world: World, ports: Ports, units: readonly Unit[]) => {
  const final = new Map<Month, Own>()

  /** A4: whose figures contain a unit's. */
  const countsIn = ({ id, endsAt, successorId }: Unit, at: number): string =>
    endsAt !== undefined && endsAt <= at && successorId !== undefined ? successorId : id

  const readReports = async () => {
    const { reports = [], participants = [] } = await world.collections()
    const accounts = new Map(
      participants.map((one) => [`${String(one.reportId)}:${String(one.key)}`, String(one.accountId)]),
    )
    const whole = await Promise.all(reports.map(({ _id }) => ports.reports.get(_id)))
    return whole.flatMap((report) => {
      if (!report || isConfidential(report)) return []
      const facts = rateFactsOf(report, world.now(), defaultRuleBook, (reportId, key) => {
        const saying = `${reportId}:${key}`
        return accounts.get(saying) ?? saying
      })
      return [{ facts, flows: flowsOf(report, facts) }]
    })
  }

  const ownOf = (month: Month, reports: Awaited<ReturnType<typeof readReports>>): Own => {
    const now = world.now()
    const at = Math.min(now, frozenAt(month))
    const own = new Map<string, Counts>()
    for (const { id } of units) {
      const unitIds = units.filter((unit) => countsIn(unit, at) === id).map((unit) => unit.id)
      own.set(
        monthSection(id, month),
        numbersOf(
          reports.map(({ facts }) => facts),
          unitIds,
          periodOf(month),
          now,
        ),
      )
      const flows = reports.flatMap((report) => report.flows)
      for (const [on, day] of daysFrom(flows, unitIds, periodOf(month), now)) own.set(daySection(id, on), day)
    }
    return own
  }

  const months = async (which: (month: Month) => boolean): Promise<readonly (readonly [Month, Own])[]> => {
    const wanted = monthsUntil(world.now()).filter((month) => !final.has(month) && which(month))
    if (wanted.length === 0) return []
    const reports = await readReports()
    return wanted.map((month) => [month, ownOf(month, reports)] as const)
  }

  return {
    /** After each run of the clock: what has become final by it. */
    noteFinal: async (): Promise<void> => {
      for (const [month, own] of await months((one) => frozenAt(one) <= world.now())) final.set(month, own)
    },
    /** Every section of every unit, its own numbers and those of all that lies below it. */
    sections: async (): Promise<ReadonlyMap<string, { readonly own: Counts; readonly below: Counts }>> => {
      const own = new Map(
        [...final.values(), ...(await months(() => true)).map(([, one]) => one)].flatMap((one) => [...one]),
      )
      const spans = new Set([...own.keys()].map((section) => section.slice(section.indexOf('@'))))
      const sections = new Map<string, { readonly own: Counts; readonly below: Counts }>()
      for (const span of spans)
        for (const { id } of units) {
          const under = units.filter((unit) => unit.id !== id && unit.path.includes(id))
          const below = foldedUp(under.map((unit) => ({ own: own.get(unit.id + span) ?? {}, below: {} })))
          sections.set(id + span, { own: own.get(id + span) ?? {}, below })
        }
      return sections
    },
  }
}

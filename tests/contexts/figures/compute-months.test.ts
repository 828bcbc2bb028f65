import type { KeptMonth, ReportRow } from '../../../cloudfunctions/contexts/figures/ports'
import { figureProjectors } from '../../../cloudfunctions/contexts/figures/projectors'
import { monthSection, unitAndMonth } from '../../../cloudfunctions/contexts/figures/rules/month'
import { type MonthNumbers, ratesFrom } from '../../../cloudfunctions/contexts/figures/rules/rates'
import { computeMonths } from '../../../cloudfunctions/contexts/figures/shared/compute-months'
import type { Unit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import type { Participant } from '../../../cloudfunctions/contexts/report/ports'
import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import { dayMs } from '../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aReport,
  branch,
  farBranch,
  mondayAt,
  otherBranch,
  reportIn,
  rules,
  temporaryUnit,
  wait,
} from '../../support/builders'
import { somePorts } from '../../support/some-ports'

interface Computed {
  readonly numbers: MonthNumbers
  readonly above: readonly string[]
  readonly computeAt: number | null
}

/** The months of units, worked out by the clock at an instant from what these reports say. */
const monthsFrom = async (
  reports: readonly Report[],
  now: number,
  accountOf: (report: Report) => string = (report) => `account-of-${report.id}`,
) => {
  const rows = new Map<string, ReportRow>()
  const due = new Set<string>()
  const computed = new Map<string, Computed>()
  const units: readonly Unit[] = [
    branch,
    otherBranch,
    { ...farBranch, successorId: branch.id },
    { ...temporaryUnit, parentId: branch.id },
  ]
  const ports = somePorts({
    units: {
      get: async (id) => units.find((unit) => unit.id === id),
      predecessors: async (id) => (id === branch.id ? [farBranch] : []),
      children: async (id) => (id === branch.id ? [temporaryUnit] : []),
    },
    participants: {
      getMany: async (people) =>
        people.flatMap(({ reportId, key }): Participant[] => {
          const report = reports.find(({ id }) => id === reportId)
          if (!report) return []
          const accountId = accountOf(report)
          return [{ reportId, key, accountId, part: 'reporter', phone: null, joinedAt: report.submittedAt }]
        }),
    },
    figures: {
      row: async (id) => rows.get(id),
      putRow: async (row) => {
        rows.set(row.id, row)
      },
      rowsOf: async (months) =>
        [...rows.values()].filter((row) => row.months.some((month) => months.includes(month))),
      touchMonth: async (id) => {
        due.add(id)
      },
      monthsDue: async () => {
        const months = [...due].map((id): KeptMonth => {
          const section = { id, rev: 1, above: [], isChanged: false, moves: [], own: {}, below: {} }
          return { section, ...unitAndMonth(id), computeAt: now }
        })
        due.clear()
        return months
      },
      setMonth: async ({ section }, numbers, above, computeAt) => {
        computed.set(section.id, { numbers, above, computeAt })
        return true
      },
    },
  })
  const { outcome } = figureProjectors(ports)
  if (!('project' in outcome)) throw new Error('outcomes are kept one by one')
  for (const report of reports)
    await outcome.project(report, { id: '1.0', at: now, kind: 'outcome' }, now, undefined)
  await computeMonths(ports)(now, () => true)
  return { computed, touched: due }
}

const march = '2026-03'
const april = '2026-04'

/** The rates of the branch in a month, once everything has come about. */
const ratesIn = async (month: string, ...of: Parameters<typeof monthsFrom>) => {
  const { computed } = await monthsFrom(...of)
  return ratesFrom([computed.get(monthSection(branch.id, month))?.numbers ?? {}], rules)
}
const later = mondayAt + 400 * dayMs

const missedBy = ({ id, name, path, level }: Unit, more: object = {}) =>
  wait(aReport({ responsible: { id, name, path, level }, ...more }), mondayAt + 20 * dayMs)

describe('the month of a unit', () => {
  test('Q1: contains what was said in it of a report submitted before it', async () => {
    const resolved = { ...reportIn('closed'), id: 'r1' }
    const [rating] = resolved.ratings
    if (!rating) throw new Error('nobody rated it')
    const ratedInApril = { ...resolved, ratings: [{ ...rating, at: mondayAt + 40 * dayMs }] }
    expect((await ratesIn(april, [ratedInApril], later)).solved.denominator).toBe(1)
    expect((await ratesIn(april, [resolved], later)).solved.denominator).toBe(0)
  })

  test('Q1: contains a contact from the instant at which it falls due, and is worked out anew then', async () => {
    const report = missedBy(branch)
    const { contactDueAt } = report.deadlines
    const before = (await monthsFrom([report], contactDueAt - 1)).computed.get(monthSection(branch.id, march))
    expect(before).toMatchObject({ numbers: { due: 0 }, computeAt: contactDueAt })
    expect((await ratesIn(march, [report], contactDueAt)).response.denominator).toBe(1)
  })

  test('Q3: one account with two reports counts once a month, two accounts twice', async () => {
    const two = ['r1', 'r2'].map((id) => ({ ...reportIn('closed'), id }))
    expect((await ratesIn(march, two, later)).solved.denominator).toBe(2)
    expect((await ratesIn(march, two, later, () => 'one-account')).solved.denominator).toBe(1)
  })

  test('A4: contains what a unit missed whose successor it is, and nothing of others', async () => {
    expect((await ratesIn(march, [missedBy(farBranch)], later)).response.denominator).toBe(1)
    expect((await ratesIn(march, [missedBy(otherBranch)], later)).response.denominator).toBe(0)
  })

  test('A4: contains what a temporary unit of theirs has missed, which counts once for the levels above', async () => {
    const { computed } = await monthsFrom([missedBy(temporaryUnit)], later)
    expect(computed.get(monthSection(branch.id, march))).toMatchObject({
      numbers: { kept: 0, due: 1 },
      above: branch.path.slice(0, -1).map((id) => monthSection(id, march)),
    })
    expect(computed.get(monthSection(temporaryUnit.id, march))?.above).toEqual([])
  })

  test('H4: contains no complaint, for a published figure that moves tells of it', async () => {
    const complaint = { ...missedBy(branch, { category: aCategory('about-branch') }), id: 'r2' }
    expect((await ratesIn(march, [missedBy(branch), complaint], later)).response.denominator).toBe(1)
  })

  test('Q6: is provisional until 35 days after its end, and is not worked out again from then on', async () => {
    const section = monthSection(branch.id, march)
    const finalAt = Date.parse('2026-05-06T00:00:00+08:00')
    const at = async (now: number) => (await monthsFrom([missedBy(branch)], now)).computed.get(section)
    expect((await at(finalAt - 1))?.computeAt).toBe(finalAt)
    expect((await at(finalAt))?.computeAt).toBeNull()
  })
})

import { groupOf } from '../../../cloudfunctions/contexts/category/rules/category'
import type { KeptMonth, ReportRow } from '../../../cloudfunctions/contexts/figures/ports'
import { figureProjectors } from '../../../cloudfunctions/contexts/figures/projectors'
import type { FlowName } from '../../../cloudfunctions/contexts/figures/rules/flows'
import type { Counts } from '../../../cloudfunctions/contexts/figures/rules/fold'
import {
  daySection,
  frozenAt,
  monthSection,
  unitAndMonth,
} from '../../../cloudfunctions/contexts/figures/rules/month'
import {
  type MonthNumber,
  type MonthNumbers,
  ratesFrom,
} from '../../../cloudfunctions/contexts/figures/rules/rates'
import { computeMonths, workOutMonth } from '../../../cloudfunctions/contexts/figures/shared/compute-months'
import { toRoutedUnit, type Unit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import type { Participant } from '../../../cloudfunctions/contexts/report/ports'
import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import { chinaDateOn, dayMs } from '../../../cloudfunctions/ground/instant'
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

/** The far branch, which the branch took over when it ended. */
const endedAt = mondayAt - dayMs
const tree = (
  more: readonly Unit[] = [{ ...farBranch, endsAt: endedAt, successorId: branch.id }],
): readonly Unit[] => [
  branch,
  otherBranch,
  { ...temporaryUnit, parentId: branch.id, path: [...branch.path, temporaryUnit.id] },
  ...more,
]

/** The months of units and their days, worked out by the clock at an instant from what these reports say. */
const monthsFrom = async (
  reports: readonly Report[],
  now: number,
  accountOf: (report: Report) => string = (report) => `account-of-${report.id}`,
  units: readonly Unit[] = tree(),
) => {
  const rows = new Map<string, ReportRow>()
  const due = new Set<string>()
  const computed = new Map<string, Computed>()
  const days = new Map<string, Counts>()
  const ports = somePorts({
    units: {
      get: async (id) => units.find((unit) => unit.id === id),
      predecessors: async (id) => units.filter(({ successorId }) => successorId === id),
      children: async (id) => units.filter(({ parentId }) => parentId === id),
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
      rowsOf: async (month, after, limit) =>
        [...rows.values()]
          .filter((row) => row.months.includes(month) && (after === null || row.id > after))
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, limit),
      touchMonth: async (id) => {
        due.add(id)
      },
      monthsDue: async () => {
        const months = [...due].map((id): KeptMonth => {
          const section = { id, rev: 1, above: [], isChanged: false, moves: [], own: {}, below: {} }
          return { section, ...unitAndMonth(id) }
        })
        due.clear()
        return months
      },
      kept: async () => [],
      sealedUntil: async () => undefined,
      setOwn: async (id, _known, own) => {
        days.set(id, own)
        return true
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
  return { computed, touched: due, days }
}

const march = '2026-03'
const april = '2026-04'

/** The rates of the branch in a month, once everything has come about. */
const ratesIn = async (month: string, ...of: Parameters<typeof monthsFrom>) => {
  const { computed } = await monthsFrom(...of)
  return ratesFrom([computed.get(monthSection(branch.id, month))?.numbers ?? {}], rules)
}
const later = mondayAt + 400 * dayMs

const missedBy = (unit: Unit, more: object = {}) =>
  wait(aReport({ responsible: toRoutedUnit(unit), ...more }), mondayAt + 20 * dayMs)

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
    expect(before).toMatchObject({ computeAt: contactDueAt })
    expect(before?.numbers.due ?? 0).toBe(0)
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

  const dueIn = async (unit: Unit, ...of: Parameters<typeof monthsFrom>) =>
    (await monthsFrom(...of)).computed.get(monthSection(unit.id, march))?.numbers.due ?? 0

  test('A4: contains what a temporary unit of theirs has missed, which is nothing by itself', async () => {
    const reports = [missedBy(temporaryUnit)]
    expect(await dueIn(branch, reports, later)).toBe(1)
    expect(await dueIn(temporaryUnit, reports, later)).toBe(0)
  })

  test('A4: of a unit that ends counts in its successor’s from its end, and in its own before', async () => {
    const reports = [missedBy(farBranch)]
    const endsAt = mondayAt + 25 * dayMs
    const units = tree([{ ...farBranch, endsAt, successorId: branch.id }])
    const at = async (unit: Unit, now: number) => dueIn(unit, reports, now, undefined, units)
    expect([await at(farBranch, endsAt - 1), await at(branch, endsAt - 1)]).toEqual([1, 0])
    expect([await at(farBranch, endsAt), await at(branch, endsAt)]).toEqual([0, 1])
  })

  test('A4: counts in the last of several successors, and in that one alone', async () => {
    const units = tree([
      { ...farBranch, endsAt: endedAt, successorId: otherBranch.id },
      { ...otherBranch, endsAt: endedAt, successorId: branch.id },
    ]).filter((unit) => unit !== otherBranch)
    const dues = [farBranch, otherBranch, branch].map((unit) =>
      dueIn(unit, [missedBy(farBranch), missedBy(otherBranch, { id: 'r2' })], later, undefined, units),
    )
    expect(await Promise.all(dues)).toEqual([0, 0, 2])
  })

  test('A4: of units that took over from one another each counts once', async () => {
    const units = [
      { ...farBranch, endsAt: endedAt, successorId: otherBranch.id },
      { ...otherBranch, endsAt: endedAt, successorId: farBranch.id },
    ]
    const dues = units.map((unit) => dueIn(unit, [missedBy(farBranch)], later, undefined, units))
    expect(await Promise.all(dues)).toEqual([1, 0])
  })

  test('A4, Q6: final before its unit ended it stays with the unit that answered', async () => {
    const units = tree([{ ...farBranch, endsAt: frozenAt(march) + 1, successorId: branch.id }])
    expect(await dueIn(farBranch, [missedBy(farBranch)], later, undefined, units)).toBe(1)
    expect(await dueIn(branch, [missedBy(farBranch)], later, undefined, units)).toBe(0)
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

  test('whose unit nobody knows any more is nothing, and is not worked out again', async () => {
    const { computed } = await monthsFrom([missedBy(branch)], later, undefined, [])
    expect(computed.get(monthSection(branch.id, march))).toMatchObject({ numbers: {}, computeAt: null })
  })
})

describe('the days of a month', () => {
  /** A report that came, was contacted, resolved, rated and closed. */
  const closed = { ...reportIn('closed'), id: 'r1' }
  const sumOf = (days: ReadonlyMap<string, Counts>, unit: Unit, name: FlowName): number =>
    [...days].reduce(
      (sum, [id, counts]) =>
        sum +
        Object.entries(counts)
          .filter(([figure]) => id.startsWith(`${unit.id}@`) && figure.startsWith(`${name}:`))
          .reduce((all, [, count]) => all + (count ?? 0), 0),
      0,
    )

  test('say what happened on each, by the group of the kind of matter', async () => {
    const { days } = await monthsFrom([closed], later)
    const [rating] = closed.ratings
    const [resolution] = closed.resolutions
    const group = groupOf(closed.categoryId)
    const on = (at: number) => days.get(daySection(branch.id, chinaDateOn(at))) ?? {}
    expect(on(closed.submittedAt)).toMatchObject({ [`in:${group}`]: 1 })
    expect(on(resolution?.at ?? 0)).toMatchObject({ [`resolved:${group}`]: 1 })
    expect(on(rating?.at ?? 0)).toMatchObject({ [`solved:${group}`]: 1, [`satisfied:${group}`]: 1 })
    expect(on(closed.closedAt ?? 0)).toMatchObject({ [`closed:${group}`]: 1, [`rated:${group}`]: 1 })
  })

  test('K9: what happened before its kind was put right counts by the kind it had then', async () => {
    const renamed = {
      ...closed,
      formerGroups: [{ groupId: 'suggestion' as const, untilAt: closed.submittedAt + 1 }],
    }
    const { days } = await monthsFrom([renamed], later)
    const first = days.get(daySection(branch.id, chinaDateOn(closed.submittedAt)))
    expect(first).toMatchObject({ 'in:suggestion': 1 })
    expect([...days.values()].some((counts) => counts[`closed:${groupOf(closed.categoryId)}`] === 1)).toBe(
      true,
    )
  })

  test('add up to their month', async () => {
    const missed = ['r2', 'r3'].map((id) => missedBy(branch, { id }))
    const { days, computed } = await monthsFrom([closed, ...missed], later)
    const months = [...computed].filter(([id]) => unitAndMonth(id).unitId === branch.id)
    const monthly = (name: MonthNumber) =>
      months.reduce((sum, [, { numbers }]) => sum + (numbers[name] ?? 0), 0)
    for (const name of ['closed', 'rated', 'declined'] as const)
      expect(sumOf(days, branch, name)).toBe(monthly(name))
    expect([sumOf(days, branch, 'due'), sumOf(days, branch, 'kept')]).toEqual([
      monthly('dueSeen'),
      monthly('keptSeen'),
    ])
    expect(sumOf(days, branch, 'due')).toBeGreaterThan(1)
  })

  test('a matter that is passed on goes out of the one and comes into the other', async () => {
    const [stint] = closed.stints
    if (!stint) throw new Error('nobody had it')
    const { id, name, path } = otherBranch
    const passedOn = {
      ...closed,
      stints: [stint, { ...stint, unit: { id, name, path }, from: stint.from + dayMs }],
    }
    const { days } = await monthsFrom([passedOn], later)
    const flows = (['in', 'out'] as const).map((flow) =>
      [branch, otherBranch].map((unit) => sumOf(days, unit, flow)),
    )
    expect(flows).toEqual([
      [1, 1],
      [1, 0],
    ])
  })

  test('A4: of a unit that has ended are its successor’s', async () => {
    const { days } = await monthsFrom([missedBy(farBranch)], later)
    expect([sumOf(days, farBranch, 'due'), sumOf(days, branch, 'due')]).toEqual([0, 1])
  })

  test('H4: contain no complaint', async () => {
    const complaint = { ...missedBy(branch, { category: aCategory('about-branch') }), id: 'r2' }
    expect((await monthsFrom([complaint], later)).days.size).toBe(0)
  })

  test('H4, K9: contain nothing of the time when a matter was a complaint', async () => {
    const wasComplaint = { at: later, lastSeq: 1, unitIds: [], reporterKey: closed.reporterKey }
    expect((await monthsFrom([{ ...closed, wasComplaint }], later)).days.size).toBe(0)
  })
})

test('of a month of thousands every report counts once, and the answers of one person are weighed together wherever they stand', async () => {
  const at = mondayAt
  const said = <T>(answer: T, reportId: string) => ({
    answer,
    by: [{ personId: '', sayingId: `${reportId}:key` }],
  })
  const row = (no: number): ReportRow => {
    const id = `r${String(no).padStart(5, '0')}`
    const answer = {
      unitId: branch.id,
      at,
      isReopened: false,
      solved: said(no === 3 ? ('yes' as const) : ('no' as const), id),
      satisfaction: said('satisfied' as const, id),
    }
    return {
      id,
      rev: 1,
      months: [monthSection(branch.id, march)],
      formerMonths: [],
      facts: {
        contact: null,
        answers: [3, 1_900].includes(no) ? [answer] : [],
        closing: null,
        received: [{ unitId: branch.id, at }],
        declined: null,
      },
      flows: [{ name: 'in', unitId: branch.id, groupId: 'road', at }],
    }
  }
  const rows = Array.from({ length: 2_000 }, (_, no) => row(no))
  const { numbers, days } = await workOutMonth(
    somePorts({
      units: { get: async () => branch, predecessors: async () => [], children: async () => [] },
      participants: {
        getMany: async (people) =>
          people.map(({ reportId, key }): Participant => {
            return { reportId, key, accountId: 'one person', part: 'reporter', phone: null, joinedAt: at }
          }),
      },
      figures: {
        rowsOf: async (_month, after, limit) =>
          rows.filter(({ id }) => after === null || id > after).slice(0, limit),
      },
    }),
  )(branch.id, march, at + dayMs)
  expect(numbers).toMatchObject({ received: 2_000, solvedCount: 1, solvedSum: 0.5, contentCount: 1 })
  expect(days.get(chinaDateOn(at))).toEqual({ 'in:road': 2_000 })
})

import { ratesOfUnit } from '../../../cloudfunctions/contexts/figures/use-cases/rates-of-unit'
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

/** What a unit's figures are when these are all the reports there are. */
const ratesFrom = (
  reports: readonly Report[],
  period: { readonly from: number; readonly to: number },
  accountOf: (report: Report) => string = (report) => `account-of-${report.id}`,
) => {
  const ports = somePorts({
    units: { predecessors: async () => [farBranch], children: async () => [temporaryUnit] },
    reports: {
      heldBy: async (unitId, fromAt, toAt) =>
        reports.filter(
          ({ stints, submittedAt }) =>
            stints.some((stint) => stint.unit.id === unitId) && fromAt <= submittedAt && submittedAt < toAt,
        ),
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
  })
  return ratesOfUnit(ports, branch, period, period.to + 400 * dayMs, rules)
}

const april = { from: mondayAt + 30 * dayMs, to: mondayAt + 60 * dayMs }

describe('the figures of a unit', () => {
  test('Q1: contain what fell due or was said within the period of a report submitted before it', async () => {
    const resolved = { ...reportIn('closed'), id: 'r1' }
    const [rating] = resolved.ratings
    if (!rating) throw new Error('nobody rated it')
    const ratedInApril = { ...resolved, ratings: [{ ...rating, at: april.from }] }
    expect((await ratesFrom([ratedInApril], april)).solved.denominator).toBe(1)
    expect((await ratesFrom([resolved], april)).solved.denominator).toBe(0)
  })

  test('Q3: one account with two reports counts once a month, two accounts twice', async () => {
    const two = ['r1', 'r2'].map((id) => ({ ...reportIn('closed'), id }))
    const march = { from: mondayAt, to: april.from }
    expect((await ratesFrom(two, march)).solved.denominator).toBe(2)
    expect((await ratesFrom(two, march, () => 'one-account')).solved.denominator).toBe(1)
  })

  test('A4: contain what a unit missed whose successor it is, and nothing of others', async () => {
    const missedBy = ({ id, name, path, level }: Unit) =>
      wait(aReport({ responsible: { id, name, path, level } }), mondayAt + 20 * dayMs)
    const march = { from: mondayAt, to: april.from }
    expect((await ratesFrom([missedBy(farBranch)], march)).response.denominator).toBe(1)
    expect((await ratesFrom([missedBy(otherBranch)], march)).response.denominator).toBe(0)
  })

  test('H4: contain no complaint, for a published figure that moves tells of it', async () => {
    const { id, name, path, level } = branch
    const missed = (kind: object) =>
      wait(aReport({ responsible: { id, name, path, level }, ...kind }), mondayAt + 20 * dayMs)
    const complaint = { ...missed({ category: aCategory('about-branch') }), id: 'r2' }
    const march = { from: mondayAt, to: april.from }
    expect((await ratesFrom([missed({}), complaint], march)).response.denominator).toBe(1)
  })

  test('A4: contain what a temporary unit of theirs has missed', async () => {
    const { id, name, path, level } = temporaryUnit
    const missed = wait(aReport({ responsible: { id, name, path, level } }), mondayAt + 20 * dayMs)
    const march = { from: mondayAt, to: april.from }
    expect((await ratesFrom([missed], march)).response).toMatchObject({ numerator: 0, denominator: 1 })
  })
})

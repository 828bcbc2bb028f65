import * as fc from 'fast-check'
import {
  type AnswerFact,
  type ContactFact,
  numbersOf,
  type PersonOf,
  type RateFacts,
  rateFactsOf,
  ratesFrom,
} from '../../../../cloudfunctions/contexts/figures/rules/rates'
import type {
  Rating,
  SatisfactionAnswer,
  SolvedAnswer,
} from '../../../../cloudfunctions/contexts/report/rules/rating'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { defaultRuleBook as rules } from '../../../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { dayMs, hourMs } from '../../../../cloudfunctions/ground/instant'

const monthAt = Date.parse('2026-03-01T00:00:00+08:00')
const period = { from: monthAt, to: Date.parse('2026-04-01T00:00:00+08:00') }
const now = Date.parse('2026-06-01T00:00:00+08:00')

const branch = { id: 'b', name: '后炭市社区党支部', path: ['15', '1502', '150221', '150221100', 'b'] }
const other = { id: 'o', name: '东街社区党支部', path: ['15', '1502', '150221', '150221100', 'o'] }

const nothing: RateFacts = { contact: null, answers: [], closing: null, received: [], declined: null }
const contact = (overrides: Partial<ContactFact> = {}): RateFacts => ({
  ...nothing,
  contact: { dueAt: monthAt + dayMs, isKept: true, isOwn: false, unitIds: ['b'], ...overrides },
})
/** What one person said of one resolution. */
interface Answered {
  readonly at: number
  readonly personId: string
  readonly sayingId: string
  readonly solved: SolvedAnswer | null
  readonly satisfaction: SatisfactionAnswer | null
  readonly isReopened: boolean
}
const answer = ({
  personId = 'p',
  sayingId = 'r:p',
  solved = 'yes',
  satisfaction = 'satisfied',
  ...overrides
}: Partial<Answered> = {}): RateFacts => {
  const by = [{ personId, sayingId }]
  const fact: AnswerFact = {
    at: monthAt + 2 * dayMs,
    unitId: 'b',
    solved: solved && { answer: solved, by },
    satisfaction: satisfaction && { answer: satisfaction, by },
    isReopened: false,
    ...overrides,
  }
  return { ...nothing, answers: [fact] }
}
const rates = (facts: readonly RateFacts[], unitIds: readonly string[] = ['b']) =>
  ratesFrom([numbersOf(facts, unitIds, period, now)], rules)

describe('the three rates', () => {
  it('Q1: a contact counts in the month in which it fell due, an answer in the month in which it was given', () => {
    const { response, solved } = rates([
      contact(),
      contact({ dueAt: period.to }),
      contact({ dueAt: period.from - 1 }),
      answer(),
      answer({ at: period.to, personId: 'q' }),
    ])
    expect([response.denominator, solved.denominator]).toEqual([1, 1])
  })

  it('Q2: the response rate is contacts kept of contacts due', () => {
    const { response } = rates([
      contact(),
      contact({ isKept: false }),
      contact({ isKept: false, unitIds: ['o'] }),
    ])
    expect(response).toMatchObject({ numerator: 1, denominator: 2, value: 0.5 })
  })

  it('A2: a missed contact that belongs to two units counts with both', () => {
    const facts = [contact({ isKept: false, unitIds: ['b', 'o'] })]
    expect(rates(facts).response.denominator).toBe(1)
    expect(rates(facts, ['o']).response.denominator).toBe(1)
  })

  it('Q3: partly is half, reopened is nothing, basically satisfied is content', () => {
    const { solved, satisfaction } = rates([
      answer({ personId: '1', solved: 'partly', satisfaction: 'basically-satisfied' }),
      answer({ personId: '2', isReopened: true }),
      answer({ personId: '3', solved: 'no', satisfaction: 'dissatisfied' }),
    ])
    expect(solved).toMatchObject({ numerator: 0.5, denominator: 3 })
    expect(satisfaction).toMatchObject({ numerator: 2, denominator: 3 })
  })

  it('Q3: one person’s answers about one unit in one month count once, by their mean', () => {
    const praise = Array.from({ length: 20 }, () => answer({ personId: 'one account' }))
    const { solved } = rates([...praise, answer({ personId: 'neighbour', solved: 'no' })])
    expect(solved).toMatchObject({ numerator: 1, denominator: 2 })
    const torn = rates([answer(), answer({ solved: 'no' })])
    expect(torn.solved).toMatchObject({ numerator: 0.5, denominator: 1 })
  })

  it('H3, Q5: what counts not is in no denominator', () => {
    expect(rates([answer({ solved: null, satisfaction: null })])).toMatchObject({
      solved: { denominator: 0, value: null },
      satisfaction: { denominator: 0, value: null },
    })
  })

  it('Q3: coverage counts closings, and the ranges say what the unrated could change', () => {
    const closing = (isRated: boolean): RateFacts => ({
      ...nothing,
      closing: { at: monthAt + dayMs, unitId: 'b', isRated },
    })
    const { coverage, solvedRange } = rates([answer(), closing(true), closing(false)])
    expect(coverage).toMatchObject({ numerator: 1, denominator: 2 })
    expect(solvedRange).toEqual({ lowest: 0.5, highest: 1 })
  })

  it('Q2: declined of received is shown beside the rate', () => {
    const { declined } = rates([
      {
        ...nothing,
        received: [{ unitId: 'b', at: monthAt }],
        declined: { unitId: 'b', at: monthAt + dayMs },
      },
      { ...nothing, received: [{ unitId: 'b', at: monthAt }] },
    ])
    expect(declined).toMatchObject({ numerator: 1, denominator: 2 })
  })

  it('Q4: combined is 100 × (0.30 R + 0.35 S + 0.35 M), with the weights printed beside it', () => {
    const { combined, weights, weightsSource } = rates([contact(), answer({ solved: 'partly' })])
    expect(combined).toBeCloseTo(100 * (0.3 + 0.35 * 0.5 + 0.35))
    expect([weights, weightsSource]).toEqual([
      { response: 0.3, solved: 0.35, satisfaction: 0.35 },
      '准格尔旗',
    ])
    expect(rates([contact()]).combined).toBeNull()
  })

  it('A4: a unit’s figures contain those of its temporary units and of whom it took over from', () => {
    expect(rates([contact({ unitIds: ['squad'] })], ['b', 'squad']).response.denominator).toBe(1)
  })

  it('Q1: a rate is never above one and never below nothing', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            personId: fc.constantFrom('1', '2', '3'),
            solved: fc.constantFrom('yes' as const, 'partly' as const, 'no' as const, null),
            satisfaction: fc.constantFrom('satisfied' as const, 'dissatisfied' as const, null),
            isReopened: fc.boolean(),
            at: fc.integer({ min: period.from - dayMs, max: period.to + dayMs }),
          }),
        ),
        (answers) => {
          const { solved, satisfaction } = rates(answers.map((one) => answer(one)))
          for (const one of [solved, satisfaction]) {
            expect(one.numerator).toBeLessThanOrEqual(one.denominator)
            expect(one.numerator).toBeGreaterThanOrEqual(0)
          }
        },
      ),
    )
  })
})

/** A report as far as figures read one: an hour to contact, two stints. */
const aReport = (overrides: Partial<Report> = {}): Report =>
  ({
    id: 'r',
    status: 'accepted',
    reporterKey: 'reporter',
    isByMember: false,
    submittedAt: monthAt,
    stints: [{ unit: branch, isSorting: false, from: monthAt, acceptDueAt: monthAt + hourMs }],
    holds: [],
    deadlines: {
      acceptDueAt: monthAt + hourMs,
      contactDueAt: monthAt + 10 * hourMs,
      resolveDueAt: monthAt + 7 * dayMs,
      startedAt: monthAt,
      ruleVersion: rules.version,
    },
    contacts: [],
    resolutions: [],
    ratings: [],
    reopenedAts: [],
    redFaces: [],
    coReporters: [],
    unitPath: branch.path,
    changedAt: monthAt,
    ...overrides,
  }) as Report

const called = (at: number) => ({
  contacts: [{ no: 1, at, channel: 'visit' as const, unitId: 'b' }],
  contactedAt: at,
})
const facts = (overrides: Partial<Report>, at = now) => rateFactsOf(aReport(overrides), at, rules)

describe('what one report says in the figures', () => {
  it('A2: a transfer does not take a missed contact along', () => {
    const stints = [
      { unit: branch, isSorting: false, from: monthAt, acceptDueAt: monthAt + hourMs },
      { unit: other, isSorting: false, from: monthAt + 9.9 * hourMs, acceptDueAt: monthAt + 11 * hourMs },
    ]
    expect(facts({ stints }).contact).toMatchObject({ isKept: false, unitIds: ['b'] })
  })

  it('C1: a contact that was made late is missed', () => {
    expect(facts(called(monthAt + 10 * hourMs)).contact?.isKept).toBe(false)
    expect(facts(called(monthAt + 10 * hourMs - 1)).contact?.isKept).toBe(true)
  })

  it('Q1: nothing is said of a contact that is not due yet', () => {
    expect(facts({}, monthAt + hourMs).contact).toBeNull()
  })

  it('M6: merged before its contact fell due it asks for none, missed before it stays missed', () => {
    const merged = (at: number) => ({
      status: 'merged' as const,
      merged: { parentReportId: 'p', no: 2, at, previousStatus: 'routed' as const, handlerUnitId: null },
    })
    expect(facts(merged(monthAt + hourMs)).contact).toBeNull()
    expect(facts(merged(monthAt + 11 * hourMs)).contact).toMatchObject({ isKept: false })
  })

  it('Q2: withdrawn or declined in time it asks for none', () => {
    const holds = [{ from: monthAt + hourMs }]
    expect(facts({ status: 'withdrawn', holds }).contact).toBeNull()
    expect(facts({ status: 'declined', holds }).contact).toBeNull()
    const late = [{ from: monthAt + 11 * hourMs }]
    expect(facts({ status: 'withdrawn', holds: late }).contact).toMatchObject({ isKept: false })
  })

  it('Q2: a granted decline is left out from when it was proposed, however late it was granted; a miss of before stays', () => {
    const proposed = (at: number) => ({
      status: 'declined' as const,
      decline: { proposedAt: at, grantedAt: monthAt + 60 * hourMs },
      holds: [{ from: monthAt + 60 * hourMs }],
    })
    expect(facts(proposed(monthAt + hourMs)).contact).toBeNull()
    expect(facts(proposed(monthAt + 11 * hourMs)).contact).toMatchObject({ isKept: false })
    const { decline } = proposed(monthAt + hourMs)
    const overturned = facts({ decline: { ...decline, overturnedAt: monthAt + 90 * hourMs } })
    expect(overturned.contact).toMatchObject({ isKept: false })
  })

  it('H3: the contact of our own people’s report counts only when it was missed', () => {
    expect(facts({ isByMember: true, ...called(monthAt + hourMs) }).contact).toMatchObject({ isOwn: true })
    expect(facts({ isByMember: true }).contact).toMatchObject({ isOwn: true, isKept: false })
    // They may have become one of ours since they reported it: by a transfer to their branch.
    const kept = called(monthAt + hourMs)
    const withOwn = kept.contacts.map((one) => ({ ...one, isOwn: true }))
    expect(facts({ ...kept, contacts: withOwn }).contact).toMatchObject({ isOwn: true })
    expect(facts(kept).contact).toMatchObject({ isOwn: false })
    const own = [contact({ isOwn: true }), contact({ isOwn: true, isKept: false }), contact()]
    expect(rates(own).response).toMatchObject({ numerator: 1, denominator: 2 })
  })

  it('S1: what was left out is in the counts that everybody can make, and in nothing else', () => {
    const { asSeen, solved } = rates([
      contact({ isOwn: true }),
      contact(),
      answer({ sayingId: 'r1:a' }),
      answer({ sayingId: 'r2:b', solved: 'no' }),
    ])
    expect(asSeen.response).toEqual({ numerator: 2, denominator: 2 })
    expect(asSeen.solved).toEqual({ numerator: 1, denominator: 2 })
    expect(solved).toMatchObject({ numerator: 0.5, denominator: 1 })
  })

  it('declared by the branch with no reporter, there is nobody to contact', () => {
    expect(facts({ reporterKey: null }).contact).toBeNull()
  })

  const said = (overrides: Partial<Rating>): Rating => ({
    contacted: true,
    solved: 'yes',
    satisfaction: 'satisfied',
    remark: '',
    at: monthAt + 3 * dayMs,
    key: 'reporter',
    resolutionNo: 1,
    unit: branch,
    isOwn: false,
    ...overrides,
  })

  it('M6: the least content answer is the family’s', () => {
    const ratings = [said({}), said({ key: 'co', solved: 'no', satisfaction: 'dissatisfied' })]
    expect(facts({ ratings }).answers).toMatchObject([
      { solved: { answer: 'no' }, satisfaction: { answer: 'dissatisfied' } },
    ])
  })

  it('M6: who said least speaks for the family, of each question apart, and who only said it first does not', () => {
    const ratings = [
      said({ key: 'co', solved: 'partly' }),
      said({ solved: 'partly', satisfaction: 'dissatisfied', at: monthAt + 4 * dayMs }),
    ]
    const speakers = facts({ ratings }).answers.map(({ solved, satisfaction }) => [
      solved?.by.map(({ personId }) => personId),
      satisfaction?.by.map(({ personId }) => personId),
    ])
    expect(speakers).toEqual([[['r:co', 'r:reporter'], ['r:reporter']]])
  })

  it('Q1, M6: an answer counts since the family’s is what it is: nobody who is as content or more moves it to another month', () => {
    const solvedOrder = ['no', 'partly', 'yes'] as const
    const contentOrder = ['dissatisfied', 'basically-satisfied', 'satisfied'] as const
    const answer = fc.record({
      solved: fc.nat(2),
      satisfaction: fc.nat(2),
      at: fc.integer({ min: 1, max: 60 }),
    })
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1, maxLength: 4 }), answer, (before, later) => {
        const least = (of: 'solved' | 'satisfaction') => Math.min(...before.map((one) => one[of]))
        const all = [
          ...before,
          {
            solved: Math.max(later.solved, least('solved')),
            satisfaction: Math.max(later.satisfaction, least('satisfaction')),
            at: 60 + later.at,
          },
        ]
        const answersOf = (some: typeof all) =>
          facts({
            ratings: some.map((one, place) =>
              said({
                key: `person-${place}`,
                solved: solvedOrder[one.solved] ?? 'no',
                satisfaction: contentOrder[one.satisfaction] ?? 'dissatisfied',
                at: monthAt + one.at * dayMs,
              }),
            ),
          }).answers.map(({ at, solved, satisfaction }) => [at, solved?.answer, satisfaction?.answer])
        expect(answersOf(all)).toEqual(answersOf(before))
      }),
    )
  })

  it('M6: a praiser’s twenty other answers thin out nothing of what somebody else in the family said', () => {
    const person: PersonOf = (_report, key) => key
    const of = (id: string, ...ratings: readonly Rating[]) =>
      rateFactsOf(aReport({ id, ratings }), now, rules, person)
    const praise = Array.from({ length: 20 }, (_, place) => of(`praised-${place}`, said({ key: 'praiser' })))
    const unhappy = said({ solved: 'partly', satisfaction: 'dissatisfied' })
    const alone = rates([...praise, of('r', unhappy)])
    const joined = rates([...praise, of('r', said({ key: 'praiser', solved: 'partly' }), unhappy)])
    for (const { solved, satisfaction } of [alone, joined]) {
      expect(solved).toMatchObject({ numerator: 1.5, denominator: 2 })
      expect(satisfaction).toMatchObject({ numerator: 1, denominator: 2 })
    }
  })

  it('H3: of our own people the no counts and the yes does not', () => {
    expect(facts({ ratings: [said({ isOwn: true })] }).answers).toMatchObject([
      { solved: null, satisfaction: null },
    ])
    expect(facts({ ratings: [said({ isOwn: true, solved: 'no' })] }).answers).toMatchObject([
      { solved: { answer: 'no' }, satisfaction: { answer: 'satisfied' } },
    ])
  })

  it('Q3: what is reopened within thirty days counts nothing, later it stands', () => {
    const reopenedAfter = (days: number) =>
      facts({ ratings: [said({})], reopenedAts: [monthAt + (3 + days) * dayMs] }).answers[0]?.isReopened
    expect([reopenedAfter(30), reopenedAfter(31)]).toEqual([true, false])
  })

  it('Q3: the thirty days are those of everybody who answered, not of whoever was first', () => {
    const ratings = [
      said({ key: 'co', solved: 'partly' }),
      said({ solved: 'partly', at: monthAt + 28 * dayMs }),
    ]
    const [family] = facts({ ratings, reopenedAts: [monthAt + 40 * dayMs] }).answers
    expect(family?.isReopened).toBe(true)
  })

  it('A3: a verdict is the unit’s that resolved, whoever has the report now', () => {
    const stints = [
      { unit: branch, isSorting: false, from: monthAt, acceptDueAt: 0 },
      { unit: other, isSorting: false, from: monthAt + 4 * dayMs, acceptDueAt: 0 },
    ]
    expect(facts({ ratings: [said({ solved: 'no' })], stints, unitPath: other.path }).answers).toMatchObject([
      { unitId: 'b' },
    ])
  })

  it('Q1: every answered resolution is an answer, not only the last', () => {
    const ratings = [said({ solved: 'no' }), said({ resolutionNo: 2, at: monthAt + 9 * dayMs })]
    expect(facts({ ratings }).answers).toHaveLength(2)
  })
})

import { dayMs } from '../../../ground/instant'
import { unitOf } from '../../../ground/unit-path'
import { firstWord } from '../../report/rules/contact'
import { whoMissedFirstWord } from '../../report/rules/missed-contact'
import { type SaidNo, type SatisfactionAnswer, type SolvedAnswer, saysNo } from '../../report/rules/rating'
import type { Report } from '../../report/rules/report'
import { saidNos } from '../../report/rules/said-nos'
import { heldSince } from '../../report/rules/stint'
import type { RuleBook } from '../../rule-book/rules/rule-book'
import { monthOf, type Period } from './month'

/** A contact with the resident that fell due, or was kept before it did (Q2). */
export interface ContactFact {
  readonly dueAt: number
  readonly isKept: boolean
  /** With one of the unit's own people: kept, it counts in no figure that is compared (H3). */
  readonly isOwn: boolean
  /** Whose it is for good: who made it, or who missed it (A2, A4). */
  readonly unitIds: readonly string[]
}

/** Somebody who gave an answer. */
export interface Speaker {
  /** The same in all their reports, so that one person counts once a unit and month (Q3). */
  readonly personId: string
  /** The same within one report, another in every other one: all that its readers can tell of them. */
  readonly sayingId: string
}

/** The least content answer of a family to one question, and all who gave it: nobody speaks for who said less (M6). */
export interface Said<T> {
  readonly answer: T
  readonly by: readonly Speaker[]
}

/** What a family of reporters said of one resolution (M6). */
export interface AnswerFact {
  readonly at: number
  readonly unitId: string
  /** Null where it counts not: a member's own yes (H3, Q5). */
  readonly solved: Said<SolvedAnswer> | null
  readonly satisfaction: Said<SatisfactionAnswer> | null
  /** Somebody said within `reopenedWithinDays` that it was not solved after all. */
  readonly isReopened: boolean
}

/** That a report was closed, with a rating or by silence, and the unit that it counts for. */
export interface ClosingFact {
  readonly at: number
  readonly unitId: string
  readonly isRated: boolean
}

/** What one report says, for good, about the units that had it. */
export interface RateFacts {
  readonly contact: ContactFact | null
  readonly answers: readonly AnswerFact[]
  readonly closing: ClosingFact | null
  /** When each unit got it to answer for. */
  readonly received: readonly { readonly unitId: string; readonly at: number }[]
  /** A granted decline that nobody has overturned. */
  readonly declined: { readonly unitId: string; readonly at: number } | null
}

/** The account behind a key of a report; the key itself where nobody knows it any more. */
export type PersonOf = (reportId: string, key: string) => string

const contactFact = (report: Report, now: number): ContactFact | null => {
  const { deadlines, contactedAt, missedContact } = report
  if (missedContact) return { ...missedContact, isKept: false }
  const dueAt = deadlines.contactDueAt
  if (report.reporterKey === null) return null
  // H4: what was due, or done, while it was a complaint is in no figure that is published.
  if (Math.min(dueAt, contactedAt ?? dueAt) <= (report.wasComplaint?.at ?? 0)) return null
  const isKept = contactedAt !== undefined && contactedAt < dueAt
  // Missed before whoever has an empty place took it: with their own report, which says so (M6).
  if (!isKept && dueAt <= (report.takenUpAt ?? 0)) return null
  // What ended before the contact fell due asks for none; a miss of before stays one (M6). A decline that is granted
  // was right when it was proposed: nobody was to be called while it waited (A1, Q2).
  const endedAt =
    report.merged?.at ??
    report.reporterLeftAt ??
    (report.status === 'declined' ? report.decline?.proposedAt : undefined) ??
    (report.status === 'withdrawn' || report.status === 'declined' ? heldSince(report) : undefined)
  if (endedAt !== undefined && (endedAt < dueAt || isKept)) return null
  if (!isKept && now < dueAt) return null
  if (isKept) {
    const made = firstWord(report)
    return { dueAt, isKept, isOwn: made?.isOwn ?? false, unitIds: made ? [made.unitId] : [] }
  }
  return { dueAt, isKept, isOwn: report.isByMember, unitIds: whoMissedFirstWord(report) }
}

const solvedOrder: readonly SolvedAnswer[] = ['no', 'partly', 'yes']
const contentOrder: readonly SatisfactionAnswer[] = ['dissatisfied', 'basically-satisfied', 'satisfied']

const answerFacts = (
  report: Report,
  nos: readonly SaidNo[],
  rules: RuleBook['rates'],
  personOf: PersonOf,
): readonly AnswerFact[] => {
  const said = <T extends string>(
    order: readonly T[],
    answers: readonly (readonly [T, Pick<Rated, 'key' | 'at'>])[],
  ) => {
    const least = order.find((one) => answers.some(([answer]) => answer === one))
    if (least === undefined) return null
    const saying = answers.flatMap(([answer, one]) => (answer === least ? [one] : []))
    // One word a person: who has said it to evidence, and once more of the result, said it then.
    const by = [...new Set(saying.map(({ key }) => key))].map((key) => ({
      personId: personOf(report.id, key),
      sayingId: `${report.id}:${key}`,
    }))
    return { of: { answer: least, by }, at: Math.min(...saying.map(({ at }) => at)) }
  }
  const ratings = report.ratings.map((rating) => ({ ...rating, fixNo: rating.resolutionNo }))
  // A3: evidence of one unit may have led to another's resolution.
  const fixes = new Map(
    [...ratings, ...nos].map(({ fixNo, unit }) => [`${fixNo}:${unit.id}`, { fixNo, unit }]),
  )
  return [...fixes.values()].map(({ fixNo, unit }): AnswerFact => {
    const isOfIt = (one: (typeof nos)[number] | (typeof ratings)[number]): boolean =>
      one.fixNo === fixNo && one.unit.id === unit.id
    const family = ratings.filter(isOfIt)
    // H3: of our own people only the no counts. A half of an answer that counted would say whose it is.
    const counted = family.filter((one) => !one.isOwn || saysNo(one))
    const solved = said(solvedOrder, [
      ...counted.map((one) => [one.solved, one] as const),
      ...nos.filter(isOfIt).map((one) => ['no', one] as const),
    ])
    const satisfaction = said(
      contentOrder,
      counted.map((one) => [one.satisfaction, one] as const),
    )
    const counts = [solved, satisfaction].flatMap((one) => one ?? [])
    return {
      // Q1, M6: since the family's answer is what it is. A better one that comes later takes it to no other month.
      at: Math.max(...(counts.length > 0 ? counts : family.slice(0, 1)).map(({ at }) => at)),
      unitId: unit.id,
      solved: solved?.of ?? null,
      satisfaction: satisfaction?.of ?? null,
      // The days are counted from each answer: whoever answered first begins nobody else's.
      isReopened: report.reopenedAts.some((reopenedAt) =>
        family.some(({ at }) => reopenedAt > at && reopenedAt - at <= rules.reopenedWithinDays * dayMs),
      ),
    }
  })
}
type Rated = Report['ratings'][number]

/** Reads the facts off a report. */
export const rateFactsOf = (
  report: Report,
  now: number,
  rules: Pick<RuleBook, 'rates' | 'report'>,
  personOf: PersonOf = (reportId, key) => `${reportId}:${key}`,
): RateFacts => {
  const resolution = report.resolutions[report.resolutions.length - 1]
  const { decline } = report
  return {
    contact: contactFact(report, now),
    answers: answerFacts(report, saidNos(report, rules.report.rateWithinDays * dayMs), rules.rates, personOf),
    closing:
      report.status === 'closed' && report.closedAt !== undefined && resolution
        ? {
            at: report.closedAt,
            unitId: resolution.unit.id,
            isRated: report.ratings.some((rating) => rating.resolutionNo === resolution.no),
          }
        : null,
    received: report.stints
      .filter((stint) => !stint.isSorting && stint.from >= (report.wasComplaint?.at ?? 0))
      .map((stint) => ({ unitId: stint.unit.id, at: stint.from })),
    declined:
      // What a sorter declines was received by nobody.
      decline?.grantedAt !== undefined && decline.overturnedAt === undefined && !report.isSorting
        ? { unitId: unitOf(report.unitPath) ?? '', at: decline.grantedAt }
        : null,
  }
}

/** A share of what was to be counted, with what it was made of. */
export interface Rate {
  readonly numerator: number
  readonly denominator: number
  /** 0–1, or null when there is nothing to divide by. */
  readonly value: number | null
  /** 样本不足: shown, never compared. */
  readonly isSmallSample: boolean
}

/** What a rate would be if all who did not rate were content, or none. */
export interface RateRange {
  readonly lowest: number | null
  readonly highest: number | null
}

/** What a rate was made of. */
export interface Counts {
  readonly numerator: number
  readonly denominator: number
}

/** The three outcome rates (三率) of a unit in a period, and what qualifies them. */
export interface Rates {
  /**
   * The three as whoever can open the matters would count them, with nothing left out: what is left out (H3, Q3)
   * would tell, of a few matters, whose they are.
   */
  readonly asSeen: Readonly<Record<'response' | 'solved' | 'satisfaction', Counts>>
  /** 响应率 */
  readonly response: Rate
  /** 解决率 */
  readonly solved: Rate
  /** 满意率 */
  readonly satisfaction: Rate
  /** 评价覆盖率: rated ÷ closed. */
  readonly coverage: Rate
  /** 不予受理占比: declined ÷ received. */
  readonly declined: Rate
  readonly solvedRange: RateRange
  readonly satisfactionRange: RateRange
  /** 0–100 by the weights; null as long as one of the three rates is. */
  readonly combined: number | null
  readonly weights: RuleBook['rates']['weights']
  readonly weightsSource: string
  readonly ruleVersion: string
}

const isIn = (period: Period, at: number): boolean => at >= period.from && at < period.to

const solvedWorth = { yes: 1, partly: 0.5, no: 0 } as const
const contentWorth = { satisfied: 1, 'basically-satisfied': 1, dissatisfied: 0 } as const

/**
 * One person's answers about one unit in one Chinese month count once, by their mean (Q3). What several said alike is
 * the answer of the one among them who says least else: nobody's other answers thin out what somebody else said too (M6).
 */
const oncePerPerson = (
  answers: readonly { readonly at: number; readonly by: readonly string[]; readonly worth: number }[],
): readonly number[] => {
  const voicesOf = ({ at, by }: (typeof answers)[number]): readonly string[] =>
    by.map((personId) => `${monthOf(at)}|${personId}`)
  const counts = new Map<string, number>()
  for (const voice of answers.flatMap(voicesOf)) counts.set(voice, (counts.get(voice) ?? 0) + 1)
  const countOf = (voice: string): number => counts.get(voice) ?? 0
  const groups = new Map<string, number[]>()
  for (const answer of answers) {
    const [voice = ''] = [...voicesOf(answer)].sort((a, b) => countOf(a) - countOf(b) || (a < b ? -1 : 1))
    groups.set(voice, [...(groups.get(voice) ?? []), answer.worth])
  }
  return [...groups.values()].map((worths) => worths.reduce((sum, one) => sum + one, 0) / worths.length)
}

/** What the rates of a period are made of: numbers that may be added up over units and months. */
export const monthNumbers = [
  'kept',
  'due',
  'keptSeen',
  'dueSeen',
  'solvedSum',
  'solvedCount',
  'solvedSumSeen',
  'solvedCountSeen',
  'contentSum',
  'contentCount',
  'contentSumSeen',
  'contentCountSeen',
  'closed',
  'rated',
  'received',
  'declined',
] as const
export type MonthNumber = (typeof monthNumbers)[number]
/** What a month of a unit, or some of its reports, adds up to (Q1 to Q3); what is not named is none. */
export type MonthNumbers = Readonly<Partial<Record<MonthNumber, number>>>

/**
 * What the reports say of one unit (with those it answers for: its predecessors and temporary units) and one month
 * (Q1–Q3). Response: contacted before the limit of the contacts that fell due in it. Solved: (solved + 0.5 × partly)
 * of those answered; what is reopened within `reopenedWithinDays` counts 0. Satisfaction: (satisfied + basically satisfied) of
 * those rated. Closings nobody rated are in neither.
 */
export const numbersOf = (
  reports: readonly RateFacts[],
  unitIds: readonly string[],
  period: Period,
  now: number,
): MonthNumbers => {
  const isOurs = (unitId: string): boolean => unitIds.includes(unitId)
  const isCounted = (at: number): boolean => isIn(period, at) && at <= now
  const sum = (worths: readonly number[]): number => worths.reduce((total, one) => total + one, 0)

  const contacts = reports.flatMap(({ contact }) =>
    contact?.unitIds.some(isOurs) && isCounted(contact.dueAt) ? [contact] : [],
  )
  const answers = reports
    .flatMap((facts) => facts.answers)
    .filter((answer) => isOurs(answer.unitId) && isCounted(answer.at))
  const closings = reports.flatMap(({ closing }) =>
    closing && isOurs(closing.unitId) && isCounted(closing.at) ? [closing] : [],
  )
  const received = reports.filter((facts) =>
    facts.received.some((one) => isOurs(one.unitId) && isCounted(one.at)),
  )
  const declined = reports.filter(
    ({ declined: one }) => one !== null && isOurs(one.unitId) && isCounted(one.at),
  )

  const keptOf = (among: readonly ContactFact[]): number => among.filter((one) => one.isKept).length
  const solvedSaid = answers.flatMap(({ at, solved: said, isReopened }) =>
    said === null ? [] : [{ at, said, worth: isReopened ? 0 : solvedWorth[said.answer] }],
  )
  const contentSaid = answers.flatMap(({ at, satisfaction: said }) =>
    said === null ? [] : [{ at, said, worth: contentWorth[said.answer] }],
  )
  const voices = (all: readonly (typeof solvedSaid | typeof contentSaid)[number][], who: keyof Speaker) =>
    oncePerPerson(all.map(({ said, ...one }) => ({ ...one, by: said.by.map((speaker) => speaker[who]) })))
  // H3: a contact kept with one's own people is a yes of theirs; missed, it counts like any.
  const counted = contacts.filter((contact) => !(contact.isOwn && contact.isKept))
  const solved = voices(solvedSaid, 'personId')
  const solvedSeen = voices(solvedSaid, 'sayingId')
  const content = voices(contentSaid, 'personId')
  const contentSeen = voices(contentSaid, 'sayingId')
  return {
    kept: keptOf(counted),
    due: counted.length,
    keptSeen: keptOf(contacts),
    dueSeen: contacts.length,
    solvedSum: sum(solved),
    solvedCount: solved.length,
    solvedSumSeen: sum(solvedSeen),
    solvedCountSeen: solvedSeen.length,
    contentSum: sum(content),
    contentCount: content.length,
    contentSumSeen: sum(contentSeen),
    contentCountSeen: contentSeen.length,
    closed: closings.length,
    rated: closings.filter((closing) => closing.isRated).length,
    received: received.length,
    declined: declined.length,
  }
}

/**
 * The three rates of one or more months' numbers (Q4). Coverage says how many nobody rated, and the ranges what they
 * could change. Weights of 准格尔旗 unless the banner sets its own.
 */
export const ratesFrom = (
  months: readonly MonthNumbers[],
  rules: Pick<RuleBook, 'version' | 'rates'>,
): Rates => {
  const { weights, weightsSource, smallSample } = rules.rates
  const of = (number: MonthNumber): number => months.reduce((sum, month) => sum + (month[number] ?? 0), 0)
  const counts = (numerator: MonthNumber, denominator: MonthNumber): Counts => ({
    numerator: of(numerator),
    denominator: of(denominator),
  })
  const rate = (numerator: MonthNumber, denominator: MonthNumber): Rate => {
    const made = counts(numerator, denominator)
    return {
      ...made,
      value: made.denominator === 0 ? null : made.numerator / made.denominator,
      isSmallSample: made.denominator < smallSample,
    }
  }
  const response = rate('kept', 'due')
  const solved = rate('solvedSum', 'solvedCount')
  const satisfaction = rate('contentSum', 'contentCount')
  const unrated = of('closed') - of('rated')
  const range = ({ numerator, denominator }: Rate): RateRange => {
    const all = denominator + unrated
    return all === 0
      ? { lowest: null, highest: null }
      : { lowest: numerator / all, highest: (numerator + unrated) / all }
  }
  const weightSum = weights.response + weights.solved + weights.satisfaction
  return {
    asSeen: {
      response: counts('keptSeen', 'dueSeen'),
      solved: counts('solvedSumSeen', 'solvedCountSeen'),
      satisfaction: counts('contentSumSeen', 'contentCountSeen'),
    },
    response,
    solved,
    satisfaction,
    coverage: rate('rated', 'closed'),
    declined: rate('declined', 'received'),
    solvedRange: range(solved),
    satisfactionRange: range(satisfaction),
    combined:
      response.value === null || solved.value === null || satisfaction.value === null
        ? null
        : (100 *
            (weights.response * response.value +
              weights.solved * solved.value +
              weights.satisfaction * satisfaction.value)) /
          weightSum,
    weights,
    weightsSource,
    ruleVersion: rules.version,
  }
}

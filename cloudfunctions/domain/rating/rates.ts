import { dayMs } from '../instant'
import type { Report } from '../report/report'
import type { RuleBook } from '../rules'
import type { Rating } from './rating'

/** What one report says about the branch that answered for it when the contact fell due. */
export interface RateFacts {
  readonly contactDueAt: number
  readonly contactedAt?: number
  /** The resident said of the first resolution: nobody contacted me. */
  readonly isContactDenied: boolean
  /** Filed by a member of the branch, or left out with a reason and an approver. */
  readonly isExcluded: boolean
  /** Taken back by the resident; only the resident can. */
  readonly withdrawnAt?: number
  readonly ratings: readonly Rating[]
  /** 结案; not a refusal to take the matter on. */
  readonly closedAt?: number
  readonly reopenedAts: readonly number[]
}

/** Half-open: `from` belongs to the period, `to` to the next one. */
export interface Period {
  readonly from: number
  readonly to: number
}

export interface Rate {
  readonly numerator: number
  readonly denominator: number
  /** 0–1, or null when there is nothing to divide by. */
  readonly value: number | null
  /** 样本不足: shown, never compared. */
  readonly isSmallSample: boolean
}

export interface Rates {
  /** 响应率 */
  readonly response: Rate
  /** 解决率 */
  readonly solved: Rate
  /** 满意率 */
  readonly satisfaction: Rate
  /** 评价覆盖率: rated ÷ closed. */
  readonly coverage: Rate
  /** 0–100 by the weights; null as long as one of the three rates is. */
  readonly combined: number | null
  /** 0–100, the same of the Wilson lower bounds: units are compared by it. Null when the sample is small. */
  readonly comparedBy: number | null
  /** One of the three rates rests on too few answers. */
  readonly isSmallSample: boolean
  readonly weights: RuleBook['rates']['weights']
  readonly weightsSource: string
  readonly ruleVersion: string
}

/** Reads the facts off a report; `isExcludedByApproval` says that its exclusion was approved with a reason. */
export const rateFactsOf = (report: Report, isExcludedByApproval = false): RateFacts => {
  const withdrawnAt = report.timeline.find((event) => event.kind === 'withdrawn')?.at
  const isResolvedAndClosed = report.resolvedAt !== undefined && report.closedAt !== undefined
  return {
    contactDueAt: report.deadlines.contactDueAt,
    ...(report.contactedAt === undefined ? {} : { contactedAt: report.contactedAt }),
    isContactDenied: report.ratings[0]?.contacted === false,
    isExcluded: report.isByMember || isExcludedByApproval,
    ...(withdrawnAt === undefined ? {} : { withdrawnAt }),
    ratings: report.ratings,
    ...(isResolvedAndClosed ? { closedAt: report.closedAt } : {}),
    reopenedAts: report.reopenedAts,
  }
}

/** Lower end of the Wilson score interval of a share: few answers cannot outrank many. 0 without answers. */
export const wilsonLowerBound = (numerator: number, denominator: number, z = 1.96): number => {
  if (denominator <= 0) return 0
  const share = numerator / denominator
  const z2 = z * z
  const centre = share + z2 / (2 * denominator)
  const margin = z * Math.sqrt((share * (1 - share) + z2 / (4 * denominator)) / denominator)
  return Math.min(share, Math.max(0, (centre - margin) / (1 + z2 / denominator)))
}

const isIn = (period: Period, at: number): boolean => at >= period.from && at < period.to

const solvedWorth = { yes: 1, partly: 0.5, no: 0 } as const

/** Is the present closing one the resident has rated, rather than one by silence? */
const isClosingRated = (facts: RateFacts): boolean => {
  const lastReopenedAt = Math.max(Number.NEGATIVE_INFINITY, ...facts.reopenedAts)
  return facts.ratings.some((rating) => rating.at > lastReopenedAt)
}

/**
 * The three rates of one branch and one period.
 *
 * Response: contacted before the limit ÷ contacts that fell due; a contact the resident denies does not count,
 * and whatever staff do with the report afterwards leaves it in the denominator. Solved: (solved + 0.5 ×
 * partly) ÷ answers, an answer whose report is reopened within 30 days counting 0. Satisfaction: (satisfied +
 * basically satisfied) ÷ answers. Every resolution the resident rates is one answer of the period in which it
 * was given; a closing nobody rated is in neither. Weights of 准格尔旗 unless the banner sets its own.
 */
export const ratesOf = (
  everyReport: readonly RateFacts[],
  period: Period,
  now: number,
  rules: Pick<RuleBook, 'version' | 'rates'>,
): Rates => {
  const { weights, weightsSource, smallSample, reopenedWithinDays } = rules.rates
  const rate = (numerator: number, denominator: number): Rate => ({
    numerator,
    denominator,
    value: denominator === 0 ? null : numerator / denominator,
    isSmallSample: denominator < smallSample,
  })
  const reports = everyReport.filter((facts) => !facts.isExcluded)

  const dueForContact = reports.filter(
    (facts) =>
      isIn(period, facts.contactDueAt) &&
      facts.contactDueAt <= now &&
      (facts.withdrawnAt === undefined || facts.withdrawnAt >= facts.contactDueAt),
  )
  const inTime = dueForContact.filter(
    (facts) =>
      facts.contactedAt !== undefined && facts.contactedAt < facts.contactDueAt && !facts.isContactDenied,
  )
  const answers = reports.flatMap((facts) =>
    facts.ratings
      .filter((rating) => isIn(period, rating.at) && rating.at <= now)
      .map((rating) => {
        const isReopened = facts.reopenedAts.some(
          (at) => at > rating.at && at <= now && at - rating.at <= reopenedWithinDays * dayMs,
        )
        return {
          solvedWorth: isReopened ? 0 : solvedWorth[rating.solved],
          isContent: rating.satisfaction !== 'dissatisfied',
        }
      }),
  )
  const closed = reports.filter(
    (facts) => facts.closedAt !== undefined && isIn(period, facts.closedAt) && facts.closedAt <= now,
  )

  const response = rate(inTime.length, dueForContact.length)
  const solved = rate(
    answers.reduce((sum, answer) => sum + answer.solvedWorth, 0),
    answers.length,
  )
  const satisfaction = rate(answers.filter((answer) => answer.isContent).length, answers.length)
  const coverage = rate(closed.filter(isClosingRated).length, closed.length)

  const weightSum = weights.response + weights.solved + weights.satisfaction
  const combine = (r: number, s: number, m: number): number =>
    (100 * (weights.response * r + weights.solved * s + weights.satisfaction * m)) / weightSum
  const isSmallSample = response.isSmallSample || solved.isSmallSample || satisfaction.isSmallSample
  const lowerBound = (one: Rate): number => wilsonLowerBound(one.numerator, one.denominator)

  return {
    response,
    solved,
    satisfaction,
    coverage,
    combined:
      response.value === null || solved.value === null || satisfaction.value === null
        ? null
        : combine(response.value, solved.value, satisfaction.value),
    comparedBy: isSmallSample
      ? null
      : combine(lowerBound(response), lowerBound(solved), lowerBound(satisfaction)),
    isSmallSample,
    weights,
    weightsSource,
    ruleVersion: rules.version,
  }
}

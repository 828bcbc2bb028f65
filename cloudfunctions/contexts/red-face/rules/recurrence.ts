import { distanceMetres, type Point } from '../../../ground/geometry'
import { dayMs } from '../../../ground/instant'
import type { RuleBook } from '../../rule-book/rules/rule-book'

/** What is known of an earlier report near a new one. */
export interface EarlierReport {
  /** The groups it counts for. */
  readonly groupIds: readonly string[]
  readonly point?: Point
  readonly submittedAt: number
  /** When it was last resolved; absent while it never was. */
  readonly resolvedAt?: number
  /** Withdrawn, declined and merged reports are no occurrence. */
  readonly counts: boolean
}

/** A report that has just come in, and what is known of its surroundings. */
export interface RecurrenceFacts {
  readonly groupId: string
  readonly point?: Point
  readonly submittedAt: number
  /** Days for which a cure of its category must hold; 0 where nothing is promised. */
  readonly cureHoldsDays: number
  readonly earlierReports: readonly EarlierReport[]
}

/**
 * 同一处反复发生 (F1): occurrences are counted, not rows. One begins after the one before was resolved, so three
 * neighbours who report one dark lamp within the hour are one; what is withdrawn, declined or merged counts not
 * at all. So many of one group as `recurrence` says, within its metres and days, recur; so does one within the time a cure
 * of its category must hold after the last fix there, whatever the remedy was called.
 */
export const isRecurring = (facts: RecurrenceFacts, rules: RuleBook['redFace']): boolean => {
  const { point, groupId, submittedAt } = facts
  const { count, withinMetres, withinDays } = rules.recurrence
  if (!point) return false
  const sameSpot = facts.earlierReports
    .filter(
      (other) =>
        other.counts &&
        other.groupIds.includes(groupId) &&
        other.point !== undefined &&
        distanceMetres(point, other.point) <= withinMetres &&
        other.submittedAt <= submittedAt,
    )
    .sort((a, b) => a.submittedAt - b.submittedAt)

  const isNewOccurrence = sameSpot.every(
    (other) => other.resolvedAt !== undefined && other.resolvedAt <= submittedAt,
  )
  if (!isNewOccurrence) return false

  const lastFixAt = Math.max(Number.NEGATIVE_INFINITY, ...sameSpot.flatMap((other) => other.resolvedAt ?? []))
  if (facts.cureHoldsDays > 0 && submittedAt - lastFixAt <= facts.cureHoldsDays * dayMs) return true

  let occurrences = 0
  let endedAt = Number.NEGATIVE_INFINITY
  for (const other of sameSpot) {
    if (submittedAt - other.submittedAt > withinDays * dayMs) continue
    if (other.submittedAt > endedAt) occurrences += 1
    endedAt = Math.max(endedAt, other.resolvedAt ?? Number.POSITIVE_INFINITY)
  }
  return occurrences + 1 >= count
}

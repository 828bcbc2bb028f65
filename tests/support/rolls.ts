import {
  type PartedReport,
  partIn,
  type Report,
  type Supporter,
} from '../../cloudfunctions/contexts/report/rules/report'
import type { Participation } from '../../cloudfunctions/contexts/report/rules/standing'

// The rows of a report's supporters, where there is no database: they go with the report through every step.
const roll = Symbol('roll')
type Enrolled = { readonly [roll]?: ReadonlyMap<string, Supporter> }

const rollOf = (report: object): ReadonlyMap<string, Supporter> => (report as Enrolled)[roll] ?? new Map()

export const withRoll = (report: Report, people: readonly Supporter[]): Report =>
  ({ ...report, [roll]: new Map(people.map((one) => [one.key, one])) }) as Report

const rowIn = (report: object, key: string) => {
  const row = rollOf(report).get(key)
  return row && { ...row, isCounted: true }
}

/** Somebody's part, by the report and by their row. */
export const partOf = (report: PartedReport, key: string): Participation | undefined =>
  partIn(report, key, rowIn(report, key))

/** Somebody as a supporter of the report, where they are one. */
export const supporterOf = (report: PartedReport, key: string): Supporter | undefined =>
  partOf(report, key) === 'supporter' ? rollOf(report).get(key) : undefined

/** Everybody who is a supporter now, in the order in which they joined. */
export const supportersOf = (report: PartedReport): readonly Supporter[] =>
  [...rollOf(report).values()]
    .filter((one) => supporterOf(report, one.key))
    .sort((one, other) => one.at - other.at)

/** Rows of before, with those who join; who is a reporter now, or was, is on the roll no more. */
export const enrolled = (before: Report, after: Report, joining: readonly Supporter[]): Report => {
  const left = [before.reporterKey, after.reporterKey]
  return withRoll(
    after,
    [...rollOf(before).values(), ...joining].filter((one) => !left.includes(one.key)),
  )
}

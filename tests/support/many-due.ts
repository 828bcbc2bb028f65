import { createHash } from 'node:crypto'
import { toRoutedUnit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import { aReport, branch, league, mondayAt, township } from './builders'

/** As even as the product's own ids, which are digests. */
const idOf = (no: number): string => `r${createHash('sha256').update(`due ${no}`).digest('hex').slice(0, 23)}`

/**
 * Reports of one Monday that nobody has accepted, in so many banners, with nothing left in their outboxes: all fall due
 * at one instant. Those from another number on are others.
 */
export const manyDue = (count: number, bannerCount: number, from = 0): readonly Report[] =>
  Array.from({ length: count }, (_, place) => {
    const no = from + place
    const bannerId = `banner-${no % bannerCount}`
    const path = [...league.path, bannerId, township.id, branch.id]
    const report = aReport(
      { id: idOf(no), responsible: { ...toRoutedUnit(branch), path }, reporterKey: `reporter-${no}` },
      mondayAt,
    )
    return { ...report, outbox: [] }
  })

/** When they fall due: the first that the clock has to do. */
export const fallDueAt = (reports: readonly Report[]): number => {
  const dueAt = Math.max(...reports.map(({ deadlines }) => deadlines.acceptDueAt))
  return dueAt + 1000
}

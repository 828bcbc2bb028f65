import type { Report } from './report'

/** Complaints about a unit are known only to the reporter and to the level that answers for them (H4). */
export const isConfidential = (report: Pick<Report, 'categoryId'>): boolean =>
  report.categoryId === 'about-branch'

/**
 * The accused unit, or one below it: what comes back from there, and what is asked there, goes to whom it is about. No
 * complaint lies with either (H4).
 */
export const isWithAccused = (
  { accusedUnitId }: Pick<Report, 'accusedUnitId'>,
  { path }: { readonly path: readonly string[] },
): boolean => accusedUnitId !== undefined && path.includes(accusedUnitId)

import type { Report } from './report'

/** Complaints about a unit are known only to the reporter and to the level that answers for them (H4). */
export const isConfidential = (report: Pick<Report, 'categoryId'>): boolean =>
  report.categoryId === 'about-branch'

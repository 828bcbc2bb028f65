import { unitOf } from '../../../ground/unit-path'
import { allBelow } from '../../organisation/rules/unit'
import type { Report } from './report'

/** Complaints about a unit are known only to the reporter and to the level that answers for them (H4). */
export const isConfidential = (report: Pick<Report, 'categoryId'>): boolean =>
  report.categoryId === 'about-branch'

/** Nobody has said yet which unit the complaint is about: whoever sorts it does. */
export const isUnnamed = (report: Pick<Report, 'categoryId' | 'accusedUnitId'>): boolean =>
  isConfidential(report) && report.accusedUnitId === undefined

/**
 * Whom a complaint accuses, as seats are compared with it: the unit that is named, and until one is, all below whoever has
 * it, for each of them may be meant (H4).
 */
export const accusedBy = (
  report: Pick<Report, 'categoryId' | 'accusedUnitId' | 'answerableUnit'>,
): string | undefined =>
  isConfidential(report) ? (report.accusedUnitId ?? allBelow(report.answerableUnit.id)) : undefined

/**
 * The accused unit, or one below it: what comes back from there, and what is asked there, goes to whom it is about. No
 * complaint lies with either; one that names nobody yet goes nowhere but up (H4).
 */
export const isWithAccused = (
  report: Pick<Report, 'categoryId' | 'accusedUnitId' | 'unitPath'>,
  { path }: { readonly path: readonly string[] },
): boolean =>
  isUnnamed(report)
    ? !report.unitPath.includes(unitOf(path) ?? '')
    : report.accusedUnitId !== undefined && path.includes(report.accusedUnitId)

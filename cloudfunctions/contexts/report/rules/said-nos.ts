import type { UnitRef } from '../../organisation/rules/unit'
import { countedNos } from '../../red-face/rules/red-face'
import type { SaidNo } from './rating'
import type { Report } from './report'

type Said = Pick<Report, 'redFaces' | 'resolutions' | 'reopenedAts' | 'closedAt' | 'formerNos' | 'stints'>

/** The resolution that lay before the residents then; none where it had been reopened. */
const resolutionAt = ({ resolutions, reopenedAts }: Said, at: number) => {
  const last = resolutions.findLast((one) => one.at <= at)
  // Said at the very instant of a reopening it is the word that reopened.
  return last && !reopenedAts.some((reopenedAt) => reopenedAt > last.at && reopenedAt < at) ? last : undefined
}

/** The number of the resolution that comes next. */
const comingNo = (resolutions: Said['resolutions']): number => resolutions.length + 1

const unitAt = ({ stints }: Said, at: number): UnitRef | undefined =>
  (stints.findLast(({ from }) => from <= at) ?? stints[0])?.unit

/**
 * F5: a no that stands is one to the fix that lay before the residents, from then on and whether or not anybody looks:
 * to a resolution as long as a verdict can be given (Q1), else to the evidence of the unit that laid it, which is part of
 * the resolution that it comes to. A look settles it and takes it out of no rate; whoever says yes before anything new is
 * laid takes it back, and what they say later does not.
 */
export const saidNos = (report: Said, withinMs: number): readonly SaidNo[] => {
  const { redFaces, resolutions, closedAt, formerNos = [] } = report
  const kept = new Set(formerNos.map(({ key, at }) => `${key}:${at}`))
  const words = redFaces.flatMap((one) =>
    countedNos(one).map((word) => ({ ...word, evidence: one.evidence })),
  )
  const now = words.flatMap(({ key, at, evidence }): readonly SaidNo[] => {
    if (kept.has(`${key}:${at}`)) return []
    const resolution = resolutionAt(report, at)
    if (resolution) {
      const isLate = closedAt !== undefined && closedAt > resolution.at && at > closedAt + withinMs
      return isLate ? [] : [{ key, at, fixNo: resolution.no, unit: resolution.unit }]
    }
    // Whoever has the matter by then has laid nothing. Evidence of before it named its unit is of whoever had it.
    const unit = (evidence && evidence.at <= at ? evidence.unit : undefined) ?? unitAt(report, at)
    return unit ? [{ key, at, fixNo: comingNo(resolutions.filter((one) => one.at <= at)), unit }] : []
  })
  // Said once, also where it stands in a stay that a look has ended and in the one that an appeal has brought back.
  const said = new Map<string, SaidNo>()
  for (const no of [...formerNos, ...now]) {
    const name = `${no.key}:${no.fixNo}:${no.unit.id}`
    if (!said.has(name)) said.set(name, no)
  }
  return [...said.values()]
}

/**
 * The same as what lay there is found not to hold: what is laid next is another fix, also where this one has never come
 * to a resolution.
 */
export const nosOfTheEnded = (report: Said, withinMs: number): readonly SaidNo[] => {
  const nos = saidNos(report, withinMs)
  const own = Math.min(0, ...nos.map(({ fixNo }) => fixNo)) - 1
  const coming = comingNo(report.resolutions)
  return nos.map((no) => (no.fixNo === coming ? { ...no, fixNo: own } : no))
}

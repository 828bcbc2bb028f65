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

const unitAt = ({ stints }: Said, at: number): UnitRef | undefined =>
  (stints.findLast(({ from }) => from <= at) ?? stints[0])?.unit

/**
 * F5: a no that stands is one to the fix that lay before the residents, from then on and whether or not anybody looks:
 * to a resolution as long as a verdict can be given (Q1), else to the evidence of the unit that had it. A look settles
 * it and takes it out of no rate; whoever says yes to the same fix takes it back, and what they say of a later one does
 * not.
 */
export const saidNos = (report: Said, withinMs: number): readonly SaidNo[] => {
  const { redFaces, resolutions, closedAt, formerNos = [] } = report
  const now = countedNos(redFaces).flatMap(({ key, at }): readonly SaidNo[] => {
    const resolution = resolutionAt(report, at)
    if (resolution) {
      const isLate = closedAt !== undefined && closedAt > resolution.at && at > closedAt + withinMs
      return isLate ? [] : [{ key, at, fixNo: resolution.no, unit: resolution.unit }]
    }
    const unit = unitAt(report, at)
    const before = resolutions.filter((one) => one.at <= at).length
    return unit ? [{ key, at, fixNo: -1 - before, unit }] : []
  })
  // Said once, also where it stands in a stay that a look has ended and in the one that an appeal has brought back.
  const said = new Map<string, SaidNo>()
  for (const no of [...formerNos, ...now]) {
    const name = `${no.key}:${no.fixNo}`
    if (!said.has(name)) said.set(name, no)
  }
  return [...said.values()]
}

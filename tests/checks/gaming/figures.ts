import { type RateFacts, rateFactsOf } from '../../../cloudfunctions/contexts/figures/rules/rates'
import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import { law } from './compressed-law'
import type { World } from './world'

const known = new WeakMap<Report, { readonly now: number; readonly facts: RateFacts }>()

/** What each report says of the units that had it, as the rules read it. */
export const ratesOfReports = (world: World): ReadonlyMap<string, RateFacts> =>
  new Map(
    world.reports.map((report) => {
      const kept = known.get(report)
      if (kept?.now === world.now) return [report.id, kept.facts]
      const facts = rateFactsOf(report, world.now, law.rules)
      known.set(report, { now: world.now, facts })
      return [report.id, facts]
    }),
  )

/** What all units together were told: [no, partly, yes, dissatisfied, content]. */
export type Sums = readonly [number, number, number, number, number]

export const sumsOf = (world: World): Sums => {
  const sums: [number, number, number, number, number] = [0, 0, 0, 0, 0]
  for (const { answers } of ratesOfReports(world).values()) {
    for (const { solved, satisfaction, isReopened } of answers) {
      if (solved !== null)
        sums[isReopened || solved.answer === 'no' ? 0 : solved.answer === 'partly' ? 1 : 2] += 1
      if (satisfaction !== null) sums[satisfaction.answer === 'dissatisfied' ? 3 : 4] += 1
    }
  }
  return sums
}

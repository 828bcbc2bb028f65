import * as z from 'zod/mini'
import { refusal } from '../../../ground/result'
import { passUnseen } from '../../../journal/rules/change'
import { joining } from '../../../terms/limits'
import { commandId, id } from '../../../terms/primitives'
import { record } from '../rules/change'
import { householdsShown, reporterKeys } from '../rules/report'
import { joiningStep, open, resident } from './step'

/** How many people at once the trace tells of new supporters: every one of the first ten, then ever fewer. */
const isMilestone = (count: number): boolean =>
  count <= 10 || (count <= 100 ? count % 10 === 0 : count % 100 === 0)

const passesMilestone = (before: number, after: number): boolean => {
  for (let count = before + 1; count <= after; count += 1) if (isMilestone(count)) return true
  return false
}

export const support = joiningStep({
  action: 'support',
  grants: [resident('resident', open)],
  input: z.strictObject({ commandId, reportId: id }),
  limits: joining,
  refuses: (_report, scene) => (scene.person ? refusal('already-supported') : undefined),
  /** Whoever taps counts all in whose rows lie there by now: so nobody waits for a turn, however many tap at once. */
  decide: (change, { keys }: { readonly keys: readonly string[] }) => {
    const { report } = change
    const reporting = new Set(reporterKeys(report))
    const countedIn = keys.filter((key) => !reporting.has(key) && !report.supporters.countedIn.includes(key))
    if (countedIn.length === 0) return undefined
    const before = report.supporters.count
    const count = before + countedIn.length
    report.supporters = { ...report.supporters, count, countedIn }
    if (passesMilestone(before, count)) {
      record(change, { kind: 'supported', facts: { households: householdsShown(report) } })
    } else passUnseen(change)
    return undefined
  },
})

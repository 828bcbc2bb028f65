import * as z from 'zod/mini'
import { refusal, refuse } from '../../../ground/result'
import { joining } from '../../../terms/limits'
import { commandId, id } from '../../../terms/primitives'
import { record } from '../rules/change'
import { householdsIn } from '../rules/report'
import { joiningStep, open, resident } from './step'

/** How many people at once the trace tells of new supporters: every one of the first ten, then ever fewer. */
const isMilestone = (count: number): boolean =>
  count <= 10 || (count <= 100 ? count % 10 === 0 : count % 100 === 0)

interface Supporter {
  readonly key: string
  /** Of the command: who says the same again is answered the same. */
  readonly digest: string
}

export const support = joiningStep({
  action: 'support',
  grants: [resident('resident', open)],
  input: z.strictObject({ commandId, reportId: id }),
  limits: joining,
  refuses: (_report, scene) => (scene.person ? refusal('already-supported') : undefined),
  decide: (change, command: Supporter) => {
    const { report } = change
    if (report.supporters.some((one) => one.key === command.key)) return refuse('already-supported')
    report.supporters = [...report.supporters, { key: command.key, at: change.at, digest: command.digest }]
    if (isMilestone(report.supporters.length)) {
      record(change, { kind: 'supported', facts: { households: householdsIn(report) } })
    }
    return undefined
  },
})

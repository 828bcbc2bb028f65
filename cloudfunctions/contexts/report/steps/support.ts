import { refusal, refuse } from '../../../ground/result'
import { record } from '../rules/change'
import { householdsIn } from '../rules/report'
import { open, resident, type StepOf } from './step'

/** How many people at once the trace tells of new supporters: every one of the first ten, then ever fewer. */
const isMilestone = (count: number): boolean =>
  count <= 10 || (count <= 100 ? count % 10 === 0 : count % 100 === 0)

export const support: StepOf<'support'> = {
  grants: [resident('resident', open)],
  bars: (_report, scene) => (scene.person ? refusal('already-supported') : undefined),
  decide: (change, command) => {
    const { report } = change
    if (report.supporters.some((one) => one.key === command.key)) return refuse('already-supported')
    report.supporters = [...report.supporters, { key: command.key, at: change.at, digest: command.digest }]
    if (isMilestone(report.supporters.length)) {
      record(change, { kind: 'supported', facts: { households: householdsIn(report) } })
    }
    return undefined
  },
}

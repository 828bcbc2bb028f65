import { announce, record } from '../rules/change'
import { isOpen } from '../rules/lifecycle'
import { handTo } from '../rules/moves'
import type { UnitFacts } from '../rules/step-facts'
import { systemStep } from './step'

interface GoingHome {
  readonly to: UnitFacts
  /** The unit that has ended, and to whom all that it left went, where it was wound up. */
  readonly gone: { readonly unit: string; readonly handsTo?: string }
}

/** A temporary unit's open reports go home on its last day, with a note (A6). */
export const goHome = systemStep({
  action: 'go-home',
  decide: (change, command: GoingHome) => {
    const { report } = change
    if (!isOpen(report.status) || report.answerableUnit.id === command.to.id) return undefined
    const facts = { from: report.answerableUnit.name, to: command.to.name }
    handTo(change, command.to, {
      // What has still to be sorted is sorted there.
      isSorting: report.isSorting,
      policy: 'went-home',
      reason: { why: 'went-home', ...facts },
    })
    record(change, { kind: 'went-home', facts })
    record(change, { kind: 'noted', line: 'unit-gone', facts: command.gone, visibility: 'staff' })
    announce(change, { template: 'went-home', units: facts, residents: facts, supporters: facts })
    return undefined
  },
})

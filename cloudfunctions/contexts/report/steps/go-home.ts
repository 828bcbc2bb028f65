import { announce, type ReportChange, record } from '../rules/change'
import type { ReportCommand } from '../rules/commands'
import { isOpen } from '../rules/lifecycle'
import { handTo } from '../rules/moves'
import { isAnsweredBy } from '../rules/report'
import type { Refused } from '../rules/scene'

/** A temporary unit's open reports go home on its last day, with a note (A6). */
export const goHome = (
  change: ReportChange,
  command: Extract<ReportCommand, { kind: 'go-home' }>,
): Refused | undefined => {
  const { report } = change
  if (!isOpen(report.status) || isAnsweredBy(report, command.to.id)) return undefined
  const facts = { from: report.answerableUnit.name, to: command.to.name }
  handTo(change, command.to, {
    isSorting: false,
    policy: 'went-home',
    reason: { why: 'went-home', ...facts },
  })
  record(change, { kind: 'went-home', facts })
  record(change, { kind: 'noted', line: 'unit-gone', facts: command.gone, visibility: 'staff' })
  announce(change, { template: 'went-home', units: facts, residents: facts, supporters: facts })
  return undefined
}

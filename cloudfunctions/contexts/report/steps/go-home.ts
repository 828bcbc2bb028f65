import { announce, type ReportChange, record } from '../rules/change'
import type { ReportCommand } from '../rules/commands'
import { isOpen } from '../rules/lifecycle'
import { handTo, named } from '../rules/moves'
import type { Refused } from '../rules/scene'

/** A temporary unit's open reports go home on its last day, with a note (A6). */
export const goHome = (
  change: ReportChange,
  command: Extract<ReportCommand, { kind: 'go-home' }>,
): Refused | undefined => {
  const { report } = change
  if (!isOpen(report.status) || report.branchId === command.to.id) return undefined
  const from = report.branchName
  const text = `${from}已撤，由${command.to.name}接着办`
  handTo(change, command.to, { isSorting: false, policy: 'went-home', reason: text })
  record(change, { kind: 'went-home', text: `${text}，时限不变` })
  record(change, { kind: 'noted', text: command.note, visibility: 'staff' })
  announce(change, {
    title: '责任单位变更',
    units: `${named(report)}${text}，时限不变。`,
    residents: `您反映的${named(report)}${text}，时限不变。`,
    supporters: `您关心的${named(report)}${text}。`,
  })
  return undefined
}

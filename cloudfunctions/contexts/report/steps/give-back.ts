import type { ReportChange } from '../rules/change'
import type { ReportCommand } from '../rules/commands'
import { goOwnWay } from '../rules/merging'
import type { Refused } from '../rules/scene'

/** The parent was withdrawn or declined, or was done before it could take the child in (M5). */
export const giveBack = (
  change: ReportChange,
  command: Extract<ReportCommand, { kind: 'give-back' }>,
): Refused | undefined => {
  const { report } = change
  const { merged } = report
  if (merged?.parentReportId !== command.parentReportId || merged.no !== command.mergingNo) return undefined
  goOwnWay(change, command.family, { because: 'parent-is-over' })
  return undefined
}

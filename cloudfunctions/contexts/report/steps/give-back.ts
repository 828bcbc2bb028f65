import { enqueue } from '../rules/change'
import { goOwnWay } from '../rules/merging'
import type { FamilyNow } from '../rules/step-facts'
import { systemStep } from './step'

/** The parent was withdrawn or declined, or was done before it could take the child in (M5). */
export const giveBack = systemStep({
  action: 'give-back',
  decide: (
    change,
    command: {
      readonly parentReportId: string
      readonly mergingNo: number
      readonly family: FamilyNow
    },
  ) => {
    const { report } = change
    const { merged } = report
    if (merged?.parentReportId !== command.parentReportId || merged.no !== command.mergingNo) return undefined
    goOwnWay(change, command.family, { because: 'parent-is-over' })
    const { parentReportId, no: mergingNo } = merged
    enqueue(change, { kind: 'leave-parent', parentReportId, mergingNo, reporterKey: report.reporterKey })
    return undefined
  },
})

import { passUnseen } from '../../../journal/rules/change'
import { judgeWithoutThem } from '../rules/all-have-spoken'
import { announce, record } from '../rules/change'
import { latestMerging, letGo, noteMerging } from '../rules/merging'
import { endWithdrawn } from '../rules/moves'
import { isLeftByAll } from '../rules/reporters-place'
import { systemStep } from './step'

/**
 * The parent lets a child go, with the people who came with it. It is noted also where the child never came: who
 * still carries it in then comes too late.
 */
export const release = systemStep({
  action: 'release',
  decide: (change, command: { readonly childReportId: string; readonly mergingNo: number }) => {
    const { report } = change
    const { childReportId, mergingNo } = command
    const latest = latestMerging(report, childReportId)
    // Merged anew since, which this says nothing of.
    if (latest > mergingNo) return undefined
    const isIn = report.childReportIds.includes(childReportId)
    if (latest < mergingNo) {
      noteMerging(change, childReportId, mergingNo)
      if (!isIn) passUnseen(change)
    }
    if (!isIn) return undefined
    letGo(change, childReportId)
    record(change, { kind: 'released' })
    announce(change, { template: 'released', units: {} })
    if (isLeftByAll(report)) endWithdrawn(change)
    else judgeWithoutThem(change)
    return undefined
  },
})

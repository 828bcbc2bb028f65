import { judgeOf } from '../rules/change'
import { resolveReport } from '../rules/moves'
import { workerBars } from '../rules/own-people'
import { currentHandler } from '../rules/report'
import { branchLead, levelStaff } from '../rules/standing'
import { optionalNote, seen } from './fields'
import { staff, step } from './step'

/** Somebody else has looked and found it done (H2). */
export const check = step({
  action: 'check',
  grants: [staff('branch', branchLead, ['awaiting-check']), staff('above', levelStaff, ['awaiting-check'])],
  input: seen({ note: optionalNote }),
  refuses: workerBars,
  decide: (change, command) => {
    const claim = change.report.fixClaim
    const handler = currentHandler(change.before)
    if (!claim || !handler) throw new Error(`report ${change.report.id} awaits a check and has no claim`)
    const checkedBy = judgeOf(change)
    resolveReport(change, {
      note: command.note || claim.note,
      remedy: claim.remedy,
      before: claim.before,
      after: claim.after,
      byUnitName: claim.unitName,
      isOwnHands: handler.memberId !== undefined,
      ...(checkedBy ? { vouchedBy: [checkedBy] } : {}),
    })
    return undefined
  },
})

import { actingUnit, judgeOf } from '../rules/change'
import { resolveReport } from '../rules/moves'
import { workerBars } from '../rules/own-people'
import { branchStaff } from '../rules/standing'
import { seen, work } from './fields'
import { staff, step } from './step'

/** The branch's own hands: the resident is the check. Nothing has to be photographed (K1). */
export const resolve = step({
  action: 'resolve',
  grants: [staff('branch', branchStaff, ['accepted'])],
  input: seen(work),
  evidence: 'after',
  refuses: workerBars,
  decide: (change, command) => {
    const doneBy = judgeOf(change)
    resolveReport(change, {
      note: command.note,
      remedy: command.remedy,
      before: command.before,
      after: command.after,
      byUnitName: actingUnit(change),
      isOwnHands: true,
      ...(doneBy ? { doneBy } : {}),
    })
    return undefined
  },
})

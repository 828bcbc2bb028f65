import { actingUnit } from '../rules/change'
import { resolveReport } from '../rules/moves'
import { workerBars } from '../rules/own-people'
import { branchStaff } from '../rules/standing'
import { type StepOf, staff } from './step'

/** The branch's own hands: the resident is the check. Nothing has to be photographed (K1). */
export const resolve: StepOf<'resolve'> = {
  grants: [staff('branch', branchStaff, ['accepted'])],
  bars: workerBars,
  decide: (change, command) => {
    resolveReport(change, {
      note: command.note,
      remedy: command.remedy,
      before: command.before,
      after: command.after,
      byUnitName: actingUnit(change),
      isOwnHands: true,
    })
    return undefined
  },
}

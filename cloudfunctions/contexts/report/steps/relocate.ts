import { refusal, refuse } from '../../../ground/result'
import { actingUnit, announce, record } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import { relocateReport } from '../rules/corrections'
import { cannotTake, mayHave } from '../rules/hand-over'
import { askAbove, named } from '../rules/moves'
import { requestOf } from '../rules/request'
import { branchLead } from '../rules/standing'
import { open, type StepOf, staff, working } from './step'

/** The branch puts the place right where no other unit gains the report; else it is asked for (K9). */
export const relocate: StepOf<'relocate'> = {
  grants: [
    staff('branch', branchLead, ['routed', ...working]),
    staff('sorter', ['clerk'], ['unrouted']),
    staff('above', ['clerk'], open),
  ],
  bars: (report) => (requestOf(report.requests, 'relocate') ? refusal('request-pending') : undefined),
  decide: (change, command, scene) => {
    const { report } = change
    if (command.note)
      record(change, { kind: 'noted', text: `${actingUnit(change)}：${command.note}`, visibility: 'staff' })
    const where = {
      place: command.place,
      ...(command.publicPoint ? { publicPoint: command.publicPoint } : {}),
      tiles: command.tiles,
      to: command.to && { id: command.to.id, name: command.to.name, path: command.to.path },
    }
    const isElsewhere = where.to !== null && where.to.id !== report.branchId
    if (isElsewhere && isConfidential(report)) return refuse('confidential')
    if (isElsewhere && command.to) {
      const refused = mayHave(report, command.to) ? cannotTake(command.to, change) : refuse('unknown-unit')
      if (refused) return refused
    }
    if (isElsewhere && scene.unitId === report.branchId) {
      askAbove(
        change,
        { kind: 'relocate', ...where },
        { side: 'branch', reason: `地点属于${where.to?.name ?? ''}`, actorId: scene.actorId },
      )
      announce(change, {
        title: '想改地点',
        residents: `${actingUnit(change)}说${named(report)}的地点属于${where.to?.name ?? ''}，想转过去。您同意吗？`,
      })
      return undefined
    }
    relocateReport(change, where)
    return undefined
  },
}

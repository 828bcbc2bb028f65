import { type Point, roundPoint } from '../../../ground/geometry'
import { ok, type Result, refuse } from '../../../ground/result'
import { place } from '../../routing/contract'
import type { Place } from '../../routing/rules/routing'
import { actingUnit, announce, recordNote } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import { relocateReport } from '../rules/corrections'
import { cannotTake, mayHave } from '../rules/hand-over'
import { askAbove, dropRequests } from '../rules/moves'
import { isAnsweredBy } from '../rules/report'
import { requestOf } from '../rules/request'
import { branchLead } from '../rules/standing'
import type { UnitFacts } from '../rules/step-facts'
import { optionalNote, seen } from './fields'
import { open, preparedStep, staff, working } from './step'

interface Correction {
  readonly place: Place
  readonly publicPoint?: Point
  readonly to: UnitFacts | null
  readonly note: string
}

/** The branch puts the place right where no other unit gains the report; else it is asked for (K9). */
export const relocate = preparedStep({
  action: 'relocate',
  grants: [
    staff('branch', branchLead, ['routed', ...working]),
    staff('sorter', ['clerk'], ['unrouted']),
    staff('above', ['clerk'], open),
  ],
  input: seen({ place, note: optionalNote }),
  prepare: async ({ place, note }, _report, lookUps): Promise<Result<Correction>> => {
    const responsible = await lookUps.responsibleAt(place)
    if (!responsible.ok) return responsible
    return ok({
      place,
      ...(place.point ? { publicPoint: roundPoint(place.point) } : {}),
      to: responsible.value,
      note,
    })
  },
  decide: (change, command, scene) => {
    const { report } = change
    recordNote(change, command.note)
    const where = {
      place: command.place,
      ...(command.publicPoint ? { publicPoint: command.publicPoint } : {}),
      to: command.to && { id: command.to.id, name: command.to.name, path: command.to.path },
    }
    const isElsewhere = where.to !== null && !isAnsweredBy(report, where.to.id)
    if (isElsewhere && isConfidential(report)) return refuse('confidential')
    if (isElsewhere && command.to) {
      const refused = mayHave(report, command.to) ? cannotTake(command.to, change) : refuse('unknown-unit')
      if (refused) return refused
    }
    if (isElsewhere && isAnsweredBy(report, scene.unitId)) {
      if (requestOf(report.requests, 'relocate')) return refuse('request-pending')
      askAbove(change, { kind: 'relocate', ...where }, { side: 'branch', actorId: scene.actorId })
      announce(change, {
        template: 'to-another-place',
        residents: { unit: actingUnit(change), to: where.to?.name ?? '' },
      })
      return undefined
    }
    dropRequests(change, ['relocate'])
    relocateReport(change, where)
    return undefined
  },
})

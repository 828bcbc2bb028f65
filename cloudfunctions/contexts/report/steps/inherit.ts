import { actingFor, activeEpisode, changeCauses } from '../../red-face/rules/red-face'
import { announce, record } from '../rules/change'
import { nextRulingUnitId } from '../rules/request'
import type { UnitFacts } from '../rules/step-facts'
import { systemStep } from './step'

/** Who acts from now on for a unit that has ended. */
export interface Inheriting {
  readonly ended: { readonly id: string; readonly name: string }
  readonly heir: UnitFacts
}

interface Heirs {
  readonly heirs: readonly Inheriting[]
}

/**
 * A4: what an ended unit is on the list for is its heir's to act in: evidence, looks and appeals. The causes stay the
 * ended unit's, and nothing else changes: what is done stays done.
 */
export const inherit = systemStep({
  action: 'inherit',
  decide: (change, { heirs }: Heirs) => {
    const { report } = change
    for (const { ended, heir } of heirs) {
      const causes = activeEpisode(report.redFaces)?.causes ?? []
      if (!causes.some((cause) => actingFor(cause).id === ended.id)) continue
      const { id, name, path } = heir
      report.redFaces = changeCauses(
        report.redFaces,
        (cause) => actingFor(cause).id === ended.id,
        (cause) => ({ ...cause, heir: { id, name, path } }),
      )
      // What the ended unit had asked is the heir's to hear of, and nobody decides what they ask themselves (H1).
      report.requests = report.requests.map((request) => {
        if (request.kind !== 'appeal-red-face' && request.kind !== 'look') return request
        return {
          ...request,
          byUnitId: request.byUnitId === ended.id ? id : request.byUnitId,
          rulingUnitId:
            request.rulingUnitId === id ? (nextRulingUnitId(report, request) ?? id) : request.rulingUnitId,
        }
      })
      record(change, {
        kind: 'noted',
        line: 'unit-gone',
        facts: { unit: ended.name, handsTo: name },
        visibility: 'staff',
      })
      // Who has just got the matter itself has been told of that.
      if (report.answerableUnit.id !== id)
        announce(change, { template: 'inherited', units: { from: ended.name }, onlyUnits: [id] })
    }
    return undefined
  },
})

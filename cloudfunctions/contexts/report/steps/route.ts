import * as z from 'zod/mini'
import { ok, refuse } from '../../../ground/result'
import { id } from '../../../terms/primitives'
import { actingUnit, announce, record, recordNote } from '../rules/change'
import { isUnnamed } from '../rules/confidential'
import { cannotBe, townshipsOf } from '../rules/hand-over'
import { handTo, markSorted } from '../rules/moves'
import type { UnitFacts } from '../rules/step-facts'
import { optionalNote, seen } from './fields'
import { preparedStep, staff } from './step'

interface Sorted {
  readonly to: UnitFacts
  /** Whom the complaint is about, where nobody had said it yet (H4). */
  readonly accusedUnitId?: string
  readonly note: string
}

/** Which of the two has to be chosen depends on the matter: it is said at that question. */
const notChosen = (field: 'toUnitId' | 'accusedUnitId') => ({ fields: [{ field, why: '请选择一个单位' }] })

export const routeByHand = preparedStep({
  action: 'route',
  grants: [staff('sorter', ['clerk'], ['unrouted']), staff('above', ['clerk'], ['unrouted'])],
  input: seen({
    /** Who is to have it. */
    toUnitId: z.optional(id),
    /** Of a complaint that names nobody, whom it is about, instead of who is to have it: the level above them (H4). */
    accusedUnitId: z.optional(id),
    note: optionalNote,
  }),
  prepare: async ({ toUnitId, accusedUnitId, note }, report, lookUps) => {
    if (isUnnamed(report)) {
      if (accusedUnitId === undefined) return refuse('accused-unnamed', notChosen('accusedUnitId'))
      const found = await lookUps.aboveAccused(accusedUnitId)
      return found.ok ? ok<Sorted>({ to: found.value.to, accusedUnitId, note }) : found
    }
    if (accusedUnitId !== undefined) return refuse('unknown-unit')
    if (toUnitId === undefined) return refuse('invalid-input', notChosen('toUnitId'))
    const to = await lookUps.target(toUnitId)
    return to.ok ? ok<Sorted>({ to: to.value, note }) : to
  },
  decide: (change, { to: unit, accusedUnitId, note }) => {
    const { report } = change
    if (accusedUnitId !== undefined) report.accusedUnitId = accusedUnitId
    const refused = cannotBe(unit, change)
    if (refused) return refused
    markSorted(change)
    const by = actingUnit(change)
    const to = unit.name
    handTo(change, unit, {
      isSorting: false,
      policy: 'by-hand',
      reason: { why: 'sorted-by', unit: by },
    })
    record(change, { kind: 'routed', line: 'sorted', facts: { to } })
    recordNote(change, note)
    announce(change, {
      template: 'sorted',
      units: { by, to },
      residents: { by, to },
      supporters: { to },
      alsoUnits: townshipsOf(change),
    })
    return undefined
  },
})

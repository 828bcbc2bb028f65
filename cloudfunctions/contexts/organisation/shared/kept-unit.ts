import type { OutputOf } from '../contract'
import type { Unit } from '../rules/unit'
import type { UnitChange } from '../rules/unit-change'
import { changedFields, whyNoUndo } from '../rules/unit-change'
import { toUnitView } from './unit-view'

/** A unit as those see it who keep it up. */
export const toKeptUnit = (unit: Unit): OutputOf<'unit.search'>['rows'][number] => ({
  ...toUnitView(unit),
  code: unit.code ?? unit.areaCode ?? null,
  dutyPhone: unit.dutyPhone ?? null,
  hours: unit.hours ?? null,
  population: unit.population ?? null,
  floatingShare: unit.floatingShare ?? null,
  rev: unit.rev ?? 0,
  endsAt: unit.endsAt ?? null,
  successorId: unit.successorId ?? null,
})

/** A change as its unit's history shows it. */
export const toChangeView = (
  change: UnitChange,
  unit: Unit,
  now: number,
): OutputOf<'unit.history'>['rows'][number] => ({
  id: change.id,
  unitId: change.unitId,
  kind: change.kind,
  status: change.status,
  madeAt: change.madeAt,
  effectiveAt: change.effectiveAt,
  byUnitName: change.byUnitName,
  byName: change.byName,
  changes: changedFields.flatMap((field) =>
    field in change.after
      ? [{ field, before: change.before[field] ?? null, after: change.after[field] ?? null }]
      : [],
  ),
  newUnitIds: change.newUnits.map(({ id }) => id),
  mayUndo: whyNoUndo(change, unit, now) === undefined,
})

import type { Unit } from './unit'
import { type ChangedField, changedFields, type UnitChange, type UnitFacts } from './unit-change'

/** So many of a unit's latest changes it names itself, by which one that is made twice is recognised. */
const mostNamed = 8

/** These fields of a unit as they are; null where it has none. */
export const factsOf = (unit: Unit, fields: readonly ChangedField[]): UnitFacts =>
  Object.fromEntries(fields.map((field) => [field, unit[field] ?? null]))

/** What is really another: these facts without those that the unit has already. */
export const newFacts = (unit: Unit, facts: UnitFacts): UnitFacts =>
  Object.fromEntries(
    changedFields.flatMap((field) => {
      const fact = facts[field]
      return fact === undefined || fact === (unit[field] ?? null) ? [] : [[field, fact]]
    }),
  )

/** Whether a unit is as a change left it; an end that is known stays one, however often it has been corrected since. */
export const isMadeIn = (unit: Unit, { id, after }: Pick<UnitChange, 'id' | 'after'>): boolean =>
  unit.changeIds?.includes(id) === true ||
  (typeof after.endsAt === 'number' &&
    unit.endsAt === after.endsAt &&
    (unit.successorId ?? null) === (after.successorId ?? null))

/** A unit as a change leaves it. Where it lies it never changes: what moves ends here and begins there. */
export const changedBy = (unit: Unit, change: Pick<UnitChange, 'id' | 'after'>): Unit => {
  const { parentId: _parentId, ...after } = change.after
  const kept = Object.fromEntries(
    Object.entries(unit).filter(([field]) => after[field as keyof typeof after] !== null),
  )
  const set = Object.fromEntries(Object.entries(after).filter(([, fact]) => fact !== null))
  return {
    // Sound: only fields that a unit may be without are emptied, and each is set to a fact of its own kind.
    ...(kept as unknown as Unit),
    ...set,
    rev: (unit.rev ?? 0) + 1,
    changeIds: [...(unit.changeIds ?? []), change.id].slice(-mostNamed),
  }
}

/** The id of a unit that goes on for another: of the same stem, apart by the change. */
const heirId = (unitId: string, changeId: string): string =>
  `${unitId.replace(/-m[0-9a-f]{10}\d?$/, '').slice(0, 60)}-m${changeId
    .replace(/[^0-9a-f]/g, '')
    .slice(0, 10)
    .padEnd(10, '0')}`

/** A unit as it goes on below another: the same in all but its place, by which figures and histories are told apart. */
export const movedUnder = (unit: Unit, above: Pick<Unit, 'id' | 'path'>, changeId: string): Unit => {
  const { endsAt: _endsAt, successorId: _successorId, rev: _rev, changeIds: _changeIds, ...rest } = unit
  const code = unit.code ?? unit.areaCode
  const id = heirId(unit.id, changeId)
  // What the clock has marked an ended unit with is none of its heir's.
  const { isWoundUp: _isWoundUp, ...living } = rest as typeof rest & { readonly isWoundUp?: boolean }
  return {
    ...living,
    id,
    ...(code === undefined ? {} : { code }),
    parentId: above.id,
    path: [...above.path, id],
    changeIds: [changeId],
    begunBy: changeId,
  }
}

/** What a unit is called, of what kind it is, and what is known of it when it begins. */
type Beginning = Pick<Unit, 'id' | 'name' | 'kind' | 'level' | 'areaName'> & {
  readonly code?: string | undefined
  readonly facts: Readonly<Record<string, unknown>>
}

/** A unit as it begins below another. */
export const begunUnder = (
  above: Pick<Unit, 'id' | 'path'>,
  { id, code, name, kind, level, areaName, facts }: Beginning,
  changeId: string,
): Unit => ({
  areaName,
  ...facts,
  id,
  ...(code === undefined ? {} : { code }),
  name,
  kind,
  level,
  parentId: above.id,
  path: [...above.path, id],
  changeIds: [changeId],
})

/** A part of a unit, beside it: of its kind, with none of its people or figures yet. */
export const partOf = (
  unit: Unit,
  {
    name,
    areaName,
    code,
  }: { readonly name: string; readonly areaName: string; readonly code?: string | undefined },
  changeId: string,
  place: number,
): Unit => {
  const id = code ?? `${heirId(unit.id, changeId)}${place}`
  return {
    id,
    ...(code === undefined ? {} : { code }),
    name,
    areaName,
    kind: unit.kind,
    level: unit.level,
    parentId: unit.parentId,
    path: [...unit.path.slice(0, -1), id],
    changeIds: [changeId],
    begunBy: changeId,
  }
}

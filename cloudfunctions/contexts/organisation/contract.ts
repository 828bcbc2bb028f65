import * as z from 'zod/mini'
import { type Answered, command, type Parsed, query } from '../../terms/action'
import { ordinaryReading, settled, wideReading } from '../../terms/limits'
import {
  at,
  commandId,
  cursor,
  id,
  instant,
  pageSize,
  phoneNumber,
  text,
  typedText,
} from '../../terms/primitives'
import { hasUnitName, mostName } from './rules/tree'
import { staffRoles, unitKinds, unitLevels } from './rules/unit'
import { changedFields, unitChangeKinds, unitChangeStatuses } from './rules/unit-change'
import { mostParts, unitDeeds } from './rules/unit-deeds'

export const unitRef = z.object({ id: text, name: text })

export const unitView = z.object({
  id: text,
  name: text,
  areaName: text,
  kind: z.enum(unitKinds),
  level: z.enum(unitLevels),
  parentId: z.nullable(text),
  path: z.array(text),
  phone: z.nullable(text),
  address: z.nullable(text),
})

export const membershipView = z.object({
  unitId: text,
  unitName: text,
  unitLevel: z.enum(unitLevels),
  role: z.enum(staffRoles),
})

/** A unit as those see it who keep it up. */
export const keptUnitView = z.object({
  ...unitView.shape,
  code: z.nullable(text),
  dutyPhone: z.nullable(text),
  hours: z.nullable(text),
  population: z.nullable(z.number()),
  floatingShare: z.nullable(z.number()),
  /** What a command on it names as seen; 0: as it was entered. */
  rev: z.number(),
  endsAt: z.nullable(at),
  successorId: z.nullable(text),
})

/** One change of a unit: who, when, before, after. */
export const unitChangeView = z.object({
  id: text,
  unitId: text,
  kind: z.enum(unitChangeKinds),
  status: z.enum(unitChangeStatuses),
  madeAt: at,
  effectiveAt: at,
  byUnitName: text,
  byName: z.nullable(text),
  changes: z.array(
    z.object({
      field: z.enum(changedFields),
      before: z.nullable(z.union([text, z.number()])),
      after: z.nullable(z.union([text, z.number()])),
    }),
  ),
  /** Units that came of it. */
  newUnitIds: z.array(text),
  mayUndo: z.boolean(),
})

const unitName = typedText(2, mostName).check(z.refine(hasUnitName, '不能用 = + - @ 开头'))
const words = (most: number) => z.nullable(typedText(1, most))
/** As lists call it: figures, letters, hyphens. */
const code = z.string('编码不对').check(z.regex(/^[0-9A-Za-z][0-9A-Za-z-]{0,39}$/, '编码不对'))
/** Null empties the field, an absent one stays as it is. */
const contactFields = {
  areaName: z.optional(typedText(1, 40)),
  phone: z.optional(z.nullable(phoneNumber)),
  dutyPhone: z.optional(z.nullable(phoneNumber)),
  address: z.optional(words(100)),
  hours: z.optional(words(60)),
  population: z.optional(
    z.nullable(z.int('人口不对').check(z.minimum(0, '人口不对'), z.maximum(30_000_000, '人口不对'))),
  ),
  floatingShare: z.optional(
    z.nullable(z.number('占比不对').check(z.minimum(0, '占比不对'), z.maximum(100, '占比不对'))),
  ),
}
const seenUnit = { commandId, unitId: id, rev: z.int('版本不对').check(z.minimum(0, '版本不对')) }
/** Absent: from now on. */
const fromAt = z.optional(instant)
const changed = z.object({ unit: keptUnitView, change: unitChangeView })

export const organisationContract = {
  'unit.children': query(
    z.strictObject({
      unitId: z.optional(id),
      /** With temporary ones, which come and go: to say whom a complaint is about. */
      isWhole: z.optional(z.literal(true)),
    }),
    z.object({ unit: unitView, rows: z.array(unitView) }),
    settled(ordinaryReading),
  ),
  /** Units of one's area by how their names begin; without a name all of them. Those that have ended are among them. */
  'unit.search': query(
    z.strictObject({ unitId: id, name: z.optional(typedText(1, 40)), cursor, limit: pageSize }),
    z.object({ rows: z.array(keptUnitView), nextCursor: z.nullable(z.string()) }),
    wideReading,
  ),
  /** Units directly below one, of every kind and those that have ended; `above`: the way up, from the region down. */
  'unit.below': query(
    z.strictObject({ unitId: id, cursor, limit: pageSize }),
    z.object({
      unit: keptUnitView,
      above: z.array(unitRef),
      rows: z.array(keptUnitView),
      nextCursor: z.nullable(z.string()),
    }),
    wideReading,
  ),
  'unit.history': query(
    z.strictObject({ unitId: id, cursor, limit: pageSize }),
    z.object({
      unit: keptUnitView,
      /** What the caller may do with it now. */
      may: z.array(z.enum(unitDeeds)),
      /** What the units are called that it lies below, and those that its changes name. */
      named: z.array(unitRef),
      rows: z.array(unitChangeView),
      nextCursor: z.nullable(z.string()),
    }),
  ),
  'unit.add': command(
    z.strictObject({
      commandId,
      parentId: id,
      name: unitName,
      kind: z.enum(unitKinds),
      code: z.optional(code),
      ...contactFields,
    }),
    changed,
  ),
  'unit.correct': command(z.strictObject({ ...seenUnit, ...contactFields }), changed),
  'unit.rename': command(z.strictObject({ ...seenUnit, name: unitName, fromAt }), changed),
  /** What it leaves goes to the successor, and so do its people and what lies below it; without one, to the unit above. */
  'unit.close': command(z.strictObject({ ...seenUnit, successorId: z.optional(id), fromAt }), changed),
  /** It ends where it is and goes on under another unit: what is counted of it there stays there. */
  'unit.move': command(z.strictObject({ ...seenUnit, parentId: id, fromAt }), changed),
  /** Further units beside it; with `heir`, the place of one of them, it ends and that one takes over. */
  'unit.split': command(
    z.strictObject({
      ...seenUnit,
      parts: z
        .array(z.strictObject({ name: unitName, code: z.optional(code) }), '拆出的单位不对')
        .check(z.minLength(1, '拆出的单位不对'), z.maxLength(mostParts, `一次最多拆出${mostParts}个`)),
      heir: z.optional(
        z
          .int('接手的单位不对')
          .check(z.minimum(0, '接手的单位不对'), z.maximum(mostParts - 1, '接手的单位不对')),
      ),
      fromAt,
    }),
    changed,
  ),
  /** Within a day, where nothing has followed. */
  'unit.undo': command(z.strictObject({ commandId, unitId: id, changeId: id }), changed),
} as const

type Own = typeof organisationContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>

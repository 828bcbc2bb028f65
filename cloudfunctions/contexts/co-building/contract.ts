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
  point,
  rev,
  text,
  typedText,
} from '../../terms/primitives'
import { categoryGroupIds } from '../category/rules/category'
import { unitRef } from '../organisation/contract'
import { hasUnitName } from '../organisation/rules/tree'
import { bondKinds, bondStates } from './rules/bond'
import { bondActions } from './rules/change-bond'

/** As many branches as a banner’s leader looks after. */
const mostMembers = 100
const mostOutside = 50

const kind = z.enum(bondKinds)
const name = typedText(2, 40).check(z.refine(hasUnitName, '不能用 = + - @ 开头'))
const group = z.enum(categoryGroupIds)

/** Null empties it, an absent one stays as it is. */
const changes = {
  untilAt: z.optional(z.nullable(instant)),
  groups: z.optional(
    z.nullable(z.array(group, '能帮的事不对').check(z.maxLength(categoryGroupIds.length, '能帮的事不对'))),
  ),
  name: z.optional(name),
  fromAt: z.optional(instant),
  post: z.optional(typedText(1, 30)),
  memberIds: z.optional(
    z.array(id, '单位不对').check(z.maxLength(mostMembers, `最多选${mostMembers}个单位`)),
  ),
  outside: z.optional(
    z.array(typedText(1, 40), '外面的单位不对').check(z.maxLength(mostOutside, `最多写${mostOutside}个单位`)),
  ),
  purpose: z.optional(typedText(1, 200)),
  point: z.optional(z.nullable(point)),
  address: z.optional(typedText(1, 100)),
  hours: z.optional(typedText(1, 60)),
  phone: z.optional(z.nullable(phoneNumber)),
}

const place = z.object({
  point: z.nullable(z.object({ lng: z.number(), lat: z.number() })),
  address: z.nullable(text),
  hours: z.nullable(text),
  phone: z.nullable(text),
})

const bondView = z.object({
  id: text,
  kind,
  rev: z.number(),
  unit: unitRef,
  name: text,
  fromAt: at,
  untilAt: z.nullable(at),
  state: z.enum(bondStates),
  partnerId: z.nullable(text),
  /** What it helps with; empty: with anything. */
  groups: z.array(group),
  post: z.nullable(text),
  members: z.array(unitRef),
  outside: z.array(text),
  purpose: z.nullable(text),
  ...place.shape,
  /** What the caller may do with it now. */
  actions: z.array(z.enum(bondActions)),
})

const onBond = { commandId, kind, bondId: id, rev }
const bondAnswer = z.object({ bond: bondView })
const fact = z.nullable(z.union([text, z.number(), z.array(text)]))

export const coBuildingContract = {
  'bond.begin': command(
    z.strictObject({ commandId, kind, unitId: id, partnerId: z.optional(id), ...changes }),
    bondAnswer,
  ),
  'bond.change': command(z.strictObject({ ...onBond, ...changes }), bondAnswer),
  /** From an instant on; now where none is said. */
  'bond.end': command(z.strictObject({ ...onBond, at: z.optional(instant) }), bondAnswer),
  /** Within a day, where nothing has followed. */
  'bond.undo': command(z.strictObject(onBond), bondAnswer),
  /** What is kept in an area, in the order of names; by how they begin. */
  'bond.list': query(
    z.strictObject({
      kind,
      unitId: id,
      name: z.optional(typedText(1, 40)),
      /** With what is over. */
      isWhole: z.optional(z.literal(true)),
      cursor,
      limit: pageSize,
    }),
    z.object({ unit: unitRef, rows: z.array(bondView), nextCursor: z.nullable(z.string()) }),
    wideReading,
  ),
  /** Units that may be in a bond of a kind with one, by how their names begin. */
  'bond.candidates': query(
    z.strictObject({ kind, unitId: id, name: z.optional(typedText(1, 40)), cursor, limit: pageSize }),
    z.object({ unit: unitRef, rows: z.array(unitRef), nextCursor: z.nullable(z.string()) }),
    wideReading,
  ),
  /** The units right below one that have none of a kind. */
  'bond.gaps': query(
    z.strictObject({ kind, unitId: id, cursor, limit: pageSize }),
    z.object({ unit: unitRef, rows: z.array(unitRef), nextCursor: z.nullable(z.string()) }),
    wideReading,
  ),
  'bond.history': query(
    z.strictObject({ kind, bondId: id }),
    z.object({
      bond: bondView,
      /** The latest first. */
      lines: z.array(
        z.object({
          at,
          kind: text,
          by: z.nullable(z.object({ name: z.nullable(text), unitName: z.nullable(text) })),
          changes: z.array(z.object({ field: text, before: fact, after: fact })),
        }),
      ),
    }),
  ),
  /** What everybody may know: the nearest service centres, and the alliances that a unit is in. */
  'bond.ofUnit': query(
    z.strictObject({ unitId: id }),
    z.object({
      centres: z.array(z.object({ id: text, name: text, unit: unitRef, ...place.shape })),
      alliances: z.array(z.object({ id: text, name: text, purpose: z.nullable(text) })),
    }),
    settled(ordinaryReading),
  ),
} as const

type Own = typeof coBuildingContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>

import * as z from 'zod/mini'
import { type Answered, type Parsed, query } from '../../terms/action'
import { ordinaryReading, settled } from '../../terms/limits'
import { id, text } from '../../terms/primitives'
import { staffRoles, unitKinds, unitLevels } from './rules/unit'

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
} as const

type Own = typeof organisationContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>

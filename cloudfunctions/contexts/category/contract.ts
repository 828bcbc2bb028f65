import * as z from 'zod/mini'
import { type Answered, type Parsed, query } from '../../terms/action'
import { neededReading, settled } from '../../terms/limits'
import { id, text } from '../../terms/primitives'
import { categoryIds } from './rules/category'

export const categoryId = z.enum(categoryIds, '没有这个事项类别')

export const categoryView = z.object({
  id: categoryId,
  name: text,
  hint: text,
  acceptText: text,
  resolveText: text,
  source: text,
  emergencyCalls: z.array(text),
  isAboutBranch: z.boolean(),
})

export const categoryContract = {
  /** The catalogue of the unit's banner with its own times; without a unit, the region's. */
  'category.list': query(
    z.strictObject({ unitId: z.optional(id) }),
    z.object({ rows: z.array(categoryView) }),
    settled(neededReading),
  ),
} as const

type Own = typeof categoryContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>

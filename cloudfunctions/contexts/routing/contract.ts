import * as z from 'zod/mini'
import { type Answered, type Parsed, query } from '../../terms/action'
import { neededWideReading } from '../../terms/limits'
import { id, point, typedText } from '../../terms/primitives'
import { categoryId } from '../category/contract'
import { cellView } from '../grid/contract'
import { unitRef } from '../organisation/contract'

const accuracyMetres = z.optional(
  z.number('位置精度不对').check(z.minimum(0, '位置精度不对'), z.maximum(100_000, '位置精度不对')),
)

export const place = z.strictObject({
  point: z.optional(point),
  accuracyMetres,
  words: z._default(typedText(0, 100), ''),
  namedUnitId: z.optional(id),
})

export const routingContract = {
  /** Which branch would answer for this place, and why; the cells around it for the map. */
  'place.preview': query(
    z.strictObject({
      point: z.optional(point),
      accuracyMetres,
      namedUnitId: z.optional(id),
      categoryId: z.optional(categoryId),
    }),
    z.object({
      /** Of the unit that would answer, whatever its kind; null where a level would sort it. */
      branchName: z.nullable(z.string()),
      /** The unit that answers or sorts: whose categories and times hold here. */
      unitId: z.string(),
      /** Of a complaint: whom it is about unless somebody else is named (H4); absent where nobody can tell. */
      accused: z.optional(unitRef),
      reasons: z.array(z.string()),
      isProvisional: z.boolean(),
      /** The times of the kind that was asked about, by the rule book that would hold for the report. */
      acceptText: z.string(),
      resolveText: z.string(),
      cells: z.array(cellView),
    }),
    neededWideReading,
  ),
} as const

type Own = typeof routingContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>

import * as z from 'zod/mini'
import { type Answered, type Parsed, query } from '../../terms/action'
import { settled, wideReading } from '../../terms/limits'
import { id, text } from '../../terms/primitives'

export const cellView = z.object({
  id: text,
  name: text,
  branchId: text,
  branchName: text,
  /** Outer ring first, then holes; [lng, lat] in WGS84 degrees. */
  rings: z.array(z.array(z.tuple([z.number(), z.number()]))),
  isGenerated: z.boolean(),
})

export const gridContract = {
  /** The cells of one branch, community or township, for maps. */
  'grid.cells': query(
    z.strictObject({ unitId: id }),
    z.object({ cells: z.array(cellView) }),
    settled(wideReading),
  ),
} as const

type Own = typeof gridContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>

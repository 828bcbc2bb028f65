import * as z from 'zod/mini'
import { type Answered, command, type Parsed, query } from '../../terms/action'
import { commandId, cursor, id, pageSize, text, typedText } from '../../terms/primitives'
import { jobView } from '../job/contract'
import { listFields } from './rules/columns'
import { listVerdicts, problemKinds } from './rules/judge-list'

const field = z.enum(listFields)
/** Longer than anything a field takes. */
const mostCured = 200
const cure = z.union([
  z.strictObject({
    field,
    value: z.string('填写有误').check(z.maxLength(mostCured, `最多写${mostCured}个字`)),
  }),
  z.strictObject({ do: z.enum(['skip', 'merge']) }),
  z.strictObject({ do: z.literal('add-parent'), name: typedText(2, 40), parentCode: typedText(1, 40) }),
])

/** The same, as it is answered. */
const cureView = z.union([
  z.object({ field, value: text }),
  z.object({ do: z.enum(['skip', 'merge']) }),
  z.object({ do: z.literal('add-parent'), name: text, parentCode: text }),
])

const listRow = z.object({
  /** Its number in the file. */
  no: z.number(),
  verdict: z.enum(listVerdicts),
  cells: z.record(z.string(), z.string()),
  problem: z.nullable(
    z.object({
      kind: z.enum(problemKinds),
      text,
      /** What mends it with one tap, the best first. */
      cures: z.array(z.object({ text, cure: cureView })),
    }),
  ),
  /** How somebody has chosen to mend it. */
  cure: z.nullable(cureView),
})

const row = {
  jobId: id,
  no: z.int('行号不对').check(z.minimum(1, '行号不对'), z.maximum(2_000_000, '行号不对')),
}

export const unitListContract = {
  /** Looks through a list of units and says what it would do; nothing is entered. */
  'unitList.check': command(
    z.strictObject({
      commandId,
      /** All that is in the list lies below it. */
      unitId: id,
      /** In a folder of the caller's (`photo.ticket`). */
      fileId: z.string('文件不对').check(z.regex(/^cloud:\/\/[^?#\s]{1,300}$/, '文件不对')),
      fileName: typedText(1, 120),
      /** What columns are taken for by their headers, where these do not say it. */
      columns: z.optional(
        z
          .array(z.strictObject({ header: typedText(1, 60), field: z.nullable(field) }), '列对应不对')
          .check(z.maxLength(60, '列太多')),
      ),
    }),
    jobView,
  ),
  'unitList.rows': query(
    z.strictObject({ jobId: id, verdict: z.enum(listVerdicts), cursor, limit: pageSize }),
    z.object({
      columns: z.array(z.object({ header: text, field: z.nullable(field) })),
      rows: z.array(listRow),
      nextCursor: z.nullable(z.string()),
    }),
  ),
  /** Chooses how a row is to be mended; null: not at all. */
  'unitList.cure': command(z.strictObject({ commandId, ...row, cure: z.nullable(cure) }), listRow),
  /** Enters what can be entered; the others never hold it up. */
  'unitList.import': command(
    z.strictObject({
      commandId,
      /** The list as it was looked through. */
      jobId: id,
      /** Mended as somebody has chosen, or the others as suggested, too. */
      cures: z.enum(['chosen', 'suggested']),
    }),
    jobView,
  ),
} as const

type Own = typeof unitListContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>

import * as z from 'zod/mini'
import { commandId, id, photoIds, rev, typedText } from '../../../terms/primitives'
import { remedies } from '../rules/report'

/** What every step that is taken on a report as its reader saw it is sent with. */
const onReport = {
  commandId,
  reportId: id,
  /** The revision that the caller saw. */
  rev,
  /** Which of several seats acts; without it the first that may. */
  asUnitId: z.optional(id),
}

/** What is sent with a step, besides the report, the revision that was seen and the command's own id. */
export const seen = <S extends z.core.$ZodLooseShape>(typed: S) => z.strictObject({ ...onReport, ...typed })

export const note = typedText(1, 300)
export const optionalNote = z._default(typedText(0, 300), '')
export const reason = typedText(1, 300)
export const photos = z._default(photoIds, [])

/** No step requires a photo (K1): where nothing can be seen, words are the evidence and consent decides. */
export const work = {
  note,
  before: photos,
  after: photos,
  remedy: z.enum(remedies, '请选择临时处置还是根治'),
}

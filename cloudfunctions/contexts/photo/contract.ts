import * as z from 'zod/mini'
import { type Answered, type Parsed, query } from '../../terms/action'
import { text } from '../../terms/primitives'

/** URLs are temporary; never store them. */
export const photoView = z.object({ id: text, url: text, thumbUrl: text })

export const photoContract = {
  /** The folder in which the caller's next photographs are taken in; for two hours. */
  'photo.ticket': query(z.strictObject({}), z.object({ folder: z.string() })),
  'photo.admit': query(
    z.strictObject({ fileId: z.string('照片不对').check(z.regex(/^cloud:\/\/[^?#\s]{1,300}$/, '照片不对')) }),
    z.object({
      photoId: z.string(),
      url: z.string(),
      thumbUrl: z.string(),
      width: z.number(),
      height: z.number(),
    }),
  ),
} as const

type Own = typeof photoContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>

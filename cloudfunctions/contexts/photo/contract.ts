import * as z from 'zod/mini'
import { bucket, per } from '../../ground/bucket'
import { dayMs, hourMs } from '../../ground/instant'
import { type Answered, command, type Parsed, query } from '../../terms/action'
import { neededReading } from '../../terms/limits'
import { text } from '../../terms/primitives'

/** URLs are temporary; never store them. */
export const photoView = z.object({ id: text, url: text, thumbUrl: text })

export const ticketContract = {
  /** The folder in which the caller's next photographs are taken in; for two hours. */
  'photo.ticket': query(z.strictObject({}), z.object({ folder: z.string() }), neededReading),
} as const

/** Kilobytes that one account may have taken in: far more than any day of its own pictures, and a bound for everybody. */
export const uploadedKilobytes = {
  everybody: bucket(300 * 1024, per(300 * 1024, dayMs)),
  staff: bucket(4 * 1024 * 1024, per(4 * 1024 * 1024, dayMs)),
} as const

/** Served apart: taking a photograph in needs memory, time and a native library of its own. */
export const admissionContract = {
  /** Sent again it answers the same photograph. */
  'photo.admit': command(
    z.strictObject({ fileId: z.string('照片不对').check(z.regex(/^cloud:\/\/[^?#\s]{1,300}$/, '照片不对')) }),
    z.object({
      photoId: z.string(),
      url: z.string(),
      thumbUrl: z.string(),
      width: z.number(),
      height: z.number(),
    }),
    // Nine before and nine after each of a hundred works an hour would be too much for any hand.
    {
      group: 'photo.admit',
      resident: bucket(90, per(90, dayMs)),
      staff: bucket(900, per(900, hourMs)),
      isSameByInput: true,
    },
  ),
} as const

type Own = typeof ticketContract & typeof admissionContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>

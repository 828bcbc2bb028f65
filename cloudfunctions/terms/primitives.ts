import * as z from 'zod/mini'
import { idPattern } from '../ground/id-pattern'
import { readPhoneNumber } from '../ground/text/phone-number'
import { readTypedText } from '../ground/text/typed-text'

// Mini-programs forbid `eval`; without this zod compiles its validators at run time.
z.config({ jitless: true })

/**
 * Text a person typed, cleaned: `min` to `max` characters (code points), something to read in it. Invisible marks
 * are dropped, not refused: nobody could find them to delete them.
 */
export const typedText = (min: number, max: number) =>
  z.pipe(
    z.string('要填文字').register(z.globalRegistry, { minLength: min, maxLength: max }),
    z.transform((raw, context) => {
      const typed = readTypedText(raw, min, max)
      if (typed.isTaken) return typed.text
      context.issues.push({ code: 'custom', message: typed.why, input: raw })
      return z.NEVER
    }),
  )

/** A telephone number in whatever way it was written; it arrives as digits only. */
export const phoneNumber = z.pipe(
  z.string('电话号码不对'),
  z.transform((raw, context) => {
    const number = readPhoneNumber(raw)
    if (number !== undefined) return number
    context.issues.push({ code: 'custom', message: '号码不对，请写手机号，或者带区号的座机号', input: raw })
    return z.NEVER
  }),
)

export const id = z.string('编号不对').check(z.regex(idPattern, '编号不对'))

export const commandId = z
  .string('提交编号不对')
  .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, '提交编号不对'))

/** Epoch milliseconds between 2000 and 2100. */
export const instant = z
  .int('时间不对')
  .check(z.minimum(946_684_800_000, '时间不对'), z.maximum(4_102_444_800_000, '时间不对'))

/** WGS84 degrees. */
export const point = z.strictObject({
  lng: z.number('位置不对').check(z.minimum(-180, '位置不对'), z.maximum(180, '位置不对')),
  lat: z.number('位置不对').check(z.minimum(-90, '位置不对'), z.maximum(90, '位置不对')),
})

export const rev = z.int('版本不对').check(z.minimum(1, '版本不对'))

/** A step shows what it has to show in so many pictures; more would only be scrolled past. */
const mostPhotos = 9

export const photoIds = z.array(id, '照片不对').check(z.maxLength(mostPhotos, `最多传${mostPhotos}张照片`))

/** Opaque to clients; a sort value, as JavaScript writes numbers (the small ones with an exponent), and an id. */
export const cursor = z.optional(
  z
    .string('翻页位置不对')
    .check(z.regex(/^-?\d{1,21}(\.\d{1,20})?(e[+-]\d{1,3})?~[A-Za-z0-9_:.@-]{1,120}$/, '翻页位置不对')),
)

export const pageSize = z.optional(z.int().check(z.minimum(1), z.maximum(50)))

/** What we answer with has been checked before: a text, and an instant. */
export const text = z.string()

export const at = z.number()

import * as z from 'zod/mini'
import { categoryIds } from '../domain/category/category'
import { reportStatuses } from '../domain/report/lifecycle'
import { refusalMessages } from '../domain/result'

// Mini-programs forbid `eval`; without this zod compiles its validators at run time.
z.config({ jitless: true })

/**
 * Invisible characters that can make a text read otherwise than it is stored: C0/C1 controls (but not tab
 * and line breaks) and bidirectional controls. Joiners and Mongolian variation selectors are letters here.
 */
const hasHiddenControls = (text: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.test(
    text,
  )

const isWellFormed = (text: string): boolean => !/[\ud800-\udfff]/u.test(text)

/** Joiners and zero-width spaces alone are an empty page. */
const hasSomethingToRead = (text: string): boolean => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text)

/** Text a person typed: trimmed, `min` to `max` UTF-16 units, something to read in it, no hidden controls. */
export const typedText = (min: number, max: number) =>
  z.string('要填文字').check(
    z.trim(),
    z.minLength(min, min === 1 ? '不能空着' : `至少写${min}个字`),
    z.maxLength(max, `最多写${max}个字`),
    z.refine((text) => min === 0 || hasSomethingToRead(text), '不能空着'),
    z.refine(
      (text) => !hasHiddenControls(text) && isWellFormed(text),
      refusalMessages['text-has-control-characters'],
    ),
  )

/** Ids are ours: letters, digits and a few separators, so that none can be mistaken for a query operator. */
export const id = z.string('编号不对').check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_:.-]{0,79}$/, '编号不对'))

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

export const categoryId = z.enum(categoryIds, '没有这个事项类别')
export const reportStatus = z.enum(reportStatuses)
export const rev = z.int('版本不对').check(z.minimum(1, '版本不对'))
export const photoIds = z.array(id, '照片不对').check(z.maxLength(9, '最多传9张照片'))
/** Opaque to clients; a sort value and an id. */
export const cursor = z.optional(
  z
    .string('翻页位置不对')
    .check(z.regex(/^-?\d{1,16}(\.\d{1,20})?~[A-Za-z0-9_:.@-]{1,120}$/, '翻页位置不对')),
)
export const pageSize = z.optional(z.int().check(z.minimum(1), z.maximum(50)))

/** Chinese names of fields, for messages such as “情况说明”最多写500个字. */
export const fieldLabels: Readonly<Record<string, string>> = {
  text: '情况说明',
  note: '说明',
  reason: '理由',
  remark: '评价留言',
  plan: '计划',
  publicSummary: '公开摘要',
  words: '地点说明',
  place: '位置',
  point: '位置',
  photos: '照片',
  before: '办理前照片',
  after: '办理后照片',
  phone: '电话',
  categoryId: '事项类别',
}

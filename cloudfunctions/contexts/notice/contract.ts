import * as z from 'zod/mini'
import { type Answered, command, type Parsed, query } from '../../terms/action'
import { ordinarySteps } from '../../terms/limits'
import { at, cursor, id, instant, pageSize, text } from '../../terms/primitives'

export const inboxRow = z.object({
  id: text,
  reportId: z.nullable(text),
  title: text,
  text,
  /** Which matter it is about: kind, place, when, number; null where it was sent before messages said so. */
  about: z.nullable(text),
  at,
  /** When it came in; what the caller has seen is told by it. */
  arrivedAt: at,
  isRead: z.boolean(),
})

export const noticeContract = {
  'inbox.list': query(
    z.strictObject({ unitId: z.optional(id), cursor, limit: pageSize }),
    z.object({ rows: z.array(inboxRow), nextCursor: z.nullable(z.string()), unreadCount: z.number() }),
  ),
  /** Everything until then is read; sent again it changes nothing. */
  'inbox.read': command(
    z.strictObject({ unitId: z.optional(id), untilAt: instant }),
    z.object({ unreadCount: z.number() }),
    { ...ordinarySteps, group: 'inbox.read' },
  ),
} as const

type Own = typeof noticeContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>

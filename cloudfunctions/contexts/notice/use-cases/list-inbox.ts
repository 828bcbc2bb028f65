import { ok, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { ReadingPorts } from '../ports'
import { inboxOf } from '../shared/inboxes'

/** Messages, latest first. Refuses `sign-in-required`, `not-allowed`. */
export const listInbox =
  (ports: ReadingPorts) =>
  async (session: Session, input: ParsedInputOf<'inbox.list'>): Promise<Result<OutputOf<'inbox.list'>>> => {
    const { accountId } = session
    if (accountId === null) return refuse('sign-in-required')
    const inbox = inboxOf(session, input.unitId)
    if (inbox === null) return refuse('not-allowed')
    const [readUntilAt = 0] = await ports.inbox.readUntil(accountId, [inbox.recipient])
    const [page, unreadCount] = await Promise.all([
      ports.inbox.list(inbox, {
        limit: input.limit ?? 20,
        ...(input.cursor ? { cursor: input.cursor } : {}),
      }),
      ports.inbox.unreadCount(inbox, readUntilAt),
    ])
    return ok({
      rows: page.rows.map((message) => ({
        id: message.id,
        reportId: message.reportId,
        ...ports.messageText(message),
        at: message.at,
        arrivedAt: message.arrivedAt,
        isRead: message.arrivedAt <= readUntilAt,
      })),
      nextCursor: page.nextCursor,
      unreadCount,
    })
  }

import { ok, type Result, refuse } from '../../../ground/result'
import type { Session } from '../../organisation/rules/session'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { NoticePorts } from '../ports'
import { inboxOf } from '../shared/inboxes'

/** Marks what had arrived by an instant as read; what was read before, up to a later one, stays read. */
export const markInboxRead =
  (ports: NoticePorts) =>
  async (session: Session, input: ParsedInputOf<'inbox.read'>): Promise<Result<OutputOf<'inbox.read'>>> => {
    const { accountId } = session
    if (accountId === null) return refuse('sign-in-required')
    const inbox = inboxOf(session, input.unitId)
    if (inbox === null) return refuse('not-allowed')
    const untilAt = Math.min(input.untilAt, session.now)
    await ports.inbox.markRead(accountId, inbox.recipient, untilAt)
    const [readUntil = untilAt] = await ports.inbox.readUntil(accountId, [inbox.recipient])
    return ok({ unreadCount: await ports.inbox.unreadCount(inbox, readUntil) })
  }

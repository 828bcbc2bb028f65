import type { Session } from '../../organisation/rules/session'
import { seatsEverIn } from '../../organisation/rules/session'
import { readingRoles } from '../../report/rules/standing'
import type { InboxScope } from '../ports'
import { memberRecipient } from '../rules/recipient'

/** One's own messages, those about one's own complaint among them. */
const ownInbox = (accountId: string): InboxScope => ({ recipient: `account:${accountId}`, seatsIn: [] })

/** A unit's, as this colleague may read them: no word of a complaint against a unit they have a seat in (H4). */
const inboxOfUnit = (session: Session, unitId: string): InboxScope => ({
  recipient: `unit:${unitId}`,
  ...(session.accountId === null ? {} : { member: memberRecipient(unitId, session.accountId) }),
  seatsIn: seatsEverIn(session),
})

/** L3: who sets units up, or files for others, reads no report's words, in a unit's inbox neither. */
const readsInboxOf = (session: Session, unitId: string): boolean =>
  session.memberships.some(
    (membership) => membership.unitId === unitId && readingRoles.includes(membership.role),
  )

export const inboxesOf = (session: Session): readonly InboxScope[] => {
  if (session.accountId === null) return []
  const unitIds = [...new Set(session.memberships.map((one) => one.unitId))]
  return [
    ownInbox(session.accountId),
    ...unitIds
      .filter((unitId) => readsInboxOf(session, unitId))
      .map((unitId) => inboxOfUnit(session, unitId)),
  ]
}

/** Whose inbox is meant: the caller's own, or a unit's in which they work. */
export const inboxOf = (session: Session, unitId: string | undefined): InboxScope | null => {
  if (session.accountId === null) return null
  if (unitId === undefined) return ownInbox(session.accountId)
  return readsInboxOf(session, unitId) ? inboxOfUnit(session, unitId) : null
}

import type { Conditions, Store } from '../../platform/cloudbase/database'
import { fromDocument, type Stored, setOrAdd, toDocument } from '../../platform/cloudbase/stored'
import type { Inbox, InboxScope, Message } from './ports'

/** A page says no more than “99+”: whoever is new in a unit has all its years before them. */
const mostCounted = 100

/** More than is ever said of one complaint, which has no neighbours. */
const mostOfReport = 1000

/** Up to when somebody has read an inbox. */
interface MarkDocument {
  readonly _id: string
  readonly untilAt: number
}
const markId = (accountId: string, recipient: string): string => `${accountId}@${recipient}`

/** A message names no accused unit unless it is about a complaint. */
const messagesOf = (store: Store, { recipient, member, seatsIn }: InboxScope): Conditions => ({
  recipient: member === undefined ? recipient : store.command.in([recipient, member]),
  ...(seatsIn.length === 0 ? {} : { accusedUnitId: store.command.nin([...seatsIn]) }),
})

export const inboxRepository = (store: Store): Inbox => ({
  deliver: (messages) =>
    store.addMissing(
      'inbox_messages',
      messages.map((message) => toDocument(message)),
    ),
  accuse: async ({ reportId, recipients, since }, was, is) => {
    const { command } = store
    const told = {
      recipient: command.in([...recipients]),
      arrivedAt: command.gte(since),
      reportId,
      accusedUnitId: was,
    }
    const messages = await store.first<{ readonly _id: string }>(
      'inbox_messages',
      told,
      [
        ['arrivedAt', 'desc'],
        ['_id', 'desc'],
      ],
      mostOfReport,
      ['_id'],
    )
    const ids = messages.map(({ _id }) => _id)
    await store.setInMany('inbox_messages', ids, { accusedUnitId: was }, 'accusedUnitId', is)
  },
  list: async (scope, request) => {
    const page = await store.page<Stored<Message>>(
      'inbox_messages',
      messagesOf(store, scope),
      ['arrivedAt', 'desc'],
      request,
    )
    return { rows: page.rows.map((document) => fromDocument<Message>(document)), nextCursor: page.nextCursor }
  },
  readUntil: async (accountId, recipients) => {
    const ids = recipients.map((recipient) => markId(accountId, recipient))
    const marks = await store.getMany<MarkDocument>('inbox_marks', ids)
    return ids.map((id) => marks.find(({ _id }) => _id === id)?.untilAt ?? 0)
  },
  markRead: (accountId, recipient, untilAt) => {
    const _id = markId(accountId, recipient)
    return setOrAdd(
      () => store.update('inbox_marks', { _id, untilAt: store.command.lt(untilAt) }, { untilAt }),
      () => store.add('inbox_marks', { _id, untilAt } as MarkDocument),
    )
  },
  unreadCount: async (scope, afterAt) =>
    (
      await store.first(
        'inbox_messages',
        { ...messagesOf(store, scope), arrivedAt: store.command.gt(afterAt) },
        [
          ['arrivedAt', 'desc'],
          ['_id', 'desc'],
        ],
        mostCounted,
        ['arrivedAt'],
      )
    ).length,
})

import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { Stored } from '../../platform/cloudbase/stored'
import type { Message } from './ports'

export const collections = {
  inbox_messages: {
    of_recipient: {
      by: { recipient: 1, arrivedAt: -1, _id: -1 },
      reason: '消息: an inbox, latest first, and how many messages in it are new',
    },
  } satisfies IndexesOf<Stored<Message>>,
  inbox_marks: {},
} satisfies Collections

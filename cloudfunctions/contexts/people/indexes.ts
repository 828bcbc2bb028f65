import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { InvitationDocument } from './store'

export const collections = {
  invitations: {
    code: {
      by: { codeDigest: 1 },
      isUnique: true,
      reason: 'whoever comes with a code; no two invitations have one',
    },
    open: {
      by: { openUnitId: 1, _id: 1 },
      reason: '设置, 人: the open invitations of a unit, and of the units of a page',
    },
    invitee: {
      by: { invitee: 1, sentAt: -1, _id: -1 },
      reason: '我的: what somebody has come with the code of',
    },
    clock: { by: { nextClockAt: 1, _id: 1 }, reason: 'the clock: invitations that expire' },
    outbox: { by: { outboxAt: 1, _id: 1 }, reason: 'the clock: invitations with derived work left to do' },
  } satisfies IndexesOf<InvitationDocument>,
} satisfies Collections

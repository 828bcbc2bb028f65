import type { Store } from '../../platform/cloudbase/database'
import {
  type JournalDocument,
  journalRepository,
  toJournalDocument,
  toJournalled,
} from '../../platform/cloudbase/journal-repository'
import type { Invitations } from './ports'
import { type Invitation, isOver } from './rules/invitation'

/** More than are open in the units of one page at any time. */
const mostOpen = 5_000

/** An invitation as it lies in the database. */
export type InvitationDocument = JournalDocument<Invitation> & {
  /** Its unit while it is open; null once it is over. */
  readonly openUnitId: string | null
}

const toDocument = (invitation: Invitation): InvitationDocument => ({
  ...toJournalDocument(invitation),
  openUnitId: isOver(invitation) ? null : invitation.unitId,
})

const toInvitation = ({ openUnitId: _openUnitId, ...document }: InvitationDocument): Invitation =>
  toJournalled<Invitation>(document)

export const invitationRepository = (store: Store<'invitations'>): Invitations => ({
  ...journalRepository<'invitations', Invitation, InvitationDocument>(store, {
    collection: 'invitations',
    mayLeave: [],
    toDocument,
    toMatter: toInvitation,
    firstCome: [['_id', 'asc']],
  }),
  ofCode: async (codeDigest) => {
    const [found] = await store.first<InvitationDocument>('invitations', { codeDigest }, [], 1)
    return found && toInvitation(found)
  },
  codesAmong: async (codeDigests) =>
    new Set(
      (
        await store.findIn<InvitationDocument>(
          'invitations',
          'codeDigest',
          codeDigests,
          {},
          { atMost: mostOpen },
        )
      ).map((one) => one.codeDigest),
    ),
  openIn: async (unitIds) =>
    (
      await store.findIn<InvitationDocument>('invitations', 'openUnitId', unitIds, {}, { atMost: mostOpen })
    ).map(toInvitation),
  ofInvitee: async (accountId, limit) =>
    (
      await store.first<InvitationDocument>(
        'invitations',
        { invitee: accountId },
        [
          ['sentAt', 'desc'],
          ['_id', 'desc'],
        ],
        limit,
      )
    ).map(toInvitation),
})

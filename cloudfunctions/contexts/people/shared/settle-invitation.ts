import { type Settle, settleWith } from '../../../journal/settle'
import type { PeoplePorts } from '../ports'
import { giveSeat } from '../rules/change-seat'
import { type Invitation, seatOf } from '../rules/invitation'
import { settleSeat } from './settle-seat'
import { tellOne } from './tell'

/** Does what the outbox of an invitation holds: the seat that was confirmed comes to be, and both sides are told. */
export const settleInvitation = (ports: PeoplePorts): Settle<Invitation> => {
  const tell = tellOne(ports)
  const settleGiven = settleSeat(ports)

  return settleWith<Invitation>(ports.invitations, {
    seat: {
      project: async (invitation, { at }, now) => {
        const { id: invitationId, phoneTail, timeline } = invitation
        const confirmed = timeline.find(({ kind }) => kind === 'confirmed')
        if (!confirmed) throw new Error(`${invitationId}: nobody has confirmed it`)
        const seat = giveSeat(
          seatOf(invitation, at),
          { invitationId, ...(phoneTail === null ? {} : { phoneTail }) },
          confirmed.by,
          at,
        )
        if (await ports.seats.insert(seat)) await settleGiven(seat, now, { before: undefined, by: undefined })
        return null
      },
    },
    tell: {
      isApart: true,
      project: async (invitation, { id: workId, at, whom, what }, now) => {
        const { id: matterId, unitName: unit, role, name, inviter, invitee } = invitation
        const accountId = whom === 'inviter' ? inviter.accountId : invitee
        if (accountId === null) return null
        const seat = { unit, role }
        // The digits to compare stay with the invitation: an inbox keeps what it is told.
        await tell(
          { matterId, workId, at },
          `account:${accountId}`,
          whom === 'invitee'
            ? { template: 'invitation-refused', audience: 'persons', fields: seat }
            : {
                template: what === 'accepted' ? 'invitation-accepted' : 'invitation-declined',
                audience: 'persons',
                fields: { ...seat, name },
              },
          now,
        )
        return null
      },
    },
  })
}

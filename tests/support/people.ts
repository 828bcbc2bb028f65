import { randomUUID } from 'node:crypto'
import type { StaffRole, Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import { seatDocumentOf } from '../../cloudfunctions/contexts/organisation/store'
import type { InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { aMembership } from './builders'
import type { TestCloud } from './cloud'

/** A seat that somebody has had all along, as it lies in the database. */
export const aSeat = (person: string, unit: Unit, role: StaffRole, name?: string) => ({
  ...seatDocumentOf({
    ...aMembership(unit, role),
    ...(name === undefined ? {} : { name }),
    id: `${person}-${unit.id}-${role}`,
    accountId: `custom:${person}`,
  }),
  shape: 2,
})

type Entry = InputOf<'people.invite'>['invitations'][number]
type InvitationView = OutputOf<'people.seeInvitation'>['invitation']

export interface Sent {
  readonly id: string
  readonly code: string
}

/** What people do with invitations and seats in a town. */
export const peopleIn = (town: TestCloud) => {
  const invite = async (inviter: string, entry: Entry): Promise<Sent> => {
    const { results } = await town
      .as(inviter)
      .get('people.invite', { commandId: randomUUID(), invitations: [entry] })
    const [{ invitation, code, refusal } = { invitation: null, code: null, refusal: null }] = results
    if (!invitation || code === null) throw new Error(`${inviter} may not invite: ${refusal?.code}`)
    return { id: invitation.id, code }
  }
  const see = async (person: string, code: string): Promise<InvitationView> =>
    (await town.as(person).get('people.seeInvitation', { commandId: randomUUID(), code })).invitation
  const accept = async (person: string, invitationId: string, phoneTail = '4471'): Promise<InvitationView> =>
    (
      await town
        .as(person)
        .get('people.acceptInvitation', { commandId: randomUUID(), invitationId, phoneTail })
    ).invitation
  const confirm = async (person: string, invitationId: string): Promise<InvitationView> =>
    (await town.as(person).get('people.confirmInvitation', { commandId: randomUUID(), invitationId }))
      .invitation
  const refused = (person: string | null, action: string, input: object): Promise<string> =>
    town.as(person).refused(action, { commandId: randomUUID(), ...input })

  /** The seats of a unit as its admin reads them. */
  const seatsOf = async (admin: string, unitId: string) =>
    (await town.as(admin).get('people.list', { unitId, limit: 50 })).rows

  return {
    invite,
    see,
    accept,
    confirm,
    refused,
    seatsOf,
    seatOf: async (admin: string, unitId: string, name: string) => {
      const found = (await seatsOf(admin, unitId)).find((seat) => seat.name === name)
      if (!found) throw new Error(`${name} has no seat`)
      return found
    },
    /** From the invitation to the seat. */
    seat: async (inviter: string, confirmer: string, person: string, entry: Entry): Promise<Sent> => {
      const sent = await invite(inviter, entry)
      await see(person, sent.code)
      await accept(person, sent.id)
      await confirm(confirmer, sent.id)
      return sent
    },
  }
}

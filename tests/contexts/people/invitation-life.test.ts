import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { Seat } from '../../../cloudfunctions/contexts/organisation/rules/seat'
import type { Session } from '../../../cloudfunctions/contexts/organisation/rules/session'
import type { StaffRole } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import type { Invitation } from '../../../cloudfunctions/contexts/people/rules/invitation'
import {
  acceptInvitation,
  confirmInvitation,
  declineInvitation,
  refuseInvitation,
  seeInvitation,
  withdrawInvitation,
} from '../../../cloudfunctions/contexts/people/use-cases/act-on-invitation'
import { invite } from '../../../cloudfunctions/contexts/people/use-cases/invite'
import { dayMs, hourMs } from '../../../cloudfunctions/ground/instant'
import type { Journalled } from '../../../cloudfunctions/journal/rules/journalled'
import { aMembership, banner, league, mondayAt, units } from '../../support/builders'
import { somePorts } from '../../support/some-ports'

/** Matters in memory, written by compare-and-set as the database does. */
const kept = <T extends Journalled>() => {
  const all = new Map<string, T>()
  return {
    all,
    get: async (id: string) => all.get(id),
    getMany: async (ids: readonly string[]) => ids.flatMap((id) => all.get(id) ?? []),
    insert: async (matter: T) => {
      if (all.has(matter.id)) return false
      all.set(matter.id, matter)
      return true
    },
    replace: async (before: T, after: T) => {
      if (all.get(before.id)?.rev !== before.rev) return false
      all.set(after.id, after)
      return true
    },
    settleOutbox: async () => true,
  }
}

/** A banner with two admins, one above them, and whoever else comes. */
const aBanner = () => {
  const invitations = kept<Invitation>()
  const seats = kept<Seat>()
  const ports = somePorts({
    invitations: {
      ...invitations,
      ofCode: async (digest) => [...invitations.all.values()].find((one) => one.codeDigest === digest),
      codesAmong: async () => new Set(),
      openIn: async () => [],
    },
    seats: { ...seats, inUnits: async () => [...seats.all.values()] },
    units: {
      get: async (id) => units.find((unit) => unit.id === id),
      getMany: async (ids) => units.filter((unit) => ids.includes(unit.id)),
    },
    inbox: { deliver: async () => undefined },
    reports: {},
    limits: {
      read: async () => undefined,
      begin: async () => true,
      beginAnew: async () => true,
      take: async () => true,
    },
  })
  return { ports, invitations, seats }
}

const people = ['inviter', 'second-admin', 'league-admin', 'first-comer', 'second-comer'] as const
type Person = (typeof people)[number]
const adminOf = { inviter: banner, 'second-admin': banner, 'league-admin': league } as const

const sessionOf = (person: Person, now: number): Session => {
  const unit = person in adminOf ? adminOf[person as keyof typeof adminOf] : undefined
  const memberships = unit ? [{ ...aMembership(unit, 'admin'), accountId: person }] : []
  return { accountId: person, memberships, everyMembership: memberships, unitsAbove: [], now }
}

const acts = ['see', 'accept', 'decline', 'confirm', 'refuse', 'withdraw'] as const
interface Deed {
  readonly person: Person
  readonly act: (typeof acts)[number]
}
/** What people do at the same moment, and how long it takes until the next do something. */
interface Moment {
  readonly deeds: readonly Deed[]
  readonly thenMs: number
}

const deed = fc.record({ person: fc.constantFrom(...people), act: fc.constantFrom(...acts) })
const waiting = fc.constantFrom(0, hourMs, dayMs, 4 * dayMs)
const moment = fc.record({ deeds: fc.array(deed, { minLength: 1, maxLength: 3 }), thenMs: waiting })
/** Whatever else happens: somebody comes, says that it is them, and somebody says that it is. */
const moments: fc.Arbitrary<readonly Moment[]> = fc
  .tuple(
    fc.constantFrom(...people),
    fc.constantFrom(...people),
    fc.array(fc.tuple(fc.array(moment, { maxLength: 1 }), waiting), { minLength: 4, maxLength: 4 }),
  )
  .map(([comes, confirms, between]) => {
    const backbone: readonly Deed[] = [
      { person: comes, act: 'see' },
      { person: comes, act: 'accept' },
      { person: confirms, act: 'confirm' },
    ]
    return between.flatMap(([others, thenMs], place) => {
      const next = backbone[place]
      return next ? [...others, { deeds: [next], thenMs }] : others
    })
  })

const live = async (role: StaffRole, life: readonly Moment[]) => {
  const { ports, invitations, seats } = aBanner()
  let now = mondayAt
  const sent = await invite(ports)(sessionOf('inviter', now), {
    commandId: randomUUID(),
    invitations: [{ unitId: banner.id, role, name: '新同志' }],
  })
  const [result] = sent.ok ? sent.value.results : []
  const invitationId = result?.invitation?.id ?? ''
  const code = result?.code?.replace(' ', '') ?? ''
  const does = (session: Session): Readonly<Record<Deed['act'], () => Promise<unknown>>> => {
    const on = { commandId: randomUUID(), invitationId }
    return {
      see: () => seeInvitation(ports)(session, { commandId: on.commandId, code }),
      accept: () => acceptInvitation(ports)(session, { ...on, phoneTail: '4471' }),
      decline: () => declineInvitation(ports)(session, on),
      confirm: () => confirmInvitation(ports)(session, on),
      refuse: () => refuseInvitation(ports)(session, on),
      withdraw: () => withdrawInvitation(ports)(session, on),
    }
  }
  for (const { deeds, thenMs } of life) {
    await Promise.all(deeds.map(({ person, act }) => does(sessionOf(person, now))[act]()))
    now += thenMs
  }
  const invitation = invitations.all.get(invitationId)
  if (!invitation) throw new Error('it was never sent')
  return { invitation, seats: [...seats.all.values()] }
}

const lineOf = ({ timeline }: Invitation, kind: Invitation['timeline'][number]['kind']) =>
  timeline.find((line) => line.kind === kind)

test.each(['clerk', 'admin'] as const)(
  'whoever does what in whichever order: a %s’s seat goes to one account at most, by another’s word and in time',
  async (role) => {
    let given = 0
    await fc.assert(
      fc.asyncProperty(moments, async (life) => {
        const { invitation, seats } = await live(role, life)
        const [seat, ...others] = seats
        expect(others).toEqual([])
        expect(seat !== undefined).toBe(invitation.status === 'confirmed')
        // One person alone has come with its code, and nobody's word counts twice.
        const came = invitation.timeline.flatMap(({ kind, by }) =>
          kind === 'seen' || kind === 'accepted' || kind === 'declined' ? [by.accountId] : [],
        )
        expect(new Set(came).size).toBeLessThanOrEqual(1)
        const kinds = invitation.timeline.map(({ kind }) => kind)
        expect(new Set(kinds).size).toBe(kinds.length)
        const ends = kinds.filter((kind) => !['sent', 'seen', 'accepted'].includes(kind))
        expect(ends.length).toBeLessThanOrEqual(1)
        if (!seat) return
        given += 1
        const confirmed = lineOf(invitation, 'confirmed')
        expect(confirmed?.at).toBeLessThan(invitation.expiresAt)
        expect(seat.accountId).toBe(invitation.invitee)
        expect(lineOf(invitation, 'accepted')?.by.accountId).toBe(seat.accountId)
        expect(confirmed?.by.accountId).not.toBe(seat.accountId)
        if (role === 'admin') expect(confirmed?.by.accountId).not.toBe('inviter')
        expect(seat.fromAt).toBe(confirmed?.at)
      }),
      { numRuns: 400 },
    )
    // Else it would have said nothing.
    expect(given).toBeGreaterThan(20)
  },
)

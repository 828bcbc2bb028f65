import { ok, type Result, refuse } from '../../../ground/result'
import { carryOut, type Life } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import type { CommandOrigin } from '../../../journal/rules/journalled'
import type { Doer } from '../../organisation/rules/seat'
import type { Session } from '../../organisation/rules/session'
import { hasEnded, type Unit } from '../../organisation/rules/unit'
import { authorisePeople, type Part, type PeopleAction } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { PeoplePorts } from '../ports'
import { codeDigest } from '../rules/code'
import {
  acceptInvitation as accept,
  confirmInvitation as confirm,
  endInvitation,
  type Invitation,
  invitationNow,
  seeInvitation as see,
  speaksAsSister,
} from '../rules/invitation'
import { fitsUnit } from '../rules/roles-of-unit'
import { settleInvitation } from '../shared/settle-invitation'
import { codeLimit } from './code-limit'
import { type Known, viewInvitation } from './views'

type Answer = OutputOf<'people.seeInvitation'>
type By = Doer & { readonly accountId: string }

interface Meeting {
  readonly by: By
  readonly unit: Unit
  readonly parts: readonly Part[]
}

interface Act {
  readonly action: PeopleAction
  /** The call of the contract, by which a repeated command is known. */
  readonly call: string
  readonly input: { readonly commandId: string }
  readonly take: (
    current: Invitation,
    by: By,
    now: number,
    origin: CommandOrigin,
    unit: Unit,
  ) => Promise<Result<Invitation>> | Result<Invitation>
  /** Whoever comes with its code has no part in it yet. */
  readonly brings?: 'code'
}

const lifeOf = (ports: PeoplePorts): Life<Invitation, null> => ({
  matters: ports.invitations,
  lawOf: async () => null,
  catchUp: (invitation, now) => invitationNow(invitation, now),
  settle: settleInvitation(ports),
})

/** How the caller stands to an invitation otherwise than by a seat. */
const partsOf = async (
  ports: Pick<PeoplePorts, 'invitations'>,
  { invitee, sisterId }: Invitation,
  accountId: string,
  now: number,
): Promise<readonly Part[]> => {
  const sister = sisterId === undefined ? undefined : await ports.invitations.get(sisterId)
  return [
    ...(invitee === accountId ? (['invited'] as const) : []),
    ...(sister && speaksAsSister(sister, accountId, now) ? (['sister'] as const) : []),
  ]
}

/**
 * One act on an invitation: authorised anew each time, repeated ones too, and done once. Whichever of two acts is written
 * first counts; the other is decided on what it has become.
 */
const actOnInvitation = (ports: PeoplePorts) => {
  const carryOutOn = carryOut(lifeOf(ports))

  return async (
    session: Session,
    invitationId: string,
    { action, call, input, take, brings }: Act,
    found?: Invitation,
  ): Promise<Result<Answer>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const known: Known = { ...session, accountId }
    const digest = commandDigest(ports.keyed, accountId, call, input)
    const origin = { id: input.commandId, action: call, digest }
    return carryOutOn<Meeting, null, Answer>(invitationId, now, {
      by: accountId,
      found,
      meet: async (invitation) => {
        const [unit, parts] = await Promise.all([
          ports.units.get(invitation.unitId),
          partsOf(ports, invitation, accountId, now),
        ])
        if (!unit) return refuse('not-found')
        const by = authorisePeople(known, action, unit, brings ? [...parts, 'anyone'] : parts)
        return by.ok ? ok({ by: by.value, unit, parts }) : by
      },
      answered: (invitation, { unit, parts }) => {
        const line = invitation.timeline.find(({ commandId }) => commandId === input.commandId)
        const isTheirs = brings !== undefined && invitation.invitee === accountId
        if (line && line.commandDigest !== digest) return refuse('command-reused')
        return line || isTheirs
          ? ok({ invitation: viewInvitation(invitation, unit, known, parts) })
          : undefined
      },
      authorise: () => ok(null),
      take: async ({ current, caller: { by, unit } }) => take(current, by, now, origin, unit),
      answer: async (after, { unit }) => ({
        invitation: viewInvitation(after, unit, known, await partsOf(ports, after, accountId, now)),
      }),
    })
  }
}

/** Whether somebody has this very seat, or will have it when the invitation's would begin. */
const hasSeat = async (
  ports: Pick<PeoplePorts, 'seats'>,
  { unitId, role, fromAt }: Invitation,
  accountId: string | null,
  now: number,
): Promise<boolean> =>
  (await ports.seats.inUnits([unitId])).some(
    (seat) =>
      seat.accountId === accountId &&
      seat.role === role &&
      (seat.untilAt ?? Number.POSITIVE_INFINITY) > Math.max(now, fromAt ?? now),
  )

/**
 * Whoever comes with a code sees what it is for, and has it from then on. Ten codes an hour are looked up for one
 * account, right or wrong. Who has such a seat already leaves it to who was meant. Refuses `unknown-code`,
 * `invitation-taken`, `invitation-over`, `has-seat`, `too-many`.
 */
export const seeInvitation = (ports: PeoplePorts) => {
  const act = actOnInvitation(ports)
  const mayLookUp = codeLimit(ports)
  return async (session: Session, input: ParsedInputOf<'people.seeInvitation'>): Promise<Result<Answer>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const admitted = await mayLookUp(accountId, input, now)
    if (!admitted.ok) return admitted
    const found = await ports.invitations.ofCode(codeDigest(ports.keyed, input.code))
    if (!found) return refuse('unknown-code')
    return act(
      session,
      found.id,
      {
        action: 'see',
        call: 'people.seeInvitation',
        input,
        brings: 'code',
        take: async (current, by, now, origin) => {
          const seen = see(current, by, now, origin)
          if (!seen.ok) return seen
          return (await hasSeat(ports, current, by.accountId, now)) ? refuse('has-seat') : seen
        },
      },
      found,
    )
  }
}

/** 是我, with the last digits of their telephone. Refuses `not-found`, `already-said`, `invitation-over`. */
export const acceptInvitation = (ports: PeoplePorts) => {
  const act = actOnInvitation(ports)
  return (session: Session, input: ParsedInputOf<'people.acceptInvitation'>): Promise<Result<Answer>> =>
    act(session, input.invitationId, {
      action: 'accept',
      call: 'people.acceptInvitation',
      input,
      take: (current, by, now, origin) => accept(current, { by, phoneTail: input.phoneTail }, now, origin),
    })
}

/**
 * 就是他. Refuses `not-found`, `own-seat`, `second-person`, `not-accepted`, `invitation-over`, `date-over`, `has-seat`, and
 * `unknown-unit` or `no-such-seat` where the unit is no more what it was.
 */
export const confirmInvitation = (ports: PeoplePorts) => {
  const act = actOnInvitation(ports)
  return (session: Session, input: ParsedInputOf<'people.confirmInvitation'>): Promise<Result<Answer>> =>
    act(session, input.invitationId, {
      action: 'confirm',
      call: 'people.confirmInvitation',
      input,
      take: async (current, by, now, origin, unit) => {
        const confirmed = confirm(current, by, now, origin)
        if (!confirmed.ok) return confirmed
        if (hasEnded(unit, now)) return refuse('unknown-unit')
        if (!fitsUnit(current.role, unit)) return refuse('no-such-seat')
        return (await hasSeat(ports, current, current.invitee, now)) ? refuse('has-seat') : confirmed
      },
    })
}

/** An open invitation ends: 不是我, 不是, or taken back. Refuses `not-found`, `not-allowed`, `invitation-over`. */
const ending =
  (
    action: 'decline' | 'refuse' | 'withdraw',
    call: 'people.declineInvitation' | 'people.refuseInvitation' | 'people.withdrawInvitation',
  ) =>
  (ports: PeoplePorts) => {
    const act = actOnInvitation(ports)
    return (session: Session, input: ParsedInputOf<'people.declineInvitation'>): Promise<Result<Answer>> =>
      act(session, input.invitationId, {
        action,
        call,
        input,
        take: (current, by, now, origin) => endInvitation(current, action, by, now, origin),
      })
  }

export const declineInvitation = ending('decline', 'people.declineInvitation')
export const refuseInvitation = ending('refuse', 'people.refuseInvitation')
export const withdrawInvitation = ending('withdraw', 'people.withdrawInvitation')

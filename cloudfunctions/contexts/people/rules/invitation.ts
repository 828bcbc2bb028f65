import { dayMs } from '../../../ground/instant'
import { ok, type Refusal, type Result, refusal, refuse } from '../../../ground/result'
import { catchUp, type Scheduled } from '../../../journal/rules/catch-up'
import { begin, type Change, enqueue, finish, record } from '../../../journal/rules/change'
import type { CommandOrigin, Journalled, TraceLine } from '../../../journal/rules/journalled'
import type { Doer, SeatDates } from '../../organisation/rules/seat'
import type { Membership, StaffRole, UnitLevel } from '../../organisation/rules/unit'
import { takesTwoPersons } from './roles-of-unit'
import { invitationDays } from './sending'

/** `sent`: nobody has come with its code; `seen`: it is bound to who came; the others are its ends. */
export const invitationStatuses = ['sent', 'seen', 'confirmed', 'refused', 'expired', 'withdrawn'] as const
export type InvitationStatus = (typeof invitationStatuses)[number]

/** What can happen to an invitation. `declined` is said by who was invited, `refused` by who invites. */
type InvitationLineKind =
  | 'sent'
  | 'seen'
  | 'accepted'
  | 'declined'
  | 'confirmed'
  | 'refused'
  | 'expired'
  | 'withdrawn'

/** One thing that happened to an invitation; who came with its code has no name yet. */
interface InvitationLine extends TraceLine<InvitationLineKind, InvitationStatus> {
  readonly by: Doer
}

/** What follows from a change of an invitation. */
export type InvitationWork =
  /** It was confirmed: the seat comes to be. */
  | { readonly kind: 'seat' }
  | { readonly kind: 'tell'; readonly whom: 'inviter' | 'invitee'; readonly what: 'accepted' | 'refused' }

/** A seat that somebody is invited to (邀请), by a code that is good once. */
export interface Invitation extends Journalled<InvitationLine, InvitationWork> {
  readonly status: InvitationStatus
  readonly unitId: string
  readonly unitName: string
  readonly unitLevel: UnitLevel
  readonly role: StaffRole
  /** What colleagues call the person. */
  readonly name: string
  readonly fromAt?: number
  readonly untilAt?: number
  readonly inviter: Doer
  /** All that is kept of the code. */
  readonly codeDigest: string
  /** Which of the codes that its command could have given it is. */
  readonly codeNo: number
  readonly sentAt: number
  readonly expiresAt: number
  /** Who came with the code; nobody else can from then on. */
  readonly invitee: string | null
  readonly acceptedAt: number | null
  /** The last four digits of their telephone, as they typed them, for the inviter to compare. */
  readonly phoneTail: string | null
  /** The other one of a banner's first two admins: who is invited by it says 就是他 to this one. */
  readonly sisterId?: string
}

const undoneBy: Doer = { accountId: null, name: null, unitName: null }

/** Nobody has to do with it any more. */
export const isOver = ({ status }: Pick<Invitation, 'status'>): boolean =>
  status !== 'sent' && status !== 'seen'

const finishInvitation = (change: Change<Invitation>): Invitation =>
  finish(change, (draft) => {
    draft.nextClockAt = isOver(draft) ? null : draft.expiresAt
  })

/** What is said of an invitation when it is sent. */
export type Sending = Pick<
  Invitation,
  | 'id'
  | 'unitId'
  | 'unitName'
  | 'unitLevel'
  | 'role'
  | 'name'
  | 'inviter'
  | 'codeDigest'
  | 'codeNo'
  | 'sisterId'
> &
  SeatDates

/** Invites somebody; the seat comes to be when an admin has confirmed who came. */
export const sendInvitation = (sending: Sending, now: number, origin?: CommandOrigin): Invitation => {
  const change = begin<Invitation>(
    {
      ...sending,
      rev: 0,
      status: 'sent',
      changedAt: now,
      nextClockAt: null,
      clockMarks: [],
      timeline: [],
      outbox: [],
      sentAt: now,
      expiresAt: now + invitationDays * dayMs,
      invitee: null,
      acceptedAt: null,
      phoneTail: null,
    },
    now,
    origin,
  )
  record<Invitation>(change, { kind: 'sent', by: sending.inviter })
  return finishInvitation(change)
}

/** The invitation as it is by now: an open one expires after its seven days, whatever it had come to. */
export const invitationNow = (invitation: Invitation, now: number): Invitation =>
  catchUp<Invitation, Change<Invitation>, null>(invitation, now, {
    scheduleOf: (current): readonly Scheduled<null>[] =>
      isOver(current) ? [] : [{ at: current.expiresAt, deed: null }],
    begin,
    carryOut: (change) => {
      change.draft.status = 'expired'
      change.draft.phoneTail = null
      record<Invitation>(change, { kind: 'expired', by: undoneBy })
    },
    finish: finishInvitation,
  })

/** Why nothing can be done with it any more, to whoever has its code or sent it. */
const overWords: Readonly<Record<InvitationStatus, string>> = {
  sent: '',
  seen: '',
  confirmed: '这个邀请已经用过了，职务已经生效',
  refused: '这个邀请没有通过，请再要一个',
  expired: '这个邀请过期了，请换一个',
  withdrawn: '这个邀请已经收回了，请再要一个',
}
const overRefusal = ({ status }: Pick<Invitation, 'status'>) =>
  refuse('invitation-over', { status }, overWords[status])

/** What is done to an invitation by whoever knows it already; who comes with its code sees it first. */
export const invitationActions = ['accept', 'decline', 'confirm', 'refuse', 'withdraw'] as const
export type InvitationAction = (typeof invitationActions)[number]

/**
 * Nobody confirms themselves, and an admin or a chair is confirmed by somebody else than who invited them.
 */
const whyNotTheirs = (
  { invitee, inviter, role }: Invitation,
  accountId: string | null,
): Refusal | undefined => {
  if (invitee === accountId) return refusal('own-seat')
  return takesTwoPersons(role) && inviter.accountId === accountId ? refusal('second-person') : undefined
}

/** Why somebody who may in general may not now: a button's condition and the refusal are one and the same (L5). */
export const whyNotNow = (
  action: InvitationAction,
  invitation: Invitation,
  accountId: string | null,
  now: number,
): Refusal | undefined => {
  if (isOver(invitation)) return overRefusal(invitation).error
  const { acceptedAt, invitee, untilAt = Number.POSITIVE_INFINITY } = invitation
  switch (action) {
    case 'accept':
      return acceptedAt === null ? undefined : refusal('already-said')
    case 'confirm':
      if (acceptedAt === null) return refusal('not-accepted')
      return untilAt <= now ? refusal('date-over') : whyNotTheirs(invitation, accountId)
    case 'refuse':
      return invitee === null ? refusal('not-accepted') : undefined
    default:
      return undefined
  }
}

/** Who comes with its code has it from then on. Refuses `invitation-taken`, `invitation-over`. */
export const seeInvitation = (
  invitation: Invitation,
  invitee: Doer & { readonly accountId: string },
  now: number,
  origin: CommandOrigin,
): Result<Invitation> => {
  if (isOver(invitation)) return overRefusal(invitation)
  if (invitation.invitee !== null) return refuse('invitation-taken')
  const change = begin(invitation, now, origin)
  change.draft.status = 'seen'
  change.draft.invitee = invitee.accountId
  record<Invitation>(change, { kind: 'seen', by: invitee })
  return ok(finishInvitation(change))
}

/** 是我, with what the inviter can compare. Refuses `already-said`, `invitation-over`. */
export const acceptInvitation = (
  invitation: Invitation,
  { by, phoneTail }: { readonly by: Doer; readonly phoneTail: string },
  now: number,
  origin: CommandOrigin,
): Result<Invitation> => {
  const error = whyNotNow('accept', invitation, by.accountId, now)
  if (error) return { ok: false, error }
  const change = begin(invitation, now, origin)
  change.draft.acceptedAt = now
  change.draft.phoneTail = phoneTail
  record<Invitation>(change, { kind: 'accepted', by })
  enqueue<Invitation>(change, { kind: 'tell', whom: 'inviter', what: 'accepted' })
  return ok(finishInvitation(change))
}

/**
 * Whether who was invited by this one says 就是他 to its sister: the other of a banner's first two admins, from 是我 until
 * they have their seat, by which they speak from then on.
 */
export const speaksAsSister = (invitation: Invitation, accountId: string, now: number): boolean => {
  const { status, invitee, acceptedAt } = invitationNow(invitation, now)
  return status === 'seen' && invitee === accountId && acceptedAt !== null
}

/** 就是他: from now on the seat exists. Refuses `own-seat`, `second-person`, `not-accepted`, `invitation-over`, `date-over`. */
export const confirmInvitation = (
  invitation: Invitation,
  by: Doer & { readonly accountId: string },
  now: number,
  origin: CommandOrigin,
): Result<Invitation> => {
  const error = whyNotNow('confirm', invitation, by.accountId, now)
  if (error) return { ok: false, error }
  const change = begin(invitation, now, origin)
  change.draft.status = 'confirmed'
  record<Invitation>(change, { kind: 'confirmed', by })
  enqueue<Invitation>(change, { kind: 'seat' })
  return ok(finishInvitation(change))
}

const ends = { decline: 'declined', refuse: 'refused', withdraw: 'withdrawn' } as const

/** An open invitation ends without a seat. Refuses `invitation-over`; 不是, while nobody has come, `not-accepted`. */
export const endInvitation = (
  invitation: Invitation,
  action: keyof typeof ends,
  by: Doer,
  now: number,
  origin: CommandOrigin,
): Result<Invitation> => {
  const error = whyNotNow(action, invitation, by.accountId, now)
  if (error) return { ok: false, error }
  const how = ends[action]
  const change = begin(invitation, now, origin)
  change.draft.status = how === 'withdrawn' ? 'withdrawn' : 'refused'
  // Of somebody who gets no seat here it is kept no longer.
  change.draft.phoneTail = null
  record<Invitation>(change, { kind: how, by })
  if (how === 'declined') enqueue<Invitation>(change, { kind: 'tell', whom: 'inviter', what: 'refused' })
  else if (invitation.invitee !== null)
    enqueue<Invitation>(change, { kind: 'tell', whom: 'invitee', what: 'refused' })
  return ok(finishInvitation(change))
}

/** The seat that a confirmed invitation gives, from the day it says, and never from before it was confirmed. */
export const seatOf = (
  invitation: Pick<
    Invitation,
    'id' | 'unitId' | 'unitName' | 'unitLevel' | 'role' | 'name' | 'fromAt' | 'untilAt' | 'invitee'
  >,
  confirmedAt: number,
): Membership & { readonly fromAt: number } => {
  if (invitation.invitee === null) throw new Error(`${invitation.id} is confirmed, and nobody has come`)
  const { unitId, unitName, unitLevel, role, name, fromAt, untilAt } = invitation
  return {
    id: `seat-${invitation.id}`,
    accountId: invitation.invitee,
    unitId,
    unitName,
    unitLevel,
    role,
    name,
    fromAt: Math.max(fromAt ?? confirmedAt, confirmedAt),
    ...(untilAt === undefined ? {} : { untilAt }),
  }
}

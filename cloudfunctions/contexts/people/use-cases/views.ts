import type { Seat } from '../../organisation/rules/seat'
import type { Session } from '../../organisation/rules/session'
import type { Unit } from '../../organisation/rules/unit'
import { grantOf, type Part, type Standing } from '../access'
import type { OutputOf } from '../contract'
import { seatActions, whyNotInUnit, whyNotNow as whyNotOnSeat } from '../rules/change-seat'
import {
  type Invitation,
  invitationActions,
  invitationNow,
  whyNotNow as whyNotOnInvitation,
} from '../rules/invitation'
import { takesTwoPersons } from '../rules/roles-of-unit'

export type Known = Session & { readonly accountId: string }
type Placed = Pick<Unit, 'id' | 'path'>
export type InvitationView = OutputOf<'people.seeInvitation'>['invitation']
export type SeatView = OutputOf<'people.end'>['seat']

/** An invitation as it is by now, to whoever may know of it; whose accounts they are nobody reads. */
export const viewInvitation = (
  invitation: Invitation,
  unit: Placed,
  { accountId, memberships, now }: Known,
  parts: readonly Part[] = [],
): InvitationView => {
  const current = invitationNow(invitation, now)
  const { id, unitId, unitName, role, name, status, sentAt, expiresAt, acceptedAt, phoneTail } = current
  return {
    id,
    unit: { id: unitId, name: unitName },
    role,
    name,
    fromAt: current.fromAt ?? null,
    untilAt: current.untilAt ?? null,
    status,
    sentAt,
    expiresAt,
    acceptedAt,
    phoneTail,
    invitedBy: current.inviter.name ?? current.inviter.unitName,
    takesTwoPersons: takesTwoPersons(role),
    actions: invitationActions.filter(
      (action) =>
        grantOf({ memberships, parts }, action, unit) !== undefined &&
        whyNotOnInvitation(action, current, accountId, now) === undefined,
    ),
    isForYou: current.invitee === accountId,
  }
}

/** A seat as it is by now; `isFollowed`: somebody comes after who handed it over (`succeeded`). */
export const viewSeat = (
  seat: Seat,
  unit: Placed & Pick<Unit, 'endsAt'>,
  { accountId, memberships, now }: Known,
  isFollowed = seat.successor !== undefined,
): SeatView => {
  const isTheirs = seat.accountId === accountId
  const standing: Standing = { memberships, parts: isTheirs ? ['holder'] : [] }
  const { id, rev, unitId, unitName, role, name, phoneTail, fromAt, untilAt } = seat
  return {
    id,
    rev,
    unit: { id: unitId, name: unitName },
    role,
    name: name ?? null,
    phoneTail: phoneTail ?? null,
    fromAt: fromAt ?? null,
    untilAt: untilAt ?? null,
    state: (untilAt ?? Number.POSITIVE_INFINITY) <= now ? 'over' : (fromAt ?? now) > now ? 'to-come' : 'now',
    isYou: isTheirs,
    actions: seatActions.filter(
      (action) =>
        grantOf(standing, action, unit) !== undefined &&
        whyNotOnSeat(action, seat, accountId, now) === undefined &&
        whyNotInUnit(action, unit, now) === undefined &&
        (action !== 'undo' || !isFollowed),
    ),
  }
}

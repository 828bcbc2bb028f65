import { ok, type Result, refuse } from '../../../ground/result'
import type { Doer, Seat, SeatDates } from '../../organisation/rules/seat'
import { type Session, seatsEverIn } from '../../organisation/rules/session'
import { hasEnded, isActiveMembership, staffRoles, type Unit } from '../../organisation/rules/unit'
import { handKeyOf } from '../../report/rules/participant-key'
import { authorisePeople } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { PeoplePorts } from '../ports'
import { type Invitation, invitationNow, isOver, speaksAsSister } from '../rules/invitation'
import { fitsUnit, neededRoles } from '../rules/roles-of-unit'
import { succeeded } from './succeeded'
import { type InvitationView, type Known, viewInvitation, viewSeat } from './views'

const rowsOfPage = 20
/** Of one account; older ones are over and done with. */
const mostOwn = 20

/** Open as they are by now, the latest first. */
const openNow = (invitations: readonly Invitation[], now: number): readonly Invitation[] =>
  invitations
    .map((one) => invitationNow(one, now))
    .filter((one) => !isOver(one))
    .sort((a, b) => b.sentAt - a.sentAt || (a.id < b.id ? 1 : -1))

/** A unit's seats, until when there is one, and beside their first page its open invitations. Refuses `sign-in-required`, `not-found`, `not-allowed`. */
export const listPeople =
  (ports: PeoplePorts) =>
  async (
    session: Session,
    { unitId, cursor, limit = rowsOfPage }: ParsedInputOf<'people.list'>,
  ): Promise<Result<OutputOf<'people.list'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const known: Known = { ...session, accountId }
    const unit = await ports.units.get(unitId)
    if (!unit) return refuse('not-found')
    const by = authorisePeople(known, 'list', unit)
    if (!by.ok) return by
    const [page, open] = await Promise.all([
      ports.seats.ofUnit(unit.id, { limit, ...(cursor === undefined ? {} : { cursor }) }),
      cursor === undefined ? ports.invitations.openIn([unit.id]) : [],
    ])
    const followed = await succeeded(ports, page.rows, now)
    return ok({
      unit: {
        id: unit.id,
        name: unit.name,
        endsAt: unit.endsAt ?? null,
        hasSuccessor: unit.successorId !== undefined,
      },
      roles: staffRoles.filter((role) => fitsUnit(role, unit)),
      rows: page.rows.map((seat) => viewSeat(seat, unit, known, followed.has(seat.id))),
      nextCursor: page.nextCursor,
      invitations: openNow(open, now).map((one) => viewInvitation(one, unit, known)),
    })
  }

/**
 * What the caller was invited to, and the invitation of the other first admin that waits for their 就是他. Refuses
 * `sign-in-required`.
 */
export const listOwnInvitations =
  (ports: PeoplePorts) =>
  async (session: Session): Promise<Result<OutputOf<'people.mine'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const known: Known = { ...session, accountId }
    const own = await ports.invitations.ofInvitee(accountId, mostOwn)
    const sisterIds = own.flatMap((one) =>
      one.sisterId !== undefined && speaksAsSister(one, accountId, now) ? [one.sisterId] : [],
    )
    const sisters = sisterIds.length === 0 ? [] : await ports.invitations.getMany(sisterIds)
    const waiting = openNow(sisters, now).filter(({ acceptedAt }) => acceptedAt !== null)
    const units = await ports.units.getMany([...own, ...waiting].map(({ unitId }) => unitId))
    const view = (invitation: Invitation, part: 'invited' | 'sister'): readonly InvitationView[] =>
      units
        .filter(({ id }) => id === invitation.unitId)
        .slice(0, 1)
        .map((unit) => viewInvitation(invitation, unit, known, [part]))
    return ok({
      rows: [...waiting.flatMap((one) => view(one, 'sister')), ...own.flatMap((one) => view(one, 'invited'))],
    })
  }

type Coverage = OutputOf<'people.coverage'>
type CoverageRow = Coverage['rows'][number]

/** How far one call reads on where few of the units are wanted. */
const mostPages = 5
const unitsOfPage = 50

const coverageOf = (
  unit: Unit,
  seats: readonly Seat[],
  open: readonly Invitation[],
  now: number,
): CoverageRow => {
  const here = seats.filter((seat) => seat.unitId === unit.id && isActiveMembership(seat, now))
  const needed = neededRoles(unit).map((role) => ({
    role,
    accounts: new Set(here.flatMap((seat) => (seat.role === role ? [seat.accountId] : []))),
  }))
  const invited = open.filter((one) => one.unitId === unit.id)
  const [first, ...others] = needed
  return {
    unit: { id: unit.id, name: unit.name, kind: unit.kind, level: unit.level },
    needed: needed.map(({ role, accounts }) => ({ role, holders: accounts.size })),
    missingCount: needed.filter(({ accounts }) => accounts.size === 0).length,
    staffCount: new Set(here.map(({ accountId }) => accountId)).size,
    isOnePerson:
      first !== undefined &&
      others.length > 0 &&
      [...first.accounts].some((account) => others.every(({ accounts }) => accounts.has(account))),
    invitations: {
      openCount: invited.length,
      seenCount: invited.filter(({ status }) => status === 'seen').length,
      firstExpiresAt: invited.length === 0 ? null : Math.min(...invited.map(({ expiresAt }) => expiresAt)),
    },
  }
}

const isWanted = (row: CoverageRow, show: 'all' | 'missing' | 'invited'): boolean =>
  show === 'all' || (show === 'missing' ? row.missingCount > 0 : row.invitations.openCount > 0)

/**
 * The units right below one, a page at a time: three reads for each page of them, however many there are. Where few of
 * them are wanted a page may come back shorter than it could be, and goes on. Refuses `sign-in-required`, `not-found`,
 * `not-allowed`.
 */
export const listCoverage =
  (ports: PeoplePorts) =>
  async (
    session: Session,
    { unitId, show = 'all', cursor, limit = rowsOfPage }: ParsedInputOf<'people.coverage'>,
  ): Promise<Result<Coverage>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const unit = await ports.units.get(unitId)
    if (!unit) return refuse('not-found')
    const by = authorisePeople({ ...session, accountId }, 'coverage', unit)
    if (!by.ok) return by

    const size = show === 'all' ? limit : unitsOfPage
    const rows: CoverageRow[] = []
    let behind = cursor === undefined ? null : cursor.slice(cursor.indexOf('~') + 1)
    let hasMore = true
    for (let pages = 0; pages < mostPages && hasMore && rows.length < limit; pages += 1) {
      const found = await ports.units.childrenBehind(unit.id, behind, size + 1)
      const some = found.slice(0, size)
      const ids = some.map(({ id }) => id)
      const [seats, open] = await Promise.all([ports.seats.inUnits(ids), ports.invitations.openIn(ids)])
      const openBy = openNow(open, now)
      hasMore = found.length > size
      for (const [place, child] of some.entries()) {
        behind = child.id
        if (hasEnded(child, now)) continue
        const row = coverageOf(child, seats, openBy, now)
        if (isWanted(row, show)) rows.push(row)
        if (rows.length < limit) continue
        hasMore = hasMore || place < some.length - 1
        break
      }
    }
    return ok({
      unit: { id: unit.id, name: unit.name },
      rows,
      nextCursor: hasMore && behind !== null ? `0~${behind}` : null,
    })
  }

type HistoryLine = OutputOf<'people.history'>['lines'][number]

const datesView = (dates: SeatDates | null): HistoryLine['after'] =>
  dates && { fromAt: dates.fromAt ?? null, untilAt: dates.untilAt ?? null }

/** Who did it, as colleagues know them; whoever was invited by the name they were invited by, and never an account. */
const doerView = (by: Doer, invitation: Invitation | undefined): HistoryLine['by'] => {
  if (by.accountId === null) return null
  const isInvitee = by.accountId === invitation?.invitee
  return { name: by.name ?? (isInvitee ? invitation.name : null), unitName: by.unitName }
}

/**
 * Every change of a seat, from the invitation that gave it on; or of an invitation alone. Refuses `sign-in-required`,
 * `not-found`, `not-allowed`.
 */
export const readHistory =
  (ports: PeoplePorts) =>
  async (
    session: Session,
    input: ParsedInputOf<'people.history'>,
  ): Promise<Result<OutputOf<'people.history'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const seat = input.seatId === undefined ? undefined : await ports.seats.get(input.seatId)
    if (input.seatId !== undefined && !seat) return refuse('not-found')
    const invitationId = seat ? seat.invitationId : input.invitationId
    const invitation = invitationId === undefined ? undefined : await ports.invitations.get(invitationId)
    const of = seat ?? invitation
    const unit = of && (await ports.units.get(of.unitId))
    if (!unit) return refuse('not-found')
    const by = authorisePeople({ ...session, accountId }, 'history', unit)
    if (!by.ok) return by
    const invited = invitation ? invitationNow(invitation, now).timeline : []
    return ok({
      lines: [
        ...invited.map(
          (line): HistoryLine => ({
            at: line.at,
            of: 'invitation',
            kind: line.kind,
            by: doerView(line.by, invitation),
            before: null,
            after: null,
          }),
        ),
        ...(seat?.timeline ?? []).map(
          (line): HistoryLine => ({
            at: line.at,
            of: 'seat',
            kind: line.kind,
            by: doerView(line.by, invitation),
            before: datesView(line.before),
            after: datesView(line.after),
          }),
        ),
      ],
    })
  }

/**
 * What somebody leaves behind who gives up a seat: the unit's open matters, as its figures count them, what they have in
 * hand by name, and whom the unit works with. Refuses `sign-in-required`, `not-found`, `not-allowed`.
 */
export const readLeaving =
  (ports: PeoplePorts) =>
  async (
    session: Session,
    { seatId }: ParsedInputOf<'people.leaving'>,
  ): Promise<Result<OutputOf<'people.leaving'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const known: Known = { ...session, accountId }
    const seat = await ports.seats.get(seatId)
    const unit = seat && (await ports.units.get(seat.unitId))
    if (!seat || !unit) return refuse('not-found')
    const by = authorisePeople(known, 'leaving', unit, seat.accountId === accountId ? ['holder'] : [])
    if (!by.ok) return by
    const audience = { seatsIn: seatsEverIn(session) }
    const handKey = handKeyOf(ports.keyed, seat.accountId, unit.id)
    const [{ counts, asOf, inHand }, seats, partnerships] = await Promise.all([
      ports.figures.of(unit.id, audience, handKey),
      ports.seats.inUnits([unit.id]),
      ports.units.partnershipsOf(unit.path, now),
    ])
    const partners = await ports.units.getMany([...new Set(partnerships.map(({ partnerId }) => partnerId))])
    const { waiting = 0, working = 0, check = 0, suspended = 0 } = counts
    return ok({
      seat: viewSeat(seat, unit, known),
      open: { waiting, working, check, suspended, asOf },
      inHandCount: inHand,
      isLast: !seats.some(
        (one) => one.id !== seat.id && one.role === seat.role && isActiveMembership(one, now),
      ),
      partners: partners.map(({ id, name, phone }) => ({ id, name, phone: phone ?? null })),
    })
  }

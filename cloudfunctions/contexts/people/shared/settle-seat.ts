import { unitsAbove } from '../../../ground/unit-path'
import { type Settle, settleWith } from '../../../journal/settle'
import type { Seat, SeatWork } from '../../organisation/rules/seat'
import { hasEnded, isActiveMembership } from '../../organisation/rules/unit'
import { branchStaff, readingRoles } from '../../report/rules/standing'
import { takeBackFrom } from '../../report/shared/in-hand'
import type { PeoplePorts } from '../ports'
import { giveSeat } from '../rules/change-seat'
import { sendInvitation } from '../rules/invitation'
import { tellOne } from './tell'

const templates = {
  given: 'seat-given',
  ended: 'seat-ended',
  changed: 'seat-changed',
  restored: 'seat-restored',
} as const satisfies Readonly<Record<Extract<SeatWork, { kind: 'tell' }>['what'], string>>

/** Does what the outbox of a seat holds: who had it is told, who succeeds comes in, and nobody is left in charge unseen. */
export const settleSeat = (ports: PeoplePorts): Settle<Seat> => {
  const tell = tellOne(ports)
  const takeBack = takeBackFrom(ports)

  /** A branch whose last secretary has gone: the next level at which somebody reads is told. */
  const tellAbove = async (seat: Seat, workId: string, at: number, now: number): Promise<void> => {
    if (seat.role !== 'secretary') return
    const unit = await ports.units.get(seat.unitId)
    if (!unit || hasEnded(unit, now)) return
    const seats = (await ports.seats.inUnits(unit.path)).filter((one) => isActiveMembership(one, now))
    if (seats.some(({ unitId, role }) => unitId === unit.id && role === 'secretary')) return
    const reads = (unitId: string): boolean =>
      seats.some((one) => one.unitId === unitId && readingRoles.includes(one.role))
    const above = unitsAbove(unit.path).findLast(reads) ?? unit.parentId
    if (above === null) return
    await tell(
      { matterId: seat.id, workId, at },
      `unit:${above}`,
      { template: 'without-secretary', audience: 'units', fields: { unit: unit.name } },
      now,
    )
  }

  const settle: Settle<Seat> = settleWith<Seat>(ports.seats, {
    tell: {
      isApart: true,
      project: async (seat, { id: workId, at, what }, now) => {
        const { id: matterId, accountId, unitName: unit, role, fromAt, untilAt } = seat
        await tell(
          { matterId, workId, at },
          `account:${accountId}`,
          { template: templates[what], audience: 'persons', fields: { unit, role, fromAt, untilAt } },
          now,
        )
        return null
      },
    },
    succeed: {
      project: async (seat, { to, by, fromAt, at }, now) => {
        const { unitId, unitName, unitLevel, role } = seat
        const where = { unitId, unitName, unitLevel, role }
        if (to.kind === 'invitation') {
          const { invitationId: id, codeDigest, codeNo, name } = to
          await ports.invitations.insert(
            sendInvitation({ ...where, id, codeDigest, codeNo, name, fromAt, inviter: by }, at),
          )
          return null
        }
        const { seatId: id, accountId, name } = to
        const given = giveSeat({ ...where, id, accountId, name, fromAt }, {}, by, at)
        if (await ports.seats.insert(given)) await settle(given, now, { before: undefined, by: undefined })
        return null
      },
    },
    vacate: {
      project: async (seat, { id: workId, at }, now) => {
        await tellAbove(seat, workId, at, now)
        return null
      },
    },
    'take-back': {
      isApart: true,
      // Somebody may have had much in hand.
      isLater: () => true,
      project: async ({ id, unitId, accountId }, _work, now) => {
        const seats = await ports.seats.inUnits([unitId])
        const isStillThere = seats.some(
          (seat) =>
            seat.accountId === accountId && branchStaff.includes(seat.role) && isActiveMembership(seat, now),
        )
        if (!isStillThere) await takeBack(unitId, accountId, id, now)
        return null
      },
    },
  })
  return settle
}

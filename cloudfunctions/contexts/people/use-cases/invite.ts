import { chinaDateOn } from '../../../ground/instant'
import { ok, type Refusal, type Result, refuse } from '../../../ground/result'
import { sideBySide } from '../../../ground/side-by-side'
import { saidCode } from '../../../ground/text/spoken-code'
import { bringIn } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import type { Seat } from '../../organisation/rules/seat'
import type { Session } from '../../organisation/rules/session'
import { hasEnded, type Unit } from '../../organisation/rules/unit'
import { authorisePeople } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { PeoplePorts } from '../ports'
import { type Invitation, invitationNow, isOver, sendInvitation } from '../rules/invitation'
import { fitsUnit } from '../rules/roles-of-unit'
import { settleInvitation } from '../shared/settle-invitation'
import { codeAgain, codeSeed, newCodes } from './new-codes'
import { type Known, viewInvitation, viewSeat } from './views'

type Input = ParsedInputOf<'people.invite'>
type Entry = Input['invitations'][number]
type Outcome = OutputOf<'people.invite'>['results'][number]

/** Nobody works off more in one unit: an admin who needs more takes some back first. */
const mostOpen = 50
/** How many are written side by side. */
const width = 8

/** What the unit, the role and the dates speak against. */
const whyNot = (unit: Unit, { role, fromAt, untilAt }: Entry, now: number): Result<null> => {
  if (hasEnded(unit, now)) return refuse('unknown-unit')
  if (!fitsUnit(role, unit)) return refuse('no-such-seat')
  // A form says a day, and its first instant is past.
  if (fromAt !== undefined && chinaDateOn(fromAt) < chinaDateOn(now)) return refuse('date-in-past')
  if (untilAt !== undefined && untilAt <= now) return refuse('date-in-past')
  return untilAt !== undefined && untilAt <= (fromAt ?? now) ? refuse('date-order') : ok(null)
}

const refused = ({ code, message }: Refusal): Outcome => ({
  invitation: null,
  code: null,
  holders: [],
  refusal: { code, message },
})

/**
 * Invites people to seats, each with a code of its own; sent again it answers the same codes. One that is refused keeps
 * none of the others back: `not-found`, `unknown-unit`, `no-such-seat`, `date-in-past`, `date-order`,
 * `too-many-invitations`, `command-reused`. The command itself is refused with `sign-in-required`.
 */
export const invite = (ports: PeoplePorts) => {
  const bring = bringIn(ports.invitations, settleInvitation(ports))

  return async (session: Session, input: Input): Promise<Result<OutputOf<'people.invite'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const known: Known = { ...session, accountId }
    const { commandId, invitations: entries } = input
    const digest = commandDigest(ports.keyed, accountId, 'people.invite', input)
    const seeds = entries.map((_, place) => codeSeed(accountId, commandId, place))
    const unitIds = [...new Set(entries.map(({ unitId }) => unitId))]
    const [units, seats, open, codes] = await Promise.all([
      ports.units.getMany(unitIds),
      ports.seats.inUnits(unitIds),
      ports.invitations.openIn(unitIds),
      newCodes(ports, seeds),
    ])
    const openIn = new Map(
      unitIds.map((unitId) => [
        unitId,
        open.filter((one) => one.unitId === unitId && !isOver(invitationNow(one, now))).length,
      ]),
    )

    const inviteTo = async (entry: Entry, place: number): Promise<Outcome> => {
      const unit = units.find(({ id }) => id === entry.unitId)
      const seed = seeds[place]
      const code = codes[place]
      if (!unit || seed === undefined || code === undefined) return refused(refuse('unknown-unit').error)
      // Anew each time: whoever may invite no more is not told the codes again.
      const by = authorisePeople(known, 'invite', unit)
      if (!by.ok) return refused(by.error)
      const id = `i${ports.keyed(`invitation|${seed}`).slice(0, 24)}`
      const sent = await bring<null, Invitation>(id, now, {
        by: accountId,
        digest,
        look: async () => {
          const count = openIn.get(unit.id) ?? 0
          openIn.set(unit.id, count + 1)
          const why = whyNot(unit, entry, now)
          return why.ok && count >= mostOpen ? refuse('too-many-invitations') : why
        },
        make: async () => {
          const { role, name, fromAt, untilAt } = entry
          const { id: unitId, name: unitName, level: unitLevel } = unit
          return sendInvitation(
            {
              id,
              unitId,
              unitName,
              unitLevel,
              role,
              name,
              ...(fromAt === undefined ? {} : { fromAt }),
              ...(untilAt === undefined ? {} : { untilAt }),
              inviter: by.value,
              codeDigest: code.codeDigest,
              codeNo: code.codeNo,
            },
            now,
            { id: commandId, action: 'people.invite', digest },
          )
        },
        answer: (made) => made,
      })
      if (!sent.ok) return refused(sent.error)
      const holders = seats.filter((seat) => isHeld(seat, entry, now))
      return {
        invitation: viewInvitation(sent.value, unit, known),
        code: saidCode(codeAgain(ports.keyed, seed, sent.value.codeNo)),
        holders: holders.map((seat) => viewSeat(seat, unit, known)),
        refusal: null,
      }
    }

    const results: Outcome[] = []
    await sideBySide([...entries.entries()], width, async ([place, entry]) => {
      results[place] = await inviteTo(entry, place)
    })
    return ok({ results })
  }
}

/** Somebody has this very seat, now or soon. */
const isHeld = (seat: Seat, { unitId, role }: Entry, now: number): boolean =>
  seat.unitId === unitId && seat.role === role && (seat.untilAt ?? Number.POSITIVE_INFINITY) > now

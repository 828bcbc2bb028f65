import { saidCode } from '../../../ground/text/spoken-code'
import type { Doer } from '../../organisation/rules/seat'
import { hasEnded, isActiveMembership, type Unit, type UnitLevel } from '../../organisation/rules/unit'
import type { PeoplePorts } from '../ports'
import { codeDigest, codeFrom } from '../rules/code'
import { endInvitation, invitationNow, isOver, sendInvitation } from '../rules/invitation'

type FirstAdminPorts = Pick<PeoplePorts, 'invitations' | 'seats' | 'units' | 'keyed'>

/** The owner of the environment: nobody of the banner's people. */
const owner: Doer = { accountId: null, name: null, unitName: null }

/** What a banner, or a level above it, gets that nobody has set up yet. */
interface FirstAdmins {
  readonly unitId: string
  /** What the two are called by colleagues; of one who is to come beside the last one left, the first name. */
  readonly names: readonly [string, string]
  /** What makes the codes, known to nobody else: they are told once. */
  readonly secretSeed: string
  /** Invitations of an earlier set-up that are open are taken back first. */
  readonly isAgain: boolean
  /** One is left, and nobody above could confirm another: they do. */
  readonly isOneMore: boolean
}

export type SetUp =
  | {
      readonly kind: 'invited'
      readonly unit: Unit
      readonly invitations: readonly {
        readonly name: string
        readonly code: string
        readonly expiresAt: number
      }[]
    }
  /** No such unit, none that governs a banner or more, or one that has ended. */
  | { readonly kind: 'no-such-unit' }
  | { readonly kind: 'has-admins'; readonly count: number }
  /** An earlier set-up waits until then. */
  | { readonly kind: 'waiting'; readonly expiresAt: number }
  /** Somebody else sets it up at this moment. */
  | { readonly kind: 'beside-another' }

/** Below them everybody is invited by their admins. */
const levels: readonly UnitLevel[] = ['region', 'league', 'banner']

/** More set-ups than a banner ever sees. */
const mostSetUps = 100

/**
 * Invites a banner's first two admins, each of whom says 就是他 to the other: a code that is intercepted is worthless alone,
 * and nobody is confirmed by themselves. Good once: where the banner has an admin, or the invitations of an earlier
 * set-up are open, nothing is done.
 */
export const inviteFirstAdmins =
  (ports: FirstAdminPorts) =>
  async ({ unitId, names, secretSeed, isAgain, isOneMore }: FirstAdmins, now: number): Promise<SetUp> => {
    const unit = await ports.units.get(unitId)
    const isSetUp = unit?.kind === 'committee' && levels.includes(unit.level)
    if (!unit || !isSetUp || hasEnded(unit, now)) return { kind: 'no-such-unit' }
    const seats = await ports.seats.inUnits([unit.id])
    const admins = seats.filter((seat) => seat.role === 'admin' && isActiveMembership(seat, now))
    const count = new Set(admins.map(({ accountId }) => accountId)).size
    if (count !== (isOneMore ? 1 : 0)) return { kind: 'has-admins', count }

    // Which set-up it is follows from what is there, so that two at once meet in one id.
    const idOf = (no: number, place: number): string => `first-admin-${unit.id}-${no}-${place}`
    const earlier = (
      await ports.invitations.getMany(
        Array.from({ length: 2 * mostSetUps }, (_, at) => idOf(Math.floor(at / 2), at % 2)),
      )
    ).map((one) => invitationNow(one, now))
    const open = earlier.filter((one) => !isOver(one))
    const [waiting] = open
    if (waiting && !isAgain) return { kind: 'waiting', expiresAt: waiting.expiresAt }
    for (const one of open) {
      const before = await ports.invitations.get(one.id)
      const ended = endInvitation(one, 'withdraw', owner, now, {
        id: `set-up:${one.id}`,
        action: 'set-up',
        digest: one.id,
      })
      if (!before || !ended.ok || !(await ports.invitations.replace(before, ended.value)))
        return { kind: 'beside-another' }
    }

    const no = 1 + Math.max(-1, ...earlier.map(({ id }) => Number(id.split('-').at(-2))))
    const invited = isOneMore ? names.slice(0, 1) : names
    const made = invited.map((name, place) => {
      const code = codeFrom(ports.keyed, `first admin|${secretSeed}|${place}`)
      const { name: unitName, level: unitLevel } = unit
      const invitation = sendInvitation(
        {
          id: idOf(no, place),
          unitId: unit.id,
          unitName,
          unitLevel,
          role: 'admin',
          name,
          inviter: owner,
          codeDigest: codeDigest(ports.keyed, code),
          codeNo: 0,
          ...(isOneMore ? {} : { sisterId: idOf(no, 1 - place) }),
        },
        now,
      )
      return { invitation, told: { name, code: saidCode(code), expiresAt: invitation.expiresAt } }
    })
    for (const { invitation } of made)
      if (!(await ports.invitations.insert(invitation))) return { kind: 'beside-another' }
    return { kind: 'invited', unit, invitations: made.map(({ told }) => told) }
  }

import { ok, type Result, refuse, refuseAt } from '../../../ground/result'
import { bannerOf } from '../../../ground/unit-path'
import { bringIn, carryOut } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import { type CommandOrigin, shownRev } from '../../../journal/rules/journalled'
import type { Doer } from '../../organisation/rules/seat'
import type { Session } from '../../organisation/rules/session'
import { hasEnded, type Membership, type Unit } from '../../organisation/rules/unit'
import { seatToKeep } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { CoBuildingPorts } from '../ports'
import { type Bond, type BondKind, type BondTerms, isRunning } from '../rules/bond'
import {
  type BondAction,
  beginBond,
  changeBond,
  endBond,
  type TermChanges,
  undoBond,
} from '../rules/change-bond'
import { bondsOf } from '../shared/bonds-of'
import { viewBonds } from './views'

type Answer = OutputOf<'bond.begin'>
type Kept = Pick<Bond, 'kind' | 'unitId' | 'path'>

/** Nothing follows elsewhere from a bond. */
const settle = async (bond: Bond): Promise<Bond> => bond

const doerOf = (seat: Membership, accountId: string): Doer => ({
  accountId,
  name: seat.name ?? null,
  unitName: seat.unitName,
})

/** Whether a unit belongs to the same banner as what is kept; above the banners, whether it lies below. */
const isOfArea = (unit: Unit, { unitId, path }: Kept): boolean => {
  const bannerId = bannerOf(path)
  return bannerId === null ? unit.path.includes(unitId) : bannerOf(unit.path) === bannerId
}

/** A partner helps within its banner, or below the unit whose office it is. */
const mayHelp = (partner: Unit, kept: Kept): boolean =>
  isOfArea(partner, kept) || (partner.parentId !== null && kept.path.includes(partner.parentId))

/** What is kept stands on the pages of its members, whom nobody asks: only whoever is above all of them may keep it. */
const mayBeMember = (unit: Unit, { unitId }: Kept): boolean => unit.path.includes(unitId)

/**
 * The commands by which an admin keeps bonds of the area. Of two who change one, the second is told. All refuse
 * `sign-in-required`, `not-found`, `not-allowed`, `stale-rev`, `command-reused` and what the rules of a bond refuse.
 */
export const keepBonds = (ports: CoBuildingPorts) => {
  const { units, keyed } = ports
  const ofKind = bondsOf(ports)
  const view = async (bond: Bond, session: Session): Promise<Answer> => {
    const [shown] = await viewBonds(ports)([bond], session)
    if (!shown) throw new Error(`${bond.id} cannot be shown`)
    return { bond: shown }
  }

  /** The units that are named anew are there, and may be. */
  const lookUp = async (kept: Kept, named: TermChanges, now: number): Promise<Result<Unit | undefined>> => {
    const { partnerId, memberIds } = named
    const ids = [...(partnerId ? [partnerId] : []), ...(memberIds ?? [])]
    if (ids.length === 0) return ok(undefined)
    const found = new Map((await units.getMany([...new Set(ids)])).map((unit) => [unit.id, unit]))
    const isFit = (id: string, may: (unit: Unit, kept: Kept) => boolean): boolean => {
      const unit = found.get(id)
      return unit !== undefined && !hasEnded(unit, now) && may(unit, kept)
    }
    if (memberIds && !memberIds.every((id) => isFit(id, mayBeMember)))
      return refuseAt('memberIds', 'unknown-unit')
    if (!partnerId) return ok(undefined)
    const partner = found.get(partnerId)
    if (partner?.kind !== 'partner' || !isFit(partnerId, mayHelp))
      return refuseAt('partnerId', 'unknown-unit')
    return ok(partner)
  }

  /** Whether the two have agreed already, in another bond. */
  const isAgreed = async (
    { unitId, partnerId }: { readonly unitId: string; readonly partnerId: string },
    now: number,
    but?: string,
  ): Promise<boolean> =>
    (await ofKind('partnership').about([unitId])).some(
      (one) => one.id !== but && one.terms.partnerId === partnerId && isRunning(one, now),
    )

  const begin = async (session: Session, input: ParsedInputOf<'bond.begin'>): Promise<Result<Answer>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const unit = await units.get(input.unitId)
    if (!unit) return refuse('unknown-unit')
    const seat = seatToKeep(session, 'begin', unit)
    if (!seat) return refuse('not-allowed')
    const { commandId, kind, unitId, fromAt = now, ...said } = input
    const bonds = ofKind(kind)
    const digest = commandDigest(keyed, accountId, 'bond.begin', input)
    const id = `b${keyed(`bond|${accountId}|${commandId}`).slice(0, 24)}`
    const kept: Kept = { kind, unitId, path: unit.path }
    const made = await bringIn(bonds, settle)<Bond, Bond>(id, now, {
      by: accountId,
      digest,
      look: async () => {
        if (hasEnded(unit, now)) return refuse('unit-ended')
        const named = await lookUp(kept, said, now)
        if (!named.ok) return named
        const partner = named.value
        if (partner && (await isAgreed({ unitId, partnerId: partner.id }, now))) return refuse('bond-exists')
        const terms = Object.fromEntries(
          Object.entries({ ...said, fromAt, ...(partner ? { name: partner.name } : {}) }).filter(
            ([, fact]) => fact !== undefined && fact !== null,
          ),
          // Sound: `beginBond` refuses what lacks a name, and anything that the kind does not have.
        ) as unknown as BondTerms
        return beginBond({ id, ...kept, terms }, doerOf(seat, accountId), now, {
          id: commandId,
          action: 'bond.begin',
          digest,
        })
      },
      make: async (bond) => bond,
      answer: (bond) => bond,
    })
    return made.ok ? ok(await view(made.value, session)) : made
  }

  interface Act {
    readonly action: BondAction
    readonly input: {
      readonly commandId: string
      readonly kind: BondKind
      readonly bondId: string
      readonly rev: number
    }
    readonly take: (
      current: Bond,
      by: Doer,
      now: number,
      origin: CommandOrigin,
    ) => Promise<Result<Bond>> | Result<Bond>
  }

  const act = async (session: Session, { action, input, take }: Act): Promise<Result<Answer>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const call = `bond.${action}`
    const digest = commandDigest(keyed, accountId, call, input)
    const origin = { id: input.commandId, action: call, digest }
    const carryOutOn = carryOut<Bond, null>({
      matters: ofKind(input.kind),
      lawOf: async () => null,
      // No clock changes a bond: whoever reads it compares its dates.
      catchUp: (bond) => bond,
      settle,
    })
    return carryOutOn<Membership, null, Answer>(input.bondId, now, {
      by: accountId,
      meet: async (bond) => {
        const seat =
          bond.kind === input.kind ? seatToKeep(session, action, { ...bond, id: bond.unitId }) : undefined
        return seat ? ok(seat) : refuse('not-found')
      },
      answered: (bond) => {
        const line = bond.timeline.find(({ commandId }) => commandId === input.commandId)
        if (!line) return undefined
        return line.commandDigest === digest ? view(bond, session).then(ok) : refuse('command-reused')
      },
      seen: { rev: input.rev, of: shownRev, refusalOf: () => undefined },
      authorise: () => ok(null),
      take: async ({ current, caller }) => take(current, doerOf(caller, accountId), now, origin),
      answer: (after) => view(after, session),
    })
  }

  return {
    begin,

    change: (session: Session, input: ParsedInputOf<'bond.change'>) => {
      const { commandId: _command, kind: _kind, bondId: _bond, rev: _rev, ...said } = input
      return act(session, {
        action: 'change',
        input,
        take: async (current, by, now, origin) => {
          const isCalled = current.kind === 'partnership' && said.name !== undefined
          if (isCalled) return refuseAt('name', 'invalid-input')
          const added = said.memberIds?.filter((id) => !current.terms.memberIds?.includes(id))
          const named = await lookUp(current, { memberIds: added }, now)
          return named.ok ? changeBond(current, said, by, now, origin) : named
        },
      })
    },

    end: (session: Session, input: ParsedInputOf<'bond.end'>) =>
      act(session, {
        action: 'end',
        input,
        take: (current, by, now, origin) => endBond(current, input.at, by, now, origin),
      }),

    undo: (session: Session, input: ParsedInputOf<'bond.undo'>) =>
      act(session, {
        action: 'undo',
        input,
        take: async (current, by, now, origin) => {
          const undone = undoBond(current, by, now, origin)
          const { partnerId } = current.terms
          const last = current.timeline.at(-1)
          if (!undone.ok || partnerId === undefined || !last) return undone
          const { unitId } = current
          if (last.kind === 'ended')
            return (await isAgreed({ unitId, partnerId }, now, current.id)) ? refuse('bond-exists') : undone
          // Work that was handed over meanwhile rests on what was agreed.
          const isUsed = await ports.reports.isHandedSince(partnerId, unitId, last.at)
          return isUsed ? refuse('followed') : undone
        },
      }),
  }
}

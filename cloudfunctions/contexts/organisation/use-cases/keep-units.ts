import { ok, type Refusal, type Result, refusal, refuse } from '../../../ground/result'
import { bringIn } from '../../../journal/carry-out'
import { commandDigest } from '../../../journal/rules/command-digest'
import { seatToKeepUp } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { KeepingPorts } from '../ports'
import { areaNameOf } from '../rules/area-name'
import { begunUnder, factsOf, movedUnder, newFacts, partOf } from '../rules/changed-unit'
import type { Session } from '../rules/session'
import { levelUnder, whyNoHeir, whyNotUnder } from '../rules/tree'
import { hasEnded, type Membership, type Unit } from '../rules/unit'
import {
  type ChangedField,
  type NewUnitChange,
  planChange,
  type UnitChange,
  type UnitFacts,
  whyNoUndo,
} from '../rules/unit-change'
import { isDeedOver, isHeldUp, type UnitDeed } from '../rules/unit-deeds'
import { holdChanges } from '../shared/hold-changes'
import { toChangeView, toKeptUnit } from '../shared/kept-unit'

type Changed = OutputOf<'unit.correct'>

/** What a command changes, once it has been found possible. */
type What = Pick<NewUnitChange, 'kind' | 'before' | 'after'> &
  Partial<Pick<NewUnitChange, 'effectiveAt' | 'newUnits' | 'heirId' | 'seenRev' | 'undoes'>>

interface Asked {
  readonly commandId: string
  /** The unit that is changed; of one that is added, the one above it. */
  readonly unitId: string
  readonly rev?: number
  readonly fromAt?: number | undefined
}

const changedMeanwhile = (unit: Unit) =>
  refuse('stale-rev', { rev: unit.rev ?? 0 }, '已经被别人改过，请看过再改')

/** What a command does: to a unit, or to one of its changes. */
type Deed = UnitDeed | 'undo'

/** How far ahead a change may be entered. */
const farthestMs = 366 * 24 * 60 * 60 * 1000

/**
 * The commands by which units are kept up, each by an admin of a unit above (`access.ts`). The revision is the one that
 * was seen: of two who change one unit, the second is told. All refuse `sign-in-required`, `not-found`, `not-allowed`,
 * `stale-rev`, `command-reused`, and each what its own rules say.
 */
export const keepUnits = (ports: KeepingPorts) => {
  const { units, unitKeeping, unitChanges, keyed } = ports
  const { holdAndFollow } = holdChanges(ports)

  const make =
    <Input extends Asked>(
      action: Deed,
      what: (
        unit: Unit,
        input: Input,
        context: { readonly now: number; readonly at: number; readonly changeId: string },
      ) => Promise<Result<What>>,
    ) =>
    async (session: Session, input: Input): Promise<Result<Changed>> => {
      const { accountId, now } = session
      if (accountId === null) return refuse('sign-in-required')
      const asked = await units.get(input.unitId)
      if (!asked) return refuse('not-found')
      const seat: Membership | undefined = seatToKeepUp(session, action, asked)
      if (!seat) return refuse('not-allowed')
      const digest = commandDigest(keyed, accountId, `unit.${action}`, input)
      const id = `c${keyed(`unit-change|${accountId}|${input.commandId}`).slice(0, 24)}`
      const at = Math.max(now, input.fromAt ?? now)
      const [seatUnit] = await units.getMany([seat.unitId])

      const made = await bringIn(unitChanges, (change: UnitChange) => holdAndFollow(change, now))<
        What,
        UnitChange
      >(id, now, {
        by: accountId,
        digest,
        look: async () => {
          if (at > now + farthestMs)
            return refuse('invalid-input', { field: 'fromAt' }, '日子太远了，请近些再来改')
          const isNew = action === 'add' || action === 'undo'
          if (!isNew && input.rev !== (asked.rev ?? 0)) return changedMeanwhile(asked)
          if (action !== 'undo' && isDeedOver(action, asked, now)) return refuse('unit-ended')
          if (action !== 'undo' && isHeldUp(action) && (await unitChanges.isPlanned(asked.id)))
            return refuse('change-planned')
          return what(asked, input, { now, at, changeId: id })
        },
        make: async (made) =>
          planChange(
            id,
            {
              unitId: asked.id,
              madeAt: now,
              effectiveAt: at,
              actorId: accountId,
              byUnitId: seat.unitId,
              byUnitName: seatUnit?.name ?? seat.unitName,
              byRole: seat.role,
              byName: seat.name ?? null,
              newUnits: [],
              heirId: null,
              undoes: null,
              // What is to hold later holds whatever is corrected until then; an end is written down at once.
              seenRev: isNow(made, at, now) ? (input.rev ?? null) : null,
              ...made,
              ...(made.kind === 'added' && made.newUnits?.[0] ? { unitId: made.newUnits[0].id } : {}),
            },
            now,
            { id: input.commandId, action: `unit.${action}`, digest },
          ),
        answer: (change) => change,
      })
      if (!made.ok) return made
      const change = await unitChanges.get(id)
      const unit = change && (await units.get(change.unitId))
      if (!change || !unit || change.status === 'lost') return changedMeanwhile(unit ?? asked)
      return ok({ unit: toKeptUnit(unit), change: toChangeView(change, unit, now) })
    }

  const isNow = (made: What, at: number, now: number): boolean => at <= now || 'endsAt' in made.after

  /** Whether one of that name lives below a unit already. */
  const isNamed = async (
    parentId: string | null,
    name: string,
    now: number,
    but?: string,
  ): Promise<boolean> =>
    (await units.children(parentId)).some((one) => one.name === name && one.id !== but && !hasEnded(one, now))

  /**
   * Whether something hangs on a unit at an instant that somebody must take over. Who works in a squad does so while
   * there is one: their seats end with it.
   */
  const isAnythingLeft = async (unit: Unit, at: number): Promise<boolean> => {
    const [children, seats, hasPartnerships, hasCells] = await Promise.all([
      units.children(unit.id),
      unit.kind === 'temporary' ? [] : units.membersOf(unit.id),
      ports.unitBonds.hasPartnerships(unit.id, at),
      ports.grid.hasCells(unit.id),
    ])
    return (
      children.some((child) => !hasEnded(child, at)) ||
      seats.some(({ untilAt = Number.POSITIVE_INFINITY }) => untilAt > at) ||
      hasPartnerships ||
      hasCells
    )
  }

  const contactOf = (
    input: Readonly<Partial<Record<ChangedField, string | number | null | undefined>>>,
  ): UnitFacts => {
    const { areaName, phone, dutyPhone, address, hours, population, floatingShare } = input
    const said = { areaName, phone, dutyPhone, address, hours, population, floatingShare }
    return Object.fromEntries(Object.entries(said).filter(([, fact]) => fact !== undefined)) as UnitFacts
  }

  const fieldsOf = (facts: UnitFacts): readonly ChangedField[] => Object.keys(facts) as ChangedField[]

  const isCodeTaken = async (code: string): Promise<boolean> =>
    (await unitKeeping.withCodes([code])).length > 0

  const refused = (why: Refusal | undefined): { readonly ok: false; readonly error: Refusal } | undefined =>
    why && { ok: false, error: why }

  const add = make<Asked & Omit<ParsedInputOf<'unit.add'>, 'parentId'>>(
    'add',
    async (above, input, { now, changeId }) => {
      const { name, kind, code } = input
      const level = levelUnder(kind, above)
      if (level === undefined) return refuse('wrong-level')
      if (code !== undefined && (await isCodeTaken(code))) return refuse('unit-exists')
      if (await isNamed(above.id, name, now)) return refuse('same-name')
      const contact = contactOf(input)
      const id = code ?? `u${changeId.slice(1)}`
      const facts = Object.fromEntries(Object.entries(contact).filter(([, fact]) => fact !== null))
      const beginning = { id, code, name, kind, level, areaName: areaNameOf(name), facts }
      const unit = begunUnder(above, beginning, changeId)
      const after = { name, parentId: above.id, ...facts }
      return ok({ kind: 'added', before: {}, after, newUnits: [unit], seenRev: null })
    },
  )

  return {
    add: (session: Session, { parentId, ...input }: ParsedInputOf<'unit.add'>) =>
      add(session, { ...input, unitId: parentId }),

    correct: make<ParsedInputOf<'unit.correct'>>('correct', async (unit, input) => {
      const after = newFacts(unit, contactOf(input))
      if (fieldsOf(after).length === 0) return refuse('nothing-to-change')
      return ok({ kind: 'corrected', before: factsOf(unit, fieldsOf(after)), after })
    }),

    rename: make<ParsedInputOf<'unit.rename'>>('rename', async (unit, { name }, { now }) => {
      if (name === unit.name) return refuse('nothing-to-change')
      if (await isNamed(unit.parentId, name, now, unit.id)) return refuse('same-name')
      return ok({ kind: 'renamed', before: { name: unit.name }, after: { name } })
    }),

    close: make<ParsedInputOf<'unit.close'>>('close', async (unit, { successorId }, { now, at }) => {
      const ending = { kind: 'closed', before: { endsAt: null, successorId: null } } as const
      if (successorId === undefined)
        return (await isAnythingLeft(unit, at))
          ? refuse('something-left')
          : ok({ ...ending, after: { endsAt: at, successorId: null } })
      const heir = await units.get(successorId)
      const why = refused(whyNoHeir(unit, heir))
      if (why || !heir) return why ?? refuse('unknown-unit')
      const children = (await units.children(unit.id)).filter((child) => !hasEnded(child, at))
      if (children.some((child) => levelUnder(child.kind, heir) !== child.level)) return refuse('wrong-level')
      for (const child of children) if (await isNamed(heir.id, child.name, now)) return refuse('same-name')
      return ok({ ...ending, after: { endsAt: at, successorId }, heirId: successorId })
    }),

    move: make<ParsedInputOf<'unit.move'>>('move', async (unit, { parentId }, { now, at, changeId }) => {
      if (parentId === unit.parentId) return refuse('nothing-to-change')
      const above = await units.get(parentId)
      const why = refused(whyNotUnder(unit, above))
      if (why || !above) return why ?? refuse('unknown-unit')
      if (await isNamed(above.id, unit.name, now)) return refuse('same-name')
      const moved = movedUnder(unit, above, changeId)
      return ok({
        kind: 'moved',
        before: { parentId: unit.parentId, endsAt: null, successorId: null },
        after: { parentId, endsAt: at, successorId: moved.id },
        newUnits: [moved],
        heirId: moved.id,
      })
    }),

    split: make<ParsedInputOf<'unit.split'>>(
      'split',
      async (unit, { parts, heir }, { now, at, changeId }) => {
        const names = parts.map(({ name }) => name)
        if (new Set(names).size < names.length) return refuse('same-name')
        for (const { name, code } of parts) {
          if (await isNamed(unit.parentId, name, now)) return refuse('same-name')
          if (code !== undefined && (await isCodeTaken(code))) return refuse('unit-exists')
        }
        const newUnits = parts.map((part, place) =>
          partOf(unit, { ...part, areaName: areaNameOf(part.name) }, changeId, place),
        )
        if (heir === undefined) return ok({ kind: 'split', before: {}, after: {}, newUnits })
        const heirId = newUnits[heir]?.id
        if (heirId === undefined) return refuse('unknown-unit')
        const before = { endsAt: null, successorId: null }
        return ok({ kind: 'split', before, after: { endsAt: at, successorId: heirId }, newUnits, heirId })
      },
    ),

    undo: make<ParsedInputOf<'unit.undo'>>('undo', async (unit, { changeId }, { now }) => {
      const change = await unitChanges.get(changeId)
      if (!change || change.unitId !== unit.id) return refuse('not-found')
      const why = whyNoUndo(change, unit, now)
      if (why) return { ok: false, error: refusal(why) }
      const undone = { kind: 'undone', undoes: change.id, seenRev: null } as const
      if (change.kind === 'added') {
        if (await isAnythingLeft(unit, now)) return refuse('followed')
        return ok({ ...undone, before: { endsAt: null }, after: { endsAt: now } })
      }
      // Of what never held nothing is to be put back; an end was written down at once.
      const isWritten = change.status === 'done' || 'endsAt' in change.after
      return ok({
        ...undone,
        before: isWritten ? change.after : {},
        after: isWritten ? change.before : {},
      })
    }),
  }
}

import { dayMs, minuteMs } from '../../../ground/instant'
import { begin, enqueue, finish, record } from '../../../journal/rules/change'
import type { CommandOrigin, Journalled, TraceLine } from '../../../journal/rules/journalled'
import type { StaffRole, Unit } from './unit'

/** What may be done to a unit. */
export const unitChangeKinds = [
  'added',
  'corrected',
  'renamed',
  'closed',
  'moved',
  'split',
  'undone',
] as const
export type UnitChangeKind = (typeof unitChangeKinds)[number]

/**
 * `planned`: not yet held; `done`: holds; `lost`: somebody else was quicker, it never held; `dropped`: taken back before
 * it held; `undone`: taken back after.
 */
export const unitChangeStatuses = ['planned', 'done', 'lost', 'dropped', 'undone'] as const
export type UnitChangeStatus = (typeof unitChangeStatuses)[number]

/** What a change may say something else of. */
export const changedFields = [
  'name',
  'areaName',
  'parentId',
  'phone',
  'dutyPhone',
  'address',
  'hours',
  'population',
  'floatingShare',
  'endsAt',
  'successorId',
] as const
export type ChangedField = (typeof changedFields)[number]

/** Fields as they are, or are to be; null where the unit has none. */
export type UnitFacts = Readonly<Partial<Record<ChangedField, string | number | null>>>

/** What is still to be done of a change, and what follows from it elsewhere, in pieces. */
export type UnitWork =
  /** The change itself, where it holds later, or nobody knows whether it was made. */
  | { readonly kind: 'hold' }
  /** What it is called, where that is written down. */
  | { readonly kind: 'names' }
  /** Its people, partners and cells go to who takes over. */
  | { readonly kind: 'hand-over'; readonly heirId: string }
  /** What lies below it goes on below who takes over. */
  | { readonly kind: 'children'; readonly heirId: string }
  /** Nobody takes over: its seats, its duties and what it has agreed on end with it. */
  | { readonly kind: 'wind-up' }

/** One change of one unit: a matter of its own, so that a unit stays the small document that everybody reads. */
export interface UnitChange
  extends Journalled<TraceLine<'made' | 'held' | 'lost' | 'dropped' | 'undone', UnitChangeStatus>, UnitWork> {
  readonly kind: UnitChangeKind
  readonly unitId: string
  readonly madeAt: number
  /** From when on it holds. */
  readonly effectiveAt: number
  /** Who made it, through which seat. */
  readonly actorId: string
  readonly byUnitId: string
  readonly byUnitName: string
  readonly byRole: StaffRole
  readonly byName: string | null
  readonly before: UnitFacts
  readonly after: UnitFacts
  /** Units that begin with it, as they begin. */
  readonly newUnits: readonly Unit[]
  /** Which of them, or which other unit, takes over from an instant on. */
  readonly heirId: string | null
  /** The unit as it had been changed when whoever made it looked; null: whatever has happened since. */
  readonly seenRev: number | null
  /** The change that it takes back. */
  readonly undoes: string | null
}

/** After so long somebody else looks whether a change that was being made has been. */
const doubtMs = minuteMs

/** A change before it is one: all but its life. */
export type NewUnitChange = Omit<UnitChange, keyof Journalled>

/** A change that is to be made; where it holds from now on, whoever made it makes it at once. */
export const planChange = (
  id: string,
  made: NewUnitChange,
  at: number,
  origin?: CommandOrigin,
): UnitChange => {
  const blank: UnitChange = {
    ...made,
    id,
    rev: 0,
    status: 'planned',
    changedAt: at,
    nextClockAt: null,
    clockMarks: [],
    timeline: [],
    outbox: [],
  }
  const change = begin(blank, at, origin)
  record<UnitChange>(change, { kind: 'made' })
  change.draft.outbox = [{ id: '1.0', at: Math.max(made.effectiveAt, at + doubtMs), kind: 'hold' }]
  return finish(change, () => undefined)
}

const end = (
  change: UnitChange,
  at: number,
  status: Exclude<UnitChangeStatus, 'planned'>,
  work: readonly UnitWork[] = [],
): UnitChange => {
  const next = begin(change, at)
  next.draft.status = status
  next.draft.outbox = []
  record<UnitChange>(next, { kind: status === 'done' ? 'held' : status })
  for (const one of work) enqueue<UnitChange>(next, one)
  return finish(next, () => undefined)
}

/** What a change leaves to be done elsewhere when it holds. */
const workOf = ({ kind, after, heirId }: UnitChange): readonly UnitWork[] => [
  ...('name' in after && kind !== 'added' ? [{ kind: 'names' } as const] : []),
  ...(heirId !== null
    ? [{ kind: 'hand-over', heirId } as const, { kind: 'children', heirId } as const]
    : typeof after.endsAt === 'number'
      ? [{ kind: 'wind-up' } as const]
      : []),
]

/** It holds. */
export const hold = (change: UnitChange, at: number): UnitChange => end(change, at, 'done', workOf(change))
/** It can no longer be made. */
export const lose = (change: UnitChange, at: number): UnitChange => end(change, at, 'lost')
/** It is taken back, before it held or after. */
export const takeBack = (change: UnitChange, at: number): UnitChange =>
  end(change, at, change.status === 'planned' ? 'dropped' : 'undone')

/** A change that was made whole with a unit of a list. */
export const heldAtOnce = (id: string, made: NewUnitChange, at: number): UnitChange => {
  const change = begin(planChange(id, made, at), at)
  change.draft.status = 'done'
  change.draft.outbox = []
  record<UnitChange>(change, { kind: 'held' })
  return finish(change, () => undefined)
}

const undoneWithinMs = dayMs

/**
 * Why a change stays: it has been taken back or never held, a day has passed, or something has followed from it. A unit
 * that has ended has handed over; one that came to be by a split works.
 */
export const whyNoUndo = (
  change: UnitChange,
  unit: Pick<Unit, 'changeIds'> | undefined,
  now: number,
): 'wrong-status' | 'undo-too-late' | 'followed' | undefined => {
  if (change.undoes !== null || (change.status !== 'done' && change.status !== 'planned'))
    return 'wrong-status'
  if (now >= change.madeAt + undoneWithinMs) return 'undo-too-late'
  const isBegun = change.effectiveAt <= now
  if (isBegun && (change.kind === 'closed' || change.kind === 'moved' || change.kind === 'split'))
    return 'followed'
  return change.status === 'planned' || unit?.changeIds?.at(-1) === change.id ? undefined : 'followed'
}

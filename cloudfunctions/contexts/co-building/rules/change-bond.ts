import { dayMs } from '../../../ground/instant'
import { ok, type Refusal, type Result, refusal, refuse, refuseAt } from '../../../ground/result'
import { begin, type Change, finish, record } from '../../../journal/rules/change'
import type { CommandOrigin } from '../../../journal/rules/journalled'
import type { Doer } from '../../organisation/rules/seat'
import type { Unit } from '../../organisation/rules/unit'
import {
  type Bond,
  type BondFacts,
  type BondLineKind,
  type BondTerms,
  bondWithoutHistory,
  fewestMembers,
  otherUnitsOf,
  stateOf,
  type TermName,
  termsOfKind,
} from './bond'

const nobody: Doer = { accountId: null, name: null, unitName: null }
const undoneWithinMs = dayMs
/** A bond is no place to write in: after so many changes it takes its end and no other. */
const mostLines = 50

/** What is done to a bond. */
export const bondActions = ['change', 'end', 'undo'] as const
export type BondAction = (typeof bondActions)[number]

/** Changed terms; null empties one. */
export type TermChanges = { readonly [N in TermName]?: BondTerms[N] | null }

const changedTerms = (terms: BondTerms, changes: TermChanges): BondTerms =>
  Object.fromEntries(
    Object.entries({ ...terms, ...changes }).filter(([, fact]) => fact !== null && fact !== undefined),
    // Sound: what a kind needs is never emptied (`whyNotTerms`), and each term is set to a fact of its own kind.
  ) as unknown as BondTerms

/** An empty list says no more than none. */
const said = (fact: unknown): string =>
  JSON.stringify(Array.isArray(fact) && fact.length === 0 ? null : (fact ?? null))

const isSame = (one: unknown, other: unknown): boolean => said(one) === said(other)

/** What is really another. */
const newIn = (terms: BondTerms, changes: TermChanges): TermChanges =>
  Object.fromEntries(
    Object.entries(changes).filter(
      ([name, fact]) => fact !== undefined && !isSame(terms[name as TermName], fact),
    ),
  )

const asTheyWere = (terms: BondTerms, changes: object): TermChanges =>
  Object.fromEntries(Object.keys(changes).map((name) => [name, terms[name as TermName] ?? null]))

/** Writes changed terms with their line. */
const write = (
  change: Change<Bond>,
  kind: BondLineKind,
  by: Doer,
  changes: TermChanges,
  moved: { readonly before: BondFacts; readonly after: BondFacts } = { before: {}, after: {} },
): Bond => {
  const { draft } = change
  const before = { ...asTheyWere(draft.terms, changes), ...moved.before }
  draft.terms = changedTerms(draft.terms, changes)
  record<Bond>(change, { kind, by, before, after: { ...changes, ...moved.after } })
  return finish(change, () => undefined)
}

/** How what is missing is asked for. */
const askedFor: Partial<Record<TermName, string>> = {
  name: '请写名字',
  partnerId: '请选共建单位',
  post: '请写职务',
  memberIds: '请选单位',
  purpose: '请写一起做什么',
  address: '请写地址',
  hours: '请写几点开门',
}

const always: readonly TermName[] = ['fromAt', 'untilAt']

/** Why a bond of its kind cannot say this: something is missing, is not of its kind, or its days are out of order. */
const whyNotTerms = ({ kind, terms }: Pick<Bond, 'kind' | 'terms'>, now: number): Result<null> => {
  const { needs, may } = termsOfKind[kind]
  const missing = needs.find((name) => terms[name] === undefined || isSame(terms[name], []))
  if (missing !== undefined) return refuseAt(missing, 'words-required', askedFor[missing])
  const known = [...needs, ...may, ...always, 'name']
  const strange = Object.keys(terms).find((name) => !known.includes(name))
  if (strange !== undefined) return refuseAt(strange, 'invalid-input')
  const { memberIds = [], outside = [] } = terms
  if (kind === 'alliance' && memberIds.length + outside.length < fewestMembers)
    return refuseAt('memberIds', 'too-few-members')
  if (terms.untilAt !== undefined && terms.untilAt <= terms.fromAt) return refuseAt('untilAt', 'date-order')
  if (terms.untilAt !== undefined && terms.untilAt <= now) return refuseAt('untilAt', 'date-in-past')
  return ok(null)
}

/** A bond as it begins. Refuses what its kind does not have. */
export const beginBond = (
  bond: Pick<Bond, 'id' | 'kind' | 'unitId' | 'path' | 'terms'>,
  by: Doer,
  now: number,
  origin: CommandOrigin,
): Result<Bond> => {
  const why = whyNotTerms(bond, now)
  if (!why.ok) return why
  const change = begin<Bond>({ ...bondWithoutHistory(bond), rev: 0 }, now, origin)
  record<Bond>(change, { kind: 'begun', by, before: {}, after: bond.terms })
  return ok(finish(change, () => undefined))
}

/** Why its last change cannot be undone any more. */
const whyNotUndone = ({ timeline, status }: Bond, now: number): Refusal | undefined => {
  const last = timeline.at(-1)
  if (!last || status === 'taken-back' || last.kind === 'undone' || last.kind === 'unit-changed')
    return refusal('followed')
  if (now - last.at >= undoneWithinMs) return refusal('undo-too-late')
  return timeline.length >= mostLines ? refusal('bond-changed-too-often') : undefined
}

/** Why somebody who may in general may not now: a button's condition and the refusal are one and the same (L5). */
export const whyNotNow = (action: BondAction, bond: Bond, now: number): Refusal | undefined => {
  if (action === 'undo') return whyNotUndone(bond, now)
  if (stateOf(bond, now) === 'over') return refusal('bond-over')
  return action === 'change' && bond.timeline.length >= mostLines
    ? refusal('bond-changed-too-often')
    : undefined
}

/** Changes what a bond says. Refuses `bond-over`, `nothing-to-change`, `bond-begun` and what its kind does not have. */
export const changeBond = (
  bond: Bond,
  changes: TermChanges,
  by: Doer,
  now: number,
  origin: CommandOrigin,
): Result<Bond> => {
  const error = whyNotNow('change', bond, now)
  if (error) return { ok: false, error }
  const changed = newIn(bond.terms, changes)
  if (Object.keys(changed).length === 0) return refuse('nothing-to-change')
  if (changed.fromAt !== undefined && bond.terms.fromAt <= now) return refuseAt('fromAt', 'bond-begun')
  const why = whyNotTerms({ kind: bond.kind, terms: changedTerms(bond.terms, changed) }, now)
  if (!why.ok) return why
  return ok(write(begin(bond, now, origin), 'changed', by, changed))
}

/** Ends it from an instant on, now where none is said. Refuses `bond-over`, `date-in-past`, `nothing-to-change`. */
export const endBond = (
  bond: Bond,
  at: number | undefined,
  by: Doer,
  now: number,
  origin: CommandOrigin,
): Result<Bond> => {
  const error = whyNotNow('end', bond, now)
  if (error) return { ok: false, error }
  if (at !== undefined && at < now) return refuseAt('at', 'date-in-past')
  // What has not begun never does.
  const untilAt = Math.max(at ?? now, bond.terms.fromAt)
  if (untilAt === bond.terms.untilAt) return refuse('nothing-to-change')
  return ok(write(begin(bond, now, origin), 'ended', by, { untilAt }))
}

/**
 * Takes the last change back, within a day: what it said before. One that was just begun never was. Refuses `followed`,
 * `undo-too-late`, `bond-changed-too-often`.
 */
export const undoBond = (bond: Bond, by: Doer, now: number, origin: CommandOrigin): Result<Bond> => {
  const error = whyNotNow('undo', bond, now)
  if (error) return { ok: false, error }
  const last = bond.timeline.at(-1)
  const change = begin(bond, now, origin)
  if (last?.kind === 'begun') {
    change.draft.status = 'taken-back'
    return ok(write(change, 'undone', by, { untilAt: Math.max(now, bond.terms.fromAt) }))
  }
  const { unitId: _unitId, ...before } = last?.before ?? {}
  return ok(write(change, 'undone', by, before))
}

/** A unit that is no more from an instant on, and who goes on for it. */
export interface EndedUnit {
  readonly unitId: string
  readonly heir: Pick<Unit, 'id' | 'name' | 'path' | 'kind'> | null
  readonly at: number
}

/** Ends it with the unit; what was still to come never begins. */
const endWith = (bond: Bond, at: number, now: number): Bond =>
  write(begin(bond, now), 'unit-changed', nobody, { untilAt: Math.max(at, bond.terms.fromAt) })

const withoutTwice = (ids: readonly string[]): readonly string[] => [...new Set(ids)]

/** Its terms with the heir in the unit's place; undefined where it cannot go on. */
const termsWith = (
  { kind, terms }: Bond,
  unitId: string,
  heir: EndedUnit['heir'],
): TermChanges | undefined => {
  if (terms.partnerId === unitId)
    return heir?.kind === 'partner' ? { partnerId: heir.id, name: heir.name } : undefined
  const { memberIds = [], outside = [] } = terms
  if (!memberIds.includes(unitId)) return {}
  const left = withoutTwice(
    memberIds.flatMap((id) => (id !== unitId ? [id] : heir === null ? [] : [heir.id])),
  )
  const isTooFew = kind === 'alliance' ? left.length + outside.length < fewestMembers : left.length === 0
  return isTooFew ? undefined : { memberIds: left }
}

/**
 * What becomes of a bond when a unit of it ends: it goes on with the heir, or without that member, or ends on that day.
 * What has ended by then, or does not know the unit, stays as it is: doing it twice changes nothing.
 */
export const followUnit = (bond: Bond, { unitId, heir, at }: EndedUnit, now: number): Bond => {
  const isKeptFor = bond.unitId === unitId
  if ((bond.terms.untilAt ?? Number.POSITIVE_INFINITY) <= at) return bond
  if (!isKeptFor && !otherUnitsOf(bond.terms).includes(unitId)) return bond
  const terms = isKeptFor && heir === null ? undefined : termsWith(bond, unitId, heir)
  if (terms === undefined) return endWith(bond, at, now)
  const change = begin(bond, now)
  if (!isKeptFor || heir === null) return write(change, 'unit-changed', nobody, terms)
  change.draft.unitId = heir.id
  change.draft.path = heir.path
  return write(change, 'unit-changed', nobody, terms, { before: { unitId }, after: { unitId: heir.id } })
}

/** A partner is called otherwise now. */
export const renamePartner = (bond: Bond, unitId: string, name: string, now: number): Bond =>
  bond.terms.partnerId !== unitId || bond.terms.name === name
    ? bond
    : write(begin(bond, now), 'unit-changed', nobody, { name })

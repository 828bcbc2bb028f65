import type { Point } from '../../../ground/geometry'
import type { Journalled, TraceLine } from '../../../journal/rules/journalled'
import type { CategoryGroupId } from '../../category/rules/category'
import type { Doer } from '../../organisation/rules/seat'

/**
 * What an admin keeps of a unit besides its people: who is bound to help it (包联共建), its service centre (党群服务中心),
 * the leader who looks after units (联系领导), and those who work together on something (共建联合体).
 */
export const bondKinds = ['partnership', 'centre', 'contact', 'alliance'] as const
export type BondKind = (typeof bondKinds)[number]

/** What a bond says; which of it a kind has is `termsOfKind`. */
export interface BondTerms {
  /** What it is called in a list: the partner, the centre, the leader, the alliance. */
  readonly name: string
  readonly fromAt: number
  /** The first instant at which it is over; absent while no end is known. */
  readonly untilAt?: number
  /** Who helps. */
  readonly partnerId?: string
  /** What it helps with; absent: with anything. */
  readonly groups?: readonly CategoryGroupId[]
  /** A leader's post, as the unit calls it. */
  readonly post?: string
  /** The units that a leader looks after; the members of an alliance. */
  readonly memberIds?: readonly string[]
  /** Organisations outside the tree that are in an alliance. */
  readonly outside?: readonly string[]
  readonly purpose?: string
  readonly point?: Point
  readonly address?: string
  /** When somebody is there, in words. */
  readonly hours?: string
  readonly phone?: string
}
/** One of the things that it says. */
export type TermName = keyof BondTerms

interface KindTerms {
  readonly needs: readonly TermName[]
  readonly may: readonly TermName[]
}

/** Which terms each kind has; all of them begin, and may end. */
export const termsOfKind: Readonly<Record<BondKind, KindTerms>> = {
  partnership: { needs: ['partnerId'], may: ['groups'] },
  centre: { needs: ['name', 'address', 'hours'], may: ['point', 'phone'] },
  contact: { needs: ['name', 'post', 'memberIds'], may: [] },
  alliance: { needs: ['name', 'purpose'], may: ['memberIds', 'outside'] },
}

/** Fewer work together with nobody. */
export const fewestMembers = 2

/** What a line of a bond says of before and after; null where there was, or is, none. */
export type BondFacts = { readonly [N in TermName]?: BondTerms[N] | null } & { readonly unitId?: string }

/** `taken-back`: it was begun by mistake, and counts as though it had not been. */
export type BondStatus = 'kept' | 'taken-back'

/** What can happen to a bond; `unit-changed`: a unit of it was renamed, ended, or goes on as another. */
export type BondLineKind = 'begun' | 'changed' | 'ended' | 'undone' | 'unit-changed'

/** One change of a bond: who, when, before, after. */
export interface BondLine extends TraceLine<BondLineKind, BondStatus> {
  readonly by: Doer
  readonly before: BondFacts
  readonly after: BondFacts
}

/** Something agreed, with its life. Nothing follows from it elsewhere: whoever reads it compares its dates. */
export interface Bond extends Journalled<BondLine, never> {
  readonly kind: BondKind
  /** The unit that it is kept for: who is helped, whose centre or leader it is, who called the alliance together. */
  readonly unitId: string
  /** From the region down to that unit. */
  readonly path: readonly string[]
  readonly terms: BondTerms
}

/** Whether a bond is to come, holds, or is over. */
export const bondStates = ['to-come', 'now', 'over'] as const
export type BondState = (typeof bondStates)[number]

const never = Number.POSITIVE_INFINITY

export const stateOf = ({ terms }: Pick<Bond, 'terms'>, now: number): BondState =>
  (terms.untilAt ?? never) <= now ? 'over' : terms.fromAt > now ? 'to-come' : 'now'

export const isRunning = (bond: Pick<Bond, 'terms'>, now: number): boolean => stateOf(bond, now) === 'now'

/** The units of a bond besides the one that it is kept for. */
export const otherUnitsOf = ({ partnerId, memberIds = [] }: BondTerms): readonly string[] => [
  ...(partnerId === undefined ? [] : [partnerId]),
  ...memberIds,
]

/** Nobody knows how it came about: of before bonds had a history, or put there by whoever fills a database. */
export const bondWithoutHistory = (bond: Pick<Bond, 'id' | 'kind' | 'unitId' | 'path' | 'terms'>): Bond => ({
  ...bond,
  rev: 1,
  status: 'kept',
  changedAt: 0,
  nextClockAt: null,
  clockMarks: [],
  timeline: [],
  outbox: [],
})

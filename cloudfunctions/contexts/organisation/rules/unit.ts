import { aboveHighest } from '../../../ground/unit-path'
import type { CategoryGroupId } from '../../category/rules/category'

/** Five linked levels of the management grid; source: 五级组织联动的管理网格. */
export const unitLevels = ['region', 'league', 'banner', 'township', 'village'] as const
export type UnitLevel = (typeof unitLevels)[number]

/**
 * `committee` governs an area, `community-committee` is the 社区党委 above its branches, `branch` is the
 * party branch that answers for reports, `specialised-branch` answers for categories (police station),
 * `partner` is a unit bound to help (housing bureau), `temporary` a temporary party organisation or squad,
 * `department` an office of the unit above it, `cooperative` one of a village's people.
 */
export const unitKinds = [
  'committee',
  'community-committee',
  'branch',
  'specialised-branch',
  'partner',
  'temporary',
  'department',
  'cooperative',
] as const
export type UnitKind = (typeof unitKinds)[number]

/** Those that have no ground of their own: nobody reports to them, and no place is theirs. */
const kindsWithoutGround: readonly UnitKind[] = ['partner', 'department', 'cooperative']

export const hasNoGround = ({ kind }: { readonly kind: UnitKind }): boolean =>
  kindsWithoutGround.includes(kind)

export interface Unit {
  readonly id: string
  /** What lists of units call it: its national code, or the banner's own; absent where it is its id, or there is none. */
  readonly code?: string
  /** National statistical code of the area the unit governs; absent for partners. */
  readonly areaCode?: string
  readonly name: string
  /** Name of the area in the resident's words: 后炭市社区. */
  readonly areaName: string
  readonly kind: UnitKind
  readonly level: UnitLevel
  readonly parentId: string | null
  /** Ids from the region down to this unit itself. */
  readonly path: readonly string[]
  readonly phone?: string
  /** Answered when nobody is in the office. */
  readonly dutyPhone?: string
  readonly address?: string
  /** When somebody is there, in words. */
  readonly hours?: string
  readonly population?: number
  /** Of a hundred people there, so many are registered elsewhere. */
  readonly floatingShare?: number
  /** How often it has been changed; absent: never since it was entered. */
  readonly rev?: number
  /** The latest changes that it was left by (`UnitChange`), the last one last. */
  readonly changeIds?: readonly string[]
  /** The change of another unit that it began with: a move, a split. */
  readonly begunBy?: string
  /** The first instant at which the unit is no more; absent while no end is known. */
  readonly endsAt?: number
  /** Who takes over what an ended unit leaves; absent: the unit above. */
  readonly successorId?: string
}

/** Whether a unit is no more at an instant. */
export const hasEnded = ({ endsAt }: Pick<Unit, 'endsAt'>, at: number): boolean =>
  endsAt !== undefined && endsAt <= at

/** A unit as reports name it: enough to tell it, to show it and to know what is above it. */
export interface UnitRef {
  readonly id: string
  readonly name: string
  /** Ids from the region down to the unit itself. */
  readonly path: readonly string[]
}

/**
 * A unit as routing names it: with its level, by which a place that nobody answers for goes to the unit above.
 */
export interface RoutedUnit extends UnitRef {
  readonly level: UnitLevel
}

/** What a partner unit promised to help one community committee or branch with (包联共建). */
export interface Partnership {
  readonly id: string
  readonly partnerId: string
  readonly partnerName: string
  /** The community (or township) unit that the partner is bound to; covers every branch below it. */
  readonly unitId: string
  readonly since: number
  /** The first instant at which it is over; absent while no end is known. */
  readonly untilAt?: number
  /** What it helps with; none or absent: with anything. */
  readonly groups?: readonly CategoryGroupId[]
}

export const isAgreedNow = (
  { since, untilAt }: Pick<Partnership, 'since' | 'untilAt'>,
  now: number,
): boolean => since <= now && now < (untilAt ?? Number.POSITIVE_INFINITY)

/** Whether a partner helps with what is of a group: what is offered is what is allowed (L5). */
export const helpsWith = ({ groups = [] }: Pick<Partnership, 'groups'>, groupId: CategoryGroupId): boolean =>
  groups.length === 0 || groups.includes(groupId)

/** Staff roles (L3); a resident needs no membership. One person may hold several (“一肩挑”). */
export const staffRoles = [
  'secretary',
  'grid-worker',
  'partner-lead',
  'partner-staff',
  'clerk',
  'chair',
  'admin',
  'leader',
  'counter',
  'cooperative-staff',
] as const
export type StaffRole = (typeof staffRoles)[number]

/** What each seat is called. */
export const staffRoleLabels: Readonly<Record<StaffRole, string>> = {
  secretary: '支部书记',
  'grid-worker': '网格员',
  'partner-lead': '共建单位负责人',
  'partner-staff': '共建单位',
  clerk: '上级党委经办',
  chair: '上级党委主持',
  admin: '组织管理',
  leader: '联系领导',
  counter: '服务中心窗口',
  'cooperative-staff': '合作社',
}

export interface Membership {
  readonly id: string
  readonly accountId: string
  readonly unitId: string
  readonly unitName: string
  readonly unitLevel: UnitLevel
  readonly role: StaffRole
  /** What colleagues call the person; whoever gives the seat writes it, and nobody outside the unit reads it. */
  readonly name?: string
  /** The first instant of the membership; absent: it always was. */
  readonly fromAt?: number
  /** The first instant at which it is over; absent while no end is known. */
  readonly untilAt?: number
}

/** A seat counts from its first day to its last, not before and not after. */
export const isActiveMembership = (
  membership: Pick<Membership, 'fromAt' | 'untilAt'>,
  now: number,
): boolean => (membership.fromAt ?? now) <= now && now < (membership.untilAt ?? Number.POSITIVE_INFINITY)

/** Was the seat held at any time from `since` until `now`? */
export const wasMembershipSince = (
  membership: Pick<Membership, 'fromAt' | 'untilAt'>,
  since: number,
  now: number,
): boolean => (membership.fromAt ?? since) <= now && (membership.untilAt ?? Number.POSITIVE_INFINITY) > since

/** Who decided something, as a unit and as a person: neither judges it again (H1). Never shown. */
export interface Judge {
  readonly unitId: string
  readonly actorId: string
}

/**
 * The unit above every one of the judges, for a question about what they decided (H1): the region has none above it.
 * Null where none of them lies on the path.
 */
export const aboveJudges = (
  path: readonly string[],
  judges: readonly Pick<Judge, 'unitId'>[],
): string | null =>
  aboveHighest(
    path,
    judges.map(({ unitId }) => unitId),
  )

export const regionUnitId = '15'

/**
 * What is said of nobody by name and of everybody below a unit: it stands where a unit's id would, among the seats that
 * such a thing is kept from (H4).
 */
export const allBelow = (unitId: string): string => `below:${unitId}`

export const toRoutedUnit = (unit: Unit): RoutedUnit => ({
  id: unit.id,
  name: unit.name,
  path: unit.path,
  level: unit.level,
})

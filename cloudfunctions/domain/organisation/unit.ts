/** Five linked levels of the management grid; source: 五级组织联动的管理网格. */
export const unitLevels = ['region', 'league', 'banner', 'township', 'village'] as const
export type UnitLevel = (typeof unitLevels)[number]

/**
 * `committee` governs an area, `community-committee` is the 社区党委 above its branches, `branch` is the
 * party branch that answers for reports, `specialised-branch` answers for categories (police station),
 * `partner` is a unit bound to help (housing bureau), `temporary` a temporary party organisation or squad.
 */
export const unitKinds = [
  'committee',
  'community-committee',
  'branch',
  'specialised-branch',
  'partner',
  'temporary',
] as const
export type UnitKind = (typeof unitKinds)[number]

export interface Unit {
  readonly id: string
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
  readonly address?: string
}

/** What a partner unit promised to help one community committee or branch with (包联共建). */
export interface Partnership {
  readonly id: string
  readonly partnerId: string
  readonly partnerName: string
  /** The community (or township) unit that the partner is bound to; covers every branch below it. */
  readonly unitId: string
  readonly since: number
}

/** Staff roles; a resident needs no membership. One person may hold several (“一肩挑”). */
export const staffRoles = ['secretary', 'grid-worker', 'partner-staff', 'upper'] as const
export type StaffRole = (typeof staffRoles)[number]

export interface Membership {
  readonly id: string
  readonly accountId: string
  readonly unitId: string
  readonly unitName: string
  readonly unitLevel: UnitLevel
  readonly role: StaffRole
}

/** The unit one level up in a path, or null at the region. */
export const oneLevelUp = (path: readonly string[]): string | null => path[path.length - 2] ?? null

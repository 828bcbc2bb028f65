/** How long a step may take. `working` counts only working hours or days of the national calendar. */
export type Allowance =
  | { readonly unit: 'hours'; readonly count: number }
  | { readonly unit: 'working-hours'; readonly count: number }
  | { readonly unit: 'days'; readonly count: number }
  | { readonly unit: 'working-days'; readonly count: number }

export const categoryIds = [
  'danger',
  'utilities',
  'rubbish',
  'street-lamp',
  'lane-repair',
  'lane-hardening',
  'public-security',
  'ordinary',
  'complex',
  'livelihood',
  'suggestion',
  'about-branch',
] as const
/** A kind of problem by its name in code; which of them a banner offers is data. */
export type CategoryId = (typeof categoryIds)[number]

/**
 * Kinds that may be the same matter under two names (M1): a puddle in a lane and its hardening. What lies in
 * different groups is never merged.
 */
export const categoryGroupIds = [
  'road',
  'lighting',
  'sanitation',
  'utilities',
  'safety',
  'public-security',
  'livelihood',
  'suggestion',
  'other',
  'about-branch',
] as const
export type CategoryGroupId = (typeof categoryGroupIds)[number]

export interface Category {
  readonly id: CategoryId
  readonly groupId: CategoryGroupId
  /** What the resident taps: 路面泥泞要硬化. */
  readonly name: string
  readonly hint: string
  readonly acceptWithin: Allowance
  readonly contactWithin: Allowance
  readonly resolveWithin: Allowance
  /** Only lane hardening: a plan must be shown before the work is due. */
  readonly planWithin?: Allowance
  /** What a fix of this category is unless the handler says otherwise. */
  readonly remedy: 'temporary' | 'lasting'
  /** Emergency numbers the form shows before anything else. */
  readonly emergencyCalls?: readonly string[]
  /** Plain hours run at night and on days off, and the township's duty desk is told at once (K4). */
  readonly isUrgent: boolean
  /** How many days a cure must hold before the same spot counts as recurring (F1); 0: nothing is promised. */
  readonly cureHoldsDays: number
  /** The work has to wait while the ground is frozen (K6). */
  readonly needsThawedGround?: boolean
  /** Goes one level up and stays invisible to the branch it is about. */
  readonly isAboutBranch?: boolean
  /** Where the times come from. */
  readonly source: string
}

const hours = (count: number): Allowance => ({ unit: 'hours', count })
const workingHours = (count: number): Allowance => ({ unit: 'working-hours', count })
const days = (count: number): Allowance => ({ unit: 'days', count })
const workingDays = (count: number): Allowance => ({ unit: 'working-days', count })

/** The region's default catalogue; a banner may set its own times, versioned, in its rule book. */
export const defaultCategories: readonly Category[] = [
  {
    id: 'lane-hardening',
    groupId: 'road',
    cureHoldsDays: 365,
    isUrgent: false,
    needsThawedGround: true,
    name: '巷道泥泞要硬化',
    hint: '土路、泥路，下雨出不了门',
    acceptWithin: workingDays(1),
    contactWithin: workingDays(3),
    planWithin: days(15),
    resolveWithin: days(90),
    remedy: 'lasting',
    source: '人民日报报道：26 条巷道三个月全部硬化',
  },
  {
    id: 'lane-repair',
    groupId: 'road',
    cureHoldsDays: 365,
    isUrgent: false,
    needsThawedGround: true,
    name: '路面坑洼积泥要修补',
    hint: '坑、裂缝、翻浆，先铺砂垫平',
    acceptWithin: workingHours(4),
    contactWithin: workingDays(1),
    resolveWithin: days(7),
    remedy: 'temporary',
    source: '红脸办默认时限',
  },
  {
    id: 'rubbish',
    groupId: 'sanitation',
    cureHoldsDays: 0,
    isUrgent: false,
    name: '垃圾、积水',
    hint: '垃圾没人清、污水横流、巷子积水',
    acceptWithin: workingHours(2),
    contactWithin: workingHours(4),
    resolveWithin: workingDays(1),
    remedy: 'lasting',
    source: '数字城管地方规则',
  },
  {
    id: 'street-lamp',
    groupId: 'lighting',
    cureHoldsDays: 90,
    isUrgent: false,
    name: '路灯不亮',
    hint: '灯坏了、没有灯',
    acceptWithin: workingHours(4),
    contactWithin: workingDays(1),
    resolveWithin: workingDays(3),
    remedy: 'lasting',
    source: '红脸办默认时限',
  },
  {
    id: 'utilities',
    groupId: 'utilities',
    cureHoldsDays: 0,
    isUrgent: true,
    name: '停水停电停气停暖',
    hint: '家里没水、没电、没气、不热',
    acceptWithin: hours(0.5),
    contactWithin: hours(2),
    resolveWithin: hours(24),
    remedy: 'lasting',
    source: '北京市接诉即办规范（征求意见稿）',
  },
  {
    id: 'danger',
    groupId: 'safety',
    cureHoldsDays: 0,
    isUrgent: true,
    name: '危险，可能伤人',
    hint: '井盖丢失、电线垂落、墙要倒',
    acceptWithin: hours(0.5),
    contactWithin: hours(2),
    resolveWithin: hours(6),
    remedy: 'temporary',
    emergencyCalls: ['110', '119', '120'],
    source: '北京市 DB11/T（2021 征求意见稿）；广州市井盖管理规定',
  },
  {
    id: 'public-security',
    groupId: 'public-security',
    cureHoldsDays: 0,
    isUrgent: true,
    name: '治安问题',
    hint: '盗窃、扰民、打架',
    acceptWithin: hours(0.5),
    contactWithin: hours(2),
    resolveWithin: workingDays(5),
    remedy: 'lasting',
    emergencyCalls: ['110'],
    source: '红脸办默认时限',
  },
  {
    id: 'livelihood',
    groupId: 'livelihood',
    cureHoldsDays: 0,
    isUrgent: false,
    name: '就业、增收、养老',
    hint: '找活干、卖不出去、没人照看',
    acceptWithin: workingDays(1),
    contactWithin: workingDays(1),
    resolveWithin: workingDays(5),
    remedy: 'lasting',
    source: '红脸办默认时限',
  },
  {
    id: 'ordinary',
    groupId: 'other',
    cureHoldsDays: 0,
    isUrgent: false,
    name: '其他身边事',
    hint: '说不清归哪类，就选这个',
    acceptWithin: workingHours(4),
    contactWithin: workingDays(1),
    resolveWithin: days(7),
    remedy: 'lasting',
    source: '北京市接诉即办规范（征求意见稿）',
  },
  {
    id: 'complex',
    groupId: 'other',
    cureHoldsDays: 0,
    isUrgent: false,
    name: '牵涉多家的难事',
    hint: '要好几个单位一起办',
    acceptWithin: workingHours(4),
    contactWithin: workingDays(1),
    resolveWithin: days(15),
    remedy: 'lasting',
    source: '北京市接诉即办规范（征求意见稿）',
  },
  {
    id: 'suggestion',
    groupId: 'suggestion',
    cureHoldsDays: 0,
    isUrgent: false,
    name: '意见建议',
    hint: '想给社区提个主意',
    acceptWithin: workingDays(1),
    contactWithin: workingDays(1),
    resolveWithin: workingDays(5),
    remedy: 'lasting',
    source: '红脸办默认时限',
  },
  {
    id: 'about-branch',
    groupId: 'about-branch',
    cureHoldsDays: 0,
    isUrgent: false,
    name: '反映支部或干部',
    hint: '直接到上一级，本支部看不到',
    acceptWithin: workingDays(1),
    contactWithin: workingDays(1),
    resolveWithin: days(15),
    remedy: 'lasting',
    isAboutBranch: true,
    source: '信访工作条例：不得转给被反映的单位',
  },
]

const groupById = new Map(defaultCategories.map((category) => [category.id, category.groupId]))

/** The region's group of a kind: the same for every banner, so that a moved border splits no matter in two. */
export const groupOf = (categoryId: CategoryId): CategoryGroupId => groupById.get(categoryId) ?? 'other'

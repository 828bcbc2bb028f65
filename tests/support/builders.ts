import type { Caller, ReportAction } from '../../cloudfunctions/domain/access/authorise'
import {
  defaultWorkingHours,
  type WorkingCalendar,
} from '../../cloudfunctions/domain/calendar/working-calendar'
import type { Category, CategoryId } from '../../cloudfunctions/domain/category/category'
import { dayMs, minuteMs } from '../../cloudfunctions/domain/instant'
import {
  type Membership,
  oneLevelUp,
  type Partnership,
  type StaffRole,
  type Unit,
} from '../../cloudfunctions/domain/organisation/unit'
import type { Rating } from '../../cloudfunctions/domain/rating/rating'
import type { ReportCommand } from '../../cloudfunctions/domain/report/commands'
import { type DecisionContext, decide } from '../../cloudfunctions/domain/report/decide'
import type { ReportStatus } from '../../cloudfunctions/domain/report/lifecycle'
import type { Report } from '../../cloudfunctions/domain/report/report'
import { type Submission, submitReport } from '../../cloudfunctions/domain/report/submit'
import type { RoutedUnit, RoutingDecision } from '../../cloudfunctions/domain/routing/routing'
import { categoryOf, defaultRuleBook } from '../../cloudfunctions/domain/rules'

/** A Monday morning in working hours; every test begins here. */
export const mondayAt = Date.parse('2026-03-02T10:00:00+08:00')
export const rules = defaultRuleBook
const calendar: WorkingCalendar = {
  holidays: new Set(),
  makeUpDays: new Set(),
  hours: defaultWorkingHours,
  horizonOn: '2026-12-31',
  version: 'test',
}

const aUnit = (unit: Pick<Unit, 'id' | 'name' | 'kind' | 'level'>, parent?: Unit): Unit => ({
  ...unit,
  areaName: unit.name.replace(/党支部|党委/, ''),
  parentId: parent?.id ?? null,
  path: [...(parent?.path ?? []), unit.id],
})

export const region = aUnit({ id: '15', name: '内蒙古自治区党委', kind: 'committee', level: 'region' })
export const league = aUnit({ id: '1502', name: '包头市委', kind: 'committee', level: 'league' }, region)
export const banner = aUnit(
  { id: '150221', name: '土默特右旗委', kind: 'committee', level: 'banner' },
  league,
)
export const township = aUnit(
  { id: '150221100', name: '萨拉齐镇党委', kind: 'committee', level: 'township' },
  banner,
)
export const branch = aUnit(
  { id: '150221100001', name: '后炭市社区党支部', kind: 'branch', level: 'village' },
  township,
)
export const otherBranch = aUnit(
  { id: '150221100002', name: '东街社区党支部', kind: 'branch', level: 'village' },
  township,
)
export const housingBureau = aUnit(
  { id: '150221-housing', name: '住建局', kind: 'partner', level: 'banner' },
  banner,
)
export const partnership: Partnership = {
  id: 'ps-1',
  partnerId: housingBureau.id,
  partnerName: housingBureau.name,
  unitId: township.id,
  since: mondayAt - 300 * dayMs,
}

export const toRoutedUnit = ({ id, name, path, level }: Unit): RoutedUnit => ({ id, name, path, level })

export const aCategory = (id: CategoryId): Category => {
  const category = categoryOf(rules, id)
  if (!category) throw new Error(`no category ${id}`)
  return category
}

/** The place lies in a cell of 后炭市社区, close to the border with 东街社区. */
export const aDecision = (overrides: Partial<RoutingDecision> = {}): RoutingDecision => ({
  policy: 'border',
  reasons: ['这里靠近边界，暂由后炭市社区党支部负责'],
  cellId: 'cell-3',
  cellName: '后炭市社区第三网格',
  isProvisional: true,
  alternate: { id: otherBranch.id, name: otherBranch.name, path: otherBranch.path },
  ruleVersion: rules.version,
  at: mondayAt,
  ...overrides,
})

export const aSubmission = (overrides: Partial<Submission> = {}): Submission => ({
  id: 'r7F3K',
  pseudonym: '7F3K',
  category: aCategory('lane-repair'),
  text: '巷子里都是泥，老人出不了门',
  photos: ['photo-of-the-lane'],
  place: { point: { lng: 110.52, lat: 40.56 }, words: '供销社往东第二条巷子' },
  hasPhone: true,
  isByMember: false,
  decision: aDecision(),
  responsible: toRoutedUnit(branch),
  sorter: toRoutedUnit(township),
  isRecurring: false,
  command: { id: 'c-submit', action: 'report.submit', digest: 'd-submit' },
  ...overrides,
})

/** A report that has just been submitted. */
export const aReport = (overrides: Partial<Submission> = {}, at = mondayAt): Report =>
  submitReport(aSubmission(overrides), at, calendar, rules)

export const aMembership = (unit: Unit, role: StaffRole): Membership => ({
  id: `m-${unit.id}-${role}`,
  accountId: `account-${unit.id}-${role}`,
  unitId: unit.id,
  unitName: unit.name,
  unitLevel: unit.level,
  role,
})

export const aCaller = (overrides: Partial<Caller> = {}): Caller => ({
  isSignedIn: true,
  memberships: [],
  ...overrides,
})

let commandCount = 0

export const aContext = (overrides: Partial<DecisionContext> = {}): DecisionContext => {
  commandCount += 1
  return {
    now: mondayAt + minuteMs,
    rules,
    by: { side: 'staff', unitName: branch.name, role: 'secretary' },
    actorId: 'actor-secretary',
    command: { id: `c-${commandCount}`, action: 'report.step', digest: `d-${commandCount}` },
    ...overrides,
  }
}

export const aRating = (overrides: Partial<Omit<Rating, 'at'>> = {}): Omit<Rating, 'at'> => ({
  contacted: true,
  solved: 'yes',
  satisfaction: 'satisfied',
  remark: '',
  ...overrides,
})

/** A step as somebody would sensibly take it on this report now. */
export const aCommand = <K extends ReportAction>(
  kind: K,
  report: Report,
  now: number,
): Extract<ReportCommand, { kind: K }> => {
  const photos = ['photo-of-the-work']
  const commands: { readonly [A in ReportAction]: () => Extract<ReportCommand, { kind: A }> } = {
    withdraw: () => ({ kind: 'withdraw', reason: '已经好了' }),
    support: () => ({ kind: 'support', key: `neighbour-${report.supporters.length + 1}` }),
    accept: () => ({ kind: 'accept' }),
    'reveal-phone': () => ({ kind: 'reveal-phone' }),
    contact: () => ({ kind: 'contact', channel: 'phone', note: '约了下午上门' }),
    return: () => ({
      kind: 'return',
      reason: 'not-our-place',
      note: '',
      sorter: toRoutedUnit(
        [township, banner, league, region].find((unit) => unit.id === oneLevelUp(report.unitPath)) ?? region,
      ),
    }),
    transfer: () => ({
      kind: 'transfer',
      to: toRoutedUnit(report.branchId === otherBranch.id ? branch : otherBranch),
      note: '不在本支部',
    }),
    'take-over': () => ({ kind: 'take-over', by: toRoutedUnit(otherBranch) }),
    route: () => ({ kind: 'route', to: toRoutedUnit(branch), note: '' }),
    dispatch: () => ({ kind: 'dispatch', unit: housingBureau, partnership, note: '请三天内垫平' }),
    'send-back': () => ({ kind: 'send-back', note: '没有机械' }),
    progress: () => ({ kind: 'progress', note: '已拉来砂石', photos, isPublic: true }),
    'claim-fixed': () => ({
      kind: 'claim-fixed',
      note: '垫平了',
      before: photos,
      after: photos,
      remedy: 'temporary',
    }),
    check: () => ({ kind: 'check', note: '现场看过' }),
    rework: () => ({ kind: 'rework', note: '还有积水' }),
    resolve: () => ({
      kind: 'resolve',
      note: '自己垫平了',
      before: photos,
      after: photos,
      remedy: 'lasting',
    }),
    rate: () => ({ kind: 'rate', rating: aRating() }),
    reopen: () => ({ kind: 'reopen', reason: '又坏了', photos: [] }),
    appeal: () => ({ kind: 'appeal', reason: '情况属实' }),
    merge: () => ({
      kind: 'merge',
      parent: {
        id: 'r-earlier',
        branchId: report.branchId,
        categoryId: report.categoryId,
        submittedAt: report.submittedAt - dayMs,
        isOpen: true,
      },
    }),
    decline: () => ({ kind: 'decline', reason: 'private-dispute', note: '请找人民调解' }),
    suspend: () => ({ kind: 'suspend', reason: '等预算', plan: '列入明年预算', untilAt: now + 30 * dayMs }),
    extend: () => ({
      kind: 'extend',
      reason: '连日下雨',
      resolveDueAt: Math.max(now, report.deadlines.resolveDueAt) + 5 * dayMs,
    }),
    resume: () => ({ kind: 'resume', note: '预算到了' }),
    decide: () => ({
      kind: 'decide',
      request: report.pendingRequest?.kind ?? 'suspend',
      isGranted: true,
      note: '',
    }),
    'answer-red-face': () => ({ kind: 'answer-red-face', isGone: true, note: '' }),
    'verify-red-face': () => ({ kind: 'verify-red-face', note: '现场核实', photos }),
    'appeal-red-face': () => ({ kind: 'appeal-red-face', reason: '道路属于铁路用地' }),
    'declare-red-face': () => ({ kind: 'declare-red-face', note: '群众意见最大' }),
  }
  return commands[kind]()
}

/** Carries a step out a minute after the report last changed; a refusal fails the test. */
export const take = (
  report: Report,
  command: ReportCommand | ReportAction,
  context: Partial<DecisionContext> = {},
): Report => {
  const now = context.now ?? report.changedAt + minuteMs
  const full = typeof command === 'string' ? aCommand(command, report, now) : command
  const result = decide(report, full, aContext({ ...context, now }))
  if (!result.ok) {
    throw new Error(`${full.kind} while ${report.status}: ${result.error.code} ${result.error.message}`)
  }
  return result.value
}

/** Several steps, each a minute after the one before. */
export const takeAll = (report: Report, ...kinds: readonly ReportAction[]): Report =>
  kinds.reduce((current, kind) => take(current, kind), report)

/** A secretary and a handler are two people unless a test says otherwise. */
const byHandler: Partial<DecisionContext> = {
  by: { side: 'staff', unitName: housingBureau.name, role: 'partner-staff' },
  actorId: 'actor-handler',
}

export const claimFixed = (report: Report): Report => take(report, 'claim-fixed', byHandler)

/** A report brought to a status by the steps that lead there. */
export const reportIn = (status: ReportStatus, overrides: Partial<Submission> = {}): Report => {
  const submitted = aReport({ ...(status === 'unrouted' ? { responsible: null } : {}), ...overrides })
  switch (status) {
    case 'unrouted':
    case 'routed':
      return submitted
    case 'accepted':
      return take(submitted, 'accept')
    case 'dispatched':
      return takeAll(submitted, 'accept', 'dispatch')
    case 'awaiting-check':
      return claimFixed(takeAll(submitted, 'accept', 'dispatch'))
    case 'suspended':
      return takeAll(submitted, 'accept', 'suspend', 'decide')
    case 'resolved':
      return takeAll(submitted, 'accept', 'contact', 'resolve')
    case 'closed':
      return takeAll(submitted, 'accept', 'contact', 'resolve', 'rate')
    case 'declined':
      return take(submitted, 'decline')
    case 'merged':
      return take(submitted, 'merge')
    case 'withdrawn':
      return take(submitted, 'withdraw')
  }
}

/** Freezes a value and everything in it, so that whoever changes it in place throws. */
export const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}

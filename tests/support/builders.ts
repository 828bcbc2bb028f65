import {
  defaultWorkingHours,
  type WorkingCalendar,
} from '../../cloudfunctions/contexts/calendar/rules/working-calendar'
import type { Category, CategoryId } from '../../cloudfunctions/contexts/category/rules/category'
import { accusableSeats } from '../../cloudfunctions/contexts/organisation/rules/session'
import {
  type Membership,
  type Partnership,
  type StaffRole,
  toRoutedUnit,
  type Unit,
} from '../../cloudfunctions/contexts/organisation/rules/unit'
import type { RedFaceEntry } from '../../cloudfunctions/contexts/red-face/ports'
import { activeEpisode, isStanding } from '../../cloudfunctions/contexts/red-face/rules/red-face'
import { actingSideOf, authorise, refusalOf, sceneOf } from '../../cloudfunctions/contexts/report/access'
import type { Law } from '../../cloudfunctions/contexts/report/rules/change'
import { isConfidential } from '../../cloudfunctions/contexts/report/rules/confidential'
import type { ReportStatus } from '../../cloudfunctions/contexts/report/rules/lifecycle'
import type { Colleague } from '../../cloudfunctions/contexts/report/rules/own-people'
import type { Verdict } from '../../cloudfunctions/contexts/report/rules/rating'
import { isAnsweredBy, type Report } from '../../cloudfunctions/contexts/report/rules/report'
import { type RequestKind, requestOf, sentTo } from '../../cloudfunctions/contexts/report/rules/request'
import type { Scene } from '../../cloudfunctions/contexts/report/rules/scene'
import type { Caller } from '../../cloudfunctions/contexts/report/rules/standing'
import type { Rerouting, UnitFacts } from '../../cloudfunctions/contexts/report/rules/step-facts'
import { type Submission, submitReport } from '../../cloudfunctions/contexts/report/rules/submit'
import { type ReportAction, reportActions } from '../../cloudfunctions/contexts/report/steps/registry'
import { catchUp } from '../../cloudfunctions/contexts/report/tick'
import type { RoutingDecision } from '../../cloudfunctions/contexts/routing/rules/routing'
import { categoryOf, defaultRuleBook } from '../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { dayMs, hourMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { type RefusalCode, type Result, refuse } from '../../cloudfunctions/ground/result'
import { oneLevelUp, unitsAbove } from '../../cloudfunctions/ground/unit-path'
import { type ChildWithPeople, isSystemAction, type ReportCommand, takeCommand } from './commands'
import { partOf, supporterOf } from './rolls'

/** A Monday morning in working hours; every test begins here. */
export const mondayAt = Date.parse('2026-03-02T10:00:00+08:00')
export const rules = defaultRuleBook
/** Weekdays are worked, and no holiday is announced: what the law gives off alone is off. */
export const calendar: WorkingCalendar = {
  holidays: new Set(),
  makeUpDays: new Set(),
  hours: defaultWorkingHours,
  horizonOn: '2026-12-31',
  version: 'test',
}
export const law: Law = { rules, calendar }

// ── units ──

const aUnit = (
  unit: Pick<Unit, 'id' | 'name' | 'kind' | 'level'> & Partial<Pick<Unit, 'endsAt' | 'successorId'>>,
  parent?: Unit,
): Unit => ({
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
export const community = aUnit(
  { id: '150221100003', name: '河东社区党委', kind: 'community-committee', level: 'village' },
  township,
)
export const otherTownship = aUnit(
  { id: '150221101', name: '双龙镇党委', kind: 'committee', level: 'township' },
  banner,
)
export const farBranch = aUnit(
  { id: '150221101001', name: '双龙村党支部', kind: 'branch', level: 'village' },
  otherTownship,
)
export const temporaryUnit = aUnit(
  {
    id: '150221100-squad',
    name: '防汛突击队',
    kind: 'temporary',
    level: 'village',
    endsAt: mondayAt + 300 * dayMs,
  },
  branch,
)
export const housingBureau = aUnit(
  { id: '150221-housing', name: '住建局', kind: 'partner', level: 'banner' },
  banner,
)
export const waterBureau = aUnit(
  { id: '150221-water', name: '水务局', kind: 'partner', level: 'banner' },
  banner,
)
export const units: readonly Unit[] = [
  region,
  league,
  banner,
  township,
  otherTownship,
  community,
  branch,
  otherBranch,
  farBranch,
  temporaryUnit,
  housingBureau,
  waterBureau,
]

/** A unit with people in it that may take something on. */
export const unitFacts = (unit: Unit, overrides: Partial<UnitFacts> = {}): UnitFacts => ({
  ...toRoutedUnit(unit),
  kind: unit.kind,
  memberCount: 3,
  ...(unit.endsAt === undefined ? {} : { endsAt: unit.endsAt }),
  ...overrides,
})

export const partnershipWith = (partner: Unit): Partnership => ({
  id: `partnership-${partner.id}`,
  partnerId: partner.id,
  partnerName: partner.name,
  unitId: township.id,
  since: mondayAt - 300 * dayMs,
})
export const partnership = partnershipWith(housingBureau)

// ── people ──

export const aMembership = (unit: Unit, role: StaffRole): Membership => ({
  id: `m-${unit.id}-${role}`,
  accountId: `account-${unit.id}-${role}`,
  unitId: unit.id,
  unitName: unit.name,
  unitLevel: unit.level,
  role,
})

/** Somebody who may turn up: their name is their key in every report, and their opaque id. */
export interface Person {
  readonly name: string
  /** The seat that acts comes first. */
  readonly memberships: readonly Membership[]
  readonly isThroughOurs?: true
}

const aPerson = (name: string, ...seats: readonly (readonly [Unit, StaffRole])[]): Person => ({
  name,
  memberships: seats.map(([unit, role]) => aMembership(unit, role)),
})

export const reporter = aPerson('reporter')
export const coReporter = aPerson('co-reporter')
export const secondCoReporter = aPerson('second-co-reporter')
export const supporter = aPerson('supporter')
export const secondSupporter = aPerson('second-supporter')
export const thirdSupporter = aPerson('third-supporter')
/** Has no part in anything. */
export const stranger = aPerson('stranger')
export const residents: readonly Person[] = [
  reporter,
  coReporter,
  secondCoReporter,
  supporter,
  secondSupporter,
  thirdSupporter,
]

export const secretary = aPerson('secretary', [branch, 'secretary'])
export const gridWorker = aPerson('grid-worker', [branch, 'grid-worker'])
export const otherSecretary = aPerson('other-secretary', [otherBranch, 'secretary'])
export const farSecretary = aPerson('far-secretary', [farBranch, 'secretary'])
export const squadLeader = aPerson('squad-leader', [temporaryUnit, 'secretary'])
export const housingWorker = aPerson('housing-worker', [housingBureau, 'partner-staff'])
export const waterWorker = aPerson('water-worker', [waterBureau, 'partner-staff'])
export const clerk = aPerson('clerk', [township, 'clerk'])
export const otherClerk = aPerson('other-clerk', [otherTownship, 'clerk'])
export const bannerClerk = aPerson('banner-clerk', [banner, 'clerk'])
export const leagueClerk = aPerson('league-clerk', [league, 'clerk'])
export const regionClerk = aPerson('region-clerk', [region, 'clerk'])
/** At the counter of the service centre; has no queue, and works on nothing. */
export const atCounter = aPerson('counter', [branch, 'counter'])
/** The reporter's words through the device that printed their receipt (Q5). */
export const reporterAtCounter: Person = { ...reporter, isThroughOurs: true }
export const staff: readonly Person[] = [
  secretary,
  gridWorker,
  otherSecretary,
  farSecretary,
  squadLeader,
  housingWorker,
  waterWorker,
  clerk,
  otherClerk,
  bannerClerk,
  leagueClerk,
  regionClerk,
]
export const everybody: readonly Person[] = [...residents, ...staff]

/** Of whom somebody with these seats may know no complaint (H4). */
const accusableWith = (memberships: readonly Membership[]): readonly string[] => {
  const seatUnits = units.filter(({ id }) => memberships.some(({ unitId }) => unitId === id))
  return accusableSeats(
    memberships,
    seatUnits.flatMap(({ path }) => unitsAbove(path)),
  )
}

export const callerOf = ({ name, memberships, isThroughOurs }: Person, report: Report): Caller => {
  const participation = partOf(report, name)
  const supports = supporterOf(report, name)
  return {
    isSignedIn: true,
    memberships,
    seatsEverIn: accusableWith(memberships),
    actorId: name,
    ...(isThroughOurs ? { isThroughOurs } : {}),
    ...(participation ? { participation, key: name } : {}),
    ...(supports ? { supports } : {}),
  }
}

/** The people of the unit that answers, out of these. */
const colleaguesIn = (report: Report, people: readonly Person[] = staff): readonly Colleague[] =>
  people.flatMap((person) =>
    person.memberships.some((seat) => isAnsweredBy(report, seat.unitId))
      ? [{ ...callerOf(person, report), actorId: person.name, handKey: `hand.${person.name}` }]
      : [],
  )

/** The work handed to one of the answering unit's own people. */
export const dispatchTo = (
  member: Person,
  report: Report,
  people: readonly Person[] = staff,
): Extract<ReportCommand, { kind: 'dispatch' }> => ({
  kind: 'dispatch',
  unit: unitFacts(units.find((unit) => isAnsweredBy(report, unit.id)) ?? branch),
  member: { id: member.name, colleagues: colleaguesIn(report, people) },
  note: '请明天上午去垫平',
})

export const aCaller = (overrides: Partial<Caller> = {}): Caller => ({
  isSignedIn: true,
  memberships: [],
  ...overrides,
})

/** The scene in which somebody stands before a report through their first seat. */
export const aScene = (person: Person, report: Report, now: number): Scene =>
  sceneOf(callerOf(person, report), report, { now, law, actorId: person.name }, person.memberships[0])

// ── reports ──

export const aCategory = (id: CategoryId): Category => {
  const category = categoryOf(rules, id)
  if (!category) throw new Error(`no category ${id}`)
  return category
}

/** The place lies in a cell of 后炭市社区, close to the border with 东街社区. */
export const aDecision = (overrides: Partial<RoutingDecision> = {}): RoutingDecision => ({
  policy: 'border',
  reasons: [{ why: 'likelier', cell: '', unit: branch.name, otherUnit: otherBranch.name }],
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
  number: '2604117838',
  pseudonym: '7F3K',
  reporterKey: reporter.name,
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
  submitReport(aSubmission(overrides), at, law)

/** What the counter filed for somebody. */
export const aFiledReport = (): Report =>
  aReport({
    receipt: {
      codeDigest: 'digest',
      key: reporter.name,
      unitId: branch.id,
      printNo: 1,
      devices: [],
    },
    filedBy: { side: 'staff', unitId: branch.id, unitName: branch.name, role: 'counter' },
  })

/** A complaint of which nobody has said whom it is about: the township sorts it. */
export const anUnnamedComplaint = (overrides: Partial<Submission> = {}): Report =>
  aComplaint({
    accusedUnitId: undefined,
    responsible: null,
    sorter: toRoutedUnit(township),
    ...overrides,
  })

/** A complaint about the branch, which the township answers for. */
export const aComplaint = (overrides: Partial<Submission> = {}): Report =>
  aReport({
    category: aCategory('about-branch'),
    accusedUnitId: branch.id,
    responsible: toRoutedUnit(township),
    sorter: toRoutedUnit(banner),
    decision: aDecision({ policy: 'about-branch', alternate: undefined }),
    ...overrides,
  })

export const aVerdict = (overrides: Partial<Verdict> = {}): Verdict => ({
  contacted: true,
  solved: 'yes',
  satisfaction: 'satisfied',
  remark: '',
  ...overrides,
})

/** The same matter, reported a day earlier at the same branch. */
export const aParentOf = (report: Report) => ({
  id: 'r-earlier',
  isSameMatter: true,
  isOpen: true,
  isSuspended: false,
  isConfidential: false,
  answerableUnit: report.answerableUnit,
  isSorting: report.isSorting,
  unitPath: report.unitPath,
  submittedAt: report.submittedAt - dayMs,
  hasToldCause: false,
  publicSummary: '后炭市社区 · 路面坑洼',
  childReportIds: [],
  apartFrom: [],
  unitIds: [report.answerableUnit.id],
})

/** A later report of the same matter, by somebody else. */
export const aChild = (overrides: Partial<ChildWithPeople> = {}): ChildWithPeople => ({
  id: 'r-later',
  reporterKey: coReporter.name,
  supporters: [],
  deadlines: aReport({}, mondayAt + hourMs).deadlines,
  isByMember: false,
  causes: [],
  firstWords: [],
  neverMergeInto: [],
  used: { passCount: 0, suspendedDays: 0, suspendedWinters: [], extensions: [] },
  stints: [],
  unitIds: [branch.id],
  mergedAt: mondayAt + hourMs,
  mergingNo: 3,
  ...overrides,
})

/** Where routing leads from the lane for what is no complaint. */
export const aRerouting = (overrides: Partial<Rerouting> = {}): Rerouting => ({
  decision: aDecision(),
  responsible: unitFacts(branch),
  sorter: unitFacts(township),
  ...overrides,
})

const levelAboveOf = (report: Report): Unit =>
  units.find((unit) => unit.id === oneLevelUp(report.unitPath)) ?? region

/** A unit of the right kind that does not have the report now. */
const anotherUnitFor = (report: Report): Unit =>
  (isConfidential(report) ? [banner, league] : [branch, otherBranch]).find(
    (unit) => !isAnsweredBy(report, unit.id),
  ) ?? branch

const neededWords: readonly RequestKind[] = ['reclassify', 'relocate', 'extend', 'merge']

/** A step as somebody would sensibly take it on this report now. */
export const aCommand = <K extends ReportAction>(
  kind: K,
  report: Report,
  now: number,
): Extract<ReportCommand, { kind: K }> => {
  const photos = [`photo-${report.rev}`]
  const work = { before: ['photo-of-the-lane'], after: photos }
  const daysLeft = rules.report.maxSuspensionDaysInAll - report.suspendedDays
  const commands: { readonly [A in ReportAction]: () => Extract<ReportCommand, { kind: A }> } = {
    support: () => ({ kind: 'support', keys: [`neighbour-${report.rev}`] }),
    'take-up': () => ({
      kind: 'take-up',
      key: `neighbour-${report.rev}`,
      from: report.publicPoint ?? { lng: 110.52, lat: 40.56 },
    }),
    reprint: () => ({ kind: 'reprint', codeDigest: `digest-${report.rev}` }),
    'add-to': () => ({ kind: 'add-to', words: '昨夜又积水了', photos: [] }),
    urge: () => ({ kind: 'urge' }),
    answer: () => ({ kind: 'answer', words: '门口那一段', photos: [] }),
    'open-message': () => ({ kind: 'open-message' }),
    'deny-contact': () => ({ kind: 'deny-contact' }),
    rate: () => ({ kind: 'rate', rating: aVerdict() }),
    reopen: () => ({ kind: 'reopen', reason: '又坏了', photos: [] }),
    appeal: () => ({ kind: 'appeal', reason: '情况属实' }),
    'appeal-look': () => ({ kind: 'appeal-look', reason: '只看了一头' }),
    'say-to-appeal': () => ({ kind: 'say-to-appeal', words: '下雨还是过不去', photos: [] }),
    'appeal-struck': () => ({ kind: 'appeal-struck', reason: '来看的那天没下雨' }),
    'answer-red-face': () => ({ kind: 'answer-red-face', isGone: true, note: '' }),
    agree: () => {
      const request = report.requests.find((one) => neededWords.includes(one.kind))
      return {
        kind: 'agree',
        request: request?.kind ?? 'reclassify',
        ...(request?.kind === 'merge' ? { parent: aParentOf(report) } : {}),
        ...(isConfidential(report) ? { rerouting: aRerouting() } : {}),
      }
    },
    'say-reason-gone': () => ({ kind: 'say-reason-gone', reason: '材料已经到了' }),
    unmerge: () => ({ kind: 'unmerge', family: { causes: [] } }),
    withdraw: () => ({ kind: 'withdraw', reason: '已经好了' }),
    accept: () => ({ kind: 'accept' }),
    'reveal-phone': () => ({ kind: 'reveal-phone' }),
    contact: () => ({ kind: 'contact', channel: 'visit', note: '下午上门看过' }),
    ask: () => ({ kind: 'ask', words: '是哪一段路？' }),
    return: () => ({
      kind: 'return',
      reason: 'not-our-place',
      note: '',
      sorter: unitFacts(levelAboveOf(report)),
    }),
    transfer: () => ({ kind: 'transfer', to: unitFacts(anotherUnitFor(report)), note: '不在本支部' }),
    'take-over': () => ({ kind: 'take-over', by: unitFacts(otherBranch) }),
    dispatch: () => {
      const partner = report.handlerUnitId === housingBureau.id ? waterBureau : housingBureau
      return {
        kind: 'dispatch',
        unit: unitFacts(partner),
        partnership: partnershipWith(partner),
        note: '请三天内垫平',
      }
    },
    recall: () => ({ kind: 'recall', note: '我们自己来' }),
    progress: () => ({ kind: 'progress', note: '已拉来砂石', photos, isPublic: true }),
    note: () => ({ kind: 'note', note: '留意下雨' }),
    'lay-plan': () => ({
      kind: 'lay-plan',
      text: '硬化二百米',
      doneBy: now + 60 * dayMs,
      budget: '乡村振兴资金三十万元',
    }),
    reclassify: () => ({
      kind: 'reclassify',
      categoryId: report.categoryId === 'rubbish' ? 'street-lamp' : 'rubbish',
      note: '',
    }),
    relocate: () => ({
      kind: 'relocate',
      place: { ...report.place, words: '供销社往西第二条巷子' },
      to: null,
      note: '',
    }),
    'correct-summary': () => ({ kind: 'correct-summary', publicSummary: '后炭市社区 · 供销社旁积水' }),
    check: () => ({ kind: 'check', note: '现场看过' }),
    rework: () => ({ kind: 'rework', note: '还有积水' }),
    resolve: () => ({ kind: 'resolve', note: '自己垫平了', remedy: 'lasting', ...work }),
    'lay-evidence': () => ({ kind: 'lay-evidence', note: '又垫了一层', photos }),
    merge: () => ({ kind: 'merge', parent: aParentOf(report) }),
    decline: () => ({ kind: 'decline', reason: 'private-dispute', note: '请找人民调解' }),
    suspend: () => ({
      kind: 'suspend',
      reason: '等预算',
      plan: '列入明年预算',
      untilAt: now + Math.min(30, daysLeft) * dayMs,
      isSeasonal: false,
    }),
    extend: () => ({
      kind: 'extend',
      reason: '连日下雨',
      resolveDueAt:
        Math.max(now, report.deadlines.resolveDueAt) +
        Math.min(5 * dayMs, report.deadlines.resolveDueAt - report.deadlines.startedAt) / 2,
    }),
    resume: () => ({ kind: 'resume', note: '预算到了' }),
    'ask-look': () => ({ kind: 'ask-look', note: '请到现场看' }),
    'appeal-red-face': () => ({ kind: 'appeal-red-face', reason: '道路属于铁路用地', causeNos: [] }),
    'declare-red-face': () => ({ kind: 'declare-red-face', note: '群众意见最大' }),
    'send-back': () => ({ kind: 'send-back', note: '没有机械' }),
    'claim-fixed': () => ({ kind: 'claim-fixed', note: '垫平了', remedy: 'temporary', ...work }),
    route: () => ({ kind: 'route', to: unitFacts(isConfidential(report) ? banner : branch), note: '' }),
    reassign: () => ({ kind: 'reassign', to: unitFacts(anotherUnitFor(report)), note: '由近的办' }),
    supervise: () => ({ kind: 'supervise', note: '本周办好' }),
    'rule-on': () => ({
      kind: 'rule-on',
      request: report.requests.find((one) => one.kind !== 'look')?.kind ?? 'suspend',
      isGranted: true,
      note: '',
    }),
    look: () => ({ kind: 'look', finding: 'solved', note: '路面平整', photos }),
  }
  return commands[kind]()
}

// ── steps ──

export interface Taking {
  /** Who takes it; absent: the first of everybody to whom it is offered. */
  readonly by?: Person
  /** Absent: a minute after the report last changed. */
  readonly now?: number
}

export const everyAction = reportActions

/** The unit for which it is asked, as it is: with people in it, and no end. */
const whereItGoes = (report: Report, kind: RequestKind): { readonly home?: UnitFacts } => {
  const request = requestOf(report.requests, kind)
  const to = request && units.find((unit) => unit.id === sentTo(request)?.id)
  return to ? { home: unitFacts(to) } : {}
}

/** The first person to whom a step is offered; else the first who may take it at all. */
const doerOf = (kind: ReportAction, report: Report, now: number): Person => {
  const context = { now, law }
  const offered = everybody.find(
    (one) => refusalOf(callerOf(one, report), kind, report, { ...context, actorId: one.name }) === undefined,
  )
  const able = everybody.find((one) => authorise(callerOf(one, report), kind, report).isAllowed)
  return offered ?? able ?? (kind === 'support' ? stranger : secretary)
}

/** What a change has left to do besides what waited already: some of that is done with it. */
export const newWork = (before: Report, after: Report): Report['outbox'] =>
  after.outbox.filter(({ id }) => !before.outbox.some((work) => work.id === id))

/**
 * Somebody takes a step as the product would let them: the report is caught up, the table is asked, the rules
 * decide. The command's id follows from the report, so that a history replayed is the same history.
 */
export const attempt = (
  report: Report,
  step: ReportCommand | ReportAction,
  { by, now = report.changedAt + minuteMs }: Taking = {},
): Result<Report> => {
  const current = catchUp(report, now, law)
  const command = typeof step === 'string' ? aCommand(step, current, now) : step
  const { kind } = command
  const stamp = `${report.id}.${report.rev}.${kind}`
  const origin = { id: `c-${stamp}`, action: `report.${kind}`, digest: `d-${stamp}` }
  if (isSystemAction(kind)) {
    const scene = { now, law, actorId: 'system', seatUnitIds: [], isOneOfOurs: false }
    return takeCommand(current, command, { law, by: { side: 'system' }, scene, command: origin })
  }
  const person = by ?? doerOf(kind, current, now)
  const caller = callerOf(person, current)
  const verdict = authorise(caller, kind, current)
  if (!verdict.isAllowed) return refuse(verdict.why)
  const { membership } = verdict
  return takeCommand(
    current,
    command.kind === 'rule-on' || command.kind === 'agree'
      ? { ...whereItGoes(current, command.request), ...command }
      : (kind === 'support' || kind === 'take-up') && typeof step === 'string'
        ? ({
            ...command,
            ...(kind === 'support' ? { keys: [person.name] } : { key: person.name }),
          } as ReportCommand)
        : command,
    {
      law,
      by: actingSideOf(membership),
      scene: sceneOf(caller, current, { now, law, actorId: person.name }, membership),
      command: origin,
    },
  )
}

/** Takes a step; a refusal fails the test. */
export const take = (report: Report, step: ReportCommand | ReportAction, taking: Taking = {}): Report => {
  const result = attempt(report, step, taking)
  if (!result.ok) {
    const kind = typeof step === 'string' ? step : step.kind
    throw new Error(`${kind} while ${report.status}: ${result.error.code} ${result.error.message}`)
  }
  return result.value
}

/** Several steps, each a minute after the one before. */
export const takeAll = (report: Report, ...kinds: readonly ReportAction[]): Report =>
  kinds.reduce((current, kind) => take(current, kind), report)

/** Why a step is refused; undefined when it is not. */
export const refusalFrom = (
  report: Report,
  step: ReportCommand | ReportAction,
  taking: Taking = {},
): RefusalCode | undefined => {
  const result = attempt(report, step, taking)
  return result.ok ? undefined : result.error.code
}

/** A level's answer to one of the requests. */
export const ruleOn = (
  request: RequestKind,
  isGranted = true,
): Extract<ReportCommand, { kind: 'rule-on' }> => ({ kind: 'rule-on', request, isGranted, note: '' })

/** The report as it is at an instant when nobody does anything. */
export const wait = (report: Report, untilAt: number): Report => catchUp(report, untilAt, law)

/** As it is when the notice of what is on the list is over: everybody may know of it. */
export const madePublic = (report: Report): Report => wait(report, noticeEndOf(report))

const noticeEndOf = (report: Report): number =>
  Math.max(
    ...(activeEpisode(report.redFaces)
      ?.causes.filter(isStanding)
      .map((cause) => cause.publicAt) ?? []),
  )

/** Neighbours say 我也遇到. */
export const supportedBy = (report: Report, ...people: readonly Person[]): Report =>
  people.reduce((current, by) => take(current, { kind: 'support', keys: [by.name] }, { by }), report)

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
      return takeAll(submitted, 'accept', 'dispatch', 'claim-fixed')
    case 'suspended':
      return takeAll(submitted, 'accept', 'suspend', 'rule-on')
    case 'resolved':
      return takeAll(submitted, 'accept', 'contact', 'resolve')
    case 'closed':
      return takeAll(submitted, 'accept', 'contact', 'resolve', 'rate')
    case 'declined':
      return takeAll(submitted, 'decline', 'rule-on')
    case 'merged':
      return take(submitted, 'merge')
    case 'withdrawn':
      return take(submitted, 'withdraw')
  }
}

/** Rated 没解决 on its first resolution: back with the branch, and noted for the list. */
export const ratedUnsolved = (report: Report = reportIn('resolved')): Report =>
  take(report, { kind: 'rate', rating: aVerdict({ solved: 'no' }) }, { by: reporter })

/** On the public list for a 没解决, and a new fix lies before the residents. */
export const fixedAgain = (report: Report = ratedUnsolved()): Report => {
  return take(madePublic(report), 'resolve', { now: noticeEndOf(report) + minuteMs })
}

/** Freezes a value and everything in it, so that whoever changes it in place throws. */
export const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}

/** An entry of the branch that stands on the public list since Monday. */
export const aRedFaceEntry = (id: string, overrides: Partial<RedFaceEntry> = {}): RedFaceEntry => ({
  id,
  reportId: `report-of-${id}`,
  reportRev: 1,
  episodeNo: 1,
  list: 'public',
  isAppealed: false,
  summary: '',
  categoryId: 'lane-repair',
  unitId: branch.id,
  unitName: branch.name,
  unitPath: branch.path,
  causes: [],
  noticedAt: mondayAt,
  publicAt: mondayAt,
  clearedAt: null,
  heldUntilAt: null,
  consent: null,
  supporterCount: 0,
  weight: 1,
  weighedAt: mondayAt,
  ...overrides,
})

import * as fc from 'fast-check'
import { accessTable } from '../../../cloudfunctions/domain/access/authorise'
import {
  defaultWorkingHours,
  type WorkingCalendar,
} from '../../../cloudfunctions/domain/calendar/working-calendar'
import { defaultCategories } from '../../../cloudfunctions/domain/category/category'
import { dayMs, hourMs, minuteMs } from '../../../cloudfunctions/domain/instant'
import { type Rates, rateFactsOf, ratesOf } from '../../../cloudfunctions/domain/rating/rates'
import type { ReportCommand } from '../../../cloudfunctions/domain/report/commands'
import { decide } from '../../../cloudfunctions/domain/report/decide'
import { mayFollow } from '../../../cloudfunctions/domain/report/lifecycle'
import type { Report } from '../../../cloudfunctions/domain/report/report'
import { submitReport } from '../../../cloudfunctions/domain/report/submit'
import { catchUp } from '../../../cloudfunctions/domain/report/tick'
import type { RoutedUnit } from '../../../cloudfunctions/domain/routing/routing'
import { defaultRuleBook } from '../../../cloudfunctions/domain/rules'

const calendar: WorkingCalendar = {
  holidays: new Set(),
  makeUpDays: new Set(),
  hours: defaultWorkingHours,
  horizonOn: '2026-12-31',
  version: 'test',
}
const startedAt = Date.parse('2026-03-02T10:00:00+08:00')
const rules = defaultRuleBook

const township: RoutedUnit = { id: 't', name: '萨拉齐镇', path: ['r', 'l', 'b', 't'], level: 'township' }
const branch: RoutedUnit = {
  id: 'v1',
  name: '后炭市社区党支部',
  path: [...township.path, 'v1'],
  level: 'village',
}
const otherBranch: RoutedUnit = {
  id: 'v2',
  name: '东街社区党支部',
  path: [...township.path, 'v2'],
  level: 'village',
}
const partner = {
  id: 'p',
  name: '住建局',
  areaName: '土默特右旗',
  kind: 'partner',
  level: 'banner',
  parentId: 'b',
  path: ['r', 'l', 'b', 'p'],
} as const
const partnership = { id: 'ps', partnerId: 'p', partnerName: '住建局', unitId: 'v1', since: 0 }

const freshReport = (): Report => {
  const category = defaultCategories.find((one) => one.id === 'rubbish')
  if (!category) throw new Error('no such category')
  return submitReport(
    {
      id: 'report-1',
      pseudonym: '居民 7F3K',
      category,
      text: '巷子里积水',
      photos: [],
      place: { point: { lng: 110.52, lat: 40.56 }, words: '' },
      hasPhone: true,
      isByMember: false,
      decision: {
        policy: 'cell',
        reasons: ['这里属于后炭市社区第三网格'],
        isProvisional: false,
        ruleVersion: rules.version,
        at: startedAt,
      },
      responsible: branch,
      sorter: township,
      isRecurring: false,
      command: { id: 'c0', action: 'report.submit', digest: '' },
    },
    startedAt,
    calendar,
    rules,
  )
}

const act = (report: Report, command: ReportCommand, now: number, actorId = 'someone'): Report => {
  const result = decide(report, command, {
    now,
    rules,
    by: { side: 'staff', unitName: '后炭市社区党支部' },
    actorId,
    command: { id: `c${report.rev}`, action: command.kind, digest: '' },
  })
  return result.ok ? result.value : report
}

const photos = ['photo-1']
const resolved: ReportCommand = {
  kind: 'resolve',
  note: '清理了',
  before: photos,
  after: photos,
  remedy: 'lasting',
}

/** Is there still room in the lifecycle for what was asked for? */
const isGrantable = (report: Report): boolean => {
  switch (report.pendingRequest?.kind) {
    case 'suspend':
      return mayFollow(report.status, 'suspended')
    case 'transfer':
    case 'appeal-decline':
      return mayFollow(report.status, 'routed')
    default:
      return true
  }
}

/** May any member of staff take this step in the report's present status? */
const isOpenToStaff = (command: ReportCommand, report: Report): boolean =>
  command.kind !== 'absorb' &&
  accessTable[command.kind].some((grant) => grant.roles.length > 0 && grant.statuses.includes(report.status))

const staffCommands = (report: Report, now: number): readonly ReportCommand[] =>
  (
    [
      { kind: 'accept' },
      { kind: 'reveal-phone' },
      { kind: 'contact', channel: 'phone', note: '' },
      { kind: 'return', reason: 'not-our-place', note: '', sorter: township },
      { kind: 'transfer', to: otherBranch, note: '' },
      { kind: 'take-over', by: otherBranch },
      { kind: 'route', to: branch, note: '' },
      { kind: 'dispatch', unit: partner, partnership, note: '' },
      { kind: 'send-back', note: '' },
      { kind: 'progress', note: '进展', photos, isPublic: true },
      { kind: 'claim-fixed', note: '', before: photos, after: photos, remedy: 'lasting' },
      { kind: 'check', note: '' },
      { kind: 'rework', note: '' },
      resolved,
      {
        kind: 'merge',
        parent: {
          id: 'older',
          branchId: report.branchId,
          categoryId: report.categoryId,
          submittedAt: startedAt - 1,
          isOpen: true,
        },
      },
      { kind: 'decline', reason: 'not-real', note: '' },
      { kind: 'suspend', reason: '等预算', plan: '明年', untilAt: now + 30 * dayMs },
      { kind: 'extend', reason: '下雨', resolveDueAt: now + 400 * dayMs },
      { kind: 'resume', note: '' },
      ...(report.pendingRequest
        ? (isGrantable(report) ? [true, false] : [false]).map((isGranted) => ({
            kind: 'decide' as const,
            request: report.pendingRequest?.kind ?? 'suspend',
            isGranted,
            note: '',
          }))
        : []),
      { kind: 'verify-red-face', note: '', photos },
      { kind: 'appeal-red-face', reason: '' },
      { kind: 'declare-red-face', note: '' },
    ] satisfies readonly ReportCommand[]
  ).filter((command) => isOpenToStaff(command, report))

const ratesAt = (report: Report, now: number): Rates =>
  ratesOf([rateFactsOf(report)], { from: 0, to: Number.MAX_SAFE_INTEGER }, now, rules)

const theThree = ['response', 'solved', 'satisfaction'] as const

const afterTheContactWasMissed = (): readonly [Report, number] => {
  const report = freshReport()
  return [report, report.deadlines.contactDueAt]
}

/** Solved in the branch's eyes, not in the resident's, whom nobody had called. */
const afterABadRating = (): readonly [Report, number] => {
  let report = act(freshReport(), { kind: 'accept' }, startedAt + minuteMs)
  report = act(report, { kind: 'contact', channel: 'phone', note: '' }, startedAt + 2 * minuteMs)
  report = act(report, resolved, startedAt + hourMs)
  const ratedAt = startedAt + dayMs
  report = act(
    report,
    {
      kind: 'rate',
      rating: { contacted: false, solved: 'no', satisfaction: 'dissatisfied', remark: '' },
    },
    ratedAt,
  )
  return [report, ratedAt]
}

const afterAHalfHeartedRating = (): readonly [Report, number] => {
  let report = act(freshReport(), { kind: 'accept' }, startedAt + minuteMs)
  report = act(report, resolved, startedAt + hourMs)
  const ratedAt = startedAt + dayMs
  report = act(
    report,
    {
      kind: 'rate',
      rating: { contacted: true, solved: 'partly', satisfaction: 'dissatisfied', remark: '' },
    },
    ratedAt,
  )
  return [report, ratedAt]
}

describe('without the resident’s word', () => {
  test.each([
    ['a missed contact', afterTheContactWasMissed],
    ['a bad rating', afterABadRating],
    ['a half-hearted rating', afterAHalfHeartedRating],
  ])('no sequence of staff actions, however long it waits, improves a figure after %s', (_after, begin) => {
    const anySteps = fc.array(
      fc.record({
        choice: fc.nat({ max: 999 }),
        waitMs: fc.oneof(fc.nat({ max: 2 * dayMs }), fc.nat({ max: 60 * dayMs })),
        actorId: fc.constantFrom('secretary', 'partner', 'upper'),
      }),
      { maxLength: 25 },
    )
    fc.assert(
      fc.property(anySteps, (steps) => {
        let [report, now] = begin()
        let before = ratesAt(report, now)
        for (const { choice, waitMs, actorId } of steps) {
          now += waitMs
          report = catchUp(report, now, rules)
          const commands = staffCommands(report, now)
          const command = commands[choice % Math.max(1, commands.length)]
          if (command) report = act(report, command, now, actorId)
          const after = ratesAt(report, now)
          for (const name of theThree) {
            expect(after[name].denominator).toBeGreaterThanOrEqual(before[name].denominator)
            expect(after[name].value ?? -1).toBeLessThanOrEqual(before[name].value ?? -1)
          }
          before = after
        }
      }),
    )
  })

  test('a missed contact stays missed when the report is declined, merged, or closed by silence', () => {
    const [report, now] = afterTheContactWasMissed()
    const declined = act(report, { kind: 'decline', reason: 'not-real', note: '' }, now)
    expect(declined.status).toBe('declined')
    const accepted = act(report, { kind: 'accept' }, now)
    const contacted = act(accepted, { kind: 'contact', channel: 'visit', note: '' }, now)
    expect(contacted.contactedAt).toBe(now)
    const closed = catchUp(act(contacted, resolved, now), now + 8 * dayMs, rules)
    expect(closed.status).toBe('closed')
    for (const after of [declined, closed]) {
      expect(ratesAt(after, now + 8 * dayMs).response).toMatchObject({ numerator: 0, denominator: 1 })
      expect(ratesAt(after, now + 8 * dayMs).solved.denominator).toBe(0)
    }
    expect(ratesAt(declined, now + 8 * dayMs).coverage.denominator).toBe(0)
    expect(ratesAt(closed, now + 8 * dayMs).coverage).toMatchObject({ numerator: 0, denominator: 1 })
  })
})

describe('with the resident’s word', () => {
  test('a contact in time counts until the resident denies it', () => {
    let report = act(freshReport(), { kind: 'accept' }, startedAt + minuteMs)
    report = act(report, { kind: 'contact', channel: 'phone', note: '' }, startedAt + 2 * minuteMs)
    const dueAt = report.deadlines.contactDueAt
    expect(ratesAt(report, dueAt).response.value).toBe(1)
    const [denied, ratedAt] = afterABadRating()
    expect(ratesAt(denied, ratedAt).response.value).toBe(0)
  })

  test('a member’s own report and one taken back in time are left out', () => {
    const [report, now] = afterTheContactWasMissed()
    expect(ratesAt({ ...report, isByMember: true }, now).response.denominator).toBe(0)
    const withdrawn = act(freshReport(), { kind: 'withdraw', reason: '' }, startedAt + minuteMs)
    expect(withdrawn.status).toBe('withdrawn')
    expect(ratesAt(withdrawn, now).response.denominator).toBe(0)
    const withdrawnLate = act(report, { kind: 'withdraw', reason: '' }, now)
    expect(ratesAt(withdrawnLate, now).response.denominator).toBe(1)
  })
})

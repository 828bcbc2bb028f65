import * as fc from 'fast-check'
import {
  defaultWorkingHours,
  type WorkingCalendar,
} from '../../../cloudfunctions/domain/calendar/working-calendar'
import {
  type Allowance,
  type Category,
  type CategoryId,
  categoryIds,
  defaultCategories,
} from '../../../cloudfunctions/domain/category/category'
import {
  type ClockedReport,
  isDueSoon,
  isOverdue,
  publicClocks,
  runningDeadline,
  setDeadlines,
  shiftDeadlines,
  warningInstants,
} from '../../../cloudfunctions/domain/deadline/deadlines'
import { dayMs, hourMs } from '../../../cloudfunctions/domain/instant'
import {
  isOpen,
  type ReportStatus,
  reportStatuses,
  statusKind,
} from '../../../cloudfunctions/domain/report/lifecycle'
import type { Deadlines } from '../../../cloudfunctions/domain/report/report'

/** Spring Festival 2026: nine days off from Sunday 15 to Monday 23 February, the Saturday before is worked. */
const calendar: WorkingCalendar = {
  holidays: new Set([15, 16, 17, 18, 19, 20, 21, 22, 23].map((day) => `2026-02-${day}`)),
  makeUpDays: new Set(['2026-02-14', '2026-02-28']),
  hours: defaultWorkingHours,
  horizonOn: '2026-12-31',
  version: 'test',
}

const at = (text: string): number => Date.parse(`${text}:00+08:00`)
const categoryNamed = (id: CategoryId): Category => {
  const category = defaultCategories.find((one) => one.id === id)
  if (!category) throw new Error(`no category ${id}`)
  return category
}
const deadlinesOf = (id: CategoryId, start: string): Deadlines =>
  setDeadlines(categoryNamed(id), at(start), calendar, 'test-1')

const anyStart = fc.integer({ min: at('2026-01-01T00:00'), max: at('2026-12-01T00:00') })
const anyCategory = fc.constantFrom(...defaultCategories)
const anyAllowance: fc.Arbitrary<Allowance> = fc.record({
  unit: fc.constantFrom('hours', 'days', 'working-hours', 'working-days'),
  count: fc.integer({ min: 1, max: 20 }),
})
const anyOwnCategory = fc
  .record(
    {
      acceptWithin: anyAllowance,
      contactWithin: anyAllowance,
      planWithin: anyAllowance,
      resolveWithin: anyAllowance,
    },
    { requiredKeys: ['acceptWithin', 'contactWithin', 'resolveWithin'] },
  )
  .map((times): Category => ({ ...categoryNamed('ordinary'), ...times }))
const anyStatus = fc.constantFrom(...reportStatuses)

const suspension = { reason: '等预算', untilAt: 0, plan: '明年预算', approvedByUnitName: '萨拉齐镇', at: 0 }
const aReport = (
  status: ReportStatus,
  deadlines: Deadlines,
  contactedAt?: number,
  planLaidAt?: number,
): ClockedReport => ({
  status,
  deadlines,
  ...(contactedAt === undefined ? {} : { contactedAt }),
  ...(planLaidAt === undefined ? {} : { planLaidAt }),
  ...(status === 'suspended' ? { suspension } : {}),
})

describe('setting deadlines', () => {
  test('every category of the catalogue has its deadlines', () => {
    expect(defaultCategories.map((category) => category.id).sort()).toEqual([...categoryIds].sort())
  })

  test('a danger is made safe within six hours, at night as by day', () => {
    expect(deadlinesOf('danger', '2026-02-17T23:00')).toEqual({
      startedAt: at('2026-02-17T23:00'),
      acceptDueAt: at('2026-02-17T23:30'),
      contactDueAt: at('2026-02-18T01:00'),
      resolveDueAt: at('2026-02-18T05:00'),
      ruleVersion: 'test-1',
    })
  })

  test('a lane to be hardened is planned within fifteen days and done within ninety', () => {
    expect(deadlinesOf('lane-hardening', '2026-03-02T10:00')).toEqual({
      startedAt: at('2026-03-02T10:00'),
      acceptDueAt: at('2026-03-03T17:30'),
      contactDueAt: at('2026-03-05T17:30'),
      planDueAt: at('2026-03-17T10:00'),
      resolveDueAt: at('2026-05-31T10:00'),
      ruleVersion: 'test-1',
    })
  })

  test('over a long holiday the resolution waits for the steps before it', () => {
    const deadlines = deadlinesOf('lane-repair', '2026-02-14T17:00')
    expect(deadlines.acceptDueAt).toBe(at('2026-02-24T12:00'))
    expect(deadlines.contactDueAt).toBe(at('2026-02-24T17:30'))
    expect(deadlines.resolveDueAt).toBe(at('2026-02-24T17:30'))
  })

  test('the steps fall due in their order, all after the start, whatever times a banner sets', () => {
    fc.assert(
      fc.property(fc.oneof(anyCategory, anyOwnCategory), anyStart, (category, startedAt) => {
        const deadlines = setDeadlines(category, startedAt, calendar, 'test-1')
        const { acceptDueAt, contactDueAt, planDueAt = contactDueAt, resolveDueAt } = deadlines
        expect(acceptDueAt).toBeGreaterThan(startedAt)
        expect(contactDueAt).toBeGreaterThanOrEqual(acceptDueAt)
        expect(planDueAt).toBeGreaterThanOrEqual(contactDueAt)
        expect(resolveDueAt).toBeGreaterThanOrEqual(planDueAt)
        expect('planDueAt' in deadlines).toBe(category.planWithin !== undefined)
      }),
    )
  })
})

describe('the running deadline', () => {
  const deadlines = deadlinesOf('ordinary', '2026-03-02T10:00')
  const accept = { kind: 'accept', dueAt: deadlines.acceptDueAt }
  const contact = { kind: 'contact', dueAt: deadlines.contactDueAt }
  const resolve = { kind: 'resolve', dueAt: deadlines.resolveDueAt }
  const inWork = reportStatuses.filter((status) => statusKind(status) === 'working' && status !== 'suspended')

  test.each(reportStatuses.filter((status) => statusKind(status) === 'waiting'))(
    'of a report that is %s is the one to accept, for everybody',
    (status) => {
      expect(runningDeadline(aReport(status, deadlines))).toEqual(accept)
      expect(runningDeadline(publicClocks(aReport(status, deadlines)))).toEqual(accept)
    },
  )

  test.each(inWork)('of a report that is %s is to contact, and after that to resolve', (status) => {
    expect(runningDeadline(aReport(status, deadlines))).toEqual(contact)
    expect(runningDeadline(aReport(status, deadlines, 1))).toEqual(resolve)
  })

  test.each(inWork)(
    'K3: of a lane to be hardened that is %s is to lay the plan, until it is laid',
    (status) => {
      const lane = deadlinesOf('lane-hardening', '2026-03-02T10:00')
      const plan = { kind: 'plan', dueAt: lane.planDueAt }
      expect(runningDeadline(aReport(status, lane))).toEqual({ kind: 'contact', dueAt: lane.contactDueAt })
      expect(runningDeadline(aReport(status, lane, 1))).toEqual(plan)
      expect(runningDeadline(publicClocks(aReport(status, lane)))).toEqual(plan)
      expect(runningDeadline(aReport(status, lane, 1, 1))).toEqual({
        kind: 'resolve',
        dueAt: lane.resolveDueAt,
      })
    },
  )

  test('of two that fall due together is the one that must come first', () => {
    const together = { ...deadlines, contactDueAt: 9, planDueAt: 9, resolveDueAt: 9 }
    expect(runningDeadline(aReport('accepted', together))?.kind).toBe('contact')
    expect(runningDeadline(aReport('accepted', together, 1))?.kind).toBe('plan')
    expect(runningDeadline(aReport('accepted', together, 1, 1))?.kind).toBe('resolve')
  })

  test.each(inWork)(
    'that everybody reads of a report that is %s never says that a contact is late',
    (status) => {
      const silent = publicClocks(aReport(status, deadlines))
      expect(runningDeadline(silent)).toEqual(resolve)
      expect(isOverdue(silent, deadlines.resolveDueAt - 1)).toBe(false)
      expect(silent).toMatchObject({ status, deadlines })
    },
  )

  test.each(['suspended', ...reportStatuses.filter((status) => !isOpen(status))] as const)(
    'of a report that is %s does not exist',
    (status) => {
      expect(runningDeadline(aReport(status, deadlines))).toBeNull()
      expect(isOverdue(aReport(status, deadlines), Number.MAX_SAFE_INTEGER)).toBe(false)
      expect(isDueSoon(aReport(status, deadlines), deadlines.resolveDueAt - 1)).toBe(false)
    },
  )

  test('makes a report first due soon, then overdue, never both, and never takes it back', () => {
    fc.assert(
      fc.property(
        anyCategory,
        anyStart,
        anyStatus,
        fc.boolean(),
        fc.array(fc.nat({ max: 100 * dayMs }), { minLength: 2, maxLength: 20 }),
        (category, startedAt, status, isContacted, waits) => {
          const report = aReport(
            status,
            setDeadlines(category, startedAt, calendar, 'test-1'),
            isContacted ? startedAt : undefined,
          )
          const stages = waits
            .sort((a, b) => a - b)
            .map((wait) => {
              const now = startedAt + wait
              expect(isOverdue(report, now) && isDueSoon(report, now)).toBe(false)
              return isOverdue(report, now) ? 2 : isDueSoon(report, now) ? 1 : 0
            })
          expect(stages).toEqual([...stages].sort())
        },
      ),
    )
  })

  test('is late from the very instant it names', () => {
    const report = aReport('routed', deadlines)
    expect(isOverdue(report, deadlines.acceptDueAt - 1)).toBe(false)
    expect(isDueSoon(report, deadlines.acceptDueAt - 1)).toBe(true)
    expect(isOverdue(report, deadlines.acceptDueAt)).toBe(true)
  })
})

describe('warnings', () => {
  test('come 48 and 24 hours before a deadline of several days', () => {
    expect(warningInstants(0, 7 * dayMs)).toEqual([5 * dayMs, 6 * dayMs])
  })

  test('come at half time of a short one', () => {
    expect(warningInstants(0, 6 * hourMs)).toEqual([3 * hourMs])
    expect(warningInstants(0, 3 * dayMs)).toEqual([1.5 * dayMs])
  })

  test('lie between the start and the deadline, in order, and there is always one', () => {
    fc.assert(
      fc.property(anyStart, fc.integer({ min: 1, max: 100 * dayMs }), (startedAt, lengthMs) => {
        const warnings = warningInstants(startedAt, startedAt + lengthMs)
        expect(warnings.length).toBeGreaterThan(0)
        expect(warnings).toEqual([...warnings].sort((a, b) => a - b))
        for (const warning of warnings) {
          expect(warning).toBeGreaterThanOrEqual(startedAt)
          expect(warning).toBeLessThan(startedAt + lengthMs)
        }
      }),
    )
  })

  test('are not given for a deadline that lay in the past from the start', () => {
    expect(warningInstants(1000, 1000)).toEqual([])
    expect(warningInstants(1000, 0)).toEqual([])
  })
})

describe('an approved suspension', () => {
  test('moves the plan and the resolution by its length and leaves the start and the first word alone', () => {
    fc.assert(
      fc.property(anyCategory, anyStart, fc.nat({ max: 90 * dayMs }), (category, startedAt, stoppedMs) => {
        const before = setDeadlines(category, startedAt, calendar, 'test-1')
        const after = shiftDeadlines(before, stoppedMs)
        expect(after).toEqual({
          ...before,
          ...(before.planDueAt === undefined ? {} : { planDueAt: before.planDueAt + stoppedMs }),
          resolveDueAt: before.resolveDueAt + stoppedMs,
        })
      }),
    )
  })

  test('leaves as much time after it as there was before it', () => {
    const deadlines = deadlinesOf('complex', '2026-03-02T10:00')
    const suspendedAt = at('2026-03-10T10:00')
    const resumedAt = at('2026-04-20T10:00')
    const shifted = shiftDeadlines(deadlines, resumedAt - suspendedAt)
    expect(shifted.resolveDueAt - resumedAt).toBe(deadlines.resolveDueAt - suspendedAt)
  })

  test('never makes an overdue report timely again', () => {
    const deadlines = deadlinesOf('ordinary', '2026-03-02T10:00')
    const suspendedAt = deadlines.resolveDueAt + hourMs
    const resumedAt = suspendedAt + 30 * dayMs
    const report = aReport('accepted', shiftDeadlines(deadlines, resumedAt - suspendedAt), suspendedAt)
    expect(isOverdue(report, resumedAt)).toBe(true)
  })
})

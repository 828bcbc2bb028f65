import * as fc from 'fast-check'
import { chineseCalendar } from '../../../../cloudfunctions/contexts/calendar/chinese-calendar'
import {
  addAllowance,
  defaultWorkingHours,
  type WorkingCalendar,
} from '../../../../cloudfunctions/contexts/calendar/rules/working-calendar'
import {
  type Allowance,
  type Category,
  type CategoryId,
  categoryIds,
  defaultCategories,
} from '../../../../cloudfunctions/contexts/category/rules/category'
import {
  type ClockedReport,
  deadlinesAhead,
  isDueSoon,
  isOverdue,
  publicClocks,
  runningDeadline,
  runningDeadlines,
  setDeadlines,
  warningInstants,
} from '../../../../cloudfunctions/contexts/report/rules/deadlines'
import {
  isOpen,
  type ReportStatus,
  reportStatuses,
  statusKind,
} from '../../../../cloudfunctions/contexts/report/rules/lifecycle'
import type {
  Deadlines,
  Report as WholeReport,
} from '../../../../cloudfunctions/contexts/report/rules/report'
import { chinaDateOn, dayMs, hourMs } from '../../../../cloudfunctions/ground/instant'
import { isWorkingDay } from '../../../support/calendar'

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

const suspension = { reason: '等预算', untilAt: 0, plan: '明年预算', approvedBy: { unit: '萨拉齐镇' }, at: 0 }
type ClockedFields = Pick<WholeReport, 'deadlines' | 'stints' | 'plan'>
const aReport = (
  status: ReportStatus,
  deadlines: Deadlines,
  contactedAt?: number,
  planLaidAt?: number,
): Omit<ClockedReport, keyof ClockedFields> & ClockedFields => ({
  status,
  deadlines,
  stints: [
    {
      unit: { id: '150221104004', name: '后炭市社区党支部', path: [] },
      isSorting: status === 'unrouted',
      from: deadlines.startedAt,
      acceptDueAt: deadlines.acceptDueAt,
    },
  ],
  reporterKey: 'resident',
  ...(contactedAt === undefined ? {} : { contactedAt }),
  ...(planLaidAt === undefined
    ? {}
    : { plan: { at: planLaidAt, text: '先做路基', doneBy: planLaidAt, budget: '旗里专项' } }),
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
      calendarHorizonOn: '2026-12-31',
      allowanceMs: at('2026-02-18T05:00') - at('2026-02-17T23:00'),
    })
  })

  test('a lane to be hardened is planned within fifteen days and done within ninety', () => {
    expect(deadlinesOf('lane-hardening', '2026-03-02T10:00')).toEqual({
      startedAt: at('2026-03-02T10:00'),
      acceptDueAt: at('2026-03-03T17:30'),
      contactDueAt: at('2026-03-05T17:30'),
      planDueAt: at('2026-03-17T10:00'),
      // The ninetieth day, 31 May, is a Sunday.
      resolveDueAt: at('2026-06-01T17:30'),
      ruleVersion: 'test-1',
      calendarHorizonOn: '2026-12-31',
      allowanceMs: at('2026-06-01T17:30') - at('2026-03-02T10:00'),
    })
  })

  test('K2: over a long holiday the resolution comes a working day after the first word', () => {
    const deadlines = deadlinesOf('lane-repair', '2026-02-14T17:00')
    expect(deadlines.acceptDueAt).toBe(at('2026-02-24T12:00'))
    expect(deadlines.contactDueAt).toBe(at('2026-02-24T17:30'))
    expect(deadlines.resolveDueAt).toBe(at('2026-02-25T17:30'))
  })

  test('K2: sent on 30 September, nothing is due within National Day, and each step after the one before it', () => {
    const deadlines = setDeadlines(
      categoryNamed('lane-repair'),
      at('2026-09-30T16:00'),
      chineseCalendar(),
      'test-1',
    )
    expect(deadlines.acceptDueAt).toBe(at('2026-10-08T11:00'))
    expect(deadlines.contactDueAt).toBe(at('2026-10-08T17:30'))
    expect(deadlines.resolveDueAt).toBe(at('2026-10-09T17:30'))
  })

  test.each([
    ['rubbish', '2026-03-03T09:00', '2026-03-03T11:00', '2026-03-03T15:30', '2026-03-04T17:30'],
    ['street-lamp', '2026-03-03T09:00', '2026-03-03T15:30', '2026-03-04T17:30', '2026-03-06T17:30'],
    ['lane-repair', '2026-03-03T09:00', '2026-03-03T15:30', '2026-03-04T17:30', '2026-03-10T09:00'],
    ['ordinary', '2026-03-03T09:00', '2026-03-03T15:30', '2026-03-04T17:30', '2026-03-10T09:00'],
    ['complex', '2026-03-03T09:00', '2026-03-03T15:30', '2026-03-04T17:30', '2026-03-18T09:00'],
    ['suggestion', '2026-03-03T09:00', '2026-03-04T17:30', '2026-03-04T17:30', '2026-03-10T17:30'],
    ['utilities', '2026-03-07T23:00', '2026-03-07T23:30', '2026-03-08T01:00', '2026-03-08T23:00'],
    ['public-security', '2026-03-07T23:00', '2026-03-07T23:30', '2026-03-08T01:00', '2026-03-13T17:30'],
  ] as const)(
    'K2: in an ordinary week %s has the times of the table',
    (id, start, accept, contact, resolve) => {
      expect(deadlinesOf(id, start)).toMatchObject({
        acceptDueAt: at(accept),
        contactDueAt: at(contact),
        resolveDueAt: at(resolve),
      })
    },
  )

  test('K2: danger, supply and public security are the urgent kinds', () => {
    expect(defaultCategories.flatMap(({ id, isUrgent }) => (isUrgent ? [id] : [])).sort()).toEqual([
      'danger',
      'public-security',
      'utilities',
    ])
  })

  describe('K2: from any instant of 2024 to 2030, in any category a banner may set', () => {
    const national = chineseCalendar()
    const anyInstant = fc.integer({ min: at('2024-01-01T00:00'), max: at('2030-12-31T23:59') })
    const steps = ['acceptDueAt', 'contactDueAt', 'planDueAt', 'resolveDueAt'] as const
    const allowanceOf = (category: Category) => ({
      acceptDueAt: category.acceptWithin,
      contactDueAt: category.contactWithin,
      planDueAt: category.planWithin,
      resolveDueAt: category.resolveWithin,
    })
    const forAny = (check: (category: Category, startedAt: number, deadlines: Deadlines) => void): void => {
      fc.assert(
        fc.property(fc.oneof(anyCategory, anyOwnCategory), anyInstant, (category, startedAt) => {
          check(category, startedAt, setDeadlines(category, startedAt, national, 'test-1'))
        }),
        { numRuns: 400 },
      )
    }

    test('the steps fall due in their order, all after the start', () => {
      forAny((category, startedAt, deadlines) => {
        const inOrder = steps.flatMap((step) => deadlines[step] ?? [])
        expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b))
        expect(deadlines.acceptDueAt).toBeGreaterThan(startedAt)
        expect('planDueAt' in deadlines).toBe(category.planWithin !== undefined)
      })
    })

    test('no step falls due before its own allowance is used up', () => {
      forAny((category, startedAt, deadlines) => {
        for (const step of steps) {
          const allowance = allowanceOf(category)[step]
          if (!allowance) continue
          expect(deadlines[step]).toBeGreaterThanOrEqual(addAllowance(national, startedAt, allowance))
        }
      })
    })

    test('nothing that is not urgent falls on a day off', () => {
      forAny((category, _startedAt, deadlines) => {
        if (category.isUrgent) return
        for (const step of steps) {
          const dueAt = deadlines[step]
          if (dueAt !== undefined) expect(isWorkingDay(national, chinaDateOn(dueAt))).toBe(true)
        }
      })
    })

    test('what is counted in plain days comes at least a working day after the step before it', () => {
      forAny((category, _startedAt, deadlines) => {
        if (category.isUrgent) return
        const set = steps.filter((step) => deadlines[step] !== undefined)
        for (const [place, step] of set.entries()) {
          const before = set[place - 1]
          const allowance = allowanceOf(category)[step]
          if (!before || allowance?.unit !== 'days') continue
          expect(deadlines[step]).toBeGreaterThanOrEqual(
            addAllowance(national, deadlines[before] ?? 0, { unit: 'working-days', count: 1 }),
          )
        }
      })
    })

    test('what starts later is never due earlier', () => {
      fc.assert(
        fc.property(
          fc.oneof(anyCategory, anyOwnCategory),
          anyInstant,
          fc.nat({ max: 12 * dayMs }),
          (category, startedAt, laterMs) => {
            const sooner = setDeadlines(category, startedAt, national, 'test-1')
            const later = setDeadlines(category, startedAt + laterMs, national, 'test-1')
            for (const step of steps) {
              expect(later[step] ?? 0).toBeGreaterThanOrEqual(sooner[step] ?? 0)
            }
          },
        ),
        { numRuns: 400 },
      )
    })
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
      expect(runningDeadline(aReport(status, deadlines))).toMatchObject(accept)
      expect(runningDeadline(publicClocks(aReport(status, deadlines)))).toMatchObject(accept)
    },
  )

  test.each(inWork)('of a report that is %s is to contact, and after that to resolve', (status) => {
    expect(runningDeadline(aReport(status, deadlines))).toMatchObject(contact)
    expect(runningDeadline(aReport(status, deadlines, 1))).toMatchObject(resolve)
  })

  test.each(['accepted', 'dispatched', 'awaiting-check'] as const)(
    'K3: of a lane to be hardened that is %s is to lay the plan, until it is laid',
    (status) => {
      const lane = deadlinesOf('lane-hardening', '2026-03-02T10:00')
      const plan = { kind: 'plan', dueAt: lane.planDueAt }
      expect(runningDeadline(aReport(status, lane))).toMatchObject({
        kind: 'contact',
        dueAt: lane.contactDueAt,
      })
      expect(runningDeadline(aReport(status, lane, 1))).toMatchObject(plan)
      expect(runningDeadline(publicClocks(aReport(status, lane)))).toMatchObject(plan)
      expect(runningDeadline(aReport(status, lane, 1, 1))).toMatchObject({
        kind: 'resolve',
        dueAt: lane.resolveDueAt,
      })
    },
  )

  test('A1: of a report handed on late is to resolve where that comes before the new unit’s time to accept', () => {
    const report = aReport('routed', deadlines)
    const [stint] = report.stints
    if (!stint) throw new Error('no stint')
    const handedOnAt = deadlines.resolveDueAt - hourMs
    const acceptDueAt = deadlines.resolveDueAt + hourMs
    const late = { ...report, stints: [stint, { ...stint, from: handedOnAt, acceptDueAt }] }
    expect(runningDeadline(late)).toMatchObject(resolve)
    expect(isOverdue(late, deadlines.resolveDueAt)).toBe(true)
  })

  test('A1: of a report with a decline proposed is to resolve', () => {
    const report = aReport('routed', deadlines)
    const stints = report.stints.map((stint) => ({ ...stint, acceptedAt: stint.from }))
    expect(deadlinesAhead({ ...report, stints })).toMatchObject([resolve])
  })

  test.each(inWork)('of a report that is %s and that nobody reported asks for no first word', (status) => {
    const declared = { ...aReport(status, deadlines), reporterKey: null }
    expect(runningDeadline(declared)).toMatchObject(resolve)
    const left = { ...aReport(status, deadlines), reporterLeftAt: 1 }
    expect(runningDeadline(left)).toMatchObject(resolve)
  })

  test('the first word is promised before it can be late', () => {
    const waiting = aReport('routed', deadlines)
    expect(deadlinesAhead(waiting)).toMatchObject([accept, contact, resolve])
    expect(runningDeadlines(waiting)).toMatchObject([accept, resolve])
    expect(deadlinesAhead(publicClocks(waiting))).toMatchObject([accept, resolve])
  })

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
      expect(runningDeadline(silent)).toMatchObject(resolve)
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

  test('K2: of what is not urgent are kept from the night for the morning, or else said the evening before', () => {
    const calm = { isUrgent: false }
    // Half time at 23:00; due at 11:00.
    expect(warningInstants(at('2026-03-03T11:00'), at('2026-03-04T11:00'), calm)).toEqual([
      at('2026-03-04T08:00'),
    ])
    // Half time at 3:00.
    expect(warningInstants(at('2026-03-03T19:00'), at('2026-03-04T11:00'), calm)).toEqual([
      at('2026-03-04T08:00'),
    ])
    // The morning would be too late.
    expect(warningInstants(at('2026-03-03T19:00'), at('2026-03-04T06:00'), calm)).toEqual([
      at('2026-03-03T21:00'),
    ])
    expect(warningInstants(at('2026-03-03T20:00'), at('2026-03-04T08:00'), calm)).toEqual([
      at('2026-03-03T21:00'),
    ])
    // All of it lies in the night.
    expect(warningInstants(at('2026-03-03T22:30'), at('2026-03-04T06:00'), calm)).toEqual([])
    // The hours at which the night begins and ends.
    expect(warningInstants(at('2026-03-01T12:00'), at('2026-03-08T22:00'), calm)).toEqual([
      at('2026-03-07T08:00'),
      at('2026-03-08T08:00'),
    ])
    expect(warningInstants(at('2026-03-01T12:00'), at('2026-03-08T21:59'), calm)).toEqual([
      at('2026-03-06T21:59'),
      at('2026-03-07T21:59'),
    ])
    expect(warningInstants(at('2026-03-01T12:00'), at('2026-03-08T07:00'), calm)).toEqual([
      at('2026-03-06T07:00'),
      at('2026-03-07T07:00'),
    ])
    expect(warningInstants(at('2026-03-01T12:00'), at('2026-03-08T06:59'), calm)).toEqual([
      at('2026-03-06T08:00'),
      at('2026-03-07T08:00'),
    ])
  })

  test('K2: of what is urgent come at night as by day, and so do those of which nothing is said', () => {
    const from = at('2026-03-03T22:30')
    const half = [at('2026-03-04T01:30')]
    expect(warningInstants(from, from + 6 * hourMs, { isUrgent: true })).toEqual(half)
    expect(warningInstants(from, from + 6 * hourMs)).toEqual(half)
  })

  test('K2: a matter is due soon from the warning that was really given', () => {
    const calm = aReport('routed', deadlinesOf('suggestion', '2026-03-03T11:00'))
    const { startedAt, acceptDueAt } = calm.deadlines
    const halfTime = startedAt + Math.floor((acceptDueAt - startedAt) / 2)
    expect(isDueSoon(calm, halfTime)).toBe(true)
    expect(isDueSoon(calm, at('2026-03-04T07:59'), { isUrgent: false })).toBe(false)
    expect(isDueSoon(calm, at('2026-03-04T08:00'), { isUrgent: false })).toBe(true)
  })

  test('K2: of what is not urgent never come at night, each lies between the start and the deadline', () => {
    fc.assert(
      fc.property(anyStart, fc.integer({ min: 1, max: 20 * dayMs }), (startedAt, lengthMs) => {
        const warnings = warningInstants(startedAt, startedAt + lengthMs, { isUrgent: false })
        if (lengthMs >= dayMs) expect(warnings.length).toBeGreaterThan(0)
        expect(warnings).toEqual([...new Set(warnings)].sort((a, b) => a - b))
        for (const warning of warnings) {
          const hour = new Date(warning + 8 * hourMs).getUTCHours()
          expect(hour >= 7 && hour < 22).toBe(true)
          expect(warning).toBeGreaterThanOrEqual(startedAt)
          expect(warning).toBeLessThan(startedAt + lengthMs)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('lie between the start and the deadline, in order, and of the urgent there is always one', () => {
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

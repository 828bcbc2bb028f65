import * as fc from 'fast-check'
import { isOnWorkingDay } from '../../../../cloudfunctions/contexts/calendar/rules/working-calendar'
import { categoryIds } from '../../../../cloudfunctions/contexts/category/rules/category'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import type { RequestKind } from '../../../../cloudfunctions/contexts/report/rules/request'
import { chinaDaysBetween, dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aChild,
  aReport,
  attempt,
  aVerdict,
  bannerClerk,
  calendar,
  clerk,
  coReporter,
  mondayAt,
  regionClerk,
  reporter,
  secretary,
  take,
  takeAll,
  wait,
} from '../../../support/builders'

const granted = (
  report: Report,
  request: RequestKind,
  by = clerk,
  now = report.changedAt + minuteMs,
): Report => take(report, { kind: 'rule-on', request, isGranted: true, note: '' }, { by, now })

const atWork = (categoryId: (typeof categoryIds)[number]): Report =>
  takeAll(aReport({ category: aCategory(categoryId) }), 'accept', 'contact')

const askExtension = (report: Report, resolveDueAt: number): Report =>
  take(report, { kind: 'extend', reason: '等料', resolveDueAt }, { by: secretary })

const askSuspension = (report: Report, untilAt: number, now: number = report.changedAt + minuteMs): Report =>
  take(
    report,
    { kind: 'suspend', untilAt, plan: '等预算', reason: '等预算', isSeasonal: false },
    { by: secretary, now },
  )

/** The kinds of all causes that were not struck, of any stay. */
const unstruckEver = (report: Report): readonly string[] =>
  report.redFaces.flatMap(({ causes }) =>
    causes.flatMap(({ cause, struckAt }) => (struckAt === undefined ? [cause] : [])),
  )

describe('the time that a kind allows', () => {
  test('K7: an extension asked for while more was allowed falls with the kind that allowed it', () => {
    const complex = atWork('complex')
    const asked = askExtension(complex, complex.deadlines.resolveDueAt + 14 * dayMs)
    const rubbish = take(asked, { kind: 'reclassify', categoryId: 'rubbish', note: '' }, { by: secretary })
    expect(rubbish.requests).toEqual([])
    expect(rubbish.timeline.at(-2)).toMatchObject({ kind: 'request-lapsed', facts: { request: 'extend' } })
  })

  test('K7: and with the earlier clock of what is merged in', () => {
    const complex = atWork('complex')
    const asked = askExtension(complex, complex.deadlines.resolveDueAt + 14 * dayMs)
    const { deadlines } = aReport({ category: aCategory('ordinary') })
    const family = take(asked, { kind: 'absorb', child: aChild({ deadlines }) })
    expect(family.requests).toEqual([])
  })

  test('K7: whatever has moved the deadline, no extension is longer than what the kind allows', () => {
    const anyTurn = fc.constantFrom(...categoryIds.filter((id) => !aCategory(id).isAboutBranch))
    fc.assert(
      fc.property(anyTurn, anyTurn, fc.nat({ max: 90 }), (first, then, days) => {
        const report = atWork(first)
        const untilAt = report.deadlines.resolveDueAt + days * dayMs
        const extension = { kind: 'extend', reason: '等料', resolveDueAt: untilAt } as const
        const asked = attempt(report, extension, { by: secretary })
        if (!asked.ok) return
        const turned = attempt(asked.value, { kind: 'reclassify', categoryId: then, note: '' }, { by: clerk })
        if (!turned.ok) return
        const ruling = { kind: 'rule-on', request: 'extend', isGranted: true, note: '' } as const
        if (!attempt(turned.value, ruling, { by: clerk }).ok) return
        const { resolveDueAt, allowanceMs } = turned.value.deadlines
        expect(untilAt - resolveDueAt).toBeLessThanOrEqual(allowanceMs)
      }),
      { numRuns: 60 },
    )
  })

  test('K5: an extension makes no later third longer', () => {
    const plain = atWork('complex')
    const longer = granted(askExtension(plain, plain.deadlines.resolveDueAt + 10 * dayMs), 'extend')
    expect(longer.deadlines.allowanceMs).toBe(plain.deadlines.allowanceMs)
  })

  test('K5: 又坏了 leaves a third of what the kind allows, also where what was merged in had the earlier clock', () => {
    const lane = atWork('lane-hardening')
    const held = granted(askSuspension(lane, lane.changedAt + 60 * dayMs), 'suspend')
    const goesOn = wait(held, mondayAt + 61 * dayMs)
    const repair = aReport({ id: 'r-later', category: aCategory('lane-repair') }, mondayAt + hourMs)
    const family = take(goesOn, { kind: 'absorb', child: aChild({ deadlines: repair.deadlines }) })
    let closed = takeAll(family, 'resolve')
    for (const by of [reporter, coReporter])
      closed = take(closed, { kind: 'rate', rating: aVerdict() }, { by })
    const again = take(
      closed,
      { kind: 'reopen', reason: '又坏了', photos: [] },
      { by: reporter, now: closed.changedAt + 20 * dayMs },
    )
    const leftMs = again.deadlines.resolveDueAt - again.changedAt
    expect(leftMs).toBeGreaterThanOrEqual(Math.ceil(repair.deadlines.allowanceMs / 3))
  })
})

describe('K6: days of an approved suspension', () => {
  test('are counted from when the clock stood still, however late somebody says yes', () => {
    let report = atWork('lane-repair')
    for (let turn = 0; turn < 6; turn += 1) {
      const days = Math.min(90, 180 - report.suspendedDays)
      if (days <= 0) break
      const askedAt = Math.max(report.changedAt + minuteMs, report.deadlines.resolveDueAt - hourMs)
      report = askSuspension(report, askedAt + days * dayMs, askedAt)
      report = granted(report, 'suspend', bannerClerk, askedAt + 14 * dayMs)
      report = wait(report, report.suspension?.untilAt ?? 0)
    }
    const heldDays = report.holds.map(({ from, to = report.changedAt }) => chinaDaysBetween(from, to))
    expect(heldDays.reduce((all, days) => all + days, 0)).toBeLessThanOrEqual(180)
    expect(heldDays.reduce((all, days) => all + days, 0)).toBe(report.suspendedDays)
  })

  test('K8: asked for before the plan was due and granted after it, it counts from when it was asked for', () => {
    const lane = atWork('lane-hardening')
    const planDueAt = lane.deadlines.planDueAt ?? 0
    const asked = askSuspension(lane, planDueAt + 60 * dayMs, planDueAt - hourMs)
    const late = wait(asked, planDueAt + 2 * dayMs)
    expect(unstruckEver(late)).toEqual(['plan-overdue'])
    const held = granted(late, 'suspend', clerk, planDueAt + 3 * dayMs)
    expect(unstruckEver(held)).toEqual([])
    expect(held.holds.at(-1)).toEqual({ from: planDueAt - hourMs })
  })

  test('K8: asked for after the plan was due, it strikes nothing', () => {
    const lane = atWork('lane-hardening')
    const planDueAt = lane.deadlines.planDueAt ?? 0
    const asked = askSuspension(wait(lane, planDueAt), planDueAt + 60 * dayMs, planDueAt + hourMs)
    expect(unstruckEver(granted(asked, 'suspend', clerk, planDueAt + 3 * dayMs))).toEqual(['plan-overdue'])
  })
})

describe('K2: no deadline of what is not urgent falls on a day off', () => {
  test('an extension to a Sunday ends with the work of Monday', () => {
    const report = atWork('ordinary')
    const sundayAt = Date.parse('2026-03-15T03:00:00+08:00')
    const longer = granted(askExtension(report, sundayAt), 'extend')
    expect(isOnWorkingDay(calendar, longer.deadlines.resolveDueAt)).toBe(true)
    expect(longer.deadlines.resolveDueAt).toBeLessThan(sundayAt + 2 * dayMs)
    expect(longer.extensions[0]?.resolveDueAt).toBe(longer.deadlines.resolveDueAt)
  })

  test('nor does what was held and is then of another kind', () => {
    const kinds = categoryIds.filter((id) => !aCategory(id).isUrgent && !aCategory(id).isAboutBranch)
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.constantFrom(...kinds),
        fc.integer({ min: hourMs, max: 20 * dayMs }),
        (first, then, heldMs) => {
          const report = atWork(first)
          const held = granted(askSuspension(report, report.changedAt + 21 * dayMs), 'suspend')
          const goesOn = take(held, 'resume', { now: held.changedAt + heldMs, by: secretary })
          const turned = attempt(goesOn, { kind: 'reclassify', categoryId: then, note: '' }, { by: clerk })
          const { deadlines } = turned.ok ? turned.value : goesOn
          const { planDueAt, resolveDueAt } = deadlines
          for (const dueAt of [planDueAt, resolveDueAt].flatMap((at) => at ?? [])) {
            expect(isOnWorkingDay(calendar, dueAt)).toBe(true)
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('K6: what a suspension may last is asked again when it is granted', () => {
  const merged = (report: Report, suspendedDays: number, now = report.changedAt + minuteMs): Report =>
    take(
      report,
      {
        kind: 'absorb',
        child: aChild({
          deadlines: report.deadlines,
          used: { passCount: 0, suspendedDays, suspendedWinters: [], extensions: [] },
          mergedAt: report.changedAt,
        }),
      },
      { now },
    )

  test('a hundred and eighty days in all, whatever came with another matter while it waited', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 0, max: 180 }),
        fc.boolean(),
        (days, used, isLate) => {
          const working = atWork('lane-hardening')
          const asked = askSuspension(working, working.changedAt + days * dayMs)
          const family = merged(asked, used)
          // Granted after the deadline it counts from when it was asked for.
          const { planDueAt = 0 } = family.deadlines
          const at = isLate && days > 40 ? planDueAt + hourMs : family.changedAt + minuteMs
          const command = { kind: 'rule-on', request: 'suspend', isGranted: true, note: '' } as const
          const result = attempt(family, command, { by: regionClerk, now: at })
          if (used + days > 180) expect(result).toMatchObject({ error: { code: 'suspension-in-all' } })
          else expect(result.ok && result.value.suspendedDays).toBeLessThanOrEqual(180)
          if (used + days > 180) return
          expect(result.ok && result.value.suspendedDays).toBe(used + days)
        },
      ),
    )
  })

  test('refused it stays to be denied', () => {
    const working = atWork('lane-hardening')
    const family = merged(askSuspension(working, working.changedAt + 80 * dayMs), 170)
    const denied = take(
      family,
      { kind: 'rule-on', request: 'suspend', isGranted: false, note: '' },
      { by: clerk },
    )
    expect(denied.requests).toEqual([])
    expect(denied.suspendedDays).toBe(170)
  })
})

import * as fc from 'fast-check'
import { isOnWorkingDay } from '../../../../cloudfunctions/contexts/calendar/rules/working-calendar'
import type { Law } from '../../../../cloudfunctions/contexts/report/rules/change'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { scheduleOf } from '../../../../cloudfunctions/contexts/report/rules/schedule'
import { catchUp } from '../../../../cloudfunctions/contexts/report/tick'
import { lineText, messageText } from '../../../../cloudfunctions/contexts/report/words'
import { chinaMinuteOfDay, dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aReport,
  branch,
  calendar,
  clerk,
  deepFreeze,
  housingBureau,
  law,
  reportIn,
  rules,
  secretary,
  take,
  takeAll,
  township,
  wait,
} from '../../../support/builders'
import { anyOpening, anyTurns, historyOf } from '../../../support/walk'

const eventsOf = (report: Report, ...kinds: readonly string[]) =>
  report.timeline.filter((event) => kinds.includes(event.kind))
const toldUnit = (report: Report, unitId: string, title: string): number =>
  report.outbox.filter(
    (entry) =>
      entry.kind === 'message' &&
      messageText(entry).title === title &&
      typeof entry.to === 'object' &&
      'unitId' in entry.to &&
      entry.to.unitId === unitId,
  ).length

/** A report somewhere in its life, and the hour at which it was last touched. */
const anyMoment = fc
  .tuple(anyOpening, anyTurns(20))
  .map(([opening, turns]) => historyOf(opening, turns)[turns.length - 1]?.moment ?? opening)

const anyGaps = fc.array(
  fc.oneof(fc.nat({ max: hourMs }), fc.nat({ max: 2 * dayMs }), fc.nat({ max: 60 * dayMs })),
  { minLength: 1, maxLength: 12 },
)

describe('the clock', () => {
  test('comes to the same report whether it runs once late, often, twice each time, or out of order', () => {
    fc.assert(
      fc.property(anyMoment, anyGaps, fc.boolean(), ({ report, now }, gaps, isBackward) => {
        let at = now
        const instants = gaps.map((gap) => {
          at += gap
          return at
        })
        const atOnce = wait(deepFreeze(report), at)
        const order = isBackward ? [...instants].reverse() : instants
        expect(order.reduce(wait, report)).toEqual(atOnce)
        expect(instants.reduce((current, instant) => wait(wait(current, instant), instant), report)).toEqual(
          atOnce,
        )
        expect(wait(atOnce, at)).toBe(atOnce)
      }),
      { numRuns: 60 },
    )
  })

  test('has nothing to do before the instant it has put down, and something at that instant', () => {
    fc.assert(
      fc.property(anyMoment, ({ report, now }) => {
        const caughtUp = wait(report, now)
        const { nextClockAt } = caughtUp
        if (nextClockAt === null) {
          expect(wait(caughtUp, now + 1000 * dayMs)).toBe(caughtUp)
          return
        }
        expect(nextClockAt).toBeGreaterThan(now)
        expect(wait(caughtUp, nextClockAt - 1)).toBe(caughtUp)
        expect(wait(caughtUp, nextClockAt).rev).toBeGreaterThan(caughtUp.rev)
      }),
      { numRuns: 60 },
    )
  })

  test('ends: left alone, every report comes to rest', () => {
    fc.assert(
      fc.property(anyMoment, ({ report, now }) => {
        expect(wait(report, now + 1000 * dayMs).nextClockAt).toBeNull()
      }),
      { numRuns: 60 },
    )
  })

  test('never does the same deed twice, and never warns of what has passed', () => {
    fc.assert(
      fc.property(anyMoment, ({ report, now }) => {
        const atRest = wait(report, now + 1000 * dayMs)
        expect(new Set(atRest.clockMarks).size).toBe(atRest.clockMarks.length)
        for (const mark of atRest.clockMarks.filter((one) => one.startsWith('warn:'))) {
          const at = Number(mark.split(':')[2])
          expect(eventsOf(atRest, 'due-soon').some((event) => event.at === at)).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('K10: a new book of rules lengthens nothing that runs: what is due stays due', () => {
    const slower: Law = {
      calendar,
      rules: {
        ...rules,
        version: 'slower',
        categories: rules.categories.map((category) => ({
          ...category,
          acceptWithin: { unit: 'days', count: 300 },
          contactWithin: { unit: 'days', count: 300 },
          resolveWithin: { unit: 'days', count: 300 },
        })),
      },
    }
    fc.assert(
      fc.property(anyMoment, ({ report, now }) => {
        const later = catchUp(report, now + 3 * dayMs, slower)
        const { acceptDueAt, contactDueAt, resolveDueAt, ruleVersion } = report.deadlines
        if (later.resolutions.length > report.resolutions.length || later.status !== report.status) return
        expect(later.deadlines).toMatchObject({ acceptDueAt, contactDueAt, resolveDueAt, ruleVersion })
      }),
      { numRuns: 40 },
    )
  })
})

describe('K2: warnings', () => {
  test('of a deadline of several days come two days and one day before, to the branch and to the handler', () => {
    const report = reportIn('dispatched')
    const { resolveDueAt } = report.deadlines
    const warned = wait(report, resolveDueAt - 1)
    expect(
      eventsOf(warned, 'due-soon')
        .filter((event) => lineText(event).includes('办结'))
        .map((event) => [event.at, lineText(event)]),
    ).toEqual([
      [resolveDueAt - 48 * hourMs, '离办结时限还有48小时'],
      [resolveDueAt - 24 * hourMs, '离办结时限还有24小时'],
    ])
    for (const unitId of [branch.id, housingBureau.id]) expect(toldUnit(warned, unitId, '办结快到期')).toBe(2)
  })

  test('of a short deadline come at half time', () => {
    const report = aReport({ category: aCategory('rubbish') })
    const { acceptDueAt, startedAt } = report.deadlines
    const warned = wait(report, acceptDueAt - 1)
    expect(eventsOf(warned, 'due-soon', 'overdue').map((event) => [event.kind, event.at])).toEqual([
      ['due-soon', startedAt + (acceptDueAt - startedAt) / 2],
    ])
  })

  test('of what is not urgent never come at night', () => {
    fc.assert(
      fc.property(anyMoment, ({ report }) => {
        if (report.categoryId === 'danger') return
        for (const { at, deed } of scheduleOf(report, law)) {
          if (deed.kind !== 'warn') continue
          const hour = chinaMinuteOfDay(at) / 60
          expect(hour).toBeGreaterThanOrEqual(7)
          expect(hour).toBeLessThan(22)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('a time to accept that is counted anew falls on no day off', () => {
    const friday = Date.parse('2026-03-06T16:50:00+08:00')
    const passed = take(aReport(), 'transfer', { by: secretary, now: friday })
    expect(isOnWorkingDay(calendar, passed.deadlines.acceptDueAt)).toBe(true)
    expect(passed.deadlines.acceptDueAt).toBeGreaterThan(friday)
  })
})

describe('a deadline that is missed', () => {
  test('A1: to accept: overdue at that very instant, and noted for the list against whoever had it then', () => {
    const report = aReport()
    const late = wait(report, report.deadlines.acceptDueAt)
    expect(wait(report, report.deadlines.acceptDueAt - 1).redFaces).toEqual([])
    expect(eventsOf(late, 'overdue').map(lineText)).toEqual(['已超过受理时限'])
    expect(late.redFaces).toMatchObject([{ causes: [{ cause: 'accept-overdue', unit: { id: branch.id } }] }])
    expect(late.status).toBe('routed')
  })

  test('C1: for the first word puts nobody on the list, and is told to the units alone', () => {
    const report = reportIn('accepted')
    const late = wait(report, report.deadlines.contactDueAt)
    expect(eventsOf(late, 'overdue').map((event) => [lineText(event), event.visibility])).toEqual([
      ['已超过联系居民时限', 'staff'],
    ])
    expect(late.redFaces).toEqual([])
  })

  test('C1: for the first word is said of nothing that nobody has reported or whose reporter has left', () => {
    const declared = take(aReport({ reporterKey: null }), 'accept')
    const left = take(wait(aReport(), aReport().deadlines.acceptDueAt), 'withdraw')
    for (const report of [declared, take(left, 'accept')]) {
      const late = wait(report, report.deadlines.contactDueAt + dayMs)
      expect(eventsOf(late, 'overdue').filter((event) => lineText(event).includes('联系'))).toEqual([])
    }
  })

  test('is noted whether or not the timer has come round when the step comes', () => {
    const report = aReport()
    const accepted = take(report, 'accept', { now: report.deadlines.acceptDueAt + hourMs })
    expect(accepted.status).toBe('accepted')
    expect(eventsOf(accepted, 'overdue')).toHaveLength(1)
    expect(accepted.redFaces).toMatchObject([{ causes: [{ cause: 'accept-overdue' }] }])
  })
})

describe('silence', () => {
  test('of seven days closes what was resolved', () => {
    const resolved = reportIn('resolved')
    const at = resolved.changedAt + 7 * dayMs
    expect(wait(resolved, at - 1).status).toBe('resolved')
    expect(wait(resolved, at)).toMatchObject({ status: 'closed', closedAt: at })
  })

  test('F5: clears no entry', () => {
    const declared = takeAll(reportIn('accepted'), 'contact', 'declare-red-face', 'resolve')
    const later = wait(declared, declared.changedAt + 100 * dayMs)
    expect(later.status).toBe('closed')
    expect(later.redFaces[0]?.endedAt).toBeUndefined()
  })

  test('never closes what waits for a check: somebody has to look', () => {
    const waiting = reportIn('awaiting-check')
    expect(wait(waiting, waiting.changedAt + 300 * dayMs).status).toBe('awaiting-check')
  })
})

describe('K4: what is urgent', () => {
  const urgent = aReport({ category: aCategory('danger') })
  const { acceptDueAt, startedAt } = urgent.deadlines

  test('reaches the township’s duty desk at the same moment, and either’s accept counts', () => {
    expect(toldUnit(urgent, township.id, '新诉求')).toBe(1)
    const byDesk = take(urgent, 'accept', { by: clerk })
    expect(byDesk).toMatchObject({ status: 'accepted', answerableUnit: { id: branch.id } })
    expect(wait(byDesk, acceptDueAt + hourMs).redFaces).toEqual([])
  })

  test('not accepted at half time is told to the level above', () => {
    const half = startedAt + (acceptDueAt - startedAt) / 2
    expect(toldUnit(wait(urgent, half - 1), township.id, '受理快到期')).toBe(0)
    expect(toldUnit(wait(urgent, half), township.id, '受理快到期')).toBe(1)
    const ordinary = wait(aReport(), aReport().deadlines.acceptDueAt - 1)
    expect(toldUnit(ordinary, township.id, '受理快到期')).toBe(0)
  })

  test('found not urgent one level up: what rested on the urgent clock falls, and the ordinary one runs', () => {
    const late = wait(urgent, urgent.deadlines.resolveDueAt + hourMs)
    expect(late.redFaces[0]?.causes.map((cause) => cause.cause)).toEqual([
      'accept-overdue',
      'resolve-overdue',
    ])
    const found = take(late, { kind: 'reclassify', categoryId: 'ordinary', note: '' }, { by: clerk })
    expect(found.redFaces[0]?.endedAt).toBeDefined()
    expect(found.redFaces[0]?.causes.every((cause) => cause.struckAt !== undefined)).toBe(true)
    const asOrdinary = aReport({ category: aCategory('ordinary') }).deadlines
    expect(found.deadlines.resolveDueAt).toBe(asOrdinary.resolveDueAt)
    expect(found.deadlines.acceptDueAt).toBe(asOrdinary.acceptDueAt)
    const again = wait(found, asOrdinary.resolveDueAt)
    expect(again.redFaces[1]?.causes.map((cause) => cause.cause)).toContain('resolve-overdue')
  })

  test('that it became only now is told to the duty desk now', () => {
    const now = take(aReport(), { kind: 'reclassify', categoryId: 'danger', note: '' }, { by: secretary })
    expect(toldUnit(now, township.id, '类别更正')).toBe(1)
  })
})

describe('K3: the plan of a lane hardening', () => {
  const lane = takeAll(aReport({ category: aCategory('lane-hardening') }), 'accept', 'contact')
  const planDueAt = lane.deadlines.planDueAt ?? 0

  test('has a clock of its own, ended by a plan with a date, a length and where the money comes from', () => {
    expect(planDueAt).toBeGreaterThan(lane.deadlines.contactDueAt)
    expect(planDueAt).toBeLessThan(lane.deadlines.resolveDueAt)
    expect(wait(lane, planDueAt).redFaces).toMatchObject([{ causes: [{ cause: 'plan-overdue' }] }])
    const planned = take(lane, 'lay-plan')
    expect(wait(planned, planDueAt + dayMs).redFaces).toEqual([])
    expect(planned.plan).toMatchObject({ text: '硬化二百米', budget: '乡村振兴资金三十万元' })
  })

  test('F5: that came late leaves the page seven days after it became public, and the ledger keeps it', () => {
    const late = wait(lane, planDueAt)
    const publicAt = late.redFaces[0]?.causes[0]?.publicAt ?? 0
    const planned = take(wait(late, publicAt), 'lay-plan')
    expect(wait(planned, publicAt + 7 * dayMs - 1).redFaces[0]?.endedAt).toBeUndefined()
    const left = wait(planned, publicAt + 7 * dayMs)
    expect(left.redFaces[0]).toMatchObject({ endedAt: publicAt + 7 * dayMs, consent: 'came-late' })
    expect(left.outbox.flatMap((entry) => (entry.kind === 'ledger' ? [entry.entry] : []))).toEqual([
      'opened',
      'published',
      'cleared',
    ])
  })

  test('F5: never leaves while it has not come', () => {
    const late = wait(lane, planDueAt + 60 * dayMs)
    expect(late.redFaces[0]?.endedAt).toBeUndefined()
  })
})

describe('K5: the clock belongs to the problem', () => {
  test('a hand-over, a return and a dispatch move neither the first word nor the resolution', () => {
    const report = aReport()
    const { contactDueAt, resolveDueAt, startedAt } = report.deadlines
    for (const moved of [
      take(report, 'transfer'),
      takeAll(report, 'return', 'route'),
      take(report, 'take-over'),
      takeAll(report, 'accept', 'dispatch', 'recall'),
      take(report, 'reassign'),
    ]) {
      expect(moved.deadlines).toMatchObject({ contactDueAt, resolveDueAt, startedAt })
    }
  })

  test('a new report after a withdrawal keeps the old clock, the unit’s own time to accept apart', () => {
    const first = aReport()
    const refiledAt = first.submittedAt + 5 * dayMs
    const again = aReport({ resumes: { startedAt: first.deadlines.startedAt, heldMs: dayMs } }, refiledAt)
    const fresh = aReport({}, refiledAt)
    expect(again.deadlines.startedAt).toBe(first.deadlines.startedAt + dayMs)
    expect(again.deadlines.resolveDueAt).toBeLessThan(fresh.deadlines.resolveDueAt)
    expect(again.deadlines.acceptDueAt).toBe(fresh.deadlines.acceptDueAt)
  })

  test('没解决 gives back what was left; 又坏了 and an upheld appeal give at least a third', () => {
    const report = takeAll(aReport(), 'accept', 'contact')
    const { resolveDueAt, startedAt } = report.deadlines
    const thirdMs = (resolveDueAt - startedAt) / 3
    const resolvedAt = resolveDueAt - 2 * hourMs
    const resolved = take(report, 'resolve', { now: resolvedAt })

    const unsolved = take(
      resolved,
      { kind: 'rate', rating: { contacted: true, solved: 'no', satisfaction: 'dissatisfied', remark: '' } },
      { now: resolvedAt + 3 * dayMs },
    )
    const leftMs = unsolved.deadlines.resolveDueAt - (resolvedAt + 3 * dayMs)
    expect(leftMs).toBeGreaterThanOrEqual(2 * hourMs)
    expect(leftMs).toBeLessThan(thirdMs)

    const closed = wait(resolved, resolvedAt + 8 * dayMs)
    const brokenAt = resolvedAt + 20 * dayMs
    const broken = take(closed, 'reopen', { now: brokenAt })
    expect(broken.deadlines.resolveDueAt).toBeGreaterThanOrEqual(brokenAt + thirdMs)
    expect(broken.deadlines.startedAt).toBe(startedAt)
  })

  test('reopened a hundred times, a third is no longer than the first time', () => {
    let report = takeAll(aReport(), 'accept', 'contact')
    const longest = report.deadlines.resolveDueAt - report.deadlines.startedAt
    for (let times = 0; times < 12; times += 1) {
      report = take(report, 'resolve', { now: report.changedAt + dayMs })
      report = wait(report, report.changedAt + 8 * dayMs)
      report = take(report, 'reopen', { now: report.changedAt + dayMs })
      expect(report.deadlines.resolveDueAt - report.changedAt).toBeLessThanOrEqual(longest)
    }
  })

  test('A1: what comes back from an appeal is accepted within a time counted from then', () => {
    const declined = reportIn('declined')
    const appealed = take(declined, 'appeal', { now: declined.changedAt + 20 * dayMs })
    const back = take(appealed, 'rule-on')
    expect(back.status).toBe('routed')
    expect(back.deadlines.acceptDueAt).toBe(aReport({}, back.changedAt).deadlines.acceptDueAt)
    expect(back.stints[back.stints.length - 1]?.acceptDueAt).toBe(back.deadlines.acceptDueAt)
    expect(back.closedAt).toBeUndefined()
  })

  test('done states hold it: nothing is overdue for being resolved in time and rated late', () => {
    const report = takeAll(aReport(), 'accept', 'contact')
    const resolved = take(report, 'resolve', { now: report.deadlines.resolveDueAt - minuteMs })
    const later = wait(resolved, report.deadlines.resolveDueAt + 30 * dayMs)
    expect(eventsOf(later, 'overdue')).toEqual([])
  })
})

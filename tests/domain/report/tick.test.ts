import * as fc from 'fast-check'
import { dayMs, hourMs, minuteMs } from '../../../cloudfunctions/domain/instant'
import type { Report } from '../../../cloudfunctions/domain/report/report'
import { catchUp } from '../../../cloudfunctions/domain/report/tick'
import {
  aCategory,
  aRating,
  aReport,
  branch,
  claimFixed,
  deepFreeze,
  housingBureau,
  mondayAt,
  reportIn,
  rules,
  take,
  takeAll,
} from '../../support/builders'
import { anyOpening, anySteps, scenesOf } from '../../support/walk'

const eventsOf = (report: Report, ...kinds: readonly string[]) =>
  report.timeline.filter((event) => kinds.includes(event.kind))

/** A report somewhere in its life, and the hour at which it was last touched. */
const anyScene = fc
  .tuple(anyOpening, anySteps)
  .map(([opening, steps]) => scenesOf(opening, steps)[steps.length] ?? opening)

const anyGaps = fc.array(
  fc.oneof(fc.nat({ max: hourMs }), fc.nat({ max: 2 * dayMs }), fc.nat({ max: 60 * dayMs })),
  { minLength: 1, maxLength: 20 },
)

describe('the clock', () => {
  test('comes to the same end whether it runs once late, often, twice each time, or out of order', () => {
    fc.assert(
      fc.property(anyScene, anyGaps, fc.boolean(), ({ report, now }, gaps, isBackward) => {
        let at = now
        const instants = gaps.map((gap) => {
          at += gap
          return at
        })
        const atOnce = catchUp(deepFreeze(report), at, rules)
        const order = isBackward ? [...instants].reverse() : instants
        const stepByStep = order.reduce((current, instant) => catchUp(current, instant, rules), report)
        const doubled = instants.reduce(
          (current, instant) => catchUp(catchUp(current, instant, rules), instant, rules),
          report,
        )
        expect(stepByStep).toEqual(atOnce)
        expect(doubled).toEqual(atOnce)
        expect(catchUp(atOnce, at, rules)).toBe(atOnce)
      }),
    )
  })

  test('has nothing to do before the instant it has put down, and something at that instant', () => {
    fc.assert(
      fc.property(anyScene, ({ report, now }) => {
        const caughtUp = catchUp(report, now, rules)
        const { nextClockAt } = caughtUp
        if (nextClockAt === null) {
          expect(catchUp(caughtUp, now + 1000 * dayMs, rules)).toBe(caughtUp)
          return
        }
        expect(nextClockAt).toBeGreaterThan(now)
        expect(catchUp(caughtUp, nextClockAt - 1, rules)).toBe(caughtUp)
        expect(catchUp(caughtUp, nextClockAt, rules).rev).toBeGreaterThan(caughtUp.rev)
      }),
    )
  })

  test('ends: left alone, every report comes to rest', () => {
    fc.assert(
      fc.property(anyScene, ({ report, now }) => {
        const atRest = catchUp(report, now + 1000 * dayMs, rules)
        expect(atRest.nextClockAt).toBeNull()
      }),
    )
  })

  test('never does the same deed twice, and never warns of a deadline that has passed', () => {
    fc.assert(
      fc.property(anyScene, ({ report, now }) => {
        const atRest = catchUp(report, now + 1000 * dayMs, rules)
        expect(new Set(atRest.clockMarks).size).toBe(atRest.clockMarks.length)
        for (const mark of atRest.clockMarks.filter((one) => one.startsWith('warn:'))) {
          const at = Number(mark.split(':')[2])
          expect(eventsOf(atRest, 'due-soon').some((event) => event.at === at)).toBe(true)
        }
      }),
    )
  })
})

describe('a deadline', () => {
  test('left alone, the branch is warned at half time, then the report is overdue by itself and noted for the list', () => {
    const report = aReport({ category: aCategory('rubbish') })
    const { acceptDueAt, startedAt } = report.deadlines
    const warned = catchUp(report, acceptDueAt - 1, rules)
    expect(eventsOf(warned, 'due-soon', 'overdue').map((event) => [event.kind, event.at])).toEqual([
      ['due-soon', startedAt + (acceptDueAt - startedAt) / 2],
    ])
    const late = catchUp(report, acceptDueAt, rules)
    expect(eventsOf(late, 'overdue').map((event) => event.text)).toEqual(['已超过受理时限'])
    expect(late.redFaces).toMatchObject([{ state: 'noticed', causes: [{ cause: 'accept-overdue' }] }])
    expect(late.status).toBe('routed')
  })

  test('of several days is warned of two days and one day before, to the branch and to the handler', () => {
    const report = reportIn('dispatched')
    const { resolveDueAt } = report.deadlines
    const warned = catchUp(report, resolveDueAt - 1, rules)
    expect(
      eventsOf(warned, 'due-soon')
        .filter((event) => event.text.includes('办结'))
        .map((event) => [event.at, event.text]),
    ).toEqual([
      [resolveDueAt - 48 * hourMs, '离办结时限还有48小时'],
      [resolveDueAt - 24 * hourMs, '离办结时限还有24小时'],
    ])
    for (const unitId of [branch.id, housingBureau.id]) {
      const told = warned.outbox.filter(
        (entry) =>
          entry.kind === 'message' &&
          entry.title === '临期提醒' &&
          typeof entry.to === 'object' &&
          entry.to.unitId === unitId,
      )
      expect(told).toHaveLength(2)
    }
  })

  test('missed for the first word to the resident is told to the branch and puts nobody on the list', () => {
    const report = reportIn('accepted')
    const late = catchUp(report, report.deadlines.contactDueAt, rules)
    expect(eventsOf(late, 'overdue').map((event) => [event.text, event.visibility])).toEqual([
      ['已超过联系居民时限', 'staff'],
    ])
    expect(late.redFaces).toEqual([])
  })

  test('accepted an hour late is overdue, whether or not the timer has come round', () => {
    const report = aReport()
    const accepted = take(report, 'accept', { now: report.deadlines.acceptDueAt + hourMs })
    expect(accepted.status).toBe('accepted')
    expect(eventsOf(accepted, 'overdue')).toHaveLength(1)
    expect(accepted.redFaces).toMatchObject([{ causes: [{ cause: 'accept-overdue' }] }])
  })

  test('that passed while the result lay before the resident is overdue at once when it is reopened, without a warning', () => {
    const resolved = reportIn('resolved')
    const ratedAt = resolved.deadlines.resolveDueAt + hourMs
    const early = take(reportIn('accepted'), 'resolve', { now: resolved.deadlines.resolveDueAt - 3 * dayMs })
    const reopened = take(
      early,
      { kind: 'rate', rating: aRating({ solved: 'no' }) },
      { now: ratedAt, by: { side: 'resident' } },
    )
    const next = catchUp(reopened, ratedAt + minuteMs, rules)
    const since = eventsOf(next, 'due-soon', 'overdue').filter((event) => event.at >= ratedAt)
    expect(since.map((event) => event.text)).toEqual(['已超过办结时限'])
  })
})

describe('a suspension', () => {
  const suspended = reportIn('suspended')
  const { suspension } = suspended
  if (!suspension) throw new Error('not suspended')

  test('stops every clock but the notice of the list, and ends by itself on its day', () => {
    const before = catchUp(suspended, suspension.untilAt - 1, rules)
    expect(before).toBe(suspended)
    const after = catchUp(suspended, suspension.untilAt, rules)
    expect(after).toMatchObject({ status: 'accepted', suspendedMs: suspension.untilAt - suspension.at })
    expect(after.deadlines.resolveDueAt - suspended.deadlines.resolveDueAt).toBe(after.suspendedMs)
  })

  test('that ends early gives back only the time it took', () => {
    const resumed = take(suspended, 'resume', { now: suspension.at + 3 * dayMs })
    expect(resumed.deadlines.resolveDueAt - suspended.deadlines.resolveDueAt).toBe(3 * dayMs)
    expect(resumed.suspension).toBeUndefined()
  })

  test('moves the plan with the resolution', () => {
    const lane = reportIn('suspended', { category: aCategory('lane-hardening') })
    const planDueAt = lane.deadlines.planDueAt ?? 0
    const resumed = take(lane, 'resume', { now: (lane.suspension?.at ?? 0) + 2 * dayMs })
    expect((resumed.deadlines.planDueAt ?? 0) - planDueAt).toBe(2 * dayMs)
  })
})

describe('silence', () => {
  test('of seven days closes what was resolved', () => {
    const resolved = reportIn('resolved')
    const at = resolved.changedAt + 7 * dayMs
    expect(catchUp(resolved, at - 1, rules).status).toBe('resolved')
    expect(catchUp(resolved, at, rules)).toMatchObject({ status: 'closed', closedAt: at })
  })

  test('does not clear an entry', () => {
    let report = take(reportIn('resolved'), { kind: 'rate', rating: aRating({ solved: 'no' }) })
    report = take(report, 'resolve')
    const later = catchUp(report, report.changedAt + 100 * dayMs, rules)
    expect(later.status).toBe('closed')
    expect(later.redFaces).toMatchObject([{ state: 'public' }])
  })

  test('never closes what waits for a check: the branch has to look', () => {
    const waiting = claimFixed(takeAll(aReport(), 'accept', 'contact', 'dispatch'))
    expect(catchUp(waiting, mondayAt + 300 * dayMs, rules).status).toBe('awaiting-check')
  })
})

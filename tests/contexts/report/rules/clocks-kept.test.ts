import { endOfWorkingDayAfter } from '../../../../cloudfunctions/contexts/calendar/rules/working-calendar'
import type { CategoryId } from '../../../../cloudfunctions/contexts/category/rules/category'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { foundSolvedAt, resumedFrom } from '../../../../cloudfunctions/contexts/report/rules/resumed'
import { dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aReport,
  calendar,
  clerk,
  mondayAt,
  ratedUnsolved,
  reporter,
  ruleOn,
  secretary,
  take,
  takeAll,
  wait,
} from '../../../support/builders'
import { standingIn } from '../../../support/red-face'

const reported = (categoryId: CategoryId, at = mondayAt): Report =>
  aReport({ category: aCategory(categoryId) }, at)
const into = (categoryId: CategoryId) => ({ kind: 'reclassify', categoryId, note: '' }) as const

describe('K9: a kind put right makes nobody late by the correction', () => {
  const accepted = take(reported('ordinary'), 'accept')

  test('A1: to accept there is what the kind gives from the correction on', () => {
    const danger = take(reported('ordinary'), into('danger'), { by: clerk, now: mondayAt + 90 * minuteMs })
    expect(danger.deadlines.acceptDueAt).toBe(mondayAt + 120 * minuteMs)
    expect(danger.stints[0]?.acceptDueAt).toBe(mondayAt + 120 * minuteMs)
    expect(danger.redFaces).toEqual([])
    expect(standingIn(wait(danger, mondayAt + 120 * minuteMs))).toEqual(['accept-overdue'])
  })

  test('what comes after it has half of the time of an urgent kind, and a danger is dealt with fast', () => {
    const now = mondayAt + 2 * dayMs
    const danger = take(take(accepted, 'contact'), into('danger'), { by: secretary, now })
    expect(danger).toMatchObject({ categoryId: 'danger', requests: [], redFaces: [] })
    expect(danger.deadlines.resolveDueAt).toBe(now + 3 * hourMs)
    expect(standingIn(wait(danger, now + 3 * hourMs))).toEqual(['resolve-overdue'])
  })

  test('the first word has half of its time too, and one that was in time stays in time', () => {
    const now = mondayAt + 5 * hourMs
    const called = take(accepted, 'contact', { now: mondayAt + 4 * hourMs })
    for (const report of [accepted, called])
      expect(take(report, into('danger'), { by: secretary, now }).deadlines.contactDueAt).toBe(now + hourMs)
  })

  test('of an ordinary kind there is a working day at least', () => {
    const lane = take(reported('lane-hardening'), 'accept')
    const now = mondayAt + 10 * dayMs
    const repair = take(lane, into('lane-repair'), { by: clerk, now })
    expect(repair.deadlines.resolveDueAt).toBe(endOfWorkingDayAfter(calendar, now, 1))
  })

  test('what starts with it has a working day too: a plan is not late before anybody knew of it', () => {
    const now = mondayAt + 20 * dayMs
    const complex = take(reported('complex', now - 19 * dayMs), 'accept')
    const lane = take(complex, into('lane-hardening'), { by: clerk, now })
    expect(lane.deadlines.planDueAt).toBe(endOfWorkingDayAfter(calendar, now, 1))
  })

  test('nothing is later for it than it was: an hour before the deadline there is an hour', () => {
    const now = accepted.deadlines.resolveDueAt - hourMs
    const danger = take(accepted, into('danger'), { by: secretary, now })
    expect(danger.categoryId).toBe('danger')
    expect(danger.deadlines.resolveDueAt).toBe(accepted.deadlines.resolveDueAt)
  })

  test('K6: while the clock is held it stands where it stopped', () => {
    const held = takeAll(accepted, 'contact', 'suspend', 'rule-on')
    const now = accepted.deadlines.resolveDueAt + dayMs
    const lamp = take(held, into('street-lamp'), { by: clerk, now })
    const [asLamp, asItWas] = [lamp, held].map((report) =>
      take(report, 'resume', { by: secretary, now: now + hourMs }),
    )
    expect(asLamp?.deadlines.resolveDueAt).toBeGreaterThanOrEqual(endOfWorkingDayAfter(calendar, now, 1))
    expect(asLamp?.deadlines.resolveDueAt).toBeLessThan(asItWas?.deadlines.resolveDueAt ?? 0)
  })
})

describe('K9: by the branch alone only where no clock grows longer, whatever has fallen due', () => {
  const rubbish = takeAll(reported('rubbish'), 'accept', 'contact')
  const late = wait(rubbish, rubbish.deadlines.resolveDueAt + hourMs)

  test('once it is late, a longer kind still has longer thirds and extensions: it is asked for', () => {
    const asked = take(late, into('lane-hardening'), { by: secretary })
    expect(asked).toMatchObject({ categoryId: 'rubbish', requests: [{ kind: 'reclassify' }] })
    expect(asked.deadlines).toEqual(late.deadlines)
  })

  test('so it is where the matter would be urgent no more', () => {
    const danger = takeAll(reported('danger'), 'accept', 'contact')
    const overdue = wait(danger, danger.deadlines.resolveDueAt + hourMs)
    const asked = take(overdue, into('ordinary'), { by: secretary })
    expect(asked).toMatchObject({ categoryId: 'danger', requests: [{ kind: 'reclassify' }] })
  })

  test('one that allows less needs nobody’s word, late or not', () => {
    const lane = take(reported('lane-repair'), 'accept')
    for (const report of [lane, wait(lane, lane.deadlines.resolveDueAt + hourMs)])
      expect(take(report, into('rubbish'), { by: secretary }).categoryId).toBe('rubbish')
  })
})

describe('K5: filed anew, no clock is sooner than the earlier matter left it', () => {
  const anew = (report: Report, categoryId: CategoryId, now: number): Report =>
    aReport(
      { id: 'r-anew', category: aCategory(categoryId), resumes: resumedFrom(report, reporter.name, now) },
      now,
    )
  const aWorkingDayFrom = (now: number): number => endOfWorkingDayAfter(calendar, now, 1)

  test('as a shorter kind of the same group it has that kind’s time, not one of before it was sent', () => {
    const now = mondayAt + 20 * dayMs
    const lane = take(take(reported('lane-hardening'), 'accept'), 'withdraw', { by: reporter, now })
    const repair = anew(lane, 'lane-repair', now + hourMs)
    expect(repair.deadlines.resolveDueAt).toBe(reported('lane-repair', now + hourMs).deadlines.resolveDueAt)
    expect(repair.firstAnswer.resolveDueAt).toBe(repair.deadlines.resolveDueAt)
    expect(wait(repair, repair.submittedAt + hourMs).redFaces).toEqual([])
  })

  test('an extension that counts as used has its time, too', () => {
    const lane = takeAll(reported('lane-repair'), 'accept', 'contact')
    const until = lane.deadlines.resolveDueAt + 4 * dayMs
    const asked = take(lane, { kind: 'extend', reason: '等料', resolveDueAt: until }, { by: secretary })
    const longer = take(asked, ruleOn('extend'), { by: clerk })
    const leftAt = lane.deadlines.resolveDueAt + dayMs
    const left = take(longer, 'withdraw', { by: reporter, now: leftAt })
    const again = anew(left, 'lane-repair', leftAt + 2 * dayMs)
    const hadMs = longer.deadlines.resolveDueAt - leftAt
    expect(again.deadlines.resolveDueAt - again.submittedAt).toBeGreaterThanOrEqual(hadMs)
    expect(again.deadlines.resolveDueAt - again.submittedAt).toBeLessThan(hadMs + 3 * dayMs)
    expect(again.extensions).toHaveLength(1)
  })

  test('what the earlier one missed it missed itself: the new one has a working day', () => {
    const lane = takeAll(reported('lane-repair'), 'accept', 'contact')
    const late = wait(lane, lane.deadlines.resolveDueAt + hourMs)
    const left = take(late, 'withdraw', { by: reporter })
    expect(standingIn(left)).toEqual(['resolve-overdue'])
    const now = left.changedAt + dayMs
    const again = anew(left, 'lane-repair', now)
    expect(again.deadlines.resolveDueAt).toBe(aWorkingDayFrom(now))
    expect(again.deadlines.startedAt).toBe(lane.deadlines.startedAt)
  })

  test('of an urgent kind half of its time, to call and to make it safe', () => {
    const danger = takeAll(reported('danger'), 'accept')
    const now = mondayAt + 5 * hourMs
    const again = anew(take(danger, 'withdraw', { by: reporter, now }), 'danger', now + hourMs)
    expect(again.deadlines.contactDueAt).toBe(now + 2 * hourMs)
    expect(again.deadlines.resolveDueAt).toBe(now + 4 * hourMs)
  })

  test('F5: after a look that found it solved there is nothing left to go on with', () => {
    const listed = ratedUnsolved()
    expect(foundSolvedAt(listed)).toBe(Number.NEGATIVE_INFINITY)
    const left = take(listed, 'withdraw', { by: reporter })
    const looked = take(
      left,
      { kind: 'look', finding: 'solved', note: '路面平整', photos: [] },
      { by: clerk },
    )
    expect(looked.status).toBe('withdrawn')
    expect(foundSolvedAt(looked)).toBe(looked.changedAt)
  })
})

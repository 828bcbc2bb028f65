import * as fc from 'fast-check'
import type { CategoryId } from '../../../../cloudfunctions/contexts/category/rules/category'
import { sharedClock } from '../../../../cloudfunctions/contexts/report/rules/family-clock'
import { usedOf } from '../../../../cloudfunctions/contexts/report/rules/family-use'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aChild,
  aReport,
  clerk,
  coReporter,
  mondayAt,
  refusalFrom,
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
const atWork = (categoryId: CategoryId, at = mondayAt): Report =>
  takeAll(reported(categoryId, at), 'accept', 'contact')
const asChild = (report: Report, overrides: Parameters<typeof aChild>[0] = {}) =>
  aChild({ deadlines: report.deadlines, mergedAt: report.changedAt, used: usedOf(report), ...overrides })
const absorb = (parent: Report, child: ReturnType<typeof aChild>, now = child.mergedAt + minuteMs): Report =>
  take(parent, { kind: 'absorb', child }, { now })
const leave = (
  family: Report,
  { id, mergingNo }: ReturnType<typeof aChild>,
  now = family.changedAt + minuteMs,
): Report => take(family, { kind: 'release', childReportId: id, mergingNo }, { now })
const repairNow = (at: number): Report => reported('lane-repair', at)

describe('M2: the family runs on the earliest clock of those that still ran', () => {
  const parent = atWork('lane-repair')
  const late = wait(parent, parent.deadlines.resolveDueAt + hourMs)
  /** Late, cleared since by evidence and consent, and still open. */
  const cleared: Report = { ...late, redFaces: [] }
  const laterAt = mondayAt + 60 * dayMs
  const child = asChild(repairNow(laterAt))
  const family = absorb(cleared, child)

  test('a parent whose time had run out keeps nobody from being late for what came later', () => {
    expect(family.deadlines.resolveDueAt).toBe(child.deadlines.resolveDueAt)
    expect(standingIn(wait(family, child.deadlines.resolveDueAt))).toEqual(['resolve-overdue'])
  })

  test('A2: it counts from when the later one began: whoever had passed the first one on has no part in it', () => {
    expect(family.deadlines).toMatchObject({
      startedAt: parent.deadlines.startedAt,
      restartedAt: child.deadlines.startedAt,
    })
  })

  test('K5, K7: and allows no more than the parent’s own kind', () => {
    const lane = absorb(cleared, asChild(reported('lane-hardening', laterAt)))
    expect(lane.deadlines.allowanceMs).toBe(parent.deadlines.allowanceMs)
  })

  test('where both had run out nothing runs anew', () => {
    const both = absorb(cleared, asChild(reported('lane-repair', mondayAt + dayMs), { mergedAt: laterAt }))
    expect(both.deadlines.resolveDueAt).toBe(parent.deadlines.resolveDueAt)
    expect(standingIn(wait(both, laterAt + 100 * dayMs))).toEqual([])
  })

  test('a plan that the parent had missed is due again by the later one’s clock', () => {
    const lane = atWork('lane-hardening')
    const planLate = wait(lane, (lane.deadlines.planDueAt ?? 0) + hourMs)
    const other = asChild(reported('lane-hardening', planLate.changedAt + hourMs))
    expect(absorb(planLate, other).deadlines.planDueAt).toBe(other.deadlines.planDueAt)
  })

  test('M6: a first word that the parent had missed stays missed', () => {
    const silent = wait(take(reported('lane-repair'), 'accept'), mondayAt + 3 * dayMs)
    const other = asChild(repairNow(mondayAt + 3 * dayMs))
    expect(absorb(silent, other).deadlines.contactDueAt).toBe(silent.deadlines.contactDueAt)
  })
})

describe('M4: a report that leaves takes its clock along', () => {
  const lane = take(reported('lane-hardening'), 'accept')
  const repair = asChild(repairNow(mondayAt + hourMs))
  const family = absorb(lane, repair)

  test('the parent has its own time again, and is not late by the other’s', () => {
    expect(family.deadlines).toMatchObject({
      contactDueAt: repair.deadlines.contactDueAt,
      resolveDueAt: repair.deadlines.resolveDueAt,
    })
    const alone = leave(family, repair)
    expect({ ...alone.deadlines, setAnewAt: undefined }).toEqual(lane.deadlines)
    expect(alone.ownClock).toBeUndefined()
    const then = takeAll(alone, 'contact', 'lay-plan')
    expect(standingIn(wait(then, repair.deadlines.resolveDueAt + dayMs))).toEqual([])
  })

  test('those who stay keep theirs', () => {
    const other = asChild(reported('lane-repair', mondayAt + 3 * dayMs), { id: 'r-other', mergingNo: 4 })
    const both = absorb(family, other)
    expect(both.deadlines.resolveDueAt).toBe(repair.deadlines.resolveDueAt)
    const one = leave(both, repair)
    expect(one.deadlines).toMatchObject({
      resolveDueAt: other.deadlines.resolveDueAt,
      allowanceMs: other.deadlines.allowanceMs,
    })
    expect(leave(one, other).deadlines).toMatchObject({
      planDueAt: lane.deadlines.planDueAt,
      resolveDueAt: lane.deadlines.resolveDueAt,
      allowanceMs: lane.deadlines.allowanceMs,
    })
  })

  test('in whatever order they come and leave, what is left is the parent with those who stayed', () => {
    const kinds = fc.constantFrom<CategoryId>('lane-repair', 'lane-hardening')
    const arrivals = fc.array(fc.record({ kind: kinds, after: fc.nat({ max: 20 }), leaves: fc.boolean() }), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(kinds, arrivals, (kind, all) => {
        const children = all.map(({ kind: one, after, leaves }, place) => ({
          leaves,
          child: asChild(reported(one, mondayAt + after * dayMs), {
            id: `r-${place}`,
            reporterKey: `person-${place}`,
            mergingNo: place + 3,
            mergedAt: mondayAt + 21 * dayMs + place * hourMs,
          }),
        }))
        const parent = atWork(kind)
        const joined = children.reduce((one, { child }) => absorb(one, child), parent)
        const left = children.reduce((one, { child, leaves }) => (leaves ? leave(one, child) : one), joined)
        const stayed = children.reduce(
          (one, { child, leaves }) => (leaves ? one : absorb(one, child)),
          parent,
        )
        expect(sharedClock(left.deadlines)).toEqual(sharedClock(stayed.deadlines))
      }),
      { numRuns: 60 },
    )
  })

  test('K5: what held the family held the parent as long', () => {
    const called = takeAll(family, 'contact')
    const held = takeAll(called, 'suspend', 'rule-on')
    const resumed = take(held, 'resume', { by: secretary, now: held.changedAt + 5 * dayMs })
    const movedMs = leave(resumed, repair).deadlines.resolveDueAt - lane.deadlines.resolveDueAt
    expect(movedMs).toBeGreaterThanOrEqual(5 * dayMs)
    expect(movedMs).toBeLessThan(9 * dayMs)
  })

  test('K7: what was granted to the family is the parent’s too', () => {
    const called = takeAll(family, 'contact')
    const untilAt = called.deadlines.resolveDueAt + dayMs
    const asked = take(called, { kind: 'extend', reason: '等料', resolveDueAt: untilAt }, { by: secretary })
    const alone = leave(take(asked, ruleOn('extend'), { by: clerk }), repair)
    expect(alone.deadlines.resolveDueAt).toBeGreaterThan(lane.deadlines.resolveDueAt)
    expect(alone.extensions).toHaveLength(1)
  })

  test('K9: as another kind the parent’s own clock is of that kind, too', () => {
    const called = takeAll(family, 'contact')
    const asRepair = take(called, { kind: 'reclassify', categoryId: 'lane-repair', note: '' }, { by: clerk })
    expect(leave(asRepair, repair).deadlines.resolveDueAt).toBe(
      reported('lane-repair').deadlines.resolveDueAt,
    )
  })

  test('a first word that has fallen due stays kept or missed', () => {
    const silent = wait(family, family.deadlines.contactDueAt + hourMs)
    expect(leave(silent, repair).deadlines.contactDueAt).toBe(repair.deadlines.contactDueAt)
  })
})

describe('K5, K6, K7: a family has used what the one in it that has used most', () => {
  const longer = (report: Report): Report => {
    const untilAt = report.deadlines.resolveDueAt + 2 * dayMs
    const asked = take(report, { kind: 'extend', reason: '等料', resolveDueAt: untilAt }, { by: secretary })
    return take(asked, ruleOn('extend'), { by: clerk })
  }
  const twice = longer(longer(atWork('lane-repair')))
  const lane = atWork('lane-hardening')
  const worn = asChild({ ...twice, passCount: 2, suspendedDays: 120, suspendedWinters: [2025] })
  const family = absorb(lane, worn)

  test('merged into an older matter no extension is granted anew without every reporter’s word', () => {
    expect(family.extensions).toHaveLength(2)
    const untilAt = family.deadlines.resolveDueAt + dayMs
    const asked = take(family, { kind: 'extend', reason: '等料', resolveDueAt: untilAt }, { by: secretary })
    expect(refusalFrom(asked, ruleOn('extend'), { by: clerk })).toBe('extension-limit')
    const said = take(asked, { kind: 'agree', request: 'extend' }, { by: reporter })
    expect(take(said, { kind: 'agree', request: 'extend' }, { by: coReporter }).extensions).toHaveLength(3)
  })

  test('nor are hand-overs and days of suspension', () => {
    expect(family).toMatchObject({ passCount: 2, suspendedDays: 120, suspendedWinters: [2025] })
  })

  test('the parent’s own use is not added to it', () => {
    const used = absorb({ ...longer(lane), passCount: 1 }, worn)
    expect(used).toMatchObject({ passCount: 2, suspendedDays: 120 })
    expect(used.extensions).toHaveLength(2)
  })

  test('M4: what leaves takes its part along', () => {
    const alone = leave({ ...family, passCount: family.passCount + 1 }, worn)
    expect(alone).toMatchObject({ passCount: 1, suspendedDays: 0, suspendedWinters: [], extensions: [] })
  })
})

import * as fc from 'fast-check'
import { isStanding } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import { isOverdue, runningDeadline } from '../../../../cloudfunctions/contexts/report/rules/deadlines'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import {
  type ClockHold,
  hasHadAThird,
  type Stint,
  unitsThatMissed,
} from '../../../../cloudfunctions/contexts/report/rules/stint'
import { lineText, messageText } from '../../../../cloudfunctions/contexts/report/words'
import { dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aReport,
  aVerdict,
  bannerClerk,
  branch,
  clerk,
  farBranch,
  housingBureau,
  madePublic,
  mondayAt,
  otherBranch,
  otherSecretary,
  refusalFrom,
  reporter,
  reportIn,
  ruleOn,
  secretary,
  squadLeader,
  take,
  takeAll,
  temporaryUnit,
  township,
  unitFacts,
  units,
  wait,
} from '../../../support/builders'
import type { ReportCommand } from '../../../support/commands'
import { causesOf } from '../../../support/red-face'

const unitRef = (id: string) => ({ id, name: id, path: ['top', id] })
const stint = (id: string, from: number, isSorting = false): Stint => ({
  unit: unitRef(id),
  isSorting,
  from,
  acceptDueAt: from,
})
const missedBy = (
  stints: readonly Stint[],
  dueAt: number,
  holds: readonly ClockHold[] = [],
  startedAt = 0,
): readonly string[] => unitsThatMissed(stints, holds, startedAt, dueAt).map((unit) => unit.id)

describe('A2: whose a missed step is', () => {
  test.each<[string, readonly Stint[], readonly string[]]>([
    ['whoever had it alone', [stint('a', 0)], ['a']],
    [
      'a third and then passed on: the one before, and the last for its half',
      [stint('a', 0), stint('b', 30)],
      ['a', 'b'],
    ],
    ['passed on a minute before the deadline: not the last', [stint('a', 0), stint('b', 89)], ['a']],
    ['passed on at 29 %: not the one before', [stint('a', 0), stint('b', 26)], ['b']],
    [
      'two thirds wasted by two who passed it on: both, not the last',
      [stint('a', 0), stint('b', 30), stint('c', 60)],
      ['a', 'b'],
    ],
    [
      'nobody long enough: the longest',
      [stint('a', 0), stint('b', 25), stint('c', 53), stint('d', 80)],
      ['b'],
    ],
    [
      'nobody long enough and two alike: the earlier',
      [stint('a', 0), stint('b', 20), stint('c', 45), stint('d', 70)],
      ['b'],
    ],
    [
      'back again for the last hour excuses nobody',
      [stint('a', 0), stint('b', 36), stint('a', 85)],
      ['a', 'b'],
    ],
    ['two stints of one unit add up', [stint('a', 0), stint('b', 15), stint('a', 35), stint('c', 55)], ['a']],
    ['the sorter’s while it is sorted', [stint('t', 0, true), stint('a', 31)], ['t', 'a']],
    ['what came after the deadline counts not', [stint('a', 0), stint('b', 95)], ['a']],
  ])('%s', (_what, stints, expected) => {
    expect(missedBy(stints, 90)).toEqual(expected)
  })

  test('time that was held is nobody’s', () => {
    expect(missedBy([stint('a', 0), stint('b', 60)], 90, [{ from: 5, to: 55 }])).toEqual(['b'])
    expect(missedBy([stint('a', 0), stint('b', 60)], 90)).toEqual(['a'])
  })

  /** A second reading of the rule, minute by minute. */
  const byTheMinute = (
    stints: readonly Stint[],
    holds: readonly ClockHold[],
    startedAt: number,
    dueAt: number,
  ): readonly string[] => {
    const had = new Map<string, number>()
    const hadWhenPassedOn = new Map<string, number>()
    let allowed = 0
    let holder: string | undefined
    for (let minute = startedAt; minute < dueAt; minute += 1) {
      const now = stints.filter((one) => one.from <= minute)
      const current = now[now.length - 1]?.unit.id
      if (holder !== undefined && current !== holder) hadWhenPassedOn.set(holder, had.get(holder) ?? 0)
      holder = current ?? holder
      const isHeld = holds.some(
        (hold) => hold.from <= minute && minute < (hold.to ?? Number.POSITIVE_INFINITY),
      )
      if (isHeld) continue
      allowed += 1
      if (current !== undefined) had.set(current, (had.get(current) ?? 0) + 1)
    }
    const order = [...new Set(stints.map((one) => one.unit.id))]
    const guilty = order.filter(
      (id) =>
        (hadWhenPassedOn.get(id) ?? 0) * 3 >= Math.max(1, allowed) ||
        (id === holder && (had.get(id) ?? 0) * 2 >= allowed),
    )
    if (guilty.length > 0) return guilty
    const longest = Math.max(...order.map((id) => had.get(id) ?? 0))
    return order.filter((id) => (had.get(id) ?? 0) === longest).slice(0, 1)
  }

  const anySchedule = fc
    .record({
      gaps: fc.array(
        fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), minutes: fc.integer({ min: 1, max: 60 }) }),
        {
          minLength: 1,
          maxLength: 7,
        },
      ),
      holdGaps: fc.array(
        fc.record({ running: fc.integer({ min: 1, max: 40 }), held: fc.integer({ min: 1, max: 40 }) }),
        {
          maxLength: 4,
        },
      ),
      leftOver: fc.integer({ min: 1, max: 60 }),
    })
    .map(({ gaps, holdGaps, leftOver }) => {
      const stints: Stint[] = []
      let at = 0
      for (const { id, minutes } of gaps) {
        stints.push(stint(id, at))
        at += minutes
      }
      const holds: ClockHold[] = []
      let from = 0
      for (const { running, held } of holdGaps) {
        from += running
        holds.push({ from, to: from + held })
        from += held
      }
      return { stints, holds, dueAt: at - (gaps[gaps.length - 1]?.minutes ?? 0) + leftOver }
    })

  test('over any schedule it is what counting minute by minute finds', () => {
    fc.assert(
      fc.property(anySchedule, ({ stints, holds, dueAt }) => {
        const inTime = stints.filter((one) => one.from < dueAt)
        expect([...missedBy(stints, dueAt, holds)].sort()).toEqual(
          [...byTheMinute(inTime, holds, 0, dueAt)].sort(),
        )
      }),
      { numRuns: 3000 },
    )
  })

  test('is never nobody, and only ever somebody who had it', () => {
    fc.assert(
      fc.property(anySchedule, ({ stints, holds, dueAt }) => {
        const guilty = missedBy(stints, dueAt, holds)
        expect(guilty.length).toBeGreaterThan(0)
        expect(new Set(guilty).size).toBe(guilty.length)
        for (const id of guilty) expect(stints.map((one) => one.unit.id)).toContain(id)
      }),
    )
  })

  test('whoever passes it on after a third is told before that it stays theirs', () => {
    expect(hasHadAThird([stint('a', 0)], [], 'a', 0, 90, 29)).toBe(false)
    expect(hasHadAThird([stint('a', 0)], [], 'a', 0, 90, 30)).toBe(true)
    expect(hasHadAThird([stint('a', 0)], [{ from: 0, to: 10 }], 'a', 0, 90, 30)).toBe(false)
    expect(hasHadAThird([stint('a', 0)], [], 'b', 0, 90, 60)).toBe(false)
  })

  test('in a report: transferred a minute before the deadline, it is the branch that had it', () => {
    const report = takeAll(aReport(), 'accept', 'contact')
    const { resolveDueAt } = report.deadlines
    const passed = take(report, 'transfer', { by: secretary, now: resolveDueAt - minuteMs })
    expect(wait(passed, resolveDueAt).redFaces).toMatchObject([
      { causes: [{ cause: 'resolve-overdue', unit: { id: branch.id } }] },
    ])
  })

  test('in a report: the partner who works on it is never named, the branch is', () => {
    const report = takeAll(aReport(), 'accept', 'contact', 'dispatch')
    const late = wait(report, report.deadlines.resolveDueAt)
    expect(late.redFaces[0]?.causes[0]?.unit.id).toBe(branch.id)
    expect(late.handlerUnitId).toBe(housingBureau.id)
  })
})

describe('A1: whoever gets it accepts it, and answers for that', () => {
  test('each in its own time, counted from when it got it', () => {
    const report = aReport()
    const passedAt = report.deadlines.acceptDueAt - minuteMs
    const passed = take(report, 'transfer', { by: secretary, now: passedAt })
    expect(passed.deadlines.acceptDueAt).toBe(aReport({}, passedAt).deadlines.acceptDueAt)
    const late = wait(passed, passed.deadlines.acceptDueAt)
    expect(late.redFaces[0]?.causes.map((cause) => [cause.unit.id])).toEqual([[otherBranch.id]])
  })

  test('a sorter has a time to sort in', () => {
    const late = wait(reportIn('unrouted'), reportIn('unrouted').deadlines.acceptDueAt)
    expect(late.redFaces[0]?.causes[0]?.unit.id).toBe(township.id)
  })

  test('F5: a matter sorted late has been sorted: the sorter’s entry leaves the page like any late step', () => {
    const unsorted = reportIn('unrouted')
    const late = wait(unsorted, unsorted.deadlines.acceptDueAt)
    const sorted = take(late, 'route', { by: clerk })
    expect(sorted.stints.map((one) => one.acceptedAt)).toEqual([sorted.changedAt, undefined])
    expect(sorted.redFaces[0]?.causes[0]?.cameAt).toBe(sorted.changedAt)
  })

  test('a decline proposed in time is in time; denied, the report is accepted', () => {
    const report = aReport()
    const proposed = take(report, 'decline', { now: report.deadlines.acceptDueAt - minuteMs })
    expect(wait(proposed, report.deadlines.acceptDueAt + hourMs).redFaces).toEqual([])
    const denied = take(proposed, ruleOn('decline', false), { by: clerk })
    expect(denied).toMatchObject({ status: 'accepted', decline: { deniedAt: denied.changedAt } })
  })

  test('K8/A1: while a decline waits for its answer, nothing runs but the work: neither page nor queue calls the acceptance late', () => {
    const report = aReport()
    const proposed = take(report, 'decline', { now: report.deadlines.acceptDueAt - minuteMs })
    const later = report.deadlines.acceptDueAt + hourMs
    const pending = wait(proposed, later)
    expect(runningDeadline(pending)).toMatchObject({ kind: 'resolve', dueAt: report.deadlines.resolveDueAt })
    expect(isOverdue(pending, later)).toBe(false)
    expect(pending.dueAt).toBe(report.deadlines.resolveDueAt)
    const denied = take(pending, ruleOn('decline', false), { by: clerk, now: later })
    expect(runningDeadline(denied)?.kind).toBe('contact')
  })

  const late = wait(aReport(), aReport().deadlines.acceptDueAt)
  const standingAndCame = (report: Report): readonly (readonly [string, boolean])[] =>
    causesOf(report)
      .filter(isStanding)
      .map(({ cause, cameAt }) => [cause, cameAt !== undefined])

  test('K8/A1: one proposed late was late all the same, and is no acceptance', () => {
    const proposed = take(late, 'decline')
    expect(standingAndCame(proposed)).toEqual([['accept-overdue', false]])
  })

  test('A1: denied it is accepted, and then the late acceptance has come', () => {
    const denied = take(take(late, 'decline'), ruleOn('decline', false), { by: clerk })
    expect(standingAndCame(denied)).toEqual([['accept-overdue', true]])
  })

  test('F5: while nobody has accepted it, a missed acceptance stays on the page, whatever else is done with it', () => {
    const to = (unit: typeof branch) => ({ kind: 'transfer', to: unitFacts(unit), note: '' }) as const
    const sorted = { kind: 'route', to: unitFacts(otherBranch), note: '' } as const
    const ways: readonly ((report: Report) => Report)[] = [
      (one) => take(one, 'decline'),
      (one) => take(take(one, 'decline'), to(otherBranch), { by: secretary }),
      (one) => take(take(one, to(otherBranch), { by: secretary }), 'decline', { by: otherSecretary }),
      (one) => take(one, to(otherBranch), { by: secretary }),
      (one) => take(take(one, 'return'), sorted, { by: clerk }),
      (one) => take(take(take(one, 'return'), 'decline', { by: clerk }), sorted, { by: clerk }),
      (one) => take(one, { kind: 'reassign', to: unitFacts(otherBranch), note: '就近' }, { by: clerk }),
    ]
    for (const way of ways) {
      const handed = way(madePublic(late))
      expect(standingAndCame(handed)).toContainEqual(['accept-overdue', false])
      const weeksLater = wait(handed, handed.changedAt + 8 * dayMs)
      expect(standingAndCame(weeksLater)).toContainEqual(['accept-overdue', false])
      if (handed.status !== 'routed' || handed.requests.length > 0) continue
      const accepted = take(handed, 'accept', {
        by: handed.answerableUnit.id === branch.id ? secretary : otherSecretary,
      })
      expect(standingAndCame(accepted)).toEqual([['accept-overdue', true]])
    }
  })

  test('F5: whoever sorts too late has done so when it is sorted', () => {
    const unsorted = aReport({ responsible: null })
    const missed = madePublic(wait(unsorted, unsorted.deadlines.acceptDueAt))
    expect(standingAndCame(missed)).toEqual([['accept-overdue', false]])
    const sorted = take(missed, { kind: 'route', to: unitFacts(branch), note: '' }, { by: clerk })
    expect(standingAndCame(sorted)).toEqual([['accept-overdue', true]])
  })

  test('A1: each that has it proposes a decline once; what fell undecided was another’s', () => {
    const handed = take(
      take(aReport(), 'decline'),
      { kind: 'transfer', to: unitFacts(otherBranch), note: '' },
      { by: secretary, now: aReport().changedAt + hourMs },
    )
    expect(refusalFrom(handed, 'decline', { by: otherSecretary })).toBeUndefined()
    const back = take(handed, { kind: 'transfer', to: unitFacts(branch), note: '' }, { by: otherSecretary })
    expect(refusalFrom(back, 'decline', { by: secretary })).toBe('declined-once')
    const proposed = take(handed, 'decline', { by: otherSecretary })
    const denied = take(proposed, ruleOn('decline', false), { by: clerk })
    const elsewhere = take(denied, { kind: 'reassign', to: unitFacts(branch), note: '就近' }, { by: clerk })
    expect(refusalFrom(elsewhere, 'decline', { by: secretary })).toBe('declined-once')
  })

  test('K8/A1: a decline that fell with a merge answers for nothing: taken out again, the matter is to be accepted', () => {
    const merged = take(take(aReport(), 'decline'), 'merge', { by: secretary })
    const back = take(merged, 'unmerge', { by: reporter, now: merged.changedAt + 3 * dayMs })
    expect(back).toMatchObject({ status: 'routed', requests: [] })
    expect(runningDeadline(back)).toMatchObject({
      kind: 'accept',
      dueAt: aReport({}, back.changedAt).deadlines.acceptDueAt,
    })
    expect(wait(back, back.deadlines.acceptDueAt).redFaces[0]?.causes[0]?.cause).toBe('accept-overdue')
  })

  test('a decline of what has still to be sorted, denied, leaves it to be sorted, in a time of its own', () => {
    const proposed = take(reportIn('unrouted'), 'decline', { by: clerk })
    const deniedAt = proposed.changedAt + 5 * dayMs
    const denied = take(proposed, ruleOn('decline', false), { by: bannerClerk, now: deniedAt })
    expect(denied.status).toBe('unrouted')
    expect(denied.deadlines.acceptDueAt).toBe(aReport({}, deniedAt).deadlines.acceptDueAt)
    expect(wait(denied, denied.deadlines.acceptDueAt).redFaces).toMatchObject([
      { causes: [{ cause: 'accept-overdue', unit: { id: township.id } }] },
    ])
  })
})

describe('A3, A4: verdicts and causes stay with the unit they belong to', () => {
  test('A3: a no belongs to the unit that resolved, whoever has the report by then', () => {
    const resolved = reportIn('resolved')
    const unsolved = take(resolved, { kind: 'rate', rating: aVerdict({ solved: 'no' }) }, { by: reporter })
    expect(unsolved.ratings[0]?.unit.id).toBe(branch.id)
    const moved = take(unsolved, 'reassign', { by: clerk })
    expect(moved).toMatchObject({ answerableUnit: { id: otherBranch.id }, isSorting: false })
    expect(moved.redFaces[0]?.causes[0]?.unit.id).toBe(branch.id)
    const again = takeAll(moved, 'accept', 'resolve')
    const twice = take(again, { kind: 'rate', rating: aVerdict({ solved: 'no' }) }, { by: reporter })
    expect(twice.ratings[1]?.unit.id).toBe(otherBranch.id)
    expect(twice.redFaces[0]?.causes.map((cause) => [cause.cause, cause.unit.id])).toEqual([
      ['rated-unsolved', branch.id],
      ['reopened-twice', otherBranch.id],
      ['rated-unsolved', otherBranch.id],
    ])
  })

  test('A4: a cause is not moved by a hand-over, nor doubled by one', () => {
    const late = wait(aReport(), aReport().deadlines.acceptDueAt)
    for (const kind of ['transfer', 'take-over', 'return', 'reassign'] as const) {
      const moved = take(late, kind)
      expect(moved.redFaces[0]?.causes).toEqual(late.redFaces[0]?.causes)
    }
  })
})

describe('A5: hand-overs count together', () => {
  const passedTwice = takeAll(aReport(), 'transfer', 'transfer')

  test('two are free; the third is asked for of the lowest level above both', () => {
    expect(passedTwice.passCount).toBe(2)
    const near = take(passedTwice, 'transfer', { by: secretary })
    expect(near).toMatchObject({ status: 'routed', answerableUnit: { id: branch.id } })
    expect(near.requests).toMatchObject([{ kind: 'pass-on', rulingUnitId: township.id }])
    const far: ReportCommand = { kind: 'transfer', to: unitFacts(farBranch), note: '' }
    expect(take(passedTwice, far, { by: secretary }).requests).toMatchObject([
      { rulingUnitId: units.find((unit) => unit.id === '150221')?.id },
    ])
  })

  test('returns and take-overs count with them', () => {
    const mixed = takeAll(aReport(), 'return', 'route', 'transfer')
    expect(mixed.passCount).toBe(2)
    const asked = take(mixed, 'return')
    expect(asked.requests.map((request) => request.kind)).toEqual(['pass-on'])
  })

  test('what people hand over is no guess of the map any more', () => {
    expect(aReport().routing.isProvisional).toBe(true)
    for (const step of ['transfer', 'return'] as const)
      expect(take(aReport(), step).routing.isProvisional).toBe(false)
    expect(take(aReport(), 'take-over', { by: otherSecretary }).routing.isProvisional).toBe(false)
  })

  test('what is returned lies in the area of the unit that sorts it, not of the branch that returned it', () => {
    expect(take(aReport(), 'return')).toMatchObject({ status: 'unrouted', unitPath: township.path })
  })

  test('that level decides who keeps it: the one who asked, the one asked for, or a third', () => {
    const asked = take(passedTwice, 'transfer', { by: secretary })
    expect(take(asked, ruleOn('pass-on', false), { by: clerk })).toMatchObject({
      answerableUnit: { id: branch.id },
      isSorting: false,
    })
    expect(take(asked, ruleOn('pass-on'), { by: clerk })).toMatchObject({
      answerableUnit: { id: otherBranch.id },
      isSorting: false,
    })
    const third = { ...ruleOn('pass-on'), home: unitFacts(farBranch) }
    expect(take(asked, third, { by: clerk })).toMatchObject({
      answerableUnit: { id: farBranch.id },
      isSorting: false,
    })
    const empty = { ...ruleOn('pass-on'), home: unitFacts(farBranch, { memberCount: 0 }) }
    expect(refusalFrom(asked, empty, { by: clerk })).toBe('unit-without-members')
  })

  test('the level that names whoever has it has denied it: no time to accept begins anew', () => {
    const asked = take(passedTwice, 'transfer', { by: secretary })
    const kept = take(asked, { ...ruleOn('pass-on'), home: unitFacts(branch) }, { by: clerk })
    expect(kept.stints).toEqual(asked.stints)
    expect(kept.timeline.map((event) => event.kind)).toContain('request-denied')
  })

  test.each<[string, Parameters<typeof unitFacts>[1], string]>([
    ['whose last member has left', { memberCount: 0 }, 'unit-without-members'],
    ['that ends', { endsAt: mondayAt + dayMs }, 'unit-ends-soon'],
  ])('L2: asked for earlier, it is given to no unit %s since', (_since, now, refusal) => {
    const asked = take(passedTwice, 'transfer', { by: secretary })
    const granted = { ...ruleOn('pass-on'), home: unitFacts(otherBranch, now) }
    expect(refusalFrom(asked, granted, { by: clerk })).toBe(refusal)
    const command: ReportCommand = {
      kind: 'relocate',
      place: aReport().place,
      to: unitFacts(farBranch),
      note: '',
    }
    const elsewhere = take(aReport(), command, { by: secretary })
    const gone = unitFacts(farBranch, now)
    expect(refusalFrom(elsewhere, { ...ruleOn('relocate'), home: gone }, { by: bannerClerk })).toBe(refusal)
    // K8: the word of every reporter leads nowhere then, and who asked is told.
    const agreed = take(elsewhere, { kind: 'agree', request: 'relocate', home: gone }, { by: reporter })
    expect(agreed).toMatchObject({ answerableUnit: { id: branch.id }, requests: [] })
    expect(agreed.timeline.map((event) => event.kind)).toContain('request-lapsed')
  })

  test('whoever accepts it meanwhile keeps it', () => {
    const asked = take(passedTwice, 'return', { by: secretary })
    const accepted = take(asked, 'accept', { by: secretary })
    expect(accepted.requests).toEqual([])
  })

  test('a take-over resets no clock of the problem and ends with acceptance', () => {
    const taken = take(aReport(), 'take-over', { by: otherSecretary })
    expect(taken).toMatchObject({ answerableUnit: { id: otherBranch.id }, status: 'routed' })
    expect(taken.deadlines.resolveDueAt).toBe(aReport().deadlines.resolveDueAt)
    expect(refusalFrom(take(aReport(), 'accept'), 'take-over', { by: otherSecretary })).toBe('wrong-status')
  })
})

describe('A6: levels above', () => {
  test.each(['routed', 'accepted', 'dispatched', 'awaiting-check', 'suspended'] as const)(
    'move a matter that is %s, whoever is gone; the reason is public, deadlines are kept',
    (status) => {
      const report = reportIn(status)
      const command: ReportCommand = { kind: 'reassign', to: unitFacts(otherBranch), note: '该单位已无人' }
      const moved = take(report, command, { by: bannerClerk })
      expect(moved).toMatchObject({
        status: 'routed',
        answerableUnit: { id: otherBranch.id },
        handlerUnitId: null,
      })
      const line = moved.timeline.find((event) => event.kind === 'reassigned')
      expect(line).toMatchObject({ visibility: 'public' })
      expect(line && lineText(line)).toContain('该单位已无人')
      if (status !== 'suspended') expect(moved.deadlines.resolveDueAt).toBe(report.deadlines.resolveDueAt)
    },
  )

  test('a branch takes its work back from a partner that is gone', () => {
    expect(take(reportIn('dispatched'), 'recall')).toMatchObject({ status: 'accepted', handlerUnitId: null })
    expect(take(reportIn('awaiting-check'), 'recall')).toMatchObject({
      status: 'accepted',
      handlerUnitId: null,
    })
  })

  test.each(['routed', 'accepted', 'dispatched', 'suspended'] as const)(
    'a temporary unit’s matter that is %s goes home on its last day, with a note',
    (status) => {
      const routedToSquad = take(reportIn('routed'), {
        kind: 'reassign',
        to: unitFacts(temporaryUnit),
        note: '',
      })
      const there: Report =
        status === 'routed'
          ? routedToSquad
          : status === 'accepted'
            ? take(routedToSquad, 'accept', { by: squadLeader })
            : status === 'dispatched'
              ? takeAll(routedToSquad, 'accept', 'dispatch')
              : takeAll(routedToSquad, 'accept', 'suspend', 'rule-on')
      expect(there.status).toBe(status)
      const gone = { unit: temporaryUnit.name, handsTo: branch.name }
      const home = take(there, { kind: 'go-home', to: unitFacts(branch), gone })
      expect(home).toMatchObject({ status: 'routed', answerableUnit: { id: branch.id }, handlerUnitId: null })
      const note = home.timeline[home.timeline.length - 1]
      expect(note).toMatchObject({ kind: 'noted', visibility: 'staff' })
      expect(note && lineText(note)).toBe(`${temporaryUnit.name}已撤，还没办完的事交给${branch.name}`)
      expect(home.holds.every((hold) => hold.to !== undefined)).toBe(true)
    },
  )
})

describe('L1, L2: where a matter may go', () => {
  const closed = wait(reportIn('resolved'), reportIn('resolved').changedAt + 8 * dayMs)

  test('L1: what comes back to a unit that has ended goes to its successor, to be accepted there', () => {
    const command: ReportCommand = { kind: 'reopen', reason: '', photos: [], home: unitFacts(otherBranch) }
    const back = take(closed, command, { by: reporter })
    expect(back).toMatchObject({ status: 'routed', answerableUnit: { id: otherBranch.id } })
    expect(back.deadlines.acceptDueAt).toBe(aReport({}, back.changedAt).deadlines.acceptDueAt)
    const rated = take(
      reportIn('resolved'),
      { kind: 'rate', rating: aVerdict({ solved: 'no' }), home: unitFacts(otherBranch) },
      { by: reporter },
    )
    expect(rated).toMatchObject({ status: 'routed', answerableUnit: { id: otherBranch.id } })
    expect(rated.ratings[0]?.unit.id).toBe(branch.id)
  })

  test('L1: and with an unmerge, and with an upheld appeal', () => {
    const unmerged = take(
      reportIn('merged'),
      { kind: 'unmerge', family: { causes: [], home: unitFacts(otherBranch) } },
      { by: reporter },
    )
    expect(unmerged).toMatchObject({ status: 'routed', answerableUnit: { id: otherBranch.id } })
    const appealed = take(reportIn('declined'), 'appeal', { by: reporter })
    const upheld = { ...ruleOn('appeal-decline'), home: unitFacts(otherBranch) }
    expect(take(appealed, upheld, { by: bannerClerk })).toMatchObject({
      status: 'routed',
      answerableUnit: { id: otherBranch.id },
    })
  })

  test('L1: while the unit is there, it comes back to it', () => {
    expect(take(closed, 'reopen', { by: reporter })).toMatchObject({
      status: 'accepted',
      answerableUnit: { id: branch.id },
    })
  })

  test.each(['transfer', 'route', 'reassign', 'take-over', 'dispatch', 'return'] as const)(
    'L2: %s hands nothing to a unit without members, or to one that ends before the deadline',
    (kind) => {
      const report =
        kind === 'route'
          ? reportIn('unrouted')
          : kind === 'dispatch'
            ? reportIn('accepted')
            : reportIn('routed')
      const unit = { route: branch, dispatch: housingBureau, return: township }[kind as string] ?? otherBranch
      const command = (overrides: Parameters<typeof unitFacts>[1]): ReportCommand => {
        const facts = unitFacts(unit, overrides)
        switch (kind) {
          case 'transfer':
          case 'route':
          case 'reassign':
            return { kind, to: facts, note: '' }
          case 'take-over':
            return { kind, by: facts }
          case 'return':
            return { kind, reason: 'not-our-place', note: '', sorter: facts }
          case 'dispatch':
            return {
              kind,
              unit: facts,
              note: '',
              partnership: {
                id: 'p',
                partnerId: facts.id,
                partnerName: facts.name,
                unitId: township.id,
                since: 0,
              },
            }
        }
      }
      expect(refusalFrom(report, command({}))).toBeUndefined()
      expect(refusalFrom(report, command({ memberCount: 0 }))).toBe('unit-without-members')
      const { resolveDueAt } = report.deadlines
      expect(refusalFrom(report, command({ endsAt: resolveDueAt }))).toBe('unit-ends-soon')
      expect(refusalFrom(report, command({ endsAt: resolveDueAt + dayMs }))).toBeUndefined()
    },
  )

  test('L2: nor is what is late already handed to a unit that ends tomorrow', () => {
    const late = wait(aReport(), aReport().deadlines.resolveDueAt + 10 * dayMs)
    const command: ReportCommand = {
      kind: 'transfer',
      to: unitFacts(otherBranch, { endsAt: late.deadlines.resolveDueAt + 10 * dayMs + hourMs }),
      note: '',
    }
    expect(refusalFrom(late, command, { by: secretary, now: late.deadlines.resolveDueAt + 10 * dayMs })).toBe(
      'unit-ends-soon',
    )
  })
})

test('A2: a unit that passed the report on too late is told when its delay goes on the list, before and when it is public', () => {
  const accepted = reportIn('accepted')
  const { resolveDueAt } = accepted.deadlines
  const half = accepted.changedAt + (resolveDueAt - accepted.changedAt) / 2
  const passedOn = take(
    accepted,
    { kind: 'transfer', to: unitFacts(otherBranch), note: '' },
    { by: secretary, now: half },
  )
  const late = wait(take(passedOn, 'accept', { by: otherSecretary }), resolveDueAt + 7 * dayMs)
  const toldOf = (title: string): readonly unknown[] =>
    late.outbox.flatMap((entry) =>
      entry.kind === 'message' &&
      messageText(entry).title === title &&
      typeof entry.to === 'object' &&
      'unitId' in entry.to
        ? [entry.to.unitId]
        : [],
    )
  const causes = late.redFaces.flatMap((one) => one.causes).filter((one) => one.cause === 'resolve-overdue')
  expect(causes.map((cause) => [cause.unit.id])).toEqual([[branch.id]])
  expect(toldOf('红脸预告')).toContain(branch.id)
  expect(toldOf('红脸上榜')).toContain(branch.id)
})

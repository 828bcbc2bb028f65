import { entriesOf } from '../../../../cloudfunctions/contexts/red-face/rules/entries'
import { activeEpisode } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { viewOf } from '../../../../cloudfunctions/contexts/report/rules/standing'
import { messageText } from '../../../../cloudfunctions/contexts/report/words'
import { dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aChild,
  aComplaint,
  aMembership,
  aParentOf,
  aReport,
  bannerClerk,
  branch,
  callerOf,
  clerk,
  coReporter,
  farBranch,
  fixedAgain,
  gridWorker,
  housingWorker,
  madePublic,
  newWork,
  otherBranch,
  otherSecretary,
  type Person,
  ratedUnsolved,
  refusalFrom,
  reporter,
  reportIn,
  ruleOn,
  secretary,
  squadLeader,
  supportedBy,
  supporter,
  take,
  takeAll,
  temporaryUnit,
  township,
  unitFacts,
  wait,
} from '../../../support/builders'
import type { ReportCommand } from '../../../support/commands'
import { causesOf, isListed, noticeEnd, rate } from '../../../support/red-face'
import { offeredTo } from '../../../support/seen'

const blamed = (report: Report): readonly (readonly string[])[] =>
  causesOf(report).map((cause) => [cause.unit.id])
const late = wait(aReport(), aReport().deadlines.acceptDueAt)

/** Ways that were found to cheat the rules, and that stay closed. */
describe('found on paper', () => {
  test('an accomplice who reported first cannot clear what a resident joined: the yes is shown to them first', () => {
    const accomplice = supportedBy(takeAll(aReport(), 'accept', 'contact', 'declare-red-face'), supporter)
    const yes = rate(take(accomplice, 'resolve'), reporter, 'yes')
    expect(isListed(yes)).toBe(true)
    const no: ReportCommand = { kind: 'answer-red-face', isGone: false, photo: 'photo-x', note: '' }
    const objected = take(yes, no, { by: supporter })
    expect(isListed(wait(objected, objected.changedAt + 400 * dayMs))).toBe(true)
  })

  test('an accomplice merged into the resident’s report clears nothing without them, and neither by withdrawing', () => {
    const family = take(takeAll(aReport(), 'accept', 'contact', 'declare-red-face'), {
      kind: 'absorb',
      child: aChild(),
    })
    const yes = rate(take(family, 'resolve'), coReporter, 'yes')
    expect(isListed(wait(yes, yes.changedAt + 400 * dayMs))).toBe(true)
    const first = take(wait(family, family.changedAt + dayMs), 'withdraw', { by: reporter })
    expect(first).toMatchObject({ reporterKey: coReporter.name, status: 'accepted' })
    expect(isListed(first)).toBe(true)
  })

  test('an appeal is no curtain: three working days, and only over what is not public yet', () => {
    const hidden = take(late, 'appeal-red-face', { by: secretary })
    const week = wait(hidden, hidden.changedAt + 8 * dayMs)
    expect(entriesOf(week.redFaces)).toMatchObject([{ list: 'public' }])
    const shown = take(wait(late, noticeEnd(late)), 'appeal-red-face', { by: secretary })
    expect(entriesOf(shown.redFaces)).toMatchObject([{ list: 'public' }])
  })

  test('another kind or place a minute before the deadline leaves neither clock nor blame behind', () => {
    const report = takeAll(aReport(), 'accept', 'contact')
    const now = report.deadlines.resolveDueAt - minuteMs
    const longer: ReportCommand = { kind: 'reclassify', categoryId: 'complex', note: '' }
    const asked = take(report, longer, { by: secretary, now })
    expect(asked.deadlines).toEqual(report.deadlines)
    expect(
      refusalFrom(
        report,
        { kind: 'reclassify', categoryId: 'about-branch', note: '' },
        { by: secretary, now },
      ),
    ).toBe('complaint-stays')
    const moved = take(
      take(
        report,
        { kind: 'relocate', place: report.place, to: unitFacts(farBranch), note: '' },
        { by: secretary, now },
      ),
      ruleOn('relocate'),
      { by: bannerClerk, now: now + 1 },
    )
    expect(blamed(wait(moved, report.deadlines.resolveDueAt))).toContainEqual([branch.id])
  })

  test('a decline is not the branch’s alone, not twice, and not a way off the list for those who appeal', () => {
    const proposed = take(late, 'decline', { by: secretary })
    expect(proposed.status).toBe('routed')
    expect(refusalFrom(proposed, ruleOn('decline'), { by: secretary })).toBe('not-allowed')
    const upheld = take(
      take(take(proposed, ruleOn('decline'), { by: clerk }), 'appeal', { by: reporter }),
      ruleOn('appeal-decline'),
      { by: bannerClerk },
    )
    expect(upheld.status).toBe('routed')
    expect(refusalFrom(upheld, 'decline', { by: secretary })).toBe('declined-once')
    expect(isListed(upheld)).toBe(true)
  })

  test('two seats: the appeal against the branch, the look at its work, the move of its matter are others’', () => {
    const twoSeats: Person = { name: 'x', memberships: [...clerk.memberships, ...secretary.memberships] }
    const appealed = take(reportIn('declined'), 'appeal', { by: reporter })
    expect(refusalFrom(appealed, ruleOn('appeal-decline'), { by: twoSeats })).toBe('not-allowed')
    const listed = supportedBy(takeAll(aReport(), 'accept', 'contact', 'declare-red-face'), supporter)
    const objected = take(
      madePublic(take(listed, 'resolve')),
      { kind: 'answer-red-face', isGone: false, photo: 'photo-x', note: '' },
      { by: supporter },
    )
    expect(refusalFrom(objected, 'look', { by: twoSeats })).toBe('not-allowed')
    expect(refusalFrom(reportIn('accepted'), 'reassign', { by: twoSeats })).toBe('not-allowed')
  })

  test('a sufferer is not made one of ours to silence their no', () => {
    const worker: Person = { name: reporter.name, memberships: housingWorker.memberships }
    const minute = takeAll(aReport(), 'accept', 'contact', 'dispatch', 'recall', 'resolve')
    expect(blamed(rate(minute, worker, 'no'))).toEqual([[branch.id]])
  })

  test('a no does not stand for ever: a look settles it, and blinds nobody to it', () => {
    const listed = supportedBy(takeAll(aReport(), 'accept', 'contact', 'declare-red-face'), supporter)
    const objected = take(
      madePublic(take(listed, 'resolve')),
      { kind: 'answer-red-face', isGone: false, photo: 'photo-x', note: '' },
      { by: supporter },
    )
    const looked = take(objected, 'look', { by: clerk })
    expect(isListed(looked)).toBe(false)
    expect(looked.redFaces[0]?.words[0]).toMatchObject({ key: supporter.name, isGone: false })
  })

  test('declared and unreported: one accomplice who joins clears nothing', () => {
    const declared = take(aReport({ reporterKey: null, hasPhone: false }), 'accept')
    const joined = supportedBy(declared, supporter)
    const done = madePublic(take(joined, 'resolve'))
    const yes = take(done, { kind: 'answer-red-face', isGone: true, note: '' }, { by: supporter })
    expect(isListed(wait(yes, yes.changedAt + 400 * dayMs))).toBe(true)
    const overdue = wait(declared, declared.deadlines.resolveDueAt)
    expect(activeEpisode(overdue.redFaces)?.causes.map((cause) => cause.cause)).toEqual([
      'declared',
      'resolve-overdue',
    ])
  })

  test('passed on at 49 % it is still named', () => {
    const report = takeAll(aReport(), 'accept', 'contact')
    const { startedAt, resolveDueAt } = report.deadlines
    const passed = take(report, 'transfer', {
      by: secretary,
      now: startedAt + 0.49 * (resolveDueAt - startedAt),
    })
    expect(blamed(wait(take(passed, 'accept'), resolveDueAt))).toEqual([[branch.id], [otherBranch.id]])
  })

  test('a squad takes no cause with it when it ends, and nothing is handed to who ends tomorrow', () => {
    const moved = take(late, { kind: 'reassign', to: unitFacts(temporaryUnit), note: '' }, { by: clerk })
    expect(blamed(moved)).toEqual([[branch.id]])
    const accepted = take(moved, 'accept', { by: squadLeader })
    const home = take(accepted, {
      kind: 'go-home',
      to: unitFacts(branch),
      gone: { unit: temporaryUnit.name },
    })
    expect(blamed(home)).toEqual([[branch.id]])
    const tomorrow = unitFacts(temporaryUnit, { endsAt: late.changedAt + dayMs })
    expect(refusalFrom(late, { kind: 'reassign', to: tomorrow, note: '' }, { by: clerk })).toBe(
      'unit-ends-soon',
    )
  })

  test('您好 to everybody on acceptance is no first word', () => {
    const hello = take(
      reportIn('accepted'),
      { kind: 'contact', channel: 'message', note: '您好' },
      { by: secretary },
    )
    expect(hello.contactedAt).toBeUndefined()
    expect(offeredTo(reporter, hello)).toContain('deny-contact')
  })

  test('a false danger at night wakes the duty desk, and found not urgent puts nobody on the list', () => {
    const night = Date.parse('2026-03-03T02:00:00+08:00')
    const report = aReport({ category: aCategory('danger') }, night)
    expect(
      report.outbox.some(
        (entry) =>
          entry.kind === 'message' &&
          typeof entry.to === 'object' &&
          'unitId' in entry.to &&
          entry.to.unitId === township.id,
      ),
    ).toBe(true)
    const morning = wait(report, night + 6 * hourMs)
    expect(isListed(morning)).toBe(true)
    const found = take(morning, { kind: 'reclassify', categoryId: 'ordinary', note: '' }, { by: clerk })
    expect(isListed(found)).toBe(false)
    expect(entriesOf(found.redFaces)).toMatchObject([{ list: 'never-public' }])
  })

  test('又坏了 on the twenty-ninth day leaves a third of the time, not a tenth of a day', () => {
    const report = takeAll(aReport(), 'accept', 'contact')
    const { startedAt, resolveDueAt } = report.deadlines
    const done = take(report, 'resolve', { now: resolveDueAt - 2 * hourMs })
    const closed = wait(done, done.changedAt + 8 * dayMs)
    const now = (closed.closedAt ?? 0) + 29 * dayMs
    const broken = take(closed, 'reopen', { by: reporter, now })
    expect(broken.deadlines.resolveDueAt - now).toBeGreaterThanOrEqual((resolveDueAt - startedAt) / 3)
  })

  test('K5: reopened, a matter was closed and resolved on no day', () => {
    const closed = reportIn('closed')
    expect(closed.closedAt).toBeDefined()
    const open = take(closed, 'reopen', { by: reporter })
    expect(open.status).toBe('accepted')
    expect(open).not.toHaveProperty('closedAt')
    expect(open).not.toHaveProperty('resolvedAt')
  })

  test('“请您先撤回”: withdrawn with an entry, it stays on the list until somebody has looked', () => {
    const left = take(late, 'withdraw', { by: reporter })
    expect(isListed(left)).toBe(true)
    expect(offeredTo(secretary, left)).not.toContain('withdraw')
    expect(left.requests.map((request) => request.kind)).toEqual(['look'])
  })
})

describe('found in use: ways off the list', () => {
  test('declare, appeal on day one: later causes are not frozen with it', () => {
    const declared = takeAll(aReport(), 'accept', 'contact', 'declare-red-face')
    const appealed = take(declared, 'appeal-red-face', { by: secretary })
    const unsolved = rate(take(appealed, 'resolve'), reporter, 'no')
    const shown = wait(unsolved, unsolved.changedAt + 20 * dayMs)
    const causes = causesOf(shown)
    expect(causes.find((cause) => cause.cause === 'rated-unsolved')?.publishedAt).toBeDefined()
    expect(
      refusalFrom(shown, { kind: 'appeal-red-face', reason: '', causeNos: [1] }, { by: secretary }),
    ).toBe('already-appealed')
  })

  test('a parent declined or withdrawn leaves nobody without a way: the merged are given back', () => {
    const merged = take(
      reportIn('accepted'),
      { kind: 'merge', parent: aParentOf(reportIn('accepted')) },
      { by: secretary },
    )
    expect(offeredTo(reporter, merged)).toEqual(['unmerge'])
    const parent = takeAll(take(aReport(), { kind: 'absorb', child: aChild() }), 'decline', 'rule-on')
    expect(parent.outbox.map((entry) => entry.kind)).toContain('release-children')
    expect(offeredTo(coReporter, parent)).toContain('appeal')
  })

  test('a hand-over takes no missed step out of the figures and no entry to another unit', () => {
    const shown = wait(late, noticeEnd(late))
    const before = entriesOf(shown.redFaces).map((entry) => [entry.unit.id, entry.list])
    for (const kind of ['transfer', 'return', 'take-over', 'reassign'] as const) {
      const moved = take(shown, kind)
      expect(entriesOf(moved.redFaces).map((entry) => [entry.unit.id, entry.list])).toEqual(before)
      expect(moved.stints[0]?.unit.id).toBe(branch.id)
    }
    expect(offeredTo(secretary, take(shown, 'transfer'))).toContain('appeal-red-face')
  })

  test('twelve transfers in a row are two', () => {
    let report = aReport()
    for (let times = 0; times < 12; times += 1) {
      const by = report.answerableUnit.id === branch.id ? secretary : otherSecretary
      if (refusalFrom(report, 'transfer', { by }) === undefined) report = take(report, 'transfer', { by })
    }
    expect(report.stints).toHaveLength(3)
    expect(report.requests).toMatchObject([{ kind: 'pass-on' }])
  })

  test('a corrected summary reaches what was public, the cleared entry too', () => {
    const cleared = rate(fixedAgain(), reporter, 'yes')
    expect(isListed(cleared)).toBe(false)
    const corrected = take(
      cleared,
      { kind: 'correct-summary', publicSummary: '没有名字的摘要' },
      { by: clerk },
    )
    const fresh = newWork(cleared, corrected)
    expect(fresh.map((entry) => entry.kind)).toContain('red-face')
  })

  test('the branch’s appeal keeps no resident’s appeal out, then or later', () => {
    const disputed = take(take(late, 'decline'), 'appeal-red-face', { by: secretary })
    const declined = take(disputed, ruleOn('decline'), { by: clerk })
    expect(offeredTo(reporter, declined)).toContain('appeal')
  })

  test('the partner’s own worker, and the secretary’s second account in the partner, confirm nothing', () => {
    const begun = madePublic(
      takeAll(
        supportedBy(aReport(), supporter),
        'accept',
        'contact',
        'declare-red-face',
        'dispatch',
        'claim-fixed',
        'check',
      ),
    )
    const worker: Person = { name: supporter.name, memberships: housingWorker.memberships }
    const yes = { kind: 'answer-red-face', isGone: true, note: '' } as const
    expect(refusalFrom(begun, yes, { by: worker })).toBe('not-eligible')
    expect(isListed(wait(begun, begun.changedAt + 400 * dayMs))).toBe(true)
  })

  test('five 没解决 are not undone by one supporter’s yes', () => {
    const listed = supportedBy(ratedUnsolved(), supporter)
    const done = madePublic(take(listed, 'resolve'))
    const yes = take(done, { kind: 'answer-red-face', isGone: true, note: '' }, { by: supporter })
    expect(isListed(yes)).toBe(true)
    expect(isListed(wait(yes, yes.changedAt + 400 * dayMs))).toBe(true)
  })

  test('who fixed does not check by rework, sending back and resolving', () => {
    const claimed = takeAll(aReport(), 'accept', 'contact', 'dispatch', 'claim-fixed')
    const both: Person = {
      name: housingWorker.name,
      memberships: [...secretary.memberships, ...housingWorker.memberships],
    }
    expect(refusalFrom(claimed, 'rework', { by: both })).toBe('checker-is-fixer')
    const back = take(take(claimed, 'rework', { by: secretary }), 'send-back', { by: housingWorker })
    expect(refusalFrom(back, 'resolve', { by: both })).toBe('checker-is-fixer')
  })

  test('a claim found wanting lies there no more: what is checked next is claimed anew', () => {
    const claimed = reportIn('awaiting-check')
    expect(claimed.fixClaim).toBeDefined()
    const again = take(claimed, 'rework', { by: secretary })
    expect(again.status).toBe('dispatched')
    expect(again.fixClaim).toBeUndefined()
    expect(take(again, 'claim-fixed').fixClaim?.at).toBeGreaterThan(again.changedAt)
  })

  test('no merge into what is suspended, no extension to 2099, no suspension without end', () => {
    const report = reportIn('accepted')
    expect(
      refusalFrom(
        report,
        { kind: 'merge', parent: { ...aParentOf(report), isSuspended: true } },
        { by: secretary },
      ),
    ).toBe('merge-target')
    const year2099: ReportCommand = {
      kind: 'extend',
      reason: '',
      resolveDueAt: Date.parse('2099-01-01T00:00:00+08:00'),
    }
    expect(refusalFrom(report, year2099, { by: secretary })).toBe('extension-too-long')
    let days = 0
    let current = report
    for (let times = 0; times < 6; times += 1) {
      const untilAt = current.changedAt + 89 * dayMs
      const asked: ReportCommand = { kind: 'suspend', reason: '等', plan: '预算', untilAt, isSeasonal: false }
      if (refusalFrom(current, asked, { by: secretary }) !== undefined) break
      const suspended = take(take(current, asked, { by: secretary }), ruleOn('suspend'), { by: clerk })
      days += 89
      current = wait(suspended, untilAt + dayMs)
    }
    expect(days).toBe(2 * 89)
  })

  test.each([
    ['message', '给您留言了'],
    ['visit', '联系您了'],
    ['phone', '联系您了'],
  ] as const)('thirty contacts by %s in a row do not reach a resident', (channel, title) => {
    let report = take(reportIn('accepted'), 'reveal-phone')
    for (let times = 0; times < 30; times += 1) {
      const contact: ReportCommand = { kind: 'contact', channel, note: `第${times}次` }
      if (refusalFrom(report, contact, { by: gridWorker }) === undefined)
        report = take(report, contact, { by: gridWorker })
    }
    expect(
      report.outbox.filter((entry) => entry.kind === 'message' && messageText(entry).title === title),
    ).toHaveLength(3)
  })
})

describe('found in use: matters that nobody could move', () => {
  test.each([
    ['note', secretary],
    ['progress', gridWorker],
    ['add-to', reporter],
  ] as const)('nobody writes a record full by %s; the others and the next day are free', (kind, by) => {
    let report = reportIn('accepted')
    for (let times = 0; times < 200; times += 1) {
      if (refusalFrom(report, kind, { by, now: report.changedAt }) !== undefined) break
      report = take(report, kind, { by, now: report.changedAt })
    }
    expect(report.timeline.length).toBeLessThan(150)
    expect(offeredTo(by, report)).not.toContain(kind)
    expect(refusalFrom(report, kind, { by })).toBe('too-many-today')
    expect(offeredTo(clerk, report)).toContain('supervise')
    expect(offeredTo(by === reporter ? secretary : reporter, report)).not.toEqual([])
    expect(offeredTo(by, report, report.changedAt + dayMs)).toContain(kind)
  })

  test('with a unit that is gone: township and banner can move it in every open status', () => {
    for (const status of ['routed', 'accepted', 'dispatched', 'awaiting-check', 'suspended'] as const) {
      for (const person of [clerk, bannerClerk])
        expect(offeredTo(person, reportIn(status))).toContain('reassign')
    }
    for (const person of [clerk, bannerClerk])
      expect(offeredTo(person, reportIn('unrouted'))).toContain('route')
  })

  test('with a partner that is gone: the branch takes the work back', () => {
    for (const status of ['dispatched', 'awaiting-check'] as const)
      expect(offeredTo(secretary, reportIn(status))).toContain('recall')
  })

  test('a third return that is granted after the branch has accepted does not end in an error', () => {
    const asked = take(takeAll(aReport(), 'transfer', 'transfer'), 'return', { by: secretary })
    const accepted = take(asked, 'accept', { by: secretary })
    expect(refusalFrom(accepted, ruleOn('pass-on'), { by: clerk })).toBe('no-request')
  })

  test('moved while it is suspended, the clock goes on', () => {
    const suspended = reportIn('suspended')
    const place = {
      kind: 'relocate',
      place: suspended.place,
      to: unitFacts(farBranch),
      note: '',
    } as const
    const moved = take(suspended, place, { by: bannerClerk })
    expect(moved).toMatchObject({ status: 'routed', answerableUnit: { id: farBranch.id } })
    expect(moved.holds.every((hold) => hold.to !== undefined)).toBe(true)
    expect(wait(moved, moved.deadlines.resolveDueAt).redFaces).not.toEqual([])
  })

  test('supporters hear of a decline and of a closing by silence, and can appeal either', () => {
    const told = (report: Report): string =>
      report.outbox
        .flatMap((entry) =>
          entry.kind === 'message' && entry.to === 'supporters' ? [messageText(entry).text] : [],
        )
        .join()
    const declined = takeAll(supportedBy(aReport(), supporter), 'decline', 'rule-on')
    expect(told(declined)).toContain('不予受理')
    expect(offeredTo(supporter, declined)).toContain('appeal')
    const resolved = takeAll(supportedBy(aReport(), supporter), 'accept', 'contact', 'resolve')
    const closed = wait(resolved, resolved.changedAt + 8 * dayMs)
    expect(told(closed)).toContain('已结案')
    expect(offeredTo(supporter, closed)).toContain('appeal')
  })

  test('a missing manhole filed as 其他 is put right, and its clock with it', () => {
    const other = take(aReport({ category: aCategory('ordinary') }), 'accept')
    const danger = take(other, { kind: 'reclassify', categoryId: 'danger', note: '' }, { by: secretary })
    expect(danger.deadlines.resolveDueAt).toBe(
      aReport({ category: aCategory('danger') }).deadlines.resolveDueAt,
    )
  })

  test('what can only be refused is not offered: 又坏了 after 400 days, a return while a ruling is awaited', () => {
    const closed = reportIn('closed')
    expect(offeredTo(reporter, closed)).toContain('reopen')
    expect(offeredTo(reporter, closed, closed.changedAt + 400 * dayMs)).not.toContain('reopen')
    const asked = take(takeAll(aReport(), 'transfer', 'transfer'), 'transfer', { by: secretary })
    expect(offeredTo(secretary, asked)).not.toContain('transfer')
    expect(offeredTo(secretary, asked)).not.toContain('return')
  })

  test('appeals denied are not made again and again against one end', () => {
    const closed = supportedBy(takeAll(aReport(), 'accept', 'contact'), supporter)
    const done = wait(take(closed, 'resolve'), closed.changedAt + 9 * dayMs)
    const denied = take(take(done, 'appeal', { by: supporter }), ruleOn('appeal-closing', false), {
      by: clerk,
    })
    expect(offeredTo(supporter, denied)).not.toContain('appeal')
  })

  test('the secretary who also sits in the township knows nothing of the complaint about the branch', () => {
    const both: Person = { name: 'x', memberships: [...clerk.memberships, aMembership(branch, 'secretary')] }
    const complaint = aComplaint()
    expect(viewOf(callerOf(both, complaint), complaint)).toBeNull()
    expect(offeredTo(both, complaint)).toEqual([])
    expect(refusalFrom(take(complaint, 'accept'), 'dispatch', { by: clerk })).toBe('confidential')
  })
})

import { defaultCategories } from '../../../../cloudfunctions/contexts/category/rules/category'
import { refusalOf } from '../../../../cloudfunctions/contexts/report/access'
import { beginChange } from '../../../../cloudfunctions/contexts/report/rules/change'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import type { RequestKind } from '../../../../cloudfunctions/contexts/report/rules/request'
import {
  ordinaryDaysLeft,
  putOffUntilOn,
  seasonBars,
} from '../../../../cloudfunctions/contexts/report/rules/season'
import { steps } from '../../../../cloudfunctions/contexts/report/steps/registry'
import { lineText } from '../../../../cloudfunctions/contexts/report/words'
import {
  chinaDateOn,
  dayMs,
  hourMs,
  minuteMs,
  startOfChinaDate,
} from '../../../../cloudfunctions/ground/instant'
import type { RefusalCode } from '../../../../cloudfunctions/ground/result'
import {
  aCategory,
  aChild,
  aCommand,
  aComplaint,
  aReport,
  aScene,
  attempt,
  banner,
  bannerClerk,
  callerOf,
  clerk,
  coReporter,
  farBranch,
  gridWorker,
  housingWorker,
  law,
  league,
  otherBranch,
  type Person,
  refusalFrom,
  reporter,
  reportIn,
  rules,
  secondSupporter,
  secretary,
  supportedBy,
  supporter,
  take,
  takeAll,
  township,
  unitFacts,
  wait,
} from '../../../support/builders'
import type { ReportCommand } from '../../../support/commands'

const accepted = reportIn('accepted')
const ruling = (request: RequestKind, isGranted = true): ReportCommand => ({
  kind: 'rule-on',
  request,
  isGranted,
  note: '',
})
const suspension = (untilAt: number): ReportCommand => ({
  kind: 'suspend',
  reason: '等预算',
  plan: '列入明年预算',
  untilAt,
  isSeasonal: false,
})
const extension = (resolveDueAt: number): ReportCommand => ({
  kind: 'extend',
  reason: '连日下雨',
  resolveDueAt,
})
const inDays = (report: Report, days: number): number =>
  startOfChinaDate(chinaDateOn(report.changedAt)) + days * dayMs + 9 * hourMs
const texts = (report: Report, kind: string) =>
  report.timeline.filter((event) => event.kind === kind).map(lineText)

describe('K1: no category and no step requires a picture', () => {
  test.each(defaultCategories.map((category) => category.id))('%s', (id) => {
    const bare = { before: [], after: [] }
    const begun = takeAll(
      aReport({ category: aCategory(id), photos: [], ...(id === 'about-branch' ? {} : {}) }),
      'accept',
    )
    expect(take(begun, { kind: 'resolve', note: '办好了', remedy: 'lasting', ...bare }).status).toBe(
      'resolved',
    )
    if (id === 'about-branch') return
    const dispatched = take(begun, 'dispatch')
    const claimed = take(dispatched, { kind: 'claim-fixed', note: '办好了', remedy: 'lasting', ...bare })
    expect(take(claimed, 'check').status).toBe('resolved')
  })

  test('evidence for those who are asked may be words alone', () => {
    const listed = take(accepted, 'declare-red-face')
    const laid = take(listed, { kind: 'lay-evidence', note: '已经谈妥', photos: [] })
    expect(laid.redFaces[0]?.evidence).toBeDefined()
  })
})

describe('K6: a suspension', () => {
  test('lasts ninety Chinese days at most, the ninetieth included', () => {
    expect(refusalFrom(accepted, suspension(inDays(accepted, 90)))).toBeUndefined()
    expect(refusalFrom(accepted, suspension(inDays(accepted, 91)))).toBe('suspension-too-long')
    expect(refusalFrom(accepted, suspension(accepted.changedAt))).toBe('date-in-past')
  })

  test('lasts a hundred and eighty in all; days that were not taken are left', () => {
    const once = take(take(accepted, suspension(inDays(accepted, 90))), ruling('suspend'))
    const early = take(once, 'resume', { now: inDays(accepted, 30) })
    expect(early.suspendedDays).toBe(30)
    const twice = take(take(early, suspension(inDays(early, 90))), ruling('suspend'))
    const back = wait(twice, inDays(early, 91))
    expect(back).toMatchObject({ status: 'accepted', suspendedDays: 120 })
    expect(refusalFrom(back, suspension(inDays(back, 61)))).toBe('suspension-in-all')
    const last = take(take(back, suspension(inDays(back, 60))), ruling('suspend'))
    const over = wait(last, inDays(back, 61))
    expect(refusalFrom(over, suspension(inDays(over, 1)))).toBe('suspension-in-all')
  })

  test('is shown to everyone with its reason and the plan it is bound to', () => {
    const suspended = reportIn('suspended')
    const line = suspended.timeline.find((event) => event.kind === 'suspended')
    expect(line?.visibility).toBe('public')
    expect(line && lineText(line)).toMatch(/^暂时办不了，挂账到\d+年\d+月\d+日：等预算；计划：列入明年预算$/)
    expect(suspended.suspension).toMatchObject({ plan: '列入明年预算', approvedBy: { unit: township.name } })
  })

  test('stops the resolution’s clock and the plan’s, never the first word’s, and ends on its day', () => {
    const lane = take(aReport({ category: aCategory('lane-hardening') }), 'accept')
    const suspended = take(take(lane, 'suspend'), ruling('suspend'))
    const untilAt = suspended.suspension?.untilAt ?? 0
    const after = wait(suspended, untilAt)
    const moved = untilAt - suspended.changedAt
    expect(after.status).toBe('accepted')
    expect(after.deadlines.contactDueAt).toBe(lane.deadlines.contactDueAt)
    expect(after.deadlines.resolveDueAt - lane.deadlines.resolveDueAt).toBeGreaterThanOrEqual(moved)
    expect((after.deadlines.planDueAt ?? 0) - (lane.deadlines.planDueAt ?? 0)).toBeGreaterThanOrEqual(moved)
    expect(texts(after, 'overdue')).toEqual(['已超过联系居民时限'])
  })

  test('lies on the report no more once it is resumed, whoever ends it', () => {
    const suspended = reportIn('suspended')
    const said = take(suspended, 'say-reason-gone', { by: reporter })
    for (const resumed of [
      take(suspended, 'resume'),
      take(said, ruling('resume')),
      wait(suspended, suspended.suspension?.untilAt ?? 0),
    ]) {
      expect(resumed.status).toBe('accepted')
      expect(resumed.suspension).toBeUndefined()
    }
  })

  test('ends with a hand-over, with nobody but a level’s leave', () => {
    const suspended = reportIn('suspended')
    const moved = take(suspended, { kind: 'reassign', to: unitFacts(otherBranch), note: '' }, { by: clerk })
    expect(moved).toMatchObject({ status: 'routed', answerableUnit: { id: otherBranch.id } })
    expect(moved.suspension).toBeUndefined()
    expect(moved.holds.every((hold) => hold.to !== undefined)).toBe(true)
  })

  test('lifecycle: a reporter may say that the reason is gone; one level up decides', () => {
    const said = take(reportIn('suspended'), 'say-reason-gone', { by: reporter })
    expect(said.requests).toMatchObject([{ kind: 'resume', side: 'resident', rulingUnitId: township.id }])
    expect(take(said, ruling('resume')).status).toBe('accepted')
  })
})

describe('K6: a seasonal suspension, for frozen ground', () => {
  const autumnAt = Date.parse('2026-10-08T10:00:00+08:00')
  const inSpring = Date.parse('2027-04-20T12:00:00+08:00')
  const lane = take(aReport({ category: aCategory('lane-hardening') }, autumnAt), 'accept')
  const forThaw = (untilAt = inSpring): ReportCommand => ({
    kind: 'suspend',
    reason: '地冻了，铺不了',
    plan: '四月下旬开工',
    untilAt,
    isSeasonal: true,
  })
  const asked = take(lane, forThaw())
  const granted = take(asked, ruling('suspend'), { by: bannerClerk })

  test('goes to the banner, and no level below grants it', () => {
    expect(asked.requests).toMatchObject([{ kind: 'suspend', rulingUnitId: banner.id }])
    expect(refusalFrom(asked, ruling('suspend'), { by: clerk })).toBe('no-request')
    expect(granted).toMatchObject({ status: 'suspended', suspension: { approvedBy: { unit: banner.name } } })
  })

  test('undecided it goes on upwards like any other (K8)', () => {
    const movesUpAt = asked.requests[0]?.movesUpAt ?? 0
    expect(wait(asked, movesUpAt).requests[0]?.rulingUnitId).toBe(league.id)
  })

  test('where all of the banner are barred it goes up at once (L3)', () => {
    const scene = aScene(secretary, lane, lane.changedAt)
    const change = beginChange(
      lane,
      lane.changedAt,
      { side: 'staff', unitId: lane.answerableUnit.id, unitName: lane.answerableUnit.name },
      law,
      { ableAbove: new Set([township.id, league.id]) },
    )
    steps.suspend.decide(change, forThaw(), scene)
    expect(change.report.requests[0]?.rulingUnitId).toBe(league.id)
  })

  test('a banner that has the work itself asks the league: nobody decides its own act (H1)', () => {
    const unit = unitFacts(banner)
    const own = { ...lane, answerableUnit: unit, unitPath: unit.path }
    expect(take(own, forThaw(), { by: bannerClerk }).requests[0]?.rulingUnitId).toBe(league.id)
  })

  test('its days count neither against the ninety nor against the hundred and eighty', () => {
    expect(granted.suspendedDays).toBe(0)
    const thawed = wait(granted, inSpring)
    expect(thawed).toMatchObject({ status: 'accepted', suspendedDays: 0 })
    expect(thawed.deadlines.resolveDueAt - lane.deadlines.resolveDueAt).toBeGreaterThan(180 * dayMs)
    const early = take(granted, 'resume', { now: granted.changedAt + 20 * dayMs })
    expect(early).toMatchObject({ status: 'accepted', suspendedDays: 0 })
  })

  test('it is there when the ordinary days are used up, and that alone', () => {
    const usedUp = { ...lane, suspendedDays: 180 }
    expect(refusalFrom(usedUp, suspension(inDays(usedUp, 1)))).toBe('suspension-in-all')
    expect(refusalFrom(usedUp, forThaw())).toBeUndefined()
    const inSummer = take(aReport({ category: aCategory('lane-hardening') }, autumnAt - 90 * dayMs), 'accept')
    const context = { now: inSummer.changedAt, law, actorId: secretary.name }
    const caller = callerOf(secretary, inSummer)
    expect(refusalOf(caller, 'suspend', inSummer, context)).toBeUndefined()
    expect(refusalOf(caller, 'suspend', { ...inSummer, suspendedDays: 180 }, context)?.code).toBe(
      'suspension-in-all',
    )
  })

  test('only for what waits for the thaw', () => {
    const lamp = take(aReport({ category: aCategory('street-lamp') }, autumnAt), 'accept')
    expect(refusalFrom(lamp, forThaw())).toBe('no-thaw-needed')
    expect(defaultCategories.filter((one) => one.needsThawedGround).map((one) => one.id)).toEqual([
      'lane-hardening',
      'lane-repair',
    ])
  })

  test.each<[string, string, string, RefusalCode | undefined]>([
    ['asked in September for October', '2026-09-30T23:59:00', '2026-10-20T12:00:00', 'ground-not-frozen'],
    ['on the first day', '2026-10-01T00:05:00', '2026-10-20T12:00:00', undefined],
    ['until the last day', '2026-10-08T10:00:00', '2027-04-30T23:59:59', undefined],
    ['a day longer', '2026-10-08T10:00:00', '2027-05-01T00:00:00', 'suspension-too-long'],
    ['into the next winter', '2026-10-08T10:00:00', '2027-10-20T12:00:00', 'suspension-too-long'],
    ['in April', '2027-04-03T10:00:00', '2027-04-20T12:00:00', undefined],
    ['in May', '2027-05-01T00:00:00', '2027-05-20T12:00:00', 'ground-not-frozen'],
  ])('lies wholly within one winter: %s', (_when, at, until, refusal) => {
    const now = Date.parse(`${at}+08:00`)
    const report = take(aReport({ category: aCategory('lane-hardening') }, now - 2 * minuteMs), 'accept', {
      now: now - minuteMs,
    })
    expect(refusalFrom(report, forThaw(Date.parse(`${until}+08:00`)), { now })).toBe(refusal)
  })

  test('a refusal names the dates of the rule book', () => {
    const narrow = { ...law.rules, frozenSeason: { from: '11-05', until: '03-31' } }
    expect(seasonBars(lane, { now: lane.changedAt, law: { rules: narrow } })?.message).toBe(
      '只有11月5日到次年3月31日，土冻住了才能这样挂账',
    )
  })

  test('asked for in time and granted after its date it is refused', () => {
    const short = take(lane, forThaw(inDays(lane, 3)))
    expect(refusalFrom(short, ruling('suspend'), { by: bannerClerk, now: inDays(lane, 4) })).toBe('date-over')
  })

  test('once a winter: resumed early it is over, and the next winter is another', () => {
    const early = take(granted, 'resume')
    expect(refusalFrom(early, forThaw())).toBe('once-a-winter')
    const thawed = wait(granted, inSpring)
    const nextAutumn = { now: Date.parse('2027-10-02T10:00:00+08:00') }
    expect(refusalFrom(thawed, forThaw(Date.parse('2028-04-01T00:00:00+08:00')), nextAutumn)).toBeUndefined()
  })

  test('no chain of them stops the clock for ever: between two winters it runs', () => {
    let report = lane
    let stoppedMs = 0
    for (const year of [2026, 2027, 2028, 2029]) {
      const now = Math.max(report.changedAt + minuteMs, Date.parse(`${year}-10-01T00:00:00+08:00`))
      const untilAt = Date.parse(`${year + 1}-04-30T23:59:59+08:00`)
      const stopped = take(take(report, forThaw(untilAt), { now }), ruling('suspend'), { by: bannerClerk })
      stoppedMs += untilAt - stopped.changedAt
      report = wait(stopped, untilAt)
      report = wait(report, Date.parse(`${year + 1}-09-30T00:00:00+08:00`))
      // The allowance is used up in the first summer, and the entry is public from then on.
      expect(report.redFaces[0]?.causes.map((cause) => cause.cause)).toContain('resolve-overdue')
    }
    expect(stoppedMs).toBeLessThan(0.6 * 4 * 365 * dayMs)
  })

  test('found to be a kind that needs no thaw, it ends; asked for before, it is granted no more', () => {
    const lamp: ReportCommand = { kind: 'reclassify', categoryId: 'street-lamp', note: '' }
    expect(take(granted, lamp, { by: clerk })).toMatchObject({
      status: 'accepted',
      categoryId: 'street-lamp',
    })
    expect(take(granted, lamp, { by: clerk }).suspension).toBeUndefined()
    const put = take(asked, lamp, { by: clerk })
    expect(refusalFrom(put, ruling('suspend'), { by: bannerClerk })).toBe('no-thaw-needed')
  })

  test('is shown to everyone with its reason, its date and the plan', () => {
    const line = granted.timeline.find((event) => event.kind === 'suspended')
    expect(line?.visibility).toBe('public')
    expect(line && lineText(line)).toBe(
      '挂账，土冻住了，开春再干，最晚等到2027年4月20日：地冻了，铺不了；计划：四月下旬开工',
    )
  })

  test('the page offers it only where it can be granted, with its last date', () => {
    const moment = { now: lane.changedAt, law }
    expect(putOffUntilOn(lane, moment)).toBe('2027-04-30')
    expect(putOffUntilOn(lane, { ...moment, now: inSpring })).toBe('2027-04-30')
    expect(putOffUntilOn(lane, { ...moment, now: inSpring + 30 * dayMs })).toBeNull()
    expect(ordinaryDaysLeft({ ...lane, suspendedDays: 130 }, moment)).toBe(50)
    expect(ordinaryDaysLeft({ ...lane, suspendedDays: 200 }, moment)).toBe(0)
  })
})

describe('K7: an extension', () => {
  const { resolveDueAt, startedAt } = accepted.deadlines
  const originalMs = resolveDueAt - startedAt
  const granted = (report: Report, byMs: number): Report =>
    take(take(report, extension(report.deadlines.resolveDueAt + byMs)), ruling('extend'))

  test('is the original allowance at most, also the second time', () => {
    expect(refusalFrom(accepted, extension(resolveDueAt + originalMs))).toBeUndefined()
    expect(refusalFrom(accepted, extension(resolveDueAt + originalMs + 1))).toBe('extension-too-long')
    const once = granted(accepted, originalMs)
    expect(refusalFrom(once, extension(once.deadlines.resolveDueAt + originalMs + 1))).toBe(
      'extension-too-long',
    )
    expect(refusalFrom(once, extension(once.deadlines.resolveDueAt + originalMs))).toBeUndefined()
  })

  test('time that a suspension gave is no part of the allowance', () => {
    const back = takeAll(accepted, 'suspend', 'rule-on')
    const resumed = wait(back, back.suspension?.untilAt ?? 0)
    const due = resumed.deadlines.resolveDueAt
    expect(due).toBeGreaterThan(resolveDueAt)
    expect(refusalFrom(resumed, extension(due + originalMs + dayMs))).toBe('extension-too-long')
  })

  test('is granted twice; a third needs every reporter’s word and no level’s', () => {
    const others = take(accepted, { kind: 'absorb', child: aChild() })
    const twice = granted(granted(others, dayMs), dayMs)
    const asked = take(twice, extension(twice.deadlines.resolveDueAt + dayMs))
    expect(refusalFrom(asked, ruling('extend'), { by: clerk })).toBe('extension-limit')
    const one = take(asked, { kind: 'agree', request: 'extend' }, { by: reporter })
    expect(one.extensions).toHaveLength(2)
    const both = take(one, { kind: 'agree', request: 'extend' }, { by: coReporter })
    expect(both.extensions).toHaveLength(3)
    expect(both.deadlines.resolveDueAt).toBe(twice.deadlines.resolveDueAt + dayMs)
  })

  test('the first two are nobody’s to agree to but a level’s', () => {
    const asked = take(accepted, 'extend')
    expect(refusalFrom(asked, { kind: 'agree', request: 'extend' }, { by: reporter })).toBe('no-request')
  })

  test('never brings the deadline nearer, whatever has moved it since', () => {
    const asked = take(accepted, extension(resolveDueAt + hourMs))
    const moved = { ...asked, deadlines: { ...asked.deadlines, resolveDueAt: resolveDueAt + 2 * hourMs } }
    expect(refusalFrom(moved, ruling('extend'))).toBe('date-over')
  })
})

describe('K8: requests', () => {
  test('of the branch and of a resident never share a slot', () => {
    const late = wait(aReport(), aReport().deadlines.acceptDueAt)
    const disputed = take(take(late, 'decline'), 'appeal-red-face', { by: secretary })
    const declined = take(disputed, ruling('decline'))
    expect(declined.status).toBe('declined')
    const both = take(declined, 'appeal', { by: reporter })
    expect(both.requests.map((request) => request.kind)).toEqual(['appeal-red-face', 'appeal-decline'])
  })

  test('of two residents go together: an accomplice’s appeal takes nobody’s turn, time or words', () => {
    const declined = takeAll(supportedBy(aReport(), supporter), 'decline', 'rule-on')
    const lastDay = (declined.closedAt ?? 0) + 29.5 * dayMs
    const early = take(declined, { kind: 'appeal', reason: '算了吧' }, { by: supporter, now: lastDay })
    expect(refusalFrom(early, 'appeal', { by: supporter })).toBe('request-pending')
    const joined = take(
      early,
      { kind: 'appeal', reason: '天天积水' },
      { by: reporter, now: lastDay + hourMs },
    )
    expect(joined.requests).toMatchObject([
      { kind: 'appeal-decline', byKey: supporter.name, joinedKeys: [reporter.name] },
    ])
    expect(joined.requests[0]?.endsAt).toBe(early.requests[0]?.endsAt)
    const words = joined.timeline.flatMap((one) => (one.personKey === reporter.name ? one.kind : []))
    expect(words).toContain('requested')
    expect(refusalFrom(joined, 'appeal', { by: reporter })).toBe('request-pending')
    // H1: nor does one of those who ask rule on it.
    const asClerk = { name: reporter.name, memberships: bannerClerk.memberships }
    expect(refusalFrom(joined, ruling('appeal-decline'), { by: asClerk })).toBe('no-request')
    const denied = take(joined, ruling('appeal-decline', false), { by: bannerClerk })
    expect(refusalFrom(denied, 'appeal', { by: reporter })).toBe('already-appealed')
  })

  test('of two residents, upheld, are the word of both: each is asked when a unit disputes it', () => {
    const closed = takeAll(
      supportedBy(aReport(), supporter, secondSupporter),
      'accept',
      'contact',
      'resolve',
      'rate',
    )
    const again = take(take(take(closed, 'reopen', { by: reporter }), 'resolve'), 'rate', { by: reporter })
    const appealed = take(again, 'appeal', { by: supporter })
    const joined = take(appealed, 'appeal', { by: secondSupporter })
    const upheld = take(joined, ruling('appeal-closing'), { by: clerk })
    const causes = upheld.redFaces.flatMap((episode) => episode.causes)
    expect(causes).toMatchObject([
      { cause: 'reopened-twice', saidBy: [supporter.name, secondSupporter.name] },
    ])
  })

  test('A6: an urge of one keeps no other out: levels, reporters and supporters each wait for their own', () => {
    const family = take(supportedBy(accepted, supporter, secondSupporter), {
      kind: 'absorb',
      child: aChild(),
    })
    const urged = take(family, 'urge', { by: supporter })
    expect(refusalFrom(urged, 'urge', { by: secondSupporter })).toBe('urged-already')
    const all = [reporter, coReporter, clerk, bannerClerk].reduce(
      (report, by) => take(report, 'urge', { by }),
      urged,
    )
    for (const by of [supporter, reporter, coReporter, clerk, bannerClerk]) {
      expect(refusalFrom(all, 'urge', { by })).toBe('urged-already')
      const nextDay = { by, now: all.changedAt + rules.report.urgeEveryHours * hourMs }
      expect(refusalFrom(all, 'urge', nextDay)).toBeUndefined()
    }
  })

  test('granted after their own date are refused, and stay to be denied', () => {
    const until = take(accepted, suspension(inDays(accepted, 3)))
    const tooLate = { now: inDays(accepted, 3) + hourMs }
    expect(refusalFrom(until, ruling('suspend'), tooLate)).toBe('date-over')
    expect(take(until, ruling('suspend', false), tooLate).requests).toEqual([])
    const extended = take(accepted, extension(accepted.deadlines.resolveDueAt + hourMs))
    expect(
      refusalFrom(extended, ruling('extend'), { now: accepted.deadlines.resolveDueAt + 2 * hourMs }),
    ).toBe('date-over')
  })

  test('an extension made before the deadline and granted after it counts from when it was made', () => {
    const { resolveDueAt } = accepted.deadlines
    const asked = take(accepted, extension(resolveDueAt + 7 * dayMs), { now: resolveDueAt - hourMs })
    const granted = take(asked, ruling('extend'), { now: resolveDueAt + dayMs })
    expect(wait(asked, resolveDueAt).redFaces[0]?.causes[0]?.cause).toBe('resolve-overdue')
    expect(granted.redFaces[0]?.causes[0]?.struckAt).toBeDefined()
    expect(granted.deadlines.resolveDueAt).toBe(resolveDueAt + 7 * dayMs)
  })

  test('made after the deadline it strikes nothing', () => {
    const { resolveDueAt } = accepted.deadlines
    const asked = take(accepted, extension(resolveDueAt + 5 * dayMs), { now: resolveDueAt + hourMs })
    const granted = take(asked, ruling('extend'))
    expect(granted.redFaces[0]?.causes[0]?.struckAt).toBeUndefined()
  })

  test('a suspension made before the deadline and granted after it stops the clock from when it was made', () => {
    const { resolveDueAt } = accepted.deadlines
    const asked = take(accepted, suspension(resolveDueAt + 20 * dayMs), { now: resolveDueAt - 10 * hourMs })
    const granted = take(asked, ruling('suspend'), { now: resolveDueAt + dayMs })
    const back = wait(granted, resolveDueAt + 20 * dayMs)
    expect(back.deadlines.resolveDueAt - back.changedAt).toBeGreaterThanOrEqual(10 * hourMs)
    expect(granted.redFaces[0]?.causes[0]?.struckAt).toBeDefined()
  })

  test('undecided for five working days go one level up, and on to the top, where they stay', () => {
    const asked = take(take(aReport({ category: aCategory('complex') }), 'accept'), 'suspend')
    const first = asked.requests[0]?.movesUpAt ?? 0
    expect(asked.requests[0]?.rulingUnitId).toBe(township.id)
    const up = wait(asked, first)
    expect(up.requests[0]?.rulingUnitId).toBe(banner.id)
    expect(wait(up, up.requests[0]?.movesUpAt ?? 0).requests[0]?.rulingUnitId).toBe(league.id)
    expect(wait(asked, first - 1).requests[0]?.rulingUnitId).toBe(township.id)
    expect(refusalFrom(up, ruling('suspend'), { by: clerk })).toBe('no-request')
    expect(refusalFrom(up, ruling('suspend'), { by: bannerClerk })).toBeUndefined()
    expect(wait(asked, first + 400 * dayMs).requests[0]?.rulingUnitId).toBe('15')
  })

  test('a level above whose turn it is not yet may rule all the same', () => {
    expect(refusalFrom(take(accepted, 'suspend'), ruling('suspend'), { by: bannerClerk })).toBeUndefined()
  })

  test('a resident’s appeal undecided for ten working days is upheld', () => {
    const declined = reportIn('declined')
    const appealed = take(declined, 'appeal', { by: reporter })
    const endsAt = appealed.requests[0]?.endsAt ?? 0
    expect(wait(appealed, endsAt - 1).status).toBe('declined')
    const upheld = wait(appealed, endsAt)
    expect(upheld.status).toBe('routed')
    expect(upheld.decline?.overturnedAt).toBe(endsAt)
  })

  test.each<[string, Report, (report: Report) => Report]>([
    ['handed on', take(accepted, 'suspend'), (report) => take(report, 'transfer', { by: secretary })],
    ['merged', take(accepted, 'suspend'), (report) => take(report, 'merge', { by: secretary })],
    ['done', take(accepted, 'suspend'), (report) => take(report, 'resolve', { by: secretary })],
    ['accepted', take(aReport(), 'decline'), (report) => take(report, 'accept', { by: secretary })],
  ])('fall when the matter is %s, and who asked is told', (_what, report, moved) => {
    const after = moved(report)
    expect(after.requests).toEqual([])
    expect(texts(after, 'request-lapsed')).toHaveLength(1)
  })

  test('an appeal that has got what it wanted falls, and can be made anew against the next closing', () => {
    const resolved = supportedBy(takeAll(accepted, 'contact'), supporter)
    const closed = takeAll(resolved, 'resolve', 'rate')
    expect(closed.status).toBe('closed')
    const appealed = take(closed, 'appeal', { by: supporter })
    const broken = take(appealed, 'reopen', { by: reporter })
    expect(broken.requests).toEqual([])
    const closedAgain = takeAll(broken, 'resolve', 'rate')
    expect(refusalFrom(closedAgain, 'appeal', { by: supporter })).toBeUndefined()
  })

  test('a suspension that was asked for is not granted while the work awaits its check', () => {
    const asked = take(reportIn('dispatched'), 'suspend')
    const claimed = take(asked, 'claim-fixed', { by: housingWorker })
    expect(refusalFrom(claimed, ruling('suspend'))).toBe('wrong-status')
  })
})

describe('K9: kind and place', () => {
  const kind = (
    report: Report,
    categoryId: 'danger' | 'complex' | 'rubbish' | 'lane-hardening',
    by: Person,
  ) => attempt(report, { kind: 'reclassify', categoryId, note: '' }, { by })
  const value = (result: ReturnType<typeof kind>): Report => {
    if (!result.ok) throw new Error(result.error.code)
    return result.value
  }

  test('where no clock grows longer, the branch puts the kind right by itself', () => {
    const shorter = value(kind(accepted, 'rubbish', secretary))
    expect(shorter).toMatchObject({ categoryId: 'rubbish', requests: [] })
    expect(shorter.deadlines.startedAt).toBe(accepted.deadlines.startedAt)
    expect(shorter.deadlines.resolveDueAt).toBeLessThan(accepted.deadlines.resolveDueAt)
  })

  test('where one does, a level up or every reporter says yes first', () => {
    const others = take(accepted, { kind: 'absorb', child: aChild() })
    const asked = value(kind(others, 'complex', secretary))
    expect(asked.categoryId).toBe('lane-repair')
    expect(asked.requests).toMatchObject([{ kind: 'reclassify', categoryId: 'complex' }])
    expect(take(asked, ruling('reclassify'), { by: clerk }).categoryId).toBe('complex')
    const one = take(asked, { kind: 'agree', request: 'reclassify' }, { by: reporter })
    expect(one.categoryId).toBe('lane-repair')
    expect(take(one, { kind: 'agree', request: 'reclassify' }, { by: coReporter }).categoryId).toBe('complex')
  })

  test('a plan clock that would begin lengthens the resolution: it is asked for', () => {
    expect(value(kind(accepted, 'lane-hardening', secretary)).categoryId).toBe('lane-repair')
  })

  test('what fell due stays: a minute before the deadline is too late to escape what is past', () => {
    const late = wait(takeAll(aReport(), 'accept'), accepted.deadlines.contactDueAt + hourMs)
    const longer = value(kind(late, 'complex', clerk))
    expect(longer.deadlines.contactDueAt).toBe(accepted.deadlines.contactDueAt)
    const listed = wait(aReport(), aReport().deadlines.acceptDueAt)
    expect(value(kind(listed, 'complex', clerk)).redFaces).toEqual(listed.redFaces)
  })

  test('the branch puts the place right by itself where it keeps the report', () => {
    const command = aCommand('relocate', accepted, accepted.changedAt)
    const moved = take(accepted, command, { by: secretary })
    expect(moved.place.words).toBe('供销社往西第二条巷子')
    expect(moved.answerableUnit).toEqual(accepted.answerableUnit)
  })

  test('moved to another unit it is a hand-over, which a level up or every reporter agrees to', () => {
    const command = { ...aCommand('relocate', accepted, accepted.changedAt), to: unitFacts(farBranch) }
    const asked = take(accepted, command, { by: secretary })
    expect(asked.answerableUnit).toEqual(accepted.answerableUnit)
    const moved = take(asked, { kind: 'agree', request: 'relocate' }, { by: reporter })
    expect(moved).toMatchObject({ answerableUnit: { id: farBranch.id }, status: 'routed' })
    expect(moved.deadlines.resolveDueAt).toBe(accepted.deadlines.resolveDueAt)
    expect(moved.stints).toHaveLength(2)
  })

  test('L2: nor is it moved to a unit that could not take it', () => {
    const command = {
      ...aCommand('relocate', accepted, accepted.changedAt),
      to: unitFacts(farBranch, { memberCount: 0 }),
    }
    expect(refusalFrom(accepted, command, { by: secretary })).toBe('unit-without-members')
  })

  test('nothing becomes a complaint', () => {
    const into: ReportCommand = { kind: 'reclassify', categoryId: 'about-branch', note: '' }
    expect(refusalFrom(accepted, into, { by: secretary })).toBe('complaint-stays')
    expect(refusalFrom(take(aComplaint(), 'accept'), into, { by: clerk })).toBe('same-category')
  })
})

describe('C1: a first word counts when it has reached the resident', () => {
  const contact = (channel: 'phone' | 'message' | 'visit', note: string): ReportCommand => ({
    kind: 'contact',
    channel,
    note,
  })

  test('a call, after the number was revealed by this unit', () => {
    expect(refusalFrom(accepted, contact('phone', ''), { by: secretary })).toBe('phone-not-revealed')
    const revealed = take(accepted, 'reveal-phone', { by: secretary })
    const called = take(revealed, contact('phone', ''), { by: gridWorker })
    expect(called.contactedAt).toBe(called.changedAt)
    const noPhone = take(aReport({ hasPhone: false }), 'accept')
    expect(refusalFrom(noPhone, contact('phone', ''), { by: secretary })).toBe('no-phone')
  })

  test('each look at the number is an event that the resident sees', () => {
    const twice = takeAll(accepted, 'reveal-phone', 'reveal-phone')
    const looks = twice.timeline.filter((event) => event.kind === 'phone-revealed')
    expect(looks.map((event) => [event.visibility, event.personKey])).toEqual([
      ['person', 'reporter'],
      ['person', 'reporter'],
    ])
  })

  test('a message that was opened counts from then; 您好 to everybody counts not', () => {
    const sent = take(accepted, contact('message', '您好'), { by: secretary })
    expect(sent.contactedAt).toBeUndefined()
    const opened = take(sent, 'open-message', { by: reporter, now: sent.changedAt + hourMs })
    expect(opened.contactedAt).toBe(sent.changedAt + hourMs)
  })

  test('messages on two Chinese days count from the second; two on one day do not', () => {
    const sent = take(accepted, contact('message', '明天来'), { by: secretary })
    const sameDay = take(sent, contact('message', '下午来'), { by: secretary })
    expect(sameDay.contactedAt).toBeUndefined()
    const nextDay = take(sent, contact('message', '来过了'), { by: secretary, now: sent.changedAt + dayMs })
    expect(nextDay.contactedAt).toBe(sent.changedAt + dayMs)
  })

  test('the first that counts stands, however often somebody calls again', () => {
    const visited = take(accepted, contact('visit', '到家看过'), { by: secretary })
    const again = take(visited, contact('visit', '又去了'), {
      by: secretary,
      now: visited.deadlines.contactDueAt + hourMs,
    })
    expect(again.contactedAt).toBe(visited.changedAt)
  })

  test('three messages a day at most', () => {
    let report = accepted
    for (const words of ['一', '二', '三'])
      report = take(report, contact('message', words), { by: secretary })
    expect(refusalFrom(report, contact('message', '四'), { by: secretary })).toBe('too-many-today')
  })

  test('a visit with words; without words neither visit nor message is one', () => {
    expect(refusalFrom(accepted, contact('visit', ''), { by: secretary })).toBe('words-required')
    expect(refusalFrom(accepted, contact('message', ''), { by: secretary })).toBe('words-required')
    expect(take(accepted, contact('visit', '到家看过'), { by: secretary }).contactedAt).toBeDefined()
  })

  test('没人联系我 may be said from that moment on, and what comes after it counts again', () => {
    const visited = take(accepted, contact('visit', '到家看过'), { by: secretary })
    const denied = take(visited, 'deny-contact', { by: reporter })
    expect(denied.contactedAt).toBeUndefined()
    expect(refusalFrom(denied, 'deny-contact', { by: reporter })).toBe('nothing-to-deny')
    const again = take(denied, contact('visit', '又去了'), { by: secretary })
    expect(again.contactedAt).toBe(again.changedAt)
    const late = wait(denied, denied.deadlines.contactDueAt)
    expect(texts(late, 'overdue')).toEqual(['已超过联系居民时限'])
  })

  test('a rating that says “nobody contacted me” denies it too, the reporter’s alone', () => {
    const others = take(reportIn('resolved', {}), 'add-to')
    const no = { contacted: false, solved: 'yes', satisfaction: 'satisfied', remark: '' } as const
    expect(take(others, { kind: 'rate', rating: no }, { by: reporter }).contactedAt).toBeUndefined()
    const family = takeAll(take(accepted, { kind: 'absorb', child: aChild() }), 'contact', 'resolve')
    expect(take(family, { kind: 'rate', rating: no }, { by: coReporter }).contactedAt).toBeDefined()
  })
})

describe('K8: what is about a unit’s own act goes up above that unit, wherever the matter is by then', () => {
  const late = wait(aReport(), aReport().deadlines.acceptDueAt)
  const appealed = take(late, 'appeal-red-face', { by: secretary })
  const moved = take(
    appealed,
    { kind: 'reassign', to: unitFacts(farBranch), note: '归那边管' },
    { by: bannerClerk },
  )

  test('undecided it climbs its own path, not the one of the unit that has the matter now', () => {
    expect(moved.requests).toMatchObject([{ kind: 'appeal-red-face', rulingUnitId: township.id }])
    expect(moved.unitPath).not.toContain(township.id)
    const movesUpAt = moved.requests[0]?.movesUpAt ?? 0
    expect(wait(moved, movesUpAt).requests).toMatchObject([{ rulingUnitId: banner.id }])
  })

  test('any level above the one whose turn it is may rule meanwhile', () => {
    expect(refusalFrom(moved, ruling('appeal-red-face'), { by: bannerClerk })).toBeUndefined()
  })
})

describe('L1: an appeal upheld by time brings it home', () => {
  test('whoever acts first leaves the same work behind as the clock', () => {
    const appealed = take(reportIn('declined'), 'appeal', { by: reporter })
    const endsAt = appealed.requests[0]?.endsAt ?? 0
    const noted = take(appealed, 'note', { by: clerk, now: endsAt + minuteMs })
    expect(noted.status).toBe('routed')
    expect(noted.outbox).toContainEqual(expect.objectContaining({ kind: 'go-home' }))
  })
})

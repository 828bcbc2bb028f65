import { rateFactsOf } from '../../../../cloudfunctions/contexts/figures/rules/rates'
import { toReportDocument } from '../../../../cloudfunctions/contexts/report/report-documents'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import type { Caller } from '../../../../cloudfunctions/contexts/report/rules/standing'
import { presentReport } from '../../../../cloudfunctions/contexts/report/use-cases/present-report'
import { messageText } from '../../../../cloudfunctions/contexts/report/words'
import { dayMs, hourMs } from '../../../../cloudfunctions/ground/instant'
import {
  aComplaint,
  aDecision,
  aMembership,
  aRerouting,
  banner,
  bannerClerk,
  branch,
  callerOf,
  clerk,
  farBranch,
  law,
  leagueClerk,
  newWork,
  otherTownship,
  type Person,
  refusalFrom,
  regionClerk,
  reporter,
  reportIn,
  ruleOn,
  rules,
  secretary,
  stranger,
  supportedBy,
  supporter,
  take,
  takeAll,
  township,
  unitFacts,
  wait,
} from '../../../support/builders'
import type { ReportCommand } from '../../../support/commands'

const complaint = takeAll(aComplaint(), 'accept')
const asLane: ReportCommand = { kind: 'reclassify', categoryId: 'lane-repair', note: '像是路的事' }
const agreed = (rerouting = aRerouting()): ReportCommand => ({
  kind: 'agree',
  request: 'reclassify',
  rerouting,
})
const asked = take(complaint, asLane, { by: clerk })
const ended = take(asked, agreed(), { by: reporter })

const messagesOf = (before: Report, after: Report) =>
  newWork(before, after).flatMap((entry) =>
    entry.kind === 'message' ? [{ ...entry, ...messageText(entry) }] : [],
  )
const toUnit = (before: Report, after: Report, unitId: string) =>
  messagesOf(before, after).filter(
    ({ to }) => typeof to === 'object' && 'unitId' in to && to.unitId === unitId,
  )

const readAs = (report: Report, caller: Caller) => {
  const scene = { law, now: report.changedAt, urls: new Map(), actorId: 'reader' }
  return presentReport(report, caller, scene)
}
const traceOf = (report: Report, person: Person): readonly string[] =>
  readAs(report, callerOf(person, report))?.timeline.map((event) => event.text) ?? []

describe('K9: a complaint stops being one only by its reporter’s word', () => {
  test('the committee that answers, or a level above it, asks the reporter, and no level has a say', () => {
    expect(asked.requests).toMatchObject([{ kind: 'reclassify', categoryId: 'lane-repair', agreedKeys: [] }])
    expect(asked.categoryId).toBe('about-branch')
    for (const by of [clerk, bannerClerk, leagueClerk, regionClerk]) {
      for (const isGranted of [true, false])
        expect(refusalFrom(asked, ruleOn('reclassify', isGranted), { by })).toBe(
          by === clerk ? 'not-allowed' : 'no-request',
        )
    }
    const byBanner = take(complaint, asLane, { by: bannerClerk })
    expect(refusalFrom(byBanner, ruleOn('reclassify'), { by: leagueClerk })).toBe('no-request')
    expect(messagesOf(complaint, asked).map((message) => message.to)).toEqual(['reporter'])
    expect(toReportDocument(asked).rulingUnitIds).toEqual([])
  })

  test('it never goes further up', () => {
    const later = (asked.requests[0]?.endsAt ?? 0) - 1
    expect(wait(asked, later).requests).toEqual(asked.requests)
  })

  test('their yes makes it an ordinary matter, handed to where its place leads', () => {
    expect(ended).toMatchObject({
      categoryId: 'lane-repair',
      status: 'routed',
      answerableUnit: { id: branch.id },
      requests: [],
      publicSummary: '后炭市社区 · 路面坑洼积泥要修补',
      routing: aDecision(),
    })
    expect(ended).not.toHaveProperty('accusedUnitId')
    expect(ended.stints.map((stint) => stint.unit.id)).toEqual([township.id, branch.id])
    const document = toReportDocument(ended)
    expect(document).toMatchObject({ isPublic: true, tab: 'waiting' })
    expect(document).not.toHaveProperty('accusedUnitId')
  })

  test('H3: one of our own people gives no such word', () => {
    const own = { ...clerk, name: reporter.name }
    expect(refusalFrom(asked, agreed(), { by: own })).toBe('not-eligible')
  })

  test('without a unit to name it is sorted by hand, from whatever status', () => {
    const decision = aDecision({
      policy: 'hand-sorting',
      reasons: [{ why: 'to-sort-by-words', unit: township.name }],
      alternate: undefined,
    })
    const nowhere = aRerouting({ decision, responsible: null })
    expect(take(asked, agreed(nowhere), { by: reporter })).toMatchObject({
      status: 'unrouted',
      answerableUnit: { id: township.id },
      isSorting: true,
      unitPath: township.path,
      routing: decision,
    })
    const unsorted = take(aComplaint({ responsible: null, accusedUnitId: undefined }), asLane, {
      by: bannerClerk,
    })
    const moved = take(unsorted, agreed(nowhere), { by: reporter })
    expect(moved.stints.map((stint) => [stint.unit.id, stint.isSorting])).toEqual([
      [banner.id, true],
      [township.id, true],
    ])
    const there = { ...nowhere, sorter: unitFacts(banner) }
    const stays = take(unsorted, agreed(there), { by: reporter })
    expect(stays).toMatchObject({ status: 'unrouted', unitPath: banner.path, categoryId: 'lane-repair' })
    expect(stays.stints).toHaveLength(1)
  })

  test('L2: nor is it handed to a unit without members', () => {
    const empty = aRerouting({ responsible: unitFacts(branch, { memberCount: 0 }) })
    expect(take(asked, agreed(empty), { by: reporter })).toMatchObject({
      status: 'unrouted',
      unitPath: township.path,
      routing: { policy: 'hand-sorting' },
    })
  })

  test('K5: its clocks are those of its new kind from when it began; what fell due stays', () => {
    const { startedAt, contactDueAt } = asked.deadlines
    expect(ended.deadlines.startedAt).toBe(startedAt)
    expect(ended.deadlines.resolveDueAt).toBeLessThan(asked.deadlines.resolveDueAt)
    expect(ended.deadlines.acceptDueAt).toBeGreaterThan(ended.changedAt)
    const late = take(wait(asked, contactDueAt), agreed(), { by: reporter, now: contactDueAt + hourMs })
    expect(late.deadlines.contactDueAt).toBe(contactDueAt)
    const longer = take(
      take(complaint, { ...asLane, categoryId: 'lane-hardening' }, { by: clerk }),
      agreed(),
      {
        by: reporter,
      },
    )
    expect(longer.deadlines.resolveDueAt).toBeGreaterThan(asked.deadlines.resolveDueAt)
  })

  test('K6, K8: a suspension ends with the hand-over, and what waited falls', () => {
    const waits = take(take(complaint, 'extend', { by: clerk }), asLane, { by: clerk })
    expect(take(waits, agreed(), { by: reporter }).requests).toEqual([])
    const suspended = take(take(take(complaint, 'suspend', { by: clerk }), ruleOn('suspend')), asLane, {
      by: clerk,
    })
    const after = take(suspended, agreed(), { by: reporter })
    expect(after).toMatchObject({ status: 'routed' })
    expect(after.suspension).toBeUndefined()
    expect(after.holds.every((hold) => hold.to !== undefined)).toBe(true)
  })

  test('K8: unanswered it lapses, the reporter is told, and it is not asked again', () => {
    const endsAt = asked.requests[0]?.endsAt ?? 0
    const lapsed = wait(asked, endsAt)
    expect(lapsed).toMatchObject({ categoryId: 'about-branch', requests: [], staysComplaint: true })
    expect(messagesOf(wait(asked, endsAt - 1), lapsed).map((message) => message.to)).toContain('reporter')
    for (const by of [clerk, bannerClerk]) expect(refusalFrom(lapsed, asLane, { by })).toBe('complaint-kept')
    expect(refusalFrom(lapsed, agreed(), { by: reporter })).toBe('no-request')
  })

  test('K8: it falls when the complaint is handed on, and whoever has it then may ask', () => {
    const moved = take(asked, { kind: 'reassign', to: unitFacts(banner), note: '' }, { by: leagueClerk })
    expect(moved).toMatchObject({ requests: [], answerableUnit: { id: banner.id }, isSorting: false })
    expect(refusalFrom(moved, asLane, { by: bannerClerk })).toBeUndefined()
  })

  test('what was answered as a complaint stays one', () => {
    const resolved = takeAll(complaint, 'contact', 'resolve')
    const rating = { contacted: true, solved: 'no', satisfaction: 'dissatisfied', remark: '' } as const
    const reopened = take(resolved, { kind: 'rate', rating }, { by: reporter })
    expect(reopened.status).toBe('accepted')
    expect(refusalFrom(reopened, asLane, { by: clerk })).toBe('complaint-answered')
  })
})

describe('K9, H4: what was written within the complaint stays with those who knew of it', () => {
  const withQuestion = takeAll(aComplaint(), 'accept', 'ask', 'progress', 'note', 'reveal-phone')
  const before = take(take(withQuestion, asLane, { by: clerk }), 'add-to', { by: reporter })
  const after = take(before, agreed(), { by: reporter })
  const anew = ['由后炭市社区党支部负责']

  test('the unit it was about, and everybody else, read a new matter', () => {
    expect(traceOf(after, secretary)).toEqual(anew)
    expect(traceOf(after, stranger)).toEqual(anew)
    const view = readAs(after, callerOf(secretary, after))
    expect(view).toMatchObject({
      view: 'staff',
      questions: [],
      hasPhone: false,
      contactedAt: null,
      requests: [],
    })
    expect(JSON.stringify(view)).not.toContain('反映')
    expect(view?.actions).not.toContain('reveal-phone')
  })

  test('the reporter and the committee read what they read before', () => {
    expect(traceOf(after, reporter)).toEqual([
      ...traceOf(before, reporter),
      '上报人同意',
      '上报人同意不再按反映单位或干部的事办，改为“路面坑洼积泥要修补”',
      ...anew,
    ])
    expect(traceOf(after, clerk)).toEqual(expect.arrayContaining([...traceOf(before, clerk)]))
    expect(traceOf(after, bannerClerk)).toHaveLength(traceOf(after, clerk).length)
  })

  test('not so who sits in the committee and in the unit it was about, now or at some time', () => {
    const memberships = [aMembership(township, 'clerk')]
    const once: Caller = { isSignedIn: true, memberships, seatsEverIn: [township.id, branch.id] }
    expect(readAs(after, once)?.timeline.map((event) => event.text)).toEqual(anew)
    const both = { ...clerk, memberships: [...clerk.memberships, aMembership(branch, 'secretary')] }
    expect(traceOf(after, both)).toEqual(anew)
  })

  test('nor who takes the reporter’s place later', () => {
    const joined = take(supportedBy(after, supporter), 'withdraw', { by: reporter })
    expect(joined.reporterKey).toBe(supporter.name)
    expect(traceOf(joined, supporter)[0]).toBe(anew[0])
  })

  test('the reporter who sits in the unit it was about reads their own, and nothing of the committee’s', () => {
    const own = { ...secretary, name: reporter.name }
    const lines = traceOf(after, own)
    expect(lines).toEqual(traceOf(after, reporter))
  })

  test('A7: the unit it was about hears of a new matter only; the others’ messages are hidden from its people', () => {
    expect(toUnit(before, after, branch.id)).toMatchObject([
      { title: '新诉求', text: '“后炭市社区 · 路面坑洼积泥要修补”，请受理。' },
    ])
    expect(toUnit(before, after, branch.id)[0]).not.toHaveProperty('accusedUnitId')
    expect(toUnit(before, after, township.id)).toMatchObject([{ accusedUnitId: branch.id }])
    for (const message of messagesOf(aComplaint(), before)) expect(message.accusedUnitId).toBe(branch.id)
  })

  test('K4: what is urgent reaches the duty desk of its place', () => {
    const danger = take(complaint, { ...asLane, categoryId: 'danger' }, { by: clerk })
    const rerouting = aRerouting({
      responsible: unitFacts(farBranch),
      decision: aDecision({ alternate: undefined }),
    })
    const far = take(danger, agreed(rerouting), { by: reporter })
    expect(toUnit(danger, far, otherTownship.id)).toMatchObject([{ title: '新诉求' }])
  })

  test('figures: what was due, or done, while it was a complaint is in none; from then on it is the unit’s like any', () => {
    const later = after.changedAt + 40 * dayMs
    expect(rateFactsOf(after, later, rules)).toMatchObject({
      contact: { isKept: false, unitIds: [branch.id] },
      received: [{ unitId: branch.id }],
    })
    const contacted = take(take(takeAll(complaint, 'contact'), asLane, { by: clerk }), agreed(), {
      by: reporter,
    })
    expect(rateFactsOf(contacted, later, rules).contact).toBeNull()
    const due = asked.deadlines.contactDueAt
    const missed = take(wait(asked, due), agreed(), { by: reporter, now: due + hourMs })
    expect(rateFactsOf(missed, later, rules).contact).toBeNull()
    expect(rateFactsOf(reportIn('accepted'), later, rules).contact).not.toBeNull()
  })
})

import * as fc from 'fast-check'
import { dayMs, hourMs, minuteMs } from '../../../cloudfunctions/domain/instant'
import { activeEpisode, type RedFaceEpisode } from '../../../cloudfunctions/domain/red-face/red-face'
import type { ReportCommand } from '../../../cloudfunctions/domain/report/commands'
import { type DecisionContext, decide } from '../../../cloudfunctions/domain/report/decide'
import type { Report } from '../../../cloudfunctions/domain/report/report'
import { catchUp } from '../../../cloudfunctions/domain/report/tick'
import type { RefusalCode } from '../../../cloudfunctions/domain/result'
import {
  aCategory,
  aCommand,
  aContext,
  aRating,
  aReport,
  banner,
  branch,
  claimFixed,
  deepFreeze,
  housingBureau,
  mondayAt,
  otherBranch,
  reportIn,
  rules,
  take,
  takeAll,
  toRoutedUnit,
  township,
} from '../../support/builders'
import { anyOpening, anySteps, anyStepsBy, type Scene, staff, takeStep } from '../../support/walk'

const soonAfter = (report: Report): number => report.changedAt + minuteMs

const attempt = (report: Report, command: ReportCommand, context: Partial<DecisionContext> = {}) =>
  decide(deepFreeze(report), command, aContext({ now: soonAfter(report), ...context }))

const titlesTo = (report: Report, recipient: string): readonly string[] =>
  report.outbox.flatMap((entry) =>
    entry.kind === 'message' &&
    (typeof entry.to === 'object' ? entry.to.unitId === recipient : entry.to === recipient)
      ? [entry.title]
      : [],
  )

const ledgerOf = (report: Report): readonly string[] =>
  report.outbox.flatMap((entry) => (entry.kind === 'ledger' ? [entry.entry] : []))

const theEpisode = (report: Report): RedFaceEpisode => {
  const episode = report.redFaces[report.redFaces.length - 1]
  if (!episode) throw new Error('no episode')
  return episode
}

const asReporter: Partial<DecisionContext> = {
  by: { side: 'resident' },
  actorId: 'reporter',
  participant: { key: 'reporter', part: 'reporter' },
}
const asSupporter = (key: string): Partial<DecisionContext> => ({
  by: { side: 'resident' },
  actorId: key,
  participant: { key, part: 'supporter' },
})
const asTownship: Partial<DecisionContext> = {
  by: { side: 'staff', unitName: township.name, role: 'upper' },
  actorId: 'actor-township',
}

const supported = (report: Report, ...keys: readonly string[]): Report =>
  keys.reduce((current, key) => take(current, { kind: 'support', key }, asSupporter(key)), report)

const ratedUnsolved = (report = reportIn('resolved')): Report =>
  take(report, { kind: 'rate', rating: aRating({ solved: 'no', satisfaction: 'dissatisfied' }) }, asReporter)

/** On the public list, evidence of a new fix before the residents, nobody has answered yet. */
const fixedAgain = (report = ratedUnsolved()): Report =>
  take(catchUp(report, theEpisode(report).publicAt, rules), 'resolve')

const answer = (report: Report, isGone: boolean, photo?: string): ReportCommand => ({
  ...aCommand('answer-red-face', report, soonAfter(report)),
  isGone,
  ...(photo ? { photo } : {}),
})

describe('the rules refuse', () => {
  const monthLater = { now: mondayAt + 31 * dayMs }
  const onceReturned = (report: Report) =>
    take(take(report, 'return'), { kind: 'route', to: toRoutedUnit(branch), note: '' }, asTownship)

  const refusals: [
    what: string,
    begin: () => Report,
    commandOn: (report: Report) => ReportCommand,
    code: RefusalCode,
    context?: Partial<DecisionContext>,
  ][] = [
    [
      'to withdraw what another resident has too',
      () => supported(reportIn('accepted'), 'neighbour'),
      () => ({ kind: 'withdraw', reason: '' }),
      'not-allowed',
    ],
    [
      '我也遇到 said twice',
      () => supported(reportIn('routed'), 'neighbour'),
      () => ({ kind: 'support', key: 'neighbour' }),
      'already-supported',
    ],
    [
      'to reveal a number the resident did not give',
      () => reportIn('accepted', { hasPhone: false }),
      () => ({ kind: 'reveal-phone' }),
      'no-phone',
    ],
    [
      'a fourth return',
      () => onceReturned(onceReturned(onceReturned(reportIn('routed')))),
      (report) => aCommand('return', report, mondayAt),
      'return-limit',
    ],
    [
      'a transfer to the branch that has it',
      () => reportIn('routed'),
      () => ({ kind: 'transfer', to: toRoutedUnit(branch), note: '转' }),
      'unknown-unit',
    ],
    [
      'to dispatch to another branch',
      () => reportIn('accepted'),
      (report) => ({ ...aCommand('dispatch', report, mondayAt), unit: otherBranch }),
      'not-a-partner',
    ],
    [
      'to dispatch to a unit without a partnership',
      () => reportIn('accepted'),
      () => ({ kind: 'dispatch', unit: housingBureau, note: '请办' }),
      'not-a-partner',
    ],
    [
      'progress on what is closed and on no list',
      () => reportIn('closed'),
      (report) => aCommand('progress', report, mondayAt),
      'wrong-status',
    ],
    [
      'evidence without a photograph',
      () =>
        take(
          reportIn('resolved'),
          { kind: 'rate', rating: aRating({ satisfaction: 'dissatisfied' }) },
          asReporter,
        ),
      (report) => ({ ...aCommand('progress', report, mondayAt), photos: [] }),
      'evidence-required',
    ],
    [
      'a claim without a photograph of the result',
      () => reportIn('dispatched'),
      (report) => ({ ...aCommand('claim-fixed', report, mondayAt), after: [] }),
      'evidence-required',
    ],
    [
      'a resolution without a photograph of the result',
      () => reportIn('accepted'),
      (report) => ({ ...aCommand('resolve', report, mondayAt), after: [] }),
      'evidence-required',
    ],
    [
      'a check by the person who claimed the fix',
      () => reportIn('awaiting-check'),
      () => ({ kind: 'check', note: '' }),
      'checker-is-fixer',
      { actorId: 'actor-handler' },
    ],
    [
      'to reopen what was closed more than thirty days ago',
      () => reportIn('closed'),
      (report) => aCommand('reopen', report, mondayAt),
      'appeal-too-late',
      monthLater,
    ],
    [
      'to appeal against what was declined more than thirty days ago',
      () => reportIn('declined'),
      (report) => aCommand('appeal', report, mondayAt),
      'appeal-too-late',
      monthLater,
    ],
    [
      'to suspend until a day that is over',
      () => reportIn('accepted'),
      (report) => ({ ...aCommand('suspend', report, mondayAt), untilAt: mondayAt }),
      'date-in-past',
    ],
    [
      'to suspend for more than ninety days',
      () => reportIn('accepted'),
      (report) => ({ ...aCommand('suspend', report, mondayAt), untilAt: soonAfter(report) + 90 * dayMs + 1 }),
      'suspension-too-long',
    ],
    [
      'an extension that ends no later than the time there is',
      () => reportIn('accepted'),
      (report) => ({
        ...aCommand('extend', report, mondayAt),
        resolveDueAt: report.deadlines.resolveDueAt,
      }),
      'date-in-past',
    ],
    [
      'a second request while one is waiting',
      () => take(reportIn('accepted'), 'suspend'),
      (report) => aCommand('extend', report, mondayAt),
      'request-pending',
    ],
    [
      'to decide what nobody asked for',
      () => reportIn('accepted'),
      () => ({ kind: 'decide', request: 'suspend', isGranted: true, note: '' }),
      'no-request',
    ],
    [
      'to decide something else than what was asked for',
      () => take(reportIn('accepted'), 'suspend'),
      () => ({ kind: 'decide', request: 'extend', isGranted: true, note: '' }),
      'no-request',
    ],
    [
      'to grant a suspension of work that is done but for the check',
      () => claimFixed(take(reportIn('dispatched'), 'suspend')),
      () => ({ kind: 'decide', request: 'suspend', isGranted: true, note: '' }),
      'wrong-status',
    ],
    [
      'to grant a transfer of what has been dispatched meanwhile',
      () => takeAll(reportIn('accepted'), 'transfer', 'dispatch'),
      () => ({ kind: 'decide', request: 'transfer', isGranted: true, note: '' }),
      'wrong-status',
    ],
    [
      'an answer about no entry',
      () => reportIn('closed'),
      (report) => answer(report, true),
      'no-active-entry',
      asReporter,
    ],
    [
      'an answer before there is evidence',
      () => catchUp(reportIn('routed'), reportIn('routed').deadlines.acceptDueAt, rules),
      (report) => answer(report, true),
      'not-yet',
      asReporter,
    ],
    [
      'to verify on the spot before the residents have been silent for seven days',
      () => fixedAgain(),
      (report) => aCommand('verify-red-face', report, mondayAt),
      'not-yet',
      asTownship,
    ],
    [
      'to verify on the spot without a photograph',
      () => fixedAgain(),
      (report) => ({ ...aCommand('verify-red-face', report, mondayAt), photos: [] }),
      'evidence-required',
      asTownship,
    ],
    [
      'to verify what is on no list',
      () => reportIn('closed'),
      (report) => aCommand('verify-red-face', report, mondayAt),
      'no-active-entry',
      asTownship,
    ],
    [
      'to appeal against no entry',
      () => reportIn('accepted'),
      (report) => aCommand('appeal-red-face', report, mondayAt),
      'no-active-entry',
    ],
    [
      'a second appeal against a frozen entry',
      () => take(ratedUnsolved(), 'appeal-red-face'),
      (report) => aCommand('appeal-red-face', report, mondayAt),
      'no-active-entry',
    ],
    [
      'to declare the same matter twice',
      () => take(reportIn('accepted'), 'declare-red-face'),
      (report) => aCommand('declare-red-face', report, mondayAt),
      'wrong-status',
    ],
    [
      'to declare a complaint about a branch in public',
      () => reportIn('accepted', { category: aCategory('about-branch') }),
      (report) => aCommand('declare-red-face', report, mondayAt),
      'not-allowed',
    ],
  ]

  test.each(refusals)('%s', (_what, begin, commandOn, code, context = {}) => {
    const report = deepFreeze(begin())
    const before = JSON.stringify(report)
    const result = attempt(report, commandOn(report), context)
    expect(result.ok ? null : result.error.code).toBe(code)
    expect(JSON.stringify(report)).toBe(before)
  })
})

describe('merging', () => {
  const report = reportIn('routed')
  const { parent } = aCommand('merge', report, mondayAt)

  test('joins an earlier open report of the same kind in the same branch', () => {
    const merged = take(report, { kind: 'merge', parent })
    expect(merged).toMatchObject({ status: 'merged', parentReportId: parent.id })
    expect(merged.outbox).toContainEqual(
      expect.objectContaining({ kind: 'merge', parentReportId: parent.id }),
    )
    expect(titlesTo(merged, 'reporter')).toContain('已并案')
  })

  test.each([
    ['itself', { id: report.id }],
    ['a report that is done', { isOpen: false }],
    ['another branch’s report', { branchId: otherBranch.id }],
    ['another kind of problem', { categoryId: 'rubbish' }],
    ['a later report', { submittedAt: report.submittedAt + 1 }],
    ['a report of the same instant', { submittedAt: report.submittedAt }],
  ])('never joins %s', (_what, overrides) => {
    const result = attempt(report, { kind: 'merge', parent: { ...parent, ...overrides } })
    expect(result).toMatchObject({ ok: false, error: { code: 'merge-target' } })
  })

  test('never takes a report off the red-face list', () => {
    const listed = catchUp(report, report.deadlines.acceptDueAt, rules)
    expect(activeEpisode(listed.redFaces)).toBeDefined()
    expect(attempt(listed, { kind: 'merge', parent })).toMatchObject({
      ok: false,
      error: { code: 'merge-target' },
    })
  })

  test('brings all its people along, each of them once', () => {
    const older = supported(reportIn('accepted'), 'neighbour')
    const command = {
      kind: 'absorb',
      childReportId: 'child',
      supporterKeys: ['neighbour', 'a', 'b'],
    } as const
    const absorbed = take(older, command, { by: { side: 'system' } })
    expect(absorbed.supporters.map((one) => one.key)).toEqual(['neighbour', 'a', 'b'])
    expect(absorbed.childReportIds).toEqual(['child'])
    const again = take(absorbed, command, { by: { side: 'system' } })
    expect(again.supporters).toEqual(absorbed.supporters)
    expect(again.childReportIds).toEqual(['child'])
  })
})

describe('sending back and forth', () => {
  test('the third return leaves the report with the level above, which must name a branch', () => {
    let report = reportIn('routed')
    for (const count of [1, 2, 3]) {
      report = take(report, 'return')
      expect(report).toMatchObject({ status: 'unrouted', branchId: null, returnCount: count })
      expect(titlesTo(report, township.id)).toEqual(
        expect.arrayContaining([count === 3 ? '三次退回，须指定承办' : '待分派']),
      )
      report = take(report, { kind: 'route', to: toRoutedUnit(branch), note: '' }, asTownship)
      expect(report).toMatchObject({ status: 'routed', branchId: branch.id })
    }
    expect(attempt(report, aCommand('return', report, mondayAt)).ok).toBe(false)
    expect(take(report, 'accept').status).toBe('accepted')
  })

  test('before acceptance a transfer is the branch’s own decision, afterwards the level above has to agree', () => {
    expect(take(reportIn('routed'), 'transfer')).toMatchObject({ status: 'routed', branchId: otherBranch.id })
    const asked = take(reportIn('accepted'), 'transfer')
    expect(asked).toMatchObject({ status: 'accepted', branchId: branch.id })
    expect(titlesTo(asked, township.id)).toContain('有申请待审批')
    const granted = take(asked, 'decide', asTownship)
    expect(granted).toMatchObject({ status: 'routed', branchId: otherBranch.id, unitPath: otherBranch.path })
    const denied = take(asked, { ...aCommand('decide', asked, mondayAt), isGranted: false }, asTownship)
    expect(denied).toMatchObject({ status: 'accepted', branchId: branch.id })
    expect(denied.pendingRequest).toBeUndefined()
  })

  test('the neighbour across the border may take the report over, and no time moves', () => {
    const before = reportIn('routed')
    const after = take(before, 'take-over')
    expect(after).toMatchObject({ status: 'routed', branchId: otherBranch.id, deadlines: before.deadlines })
  })

  test('the third rework brings supervision from the level above', () => {
    let report = reportIn('awaiting-check')
    for (const count of [1, 2, 3]) {
      report = take(report, 'rework')
      expect(report).toMatchObject({
        status: 'dispatched',
        reworkCount: count,
        handlerUnitId: housingBureau.id,
      })
      expect(report.supervisedAts).toHaveLength(count === 3 ? 1 : 0)
      expect(titlesTo(report, township.id).includes('督办')).toBe(count === 3)
      expect(titlesTo(report, housingBureau.id)).toContain('返工')
      report = claimFixed(report)
    }
  })
})

describe('the resident’s verdict', () => {
  test('“没解决” reopens the report and notes it for the red-face list', () => {
    const report = ratedUnsolved()
    expect(report.status).toBe('accepted')
    expect(report.reopenedAts).toHaveLength(1)
    expect(theEpisode(report)).toMatchObject({
      state: 'noticed',
      causes: [{ cause: 'rated-unsolved' }],
      publicAt: report.changedAt + 24 * hourMs,
    })
  })

  test('the second reopening is a cause of its own', () => {
    const twice = ratedUnsolved(take(ratedUnsolved(), 'resolve'))
    expect(theEpisode(twice).causes.map((one) => one.cause)).toEqual(['rated-unsolved', 'reopened-twice'])
  })

  test.each([
    ['yes', 'satisfied', 0],
    ['partly', 'basically-satisfied', 0],
    ['yes', 'dissatisfied', 1],
    ['partly', 'dissatisfied', 1],
  ] as const)('“%s” and “%s” close the report with %i entries', (solved, satisfaction, entries) => {
    const report = take(
      reportIn('resolved'),
      { kind: 'rate', rating: aRating({ solved, satisfaction }) },
      asReporter,
    )
    expect(report.status).toBe('closed')
    expect(report.redFaces).toHaveLength(entries)
  })

  test('the resident’s own words are for the parties, what happened is for everyone', () => {
    const report = take(
      reportIn('resolved'),
      { kind: 'rate', rating: aRating({ solved: 'no', remark: '张书记没来过' }) },
      asReporter,
    )
    const told = report.timeline.filter((event) => event.text.includes('张书记'))
    expect(told.map((event) => event.visibility)).toEqual(['parties'])
    expect(report.outbox.some((entry) => 'text' in entry && entry.text.includes('张书记'))).toBe(false)
  })
})

describe('the red-face list', () => {
  const noticed = ratedUnsolved()
  const { publicAt } = theEpisode(noticed)

  test('shows nothing within the notice and everything after it', () => {
    const justBefore = catchUp(noticed, publicAt - 1, rules)
    expect(theEpisode(justBefore).state).toBe('noticed')
    const after = catchUp(noticed, publicAt, rules)
    expect(theEpisode(after).state).toBe('public')
    expect(ledgerOf(after)).toEqual(['opened', 'published'])
    expect(titlesTo(after, branch.id)).toEqual(expect.arrayContaining(['红脸预告', '红脸上榜']))
  })

  test('waits while an appeal runs', () => {
    const frozen = take(noticed, 'appeal-red-face')
    expect(theEpisode(catchUp(frozen, publicAt + 10 * dayMs, rules)).state).toBe('frozen')
    expect(titlesTo(frozen, township.id)).toContain('有申请待审批')
  })

  test('never shows an entry against which an appeal within the notice was upheld', () => {
    const frozen = take(noticed, 'appeal-red-face')
    const upheld = take(frozen, 'decide', { ...asTownship, now: publicAt + dayMs })
    expect(theEpisode(upheld)).toMatchObject({ state: 'cleared', consent: 'appeal-upheld' })
    const shown = upheld.timeline.filter((event) => event.visibility === 'public').map((event) => event.kind)
    expect(shown.filter((kind) => kind.startsWith('red-face'))).toEqual([])
  })

  test('goes on as before when the appeal is not upheld', () => {
    const frozen = take(noticed, 'appeal-red-face')
    const no = { kind: 'decide', request: 'appeal-red-face', isGranted: false, note: '' } as const
    const early = take(frozen, no, { ...asTownship, now: publicAt - hourMs })
    expect(theEpisode(early).state).toBe('noticed')
    expect(theEpisode(catchUp(early, publicAt, rules)).state).toBe('public')
    const late = take(frozen, no, { ...asTownship, now: publicAt + hourMs })
    expect(theEpisode(late).state).toBe('public')
    expect(ledgerOf(late)).toEqual(['opened', 'frozen', 'unfrozen', 'published'])
  })

  test('clears when the reporter confirms the new fix', () => {
    const cleared = take(fixedAgain(), answer(fixedAgain(), true), asReporter)
    expect(theEpisode(cleared)).toMatchObject({ state: 'cleared', consent: 'reporter' })
    expect(ledgerOf(cleared)).toContain('cleared')
  })

  test('clears when the reporter rates the new fix as solved and is not dissatisfied', () => {
    const cleared = take(fixedAgain(), { kind: 'rate', rating: aRating() }, asReporter)
    expect(theEpisode(cleared)).toMatchObject({ state: 'cleared', consent: 'reporter' })
    const unhappy = take(
      fixedAgain(),
      { kind: 'rate', rating: aRating({ satisfaction: 'dissatisfied' }) },
      asReporter,
    )
    expect(theEpisode(unhappy).state).toBe('public')
  })

  test('does not take a supporter for the reporter, however the supporter came to the report', () => {
    const listed = fixedAgain(
      ratedUnsolved(takeAll(supported(reportIn('routed'), 'a', 'b', 'c'), 'accept', 'resolve')),
    )
    for (const key of ['a', 'came-with-a-merged-report']) {
      const answered = take(listed, answer(listed, true), asSupporter(key))
      expect(theEpisode(answered).state).toBe('public')
    }
  })

  test('clears as soon as more than half of all supporters agree, and not when a photograph objects', () => {
    const listed = fixedAgain(
      ratedUnsolved(takeAll(supported(reportIn('routed'), 'a', 'b', 'c'), 'accept', 'resolve')),
    )
    const two = take(
      take(listed, answer(listed, true), asSupporter('a')),
      answer(listed, true),
      asSupporter('b'),
    )
    expect(theEpisode(two).state).toBe('public')
    const agreed = take(two, answer(two, false), asSupporter('c'))
    expect(theEpisode(agreed)).toMatchObject({ state: 'cleared', consent: 'supporters' })
    const objected = take(two, answer(two, false, 'photo-of-mud'), asSupporter('c'))
    expect(theEpisode(catchUp(objected, objected.changedAt + 30 * dayMs, rules)).state).toBe('public')
  })

  test('clears on the spot by the level above once the residents have been silent for seven days', () => {
    const listed = fixedAgain()
    const now = listed.changedAt + 7 * dayMs
    const verified = take(listed, 'verify-red-face', { ...asTownship, now })
    expect(theEpisode(verified)).toMatchObject({ state: 'cleared', consent: 'one-level-up' })
  })

  test('drops an appeal together with the entry it was about', () => {
    const appealed = take(fixedAgain(), 'appeal-red-face')
    const cleared = take(appealed, answer(appealed, true), asReporter)
    expect(cleared.pendingRequest).toBeUndefined()
    expect(
      attempt(cleared, { kind: 'decide', request: 'appeal-red-face', isGranted: false, note: '' }),
    ).toMatchObject({ ok: false, error: { code: 'no-request' } })
  })

  test('lets the branch appeal also when it has declined the matter', () => {
    const late = catchUp(reportIn('routed'), reportIn('routed').deadlines.acceptDueAt, rules)
    const declined = take(late, 'decline')
    expect(theEpisode(declined).state).toBe('noticed')
    expect(theEpisode(take(declined, 'appeal-red-face')).state).toBe('frozen')
  })

  test('never names a complaint about a branch; the level above is told instead', () => {
    const complaint = aReport({
      category: aCategory('about-branch'),
      responsible: toRoutedUnit(township),
      sorter: toRoutedUnit(township),
    })
    const late = catchUp(complaint, complaint.deadlines.resolveDueAt + 30 * dayMs, rules)
    expect(late.redFaces).toEqual([])
    expect(ledgerOf(late)).toEqual([])
    expect(titlesTo(late, banner.id)).toContain('督办')
  })
})

/** Reports that stand on the list for every kind of reason. */
const anyListed: fc.Arbitrary<Scene> = fc
  .record({
    begin: fc.constantFrom(
      () => catchUp(reportIn('routed'), mondayAt + 2 * dayMs, rules),
      () => catchUp(reportIn('dispatched'), mondayAt + 30 * dayMs, rules),
      () => ratedUnsolved(),
      () => fixedAgain(),
      () => take(reportIn('accepted'), 'declare-red-face'),
      () =>
        take(
          reportIn('resolved'),
          { kind: 'rate', rating: aRating({ satisfaction: 'dissatisfied' }) },
          asReporter,
        ),
      () => aReport({ isRecurring: true }),
    ),
    hasSupporters: fc.boolean(),
  })
  .map(({ begin, hasSupporters }) => {
    const report = begin()
    return {
      report: hasSupporters
        ? {
            ...report,
            supporters: ['neighbour', 'second-neighbour'].map((key) => ({ key, at: report.changedAt })),
          }
        : report,
      now: report.changedAt,
      parts: new Map([
        ['reporter', 'reporter' as const],
        ...(hasSupporters
          ? [['neighbour', 'supporter'] as const, ['second-neighbour', 'supporter'] as const]
          : []),
      ]),
    }
  })

/** Calls back whenever a step takes an episode off the list. */
const onClearing = (
  opening: Scene,
  steps: readonly Parameters<typeof takeStep>[1][],
  told: (cleared: RedFaceEpisode, taken: ReturnType<typeof takeStep>) => void,
  isTaken: (command: ReportCommand | undefined) => boolean = () => true,
): void => {
  let scene = opening
  for (const step of steps) {
    const taken = takeStep(scene, step)
    if (!isTaken(taken.command)) continue
    const after = taken.scene.report.redFaces
    for (const episode of after) {
      const was = scene.report.redFaces.find((one) => one.no === episode.no)
      if (episode.state === 'cleared' && was?.state !== 'cleared') told(episode, taken)
    }
    scene = taken.scene
  }
}

describe('who can take an entry off the list', () => {
  test('staff alone only by an appeal that the level above upholds, or by its look on the spot after seven days of silence with evidence', () => {
    fc.assert(
      fc.property(anyListed, anyStepsBy(staff), (opening, steps) => {
        onClearing(
          opening,
          steps,
          (episode, { person, command, scene }) => {
            expect(['township-staff', 'banner-staff']).toContain(person?.name)
            if (episode.consent === 'appeal-upheld') {
              expect(command).toMatchObject({ kind: 'decide', request: 'appeal-red-face', isGranted: true })
            } else {
              expect(episode.consent).toBe('one-level-up')
              expect(command?.kind).toBe('verify-red-face')
              expect(scene.now).toBeGreaterThanOrEqual((episode.evidenceAt ?? Number.NaN) + 7 * dayMs)
            }
          },
          // Who is staff elsewhere may say 我也遇到 here, and is then a resident like anyone.
          (command) => command?.kind !== 'support',
        )
      }),
      { numRuns: 300 },
    )
  })

  test('residents by the reporter’s own word, or by most of the supporters who answered', () => {
    fc.assert(
      fc.property(fc.oneof(anyListed, anyOpening), anySteps, (opening, steps) => {
        onClearing(opening, steps, (episode, { person, command, scene }) => {
          if (episode.consent === 'reporter') {
            expect(person?.name).toBe('reporter')
            expect(['rate', 'answer-red-face', 'withdraw']).toContain(command?.kind)
          }
          if (episode.consent === 'supporters') {
            const keys = scene.report.supporters.map((one) => one.key)
            const endsAt = (episode.evidenceAt ?? Number.NaN) + 7 * dayMs
            const answers = episode.answers.filter((one) => keys.includes(one.key) && one.at < endsAt)
            expect(answers.filter((one) => one.isGone).length * 2).toBeGreaterThan(answers.length)
            expect(episode.answers.some((one) => !one.isGone && one.photo)).toBe(false)
          }
        })
      }),
      { numRuns: 300 },
    )
  })

  test('and no history shows an entry before its notice is over or while an appeal runs', () => {
    fc.assert(
      fc.property(fc.oneof(anyListed, anyOpening), anySteps, (opening, steps) => {
        let scene = opening
        for (const step of steps) scene = takeStep(scene, step).scene
        let isFrozen = false
        const noticedAts: number[] = []
        for (const event of scene.report.timeline) {
          if (event.kind === 'red-face-noticed') noticedAts.push(event.at)
          if (event.kind === 'red-face-frozen') isFrozen = true
          if (event.kind === 'red-face-unfrozen' || event.kind === 'red-face-cleared') isFrozen = false
          if (event.kind === 'red-face-published') {
            expect(isFrozen).toBe(false)
            expect(noticedAts.some((at) => event.at >= at + rules.redFace.noticeHours * hourMs)).toBe(true)
          }
        }
      }),
    )
  })
})

describe('in every history', () => {
  test('whoever claimed a fix never checks it, and nobody withdraws what others have too', () => {
    fc.assert(
      fc.property(anyOpening, anySteps, (opening, steps) => {
        let scene = opening
        for (const step of steps) {
          const before = scene.report
          const { person, command, result, scene: after } = takeStep(scene, step)
          if (result?.ok && command?.kind === 'check') {
            expect(before.fixClaim?.actorId).toBeDefined()
            expect(before.fixClaim?.actorId).not.toBe(person?.name)
          }
          if (result?.ok && command?.kind === 'withdraw') expect(before.supporters).toEqual([])
          if (result?.ok && command?.kind === 'merge') {
            expect(command.parent.submittedAt).toBeLessThan(before.submittedAt)
            expect(command.parent).toMatchObject({
              isOpen: true,
              branchId: before.branchId,
              categoryId: before.categoryId,
            })
          }
          scene = after
        }
      }),
    )
  })

  test('the first line a command writes carries its id, and the revision and status it led to', () => {
    fc.assert(
      fc.property(anyOpening, anySteps, (opening, steps) => {
        let scene = opening
        for (const step of steps) {
          const { result, scene: after } = takeStep(scene, step)
          if (result?.ok) {
            const marked = result.value.timeline.filter(
              (event) => event.commandId && event.rev === result.value.rev,
            )
            expect(marked).toHaveLength(1)
            expect(marked[0]).toMatchObject({ rev: result.value.rev, status: result.value.status })
          }
          scene = after
        }
      }),
    )
  })
})

describe('a late clock of the server', () => {
  test('never dates a step before the one that went before it', () => {
    const report = reportIn('accepted')
    const after = take(report, 'contact', { now: report.changedAt - hourMs })
    expect(after.changedAt).toBe(report.changedAt)
  })
})

import * as fc from 'fast-check'
import { entriesOf } from '../../../../cloudfunctions/contexts/red-face/rules/entries'
import {
  activeEpisode,
  isStanding,
  isVerdict,
} from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import { barsToStriking } from '../../../../cloudfunctions/contexts/report/rules/granting'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { isHeard, requestOf } from '../../../../cloudfunctions/contexts/report/rules/request'
import { lineText, messageText } from '../../../../cloudfunctions/contexts/report/words'
import { dayMs } from '../../../../cloudfunctions/ground/instant'
import {
  aChild,
  aReport,
  aVerdict,
  banner,
  bannerClerk,
  clerk,
  coReporter,
  farBranch,
  gridWorker,
  law,
  league,
  leagueClerk,
  type Person,
  ratedUnsolved,
  refusalFrom,
  reporter,
  reportIn,
  ruleOn,
  secretary,
  supportedBy,
  supporter,
  take,
  takeAll,
  township,
  unitFacts,
  wait,
} from '../../../support/builders'
import { standingIn } from '../../../support/red-face'
import { offeredTo } from '../../../support/seen'
import { anyTurns, historyOf, type Taken } from '../../../support/walk'

const standingNosOf = (report: Report): readonly number[] =>
  activeEpisode(report.redFaces)
    ?.causes.filter(isStanding)
    .map((cause) => cause.no) ?? []

const grants = ruleOn('appeal-red-face')
const denies = ruleOn('appeal-red-face', false)
const says = { kind: 'say-to-appeal', words: '下雨还是过不去', photos: [] } as const
const unsolved = { kind: 'rate', rating: aVerdict({ solved: 'no' }) } as const

const disputedBy = (report: Report, by: Person = secretary): Report => take(report, 'appeal-red-face', { by })
const lookedAt = (report: Report, by: Person = clerk): Report =>
  take(report, { kind: 'look', finding: 'solved', note: '平整', photos: [] }, { by })
const hearingOf = (report: Report) => requestOf(report.requests, 'appeal-red-face')?.hearing
const heardUntil = (report: Report): number => hearingOf(report)?.until ?? 0
const ledgerRows = (report: Report) =>
  report.outbox.flatMap((entry) =>
    entry.kind === 'ledger' ? [`${entry.causeNo} ${entry.entry} ${entry.isPublic}`] : [],
  )

const disputed = disputedBy(ratedUnsolved())
const looked = lookedAt(disputed)
const struck = take(take(looked, says, { by: reporter }), grants, { by: clerk })
const appealed = take(struck, 'appeal-struck', { by: reporter })

describe('F3: a resident’s verdict is struck only after a look and after hearing them', () => {
  test('whose verdict it is, and nobody else, is told that it is disputed and asked', () => {
    const family = take(takeAll(aReport(), 'accept', 'contact'), { kind: 'absorb', child: aChild() })
    const report = disputedBy(
      take(take(supportedBy(family, supporter), 'resolve'), unsolved, { by: coReporter }),
    )
    expect(hearingOf(report)?.askedKeys).toEqual([coReporter.name])
    const asked = report.outbox.filter(
      (entry) => entry.kind === 'message' && messageText(entry).title === '您的评价有人申诉',
    )
    expect(asked).toMatchObject([{ to: { personKey: coReporter.name } }])
    expect(offeredTo(coReporter, report)).toContain('say-to-appeal')
    for (const other of [reporter, supporter]) expect(offeredTo(other, report)).not.toContain('say-to-appeal')
  })

  test('cannot be granted before the look, nor before they have spoken, and says which; denied it can be at once', () => {
    expect(refusalFrom(disputed, grants, { by: clerk })).toBe('look-first')
    expect(refusalFrom(looked, grants, { by: clerk })).toBe('hear-first')
    expect(refusalFrom(disputed, denies, { by: clerk })).toBeUndefined()
    const spoken = take(looked, says, { by: reporter })
    expect(refusalFrom(spoken, grants, { by: clerk })).toBeUndefined()
  })

  test('hearing alone does not do either', () => {
    expect(refusalFrom(take(disputed, says, { by: reporter }), grants, { by: clerk })).toBe('look-first')
  })

  test('who says nothing blocks nothing for ever: after three working days it can be granted, well before it lapses', () => {
    const until = heardUntil(looked)
    expect(refusalFrom(looked, grants, { by: clerk, now: until - 1 })).toBe('hear-first')
    expect(refusalFrom(looked, grants, { by: clerk, now: until })).toBeUndefined()
    expect(until).toBeLessThan(requestOf(looked.requests, 'appeal-red-face')?.endsAt ?? 0)
  })

  test('each of several is waited for', () => {
    const family = take(takeAll(aReport(), 'accept', 'contact'), { kind: 'absorb', child: aChild() })
    const dissatisfied = { kind: 'rate', rating: aVerdict({ satisfaction: 'dissatisfied' }) } as const
    const rated = take(take(take(family, 'resolve'), dissatisfied, { by: reporter }), dissatisfied, {
      by: coReporter,
    })
    const both = lookedAt(disputedBy(rated))
    expect(hearingOf(both)?.askedKeys).toEqual([reporter.name, coReporter.name])
    const one = take(both, says, { by: coReporter })
    expect(refusalFrom(one, grants, { by: clerk })).toBe('hear-first')
    expect(refusalFrom(take(one, says, { by: reporter }), grants, { by: clerk })).toBeUndefined()
  })

  test.each([
    'resolved',
    'closed',
    'accepted',
    'dispatched',
    'awaiting-check',
    'suspended',
    'routed',
  ] as const)('in whatever status the branch chooses to dispute it they can speak: %s', (status) => {
    const dissatisfied = {
      kind: 'rate',
      rating: aVerdict({ solved: 'partly', satisfaction: 'dissatisfied' }),
    } as const
    const rated =
      status === 'resolved'
        ? take(
            take(
              take(takeAll(aReport(), 'accept', 'contact'), { kind: 'absorb', child: aChild() }),
              'resolve',
            ),
            dissatisfied,
            { by: reporter },
          )
        : status === 'closed'
          ? take(reportIn('resolved'), dissatisfied, { by: reporter })
          : status === 'routed'
            ? take(ratedUnsolved(), 'transfer', { by: secretary })
            : status === 'suspended'
              ? takeAll(ratedUnsolved(), 'suspend', 'rule-on')
              : takeAll(
                  ratedUnsolved(),
                  ...(status === 'accepted'
                    ? []
                    : status === 'dispatched'
                      ? (['dispatch'] as const)
                      : (['dispatch', 'claim-fixed'] as const)),
                )
    expect(rated.status).toBe(status)
    expect(offeredTo(reporter, disputedBy(rated))).toContain('say-to-appeal')
  })

  test('they speak once, in words that they and the staff read', () => {
    const spoken = take(disputed, says, { by: reporter })
    const words = spoken.timeline.filter((event) => lineText(event).includes(says.words))
    expect(words).toMatchObject([{ visibility: 'person', personKey: reporter.name }])
    expect(refusalFrom(spoken, says, { by: reporter })).toBe('already-said')
  })

  test('what somebody says while a like verdict is disputed is a cause of its own, and stands when that one is struck', () => {
    const family = take(takeAll(aReport(), 'accept', 'contact'), { kind: 'absorb', child: aChild() })
    const first = disputedBy(take(take(family, 'resolve'), unsolved, { by: reporter }))
    const second = take(take(first, 'resolve'), unsolved, { by: coReporter })
    expect(hearingOf(second)?.askedKeys).toEqual([reporter.name])
    const heard = take(lookedAt(second), says, { by: reporter })
    const ruled = take(heard, grants, { by: clerk })
    expect(standingIn(ruled)).toContain('rated-unsolved')
  })

  test('of a verdict that came along from another matter, or whose speaker has left, the reporters are heard', () => {
    const [cause] = activeEpisode(ratedUnsolved().redFaces)?.causes ?? []
    if (!cause) throw new Error('no cause')
    const parent = take(take(aReport(), 'accept'), { kind: 'absorb', child: aChild({ causes: [cause] }) })
    expect(hearingOf(disputedBy(parent))?.askedKeys).toEqual([coReporter.name])
    const left = take(parent, { kind: 'release', childReportId: aChild().id, mergingNo: aChild().mergingNo })
    expect(hearingOf(disputedBy(left))?.askedKeys).toEqual([reporter.name])
  })

  test('a cause of the clock asks nobody', () => {
    const late = wait(aReport(), aReport().deadlines.acceptDueAt)
    const asked = disputedBy(late)
    expect(hearingOf(asked)).toBeUndefined()
    expect(refusalFrom(asked, grants, { by: clerk })).toBeUndefined()
  })

  test('H3: one of ours is heard like anyone', () => {
    const member: Person = { name: reporter.name, memberships: gridWorker.memberships }
    const report = disputedBy(take(reportIn('resolved'), unsolved, { by: member }))
    expect(offeredTo(member, report)).toContain('say-to-appeal')
  })

  test('L5: the condition of the form is the refusal of the ruling', () => {
    for (const report of [disputed, looked, take(looked, says, { by: reporter })]) {
      const request = requestOf(report.requests, 'appeal-red-face')
      if (!request) throw new Error('no appeal')
      const now = report.changedAt + 1
      expect(barsToStriking(report, request, now)?.code).toBe(refusalFrom(report, grants, { by: clerk, now }))
    }
    expect(isHeard({ askedKeys: [], saidKeys: [], words: [], until: Number.POSITIVE_INFINITY }, 0)).toBe(true)
  })
})

describe('whatever happens after a verdict is disputed', () => {
  /** Verdicts that stood before and are struck after. */
  const newlyStruck = (before: Report, after: Report) => {
    const stood = new Set(standingNosOf(before))
    return after.redFaces
      .flatMap((episode) => episode.causes)
      .filter((cause) => cause.struckAt !== undefined && isVerdict(cause) && stood.has(cause.no))
  }
  const always = (rule: (before: Report, after: Report, taken: Taken) => void): void => {
    fc.assert(
      fc.property(fc.constantFrom(disputed, looked, struck, appealed), anyTurns(12), (report, turns) => {
        for (const taken of historyOf({ report, now: report.changedAt }, turns)) {
          rule(taken.before, taken.moment.report, taken)
        }
      }),
      { numRuns: 150 },
    )
  }

  test('F3: nothing that a resident said is struck but by a ruling after a look, and heard', () => {
    let count = 0
    always((before, after, { command }) => {
      if (newlyStruck(before, after).length === 0) return
      count += 1
      expect(command).toMatchObject({ kind: 'rule-on', request: 'appeal-red-face', isGranted: true })
      const request = requestOf(before.requests, 'appeal-red-face')
      expect(request && barsToStriking(before, request, after.changedAt)).toBeUndefined()
      expect(request?.hearing).toBeDefined()
    })
    expect(count).toBeGreaterThan(0)
  })

  test('H1: nobody rules on what they have judged themselves, and a struck verdict comes back only from above', () => {
    always((before, after, { by, command, result }) => {
      if (command?.kind !== 'rule-on' || !result?.ok || !by) return
      const request = before.requests.find((one) => one.kind === command.request)
      expect(request?.judgedActorIds ?? []).not.toContain(by.name)
      const isRestored = after.timeline
        .slice(before.timeline.length)
        .some((event) => event.kind === 'red-face-restored')
      if (isRestored) expect(by.memberships[0]?.unitId).not.toBe(township.id)
    })
  })
})

describe('F3: whose verdict was struck may appeal that', () => {
  test('H1: above the unit that struck it, not to whoever ruled', () => {
    expect(requestOf(appealed.requests, 'appeal-struck')).toMatchObject({ rulingUnitId: banner.id })
    const promoted: Person = { name: clerk.name, memberships: bannerClerk.memberships }
    for (const by of [clerk, promoted]) {
      expect(refusalFrom(appealed, ruleOn('appeal-struck'), { by })).toBe('no-request')
    }
    expect(refusalFrom(appealed, ruleOn('appeal-struck'), { by: bannerClerk })).toBeUndefined()
    const byBanner = take(take(lookedAt(disputed, bannerClerk), says, { by: reporter }), grants, {
      by: bannerClerk,
    })
    expect(take(byBanner, 'appeal-struck', { by: reporter }).requests).toMatchObject([
      { rulingUnitId: league.id },
    ])
  })

  test('also where the matter has gone to a unit elsewhere meanwhile', () => {
    const moved = take(struck, { kind: 'reassign', to: unitFacts(farBranch), note: '' }, { by: bannerClerk })
    const request = requestOf(take(moved, 'appeal-struck', { by: reporter }).requests, 'appeal-struck')
    expect(request?.rulingUnitId).toBe(banner.id)
    expect(request?.rulingUnitId).not.toBe(township.id)
  })

  test('once, within the appeal’s days, and only those whose verdict it was', () => {
    expect(offeredTo(reporter, struck)).toContain('appeal-struck')
    const denied = take(appealed, ruleOn('appeal-struck', false), { by: bannerClerk })
    expect(refusalFrom(denied, 'appeal-struck', { by: reporter })).toBe('already-appealed')
    const lastAt = struck.changedAt + law.rules.report.appealWithinDays * dayMs
    expect(refusalFrom(struck, 'appeal-struck', { by: reporter, now: lastAt })).toBeUndefined()
    expect(refusalFrom(struck, 'appeal-struck', { by: reporter, now: lastAt + 1 })).toBe('appeal-too-late')
    expect(offeredTo(supporter, supportedBy(struck, supporter))).not.toContain('appeal-struck')
  })

  test('upheld it stands again and is public at once; the ledger’s struck row is followed by its restoring', () => {
    expect(struck.redFaces).toMatchObject([{ consent: 'appeal-upheld' }])
    const upheld = take(appealed, ruleOn('appeal-struck'), { by: bannerClerk })
    expect(standingIn(upheld)).toEqual(['rated-unsolved'])
    expect(entriesOf(upheld.redFaces).map((entry) => entry.list)).toEqual(['never-public', 'public'])
    expect(ledgerRows(upheld)).toEqual([
      '1 opened false',
      '1 frozen false',
      '1 struck false',
      '2 restored true',
      '2 published true',
    ])
    expect(activeEpisode(upheld.redFaces)?.openedAt).toBe(struck.redFaces[0]?.openedAt)
    expect(refusalFrom(upheld, 'appeal-red-face', { by: secretary })).toBe('already-appealed')
    expect(refusalFrom(upheld, 'appeal-struck', { by: reporter })).toBe('not-yet')
  })

  test('in the stay that runs where there is one', () => {
    const listed = take(struck, 'declare-red-face')
    const upheld = take(take(listed, 'appeal-struck', { by: reporter }), ruleOn('appeal-struck'), {
      by: bannerClerk,
    })
    expect(standingIn(upheld)).toEqual(['declared', 'rated-unsolved'])
    const shown = activeEpisode(upheld.redFaces)?.causes.filter((cause) => cause.publishedAt !== undefined)
    expect(shown?.map((cause) => cause.cause)).toEqual(['rated-unsolved'])
  })

  test('K8: undecided for ten working days it is upheld', () => {
    const endsAt = requestOf(appealed.requests, 'appeal-struck')?.endsAt ?? 0
    expect(standingIn(wait(appealed, endsAt - 1))).not.toContain('rated-unsolved')
    expect(standingIn(wait(appealed, endsAt))).toContain('rated-unsolved')
  })

  test('denied it stays struck', () => {
    expect(standingIn(take(appealed, ruleOn('appeal-struck', false), { by: bannerClerk }))).toEqual([])
  })

  test('what the residents have since agreed to be gone does not come back', () => {
    const listed = take(take(struck, 'declare-red-face'), 'appeal-struck', { by: reporter })
    const cleared = take(take(listed, 'resolve'), 'rate', { by: reporter })
    expect(cleared.redFaces.at(-1)).toMatchObject({ consent: 'reporter' })
    expect(cleared.requests).toEqual([])
    expect(offeredTo(reporter, cleared)).not.toContain('appeal-struck')
  })

  test('a look, which may be of the level that struck it, does not end the appeal', () => {
    const listed = take(take(struck, 'declare-red-face'), 'appeal-struck', { by: reporter })
    const fixed = take(listed, 'resolve')
    const silent = wait(fixed, fixed.changedAt + 8 * dayMs)
    const cleared = take(take(silent, 'ask-look', { by: secretary }), 'look', { by: clerk })
    expect(activeEpisode(cleared.redFaces)).toBeUndefined()
    const upheld = take(cleared, ruleOn('appeal-struck'), { by: leagueClerk })
    expect(standingIn(upheld)).toEqual(['rated-unsolved'])
  })

  test('no merging takes the time to appeal away', () => {
    for (const by of [secretary, clerk]) expect(refusalFrom(struck, 'merge', { by })).toBe('strike-open')
    expect(refusalFrom(appealed, 'merge', { by: secretary })).toBe('strike-open')
    const over = wait(struck, struck.changedAt + law.rules.report.appealWithinDays * dayMs + 1)
    expect(refusalFrom(over, 'merge', { by: clerk, now: over.changedAt + 40 * dayMs })).not.toBe(
      'strike-open',
    )
  })

  test('who brought it back by an appeal is heard on the second reopening, supporter or not', () => {
    const closed = take(take(supportedBy(reportIn('accepted'), supporter), 'resolve'), 'rate', {
      by: reporter,
    })
    const once = take(closed, 'reopen', { by: reporter })
    const again = take(take(once, 'resolve'), 'rate', { by: reporter })
    const twice = take(take(again, 'appeal', { by: supporter }), ruleOn('appeal-closing'), { by: clerk })
    expect(standingIn(twice)).toContain('reopened-twice')
    expect(hearingOf(disputedBy(twice))?.askedKeys).toEqual([supporter.name])
  })
})

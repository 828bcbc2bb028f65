import { entriesOf, ledgerChanges } from '../../../../cloudfunctions/contexts/red-face/rules/entries'
import { activeEpisode } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import { causesTakenAlong, familyNow } from '../../../../cloudfunctions/contexts/report/rules/family'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { episodeView } from '../../../../cloudfunctions/contexts/report/use-cases/present-report'
import { dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aChild,
  aDecision,
  aMembership,
  aParentOf,
  aReport,
  aVerdict,
  banner,
  bannerClerk,
  branch,
  clerk,
  coReporter,
  madePublic,
  mondayAt,
  otherBranch,
  otherSecretary,
  type Person,
  refusalFrom,
  reporter,
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
import type { ReportCommand } from '../../../support/commands'
import { causesOf, standingIn } from '../../../support/red-face'

const lateIn = (report: Report): Report => wait(report, report.deadlines.acceptDueAt)

describe('F3, F5: a new miss is a cause of its own', () => {
  test('resolved too late a second time while the first is disputed, it stays on the list when the appeal is upheld', () => {
    const working = takeAll(aReport(), 'accept', 'contact')
    const disputed = take(wait(working, working.deadlines.resolveDueAt), 'appeal-red-face', { by: secretary })
    const rated = take(
      take(disputed, 'resolve'),
      { kind: 'rate', rating: aVerdict({ solved: 'partly' }) },
      { by: reporter },
    )
    const reopened = take(rated, 'reopen', { by: reporter })
    const again = wait(reopened, reopened.deadlines.resolveDueAt)
    expect(standingIn(again)).toEqual(['resolve-overdue', 'resolve-overdue'])
    const upheld = take(again, ruleOn('appeal-red-face'), { by: clerk })
    expect(standingIn(upheld)).toEqual(['resolve-overdue'])
  })

  test('got back, and not accepted in time once more while the first miss is disputed', () => {
    const disputed = take(lateIn(aReport({ category: aCategory('complex') })), 'appeal-red-face', {
      by: secretary,
    })
    const away = take(disputed, { kind: 'reassign', to: unitFacts(otherBranch), note: '就近' }, { by: clerk })
    const back = take(away, { kind: 'transfer', to: unitFacts(branch), note: '' }, { by: otherSecretary })
    const upheld = take(lateIn(back), ruleOn('appeal-red-face'), { by: clerk })
    expect(standingIn(upheld)).toEqual(['accept-overdue'])
  })

  test('accepted late, got back, and not accepted in time once more', () => {
    const accepted = take(madePublic(lateIn(aReport({ category: aCategory('complex') }))), 'accept')
    const to = (unit: typeof branch) => ({ kind: 'reassign', to: unitFacts(unit), note: '就近' }) as const
    const back = take(take(accepted, to(otherBranch), { by: clerk }), to(branch), { by: clerk })
    const again = lateIn(back)
    expect(standingIn(again)).toEqual(['accept-overdue', 'accept-overdue'])
    expect(causesOf(again)[1]?.cameAt).toBeUndefined()
  })

  test('whose late decline was overturned, and who then does not accept, does not leave the page as come late', () => {
    const late = madePublic(lateIn(aReport({ category: aCategory('lane-hardening') })))
    const declined = take(take(late, 'decline'), ruleOn('decline'), { by: clerk })
    const overturned = take(take(declined, 'appeal', { by: reporter }), ruleOn('appeal-decline'), {
      by: bannerClerk,
    })
    const again = lateIn(overturned)
    expect(standingIn(again)).toEqual(['accept-overdue'])
    expect(causesOf(again)[0]?.cameAt).toBeUndefined()
  })

  test('nor does a level that is denied its decline, and then does not sort', () => {
    const late = madePublic(lateIn(aReport({ responsible: null, category: aCategory('complex') })))
    const denied = take(take(late, 'decline', { by: clerk }), ruleOn('decline', false), { by: bannerClerk })
    const again = lateIn(denied)
    expect(standingIn(again)).toEqual(['accept-overdue'])
    expect(causesOf(again)[0]?.cameAt).toBeUndefined()
  })

  test('what was public in a merged report is public in the family, whatever disputes or holds the like there', () => {
    const publicCause = causesOf(madePublic(lateIn(aReport())))
    const within = lateIn(aReport({ id: 'r-earlier' }))
    const held = take(within, 'appeal-red-face', { by: secretary })
    for (const parent of [within, held]) {
      const family = take(
        parent,
        { kind: 'absorb', child: aChild({ causes: publicCause }) },
        { now: parent.changedAt + minuteMs },
      )
      expect(causesOf(family).map((one) => one.publishedAt !== undefined)).toEqual([false, true])
    }
  })
})

const standingUnits = (report: Report): readonly string[] => [
  ...new Set(causesOf(report).flatMap((one) => (one.struckAt === undefined ? [one.unit.id] : []))),
]
const lateUnits = (report: Report): readonly string[] =>
  causesOf(report).flatMap((one) =>
    one.cause === 'resolve-overdue' && one.struckAt === undefined ? [one.unit.id] : [],
  )
const appeal = { kind: 'appeal-red-face', reason: '不该记在我们头上', causeNos: [] } as const

/** Late, and of two: the one that had it for two fifths of the time, and the one that had the rest. */
const sharedBy = (first: Report, move: (report: Report, now: number) => Report, by: Person): Report => {
  const { startedAt, resolveDueAt } = first.deadlines
  const moved = move(first, startedAt + (resolveDueAt - startedAt) * 0.4)
  return wait(take(moved, 'accept', { by }), resolveDueAt + minuteMs)
}
const sharedByBranches = sharedBy(
  take(aReport(), 'accept'),
  (report, now) =>
    take(report, { kind: 'transfer', to: unitFacts(otherBranch), note: '' }, { by: secretary, now }),
  otherSecretary,
)
const sharedWithSorter = sharedBy(
  aReport({ responsible: null }),
  (report, now) => take(report, { kind: 'route', to: unitFacts(branch), note: '' }, { by: clerk, now }),
  secretary,
)

describe('F3, A4: what several units missed is a cause of each', () => {
  const shown = madePublic(sharedByBranches)
  const disputed = take(shown, appeal, { by: secretary })

  test('an appeal that is upheld takes the unit that made it off the list, and no other', () => {
    const upheld = take(disputed, ruleOn('appeal-red-face'), { by: clerk })
    expect(standingUnits(shown)).toEqual([branch.id, otherBranch.id])
    expect(standingUnits(upheld)).toEqual([otherBranch.id])
    expect(entriesOf(upheld.redFaces).map((entry) => [entry.unit.id, entry.list])).toEqual([
      [branch.id, 'never-public'],
      [otherBranch.id, 'public'],
    ])
    const rows = ledgerChanges(disputed.redFaces, upheld.redFaces)
    expect(rows.map((row) => [row.entry, row.unit.id])).toEqual([['struck', branch.id]])
  })

  test('while one appeals, and after it was denied, the other may appeal as if nobody had', () => {
    const denied = take(disputed, ruleOn('appeal-red-face', false), { by: clerk })
    for (const report of [disputed, denied]) {
      expect(refusalFrom(report, appeal, { by: otherSecretary })).toBeUndefined()
    }
    expect(refusalFrom(disputed, appeal, { by: secretary })).toBe('request-pending')
    expect(refusalFrom(denied, appeal, { by: secretary })).toBe('already-appealed')
  })

  test('of two that wait, the level says which it answers; the other waits on', () => {
    const both = take(disputed, appeal, { by: otherSecretary })
    const [, second] = both.requests
    const answered = take(
      both,
      { kind: 'rule-on', request: 'appeal-red-face', requestNo: second?.no, isGranted: true, note: '' },
      { by: clerk },
    )
    expect(standingUnits(answered)).toEqual([branch.id])
    expect(answered.requests).toMatchObject([{ byUnitId: branch.id }])
  })

  test('what is within its notice is kept back for whom the appeal is, and for nobody else', () => {
    const hidden = take(sharedByBranches, appeal, { by: secretary })
    const noticeOver = wait(hidden, (causesOf(hidden)[0]?.publicAt ?? 0) + minuteMs)
    expect(causesOf(noticeOver).map((one) => one.publishedAt !== undefined)).toEqual([false, true])
  })
})

describe('F5: who has come by merging', () => {
  const yes = { kind: 'answer-red-face', isGone: true, note: '' } as const
  const declared = madePublic(takeAll(aReport({ id: 'r-earlier' }), 'accept', 'contact', 'declare-red-face'))

  test('a yes is posted to neighbours who came with a merged report after the evidence, until they have left', () => {
    const neighbours = ['n1', 'n2'].map((key) => ({ key, at: mondayAt }))
    const laid = take(declared, 'lay-evidence')
    const child = aChild({ supporters: neighbours })
    const family = take(laid, { kind: 'absorb', child })
    const both = take(take(family, yes, { by: reporter }), yes, { by: coReporter })
    expect(activeEpisode(both.redFaces)?.posting).toBeDefined()
    const apart = take(family, { kind: 'release', childReportId: child.id, mergingNo: child.mergingNo })
    expect(activeEpisode(apart.redFaces)?.evidence).toEqual(activeEpisode(laid.redFaces)?.evidence)
  })
})

describe('K8: time granted late', () => {
  const working = takeAll(aReport({}, mondayAt), 'accept', 'contact')
  const timeFor: readonly ['extend' | 'suspend', ReportCommand][] = [
    ['extend', { kind: 'extend', reason: '等料', resolveDueAt: working.deadlines.resolveDueAt + 5 * dayMs }],
    [
      'suspend',
      {
        kind: 'suspend',
        reason: '等预算',
        plan: '列入明年预算',
        untilAt: working.deadlines.resolveDueAt + 30 * dayMs,
        isSeasonal: false,
      },
    ],
  ]
  test.each(timeFor)(
    '%s: it meets the deadline it was asked about, and none of a matter merged in',
    (kind, asks) => {
      const { resolveDueAt } = working.deadlines
      const asked = take(working, asks, { by: secretary, now: resolveDueAt - 2 * dayMs })
      // Due in the other matter before the deadline here, with it, and after it; of another branch and of the same.
      for (const theirsAt of [resolveDueAt - dayMs, resolveDueAt, resolveDueAt + hourMs])
        for (const unit of [otherBranch, branch])
          for (const [isMergedFirst, isPublic] of [
            [true, true],
            [false, true],
            [false, false],
          ]) {
            const mergedAt =
              isMergedFirst && theirsAt < resolveDueAt ? theirsAt + minuteMs : resolveDueAt + 2 * hourMs
            const child = aChild({
              causes: [
                {
                  no: 1,
                  cause: 'resolve-overdue',
                  unit: { id: unit.id, name: unit.name, path: unit.path },
                  at: theirsAt,
                  publicAt: theirsAt + dayMs,
                  ...(isPublic ? { publishedAt: theirsAt } : {}),
                  wasAppealed: false,
                },
              ],
              deadlines: { ...working.deadlines, resolveDueAt: theirsAt },
              mergedAt,
            })
            const family = take(
              wait(asked, mergedAt),
              { kind: 'absorb', child },
              { now: mergedAt + minuteMs },
            )
            const late = wait(family, resolveDueAt + 3 * hourMs)
            const granted = take(late, ruleOn(kind), { by: clerk })
            expect(
              causesOf(granted)
                .filter((one) => one.struckAt === undefined)
                .map((one) => one.unit.id),
            ).toEqual([unit.id])
            expect(activeEpisode(granted.redFaces)).toBeDefined()
          }
    },
  )
})

describe('H1: no level takes itself off the list', () => {
  test('K4, K9: whoever sorts asks one level up where a clock grows longer, as a branch in its place', () => {
    const urgent = aReport({ category: aCategory('danger'), responsible: null })
    const late = wait(urgent, urgent.deadlines.acceptDueAt)
    const asked = take(late, { kind: 'reclassify', categoryId: 'complex', note: '' }, { by: clerk })
    expect(standingUnits(asked)).toEqual([township.id])
    expect(asked.deadlines).toEqual(late.deadlines)
    expect(asked.requests).toMatchObject([{ kind: 'reclassify', rulingUnitId: banner.id }])
    const found = take(asked, ruleOn('reclassify'), { by: bannerClerk })
    expect(standingUnits(found)).toEqual([])
  })

  test('found not urgent after it was sorted too late, its own delay stays with the level that finds it', () => {
    const urgent = aReport({ category: aCategory('danger'), responsible: null })
    const late = wait(urgent, urgent.deadlines.acceptDueAt)
    const sorted = take(late, { kind: 'route', to: unitFacts(branch), note: '' }, { by: clerk })
    const missed = wait(sorted, sorted.deadlines.acceptDueAt)
    const found = take(missed, { kind: 'reclassify', categoryId: 'complex', note: '' }, { by: clerk })
    expect(standingUnits(missed)).toEqual([township.id, branch.id])
    expect(standingUnits(found)).toEqual([township.id])
  })

  test('an appeal goes above every level that is on the list for the same matter', () => {
    const disputed = take(sharedWithSorter, appeal, { by: secretary })
    expect(standingUnits(disputed)).toEqual([township.id, branch.id])
    expect(disputed.requests).toMatchObject([{ rulingUnitId: banner.id }])
    expect(refusalFrom(disputed, ruleOn('appeal-red-face'), { by: clerk })).toBe('no-request')
  })

  test('K8: time it grants too late strikes what others missed, and not its own share', () => {
    const unsorted = aReport({ responsible: null })
    const { startedAt, resolveDueAt } = unsorted.deadlines
    const sorted = take(
      unsorted,
      { kind: 'route', to: unitFacts(branch), note: '' },
      { by: clerk, now: startedAt + (resolveDueAt - startedAt) * 0.4 },
    )
    const asked = take(take(sorted, 'accept'), 'extend', { by: secretary })
    const late = wait(asked, resolveDueAt + minuteMs)
    const own = take(late, ruleOn('extend'), { by: clerk })
    expect(lateUnits(late)).toEqual([township.id, branch.id])
    expect(lateUnits(own)).toEqual([township.id])
    expect(lateUnits(take(late, ruleOn('extend'), { by: bannerClerk }))).toEqual([])
  })

  test('nor does somebody of it from a seat further up', () => {
    const twoSeats: Person = {
      name: 'two-seats',
      memberships: [aMembership(banner, 'clerk'), aMembership(township, 'clerk')],
    }
    const unsorted = aReport({ responsible: null })
    const late = wait(unsorted, unsorted.deadlines.acceptDueAt)
    const own = take(late, appeal, { by: clerk })
    const sorted = take(take(sharedWithSorter, appeal, { by: clerk }), 'suspend', { by: secretary })
    for (const report of [own, sorted]) {
      expect(refusalFrom(report, ruleOn('appeal-red-face'), { by: bannerClerk })).toBeUndefined()
      expect(refusalFrom(report, ruleOn('appeal-red-face'), { by: twoSeats })).toBeDefined()
    }
  })
})

describe('K4: found not urgent, what fell due by the urgent clock falls', () => {
  const into = (categoryId: 'danger' | 'ordinary' | 'complex') =>
    ({ kind: 'reclassify', categoryId, note: '' }) as const

  test('and nothing that fell due by the ordinary one, called urgent for a while', () => {
    const working = takeAll(aReport({ category: aCategory('ordinary') }), 'accept', 'contact')
    const late = madePublic(wait(working, working.deadlines.resolveDueAt + 3 * dayMs))
    const called = take(late, into('danger'), { by: secretary })
    const back = take(called, into('ordinary'), { by: clerk })
    expect(standingIn(back)).toEqual(['resolve-overdue'])
    expect(standingIn(wait(back, back.changedAt + 60 * dayMs))).toEqual(['resolve-overdue'])
  })

  test('by a level’s finding alone: the reporters’ word changes the kind, and what fell due stays', () => {
    const urgent = supportedBy(aReport({ category: aCategory('danger') }), supporter)
    const late = wait(urgent, urgent.deadlines.acceptDueAt)
    const asked = take(late, into('complex'), { by: secretary })
    const agreed = take(asked, { kind: 'agree', request: 'reclassify' }, { by: reporter })
    expect(agreed.categoryId).toBe('complex')
    expect(standingIn(agreed)).toEqual(['accept-overdue'])
    expect(standingIn(take(asked, ruleOn('reclassify'), { by: clerk }))).toEqual([])
  })
})

describe('F3: what was struck within its notice, or is kept back, tells nobody of itself', () => {
  const outsiders = (report: Report) => {
    const episode = report.redFaces.at(-1)
    return episode ? episodeView(episode, { view: 'public' }) : null
  }
  const late = lateIn(aReport())

  test('by no number: outsiders count what they see', () => {
    const struck = take(take(late, appeal, { by: secretary }), ruleOn('appeal-red-face'), { by: clerk })
    const shown = madePublic(takeAll(struck, 'accept', 'contact', 'declare-red-face'))
    expect(outsiders(shown)).toMatchObject({ no: 1, causes: [{ no: 1, cause: 'declared' }] })
    expect(shown.redFaces).toHaveLength(2)
    expect(entriesOf(shown.redFaces).map((entry) => [entry.list, entry.shownNo])).toEqual([
      ['never-public', 1],
      ['public', 1],
    ])
  })

  test('and by no day: a stay is counted from the first of its causes that everybody sees', () => {
    const held = takeAll(take(late, appeal, { by: secretary }), 'accept', 'contact', 'declare-red-face')
    const [first, declared] = causesOf(held)
    const shown = wait(held, declared?.publicAt ?? 0)
    const struck = take(shown, ruleOn('appeal-red-face'), { by: clerk })
    expect(first?.at).toBeLessThan(declared?.at ?? 0)
    for (const report of [shown, struck]) {
      expect(outsiders(report)).toMatchObject({ noticedAt: declared?.at, causes: [{ no: 1 }] })
      expect(entriesOf(report.redFaces)).toMatchObject([{ list: 'public', openedAt: declared?.at }])
    }
  })
})

describe('F3: a cause that is disputed is disputed wherever it goes', () => {
  const byNobodyElse = { decision: aDecision({ alternate: undefined }) }
  const merge = (report: Report, parent: Report): Report =>
    take(report, { kind: 'merge', parent: { ...aParentOf(report), id: parent.id } }, { by: secretary })
  const childOf = (merged: Report) =>
    aChild({
      reporterKey: coReporter.name,
      deadlines: merged.deadlines,
      mergedAt: merged.changedAt,
      mergingNo: merged.merged?.no ?? 0,
      causes: causesTakenAlong(merged),
    })
  const accepted = take(aReport(byNobodyElse), 'accept')
  const late = take(
    aReport({ ...byNobodyElse, id: 'r-later', reporterKey: coReporter.name }, mondayAt + hourMs),
    'accept',
  )

  describe('with a report that leaves the family', () => {
    const merged = merge(late, accepted)
    const family = take(
      accepted,
      { kind: 'absorb', child: childOf(merged) },
      { now: merged.changedAt + minuteMs },
    )
    const appealed = take(wait(family, family.deadlines.resolveDueAt), 'appeal-red-face', { by: secretary })
    const [cause] = causesOf(appealed)
    const now = (cause?.publicAt ?? 0) + minuteMs
    const unmerge = { kind: 'unmerge', family: familyNow(merged, wait(appealed, now)) } as const
    const own = wait(take(merged, unmerge, { by: coReporter, now }), now + minuteMs)

    test('kept back there, it is not shown here before', () => {
      const heldUntil = cause?.appeal?.heldUntil ?? 0
      expect(heldUntil).toBeGreaterThan(now + dayMs)
      expect(causesOf(own)).toMatchObject([{ publicAt: heldUntil, wasAppealed: false }])
      expect(causesOf(own)[0]?.publishedAt).toBeUndefined()
      expect(causesOf(wait(own, heldUntil))[0]?.publishedAt).toBe(heldUntil)
    })

    test('and may be disputed here: what is ruled there does not reach it', () => {
      expect(refusalFrom(own, 'appeal-red-face', { by: secretary })).toBeUndefined()
    })
  })

  test('with a report that comes into a family; one that was decided is decided', () => {
    const overdue = wait(late, late.deadlines.resolveDueAt)
    const appealed = take(overdue, 'appeal-red-face', { by: secretary })
    const denied = take(appealed, ruleOn('appeal-red-face', false), { by: clerk })
    const [kept] = causesOf(appealed)
    const along = (report: Report) =>
      causesTakenAlong(
        take(report, { kind: 'merge', parent: { ...aParentOf(report), id: accepted.id } }, { by: clerk }),
      )
    expect(along(appealed)).toMatchObject([{ publicAt: kept?.appeal?.heldUntil, wasAppealed: false }])
    expect(along(denied)).toMatchObject([{ publicAt: kept?.publicAt, wasAppealed: true }])
  })
})

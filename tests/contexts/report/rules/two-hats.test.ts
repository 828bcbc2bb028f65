import { toRoutedUnit } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import { activeEpisode } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import { excerptOf } from '../../../../cloudfunctions/contexts/report/rules/listed-report'
import { mergeParentOf } from '../../../../cloudfunctions/contexts/report/rules/merging'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { isOneOfOurs, relationsOf } from '../../../../cloudfunctions/contexts/report/rules/standing'
import { dayMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCaller,
  aChild,
  aComplaint,
  aMembership,
  aParentOf,
  aReport,
  aVerdict,
  banner,
  bannerClerk,
  branch,
  clerk,
  community,
  farBranch,
  fixedAgain,
  housingBureau,
  housingWorker,
  league,
  leagueClerk,
  madePublic,
  otherBranch,
  otherSecretary,
  type Person,
  partnershipWith,
  refusalFrom,
  region,
  regionClerk,
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
  waterBureau,
} from '../../../support/builders'

const seat = (person: Person, ...others: readonly Person[]): Person => ({
  name: person.name,
  memberships: [...person.memberships, ...others.flatMap((other) => other.memberships)],
})

describe('H1: nobody and no unit decides its own act', () => {
  test('who asked does not grant, through whichever seat', () => {
    const asked = take(reportIn('accepted'), 'suspend', { by: secretary })
    expect(refusalFrom(asked, ruleOn('suspend'), { by: secretary })).toBe('not-allowed')
    const risen: Person = { name: secretary.name, memberships: clerk.memberships }
    expect(refusalFrom(asked, ruleOn('suspend'), { by: risen })).toBe('no-request')
    expect(refusalFrom(asked, ruleOn('suspend'), { by: clerk })).toBeUndefined()
  })

  test('but a level that once had the matter itself goes on as the level above it', () => {
    const had = reportIn('accepted', { responsible: unitFacts(township), sorter: unitFacts(banner) })
    const below = take(had, { kind: 'reassign', to: unitFacts(branch), note: '就近办' }, { by: bannerClerk })
    expect(refusalFrom(below, 'supervise', { by: clerk })).toBeUndefined()
  })

  test('a unit that answers and asks is ruled on by the one above it', () => {
    const atTownship = take(
      reportIn('accepted', { responsible: unitFacts(township), sorter: unitFacts(banner) }),
      'suspend',
    )
    expect(refusalFrom(atTownship, ruleOn('suspend'), { by: clerk })).toBe('not-allowed')
    expect(refusalFrom(atTownship, ruleOn('suspend'), { by: bannerClerk })).toBeUndefined()
  })

  test('who granted the decline does not judge the appeal against it; the level above that one does', () => {
    const appealed = take(reportIn('declined'), 'appeal', { by: reporter })
    expect(appealed.requests).toMatchObject([{ kind: 'appeal-decline', rulingUnitId: banner.id }])
    expect(refusalFrom(appealed, ruleOn('appeal-decline'), { by: clerk })).toBe('no-request')
    expect(refusalFrom(appealed, ruleOn('appeal-decline'), { by: bannerClerk })).toBeUndefined()
    const byBanner = take(take(aReport(), 'decline'), ruleOn('decline'), { by: bannerClerk })
    expect(take(byBanner, 'appeal', { by: reporter }).requests).toMatchObject([{ rulingUnitId: league.id }])
  })

  describe('merging is an act in both matters', () => {
    const levels: readonly Person[] = [clerk, bannerClerk, leagueClerk]
    const inMatters: readonly (readonly [string, Person])[] = [
      ['answers for', secretary],
      ['answered for', otherSecretary],
      ['handled', housingWorker],
    ]
    const other = takeAll(
      take(
        aReport({ responsible: toRoutedUnit(otherBranch) }),
        { kind: 'reassign', to: unitFacts(branch), note: '就近' },
        { by: clerk },
      ),
      'accept',
      'dispatch',
      'recall',
    )

    test.each(inMatters)('no level merges into what another unit they have a seat in %s', (_how, person) => {
      const report = aReport({ id: 'r-late', responsible: toRoutedUnit(farBranch) })
      const command = {
        kind: 'merge',
        parent: {
          ...aParentOf(report),
          answerableUnit: { id: branch.id, name: branch.name },
          unitPath: branch.path,
          unitIds: mergeParentOf(report, other).unitIds,
        },
      } as const
      for (const level of [bannerClerk, leagueClerk]) {
        expect(refusalFrom(report, command, { by: level })).toBeUndefined()
        expect(refusalFrom(report, command, { by: seat(level, person) })).toBe('not-eligible')
      }
    })

    test('nor acts as a level above in a matter in which a report of their other unit lies', () => {
      const whole = takeAll(aReport(), 'accept', 'contact')
      const child = aChild({
        deadlines: whole.deadlines,
        mergedAt: whole.changedAt,
        unitIds: [otherBranch.id, housingBureau.id],
      })
      const family = take(whole, { kind: 'absorb', child })
      const alone = take(
        family,
        { kind: 'release', childReportId: child.id, mergingNo: child.mergingNo },
        { now: family.changedAt + dayMs },
      )
      const reassign = { kind: 'reassign', to: unitFacts(farBranch), note: '就近' } as const
      for (const level of levels)
        for (const person of [otherSecretary, housingWorker]) {
          const by = seat(level, person)
          expect(refusalFrom(family, reassign, { by: level })).toBeUndefined()
          expect(refusalFrom(family, reassign, { by })).toBe('not-allowed')
          expect(refusalFrom(family, 'supervise', { by })).toBe('not-allowed')
          for (const one of [whole, alone]) expect(refusalFrom(one, reassign, { by })).toBeUndefined()
          // A row of a list knows it as well, by its excerpt alone.
          const caller = aCaller({ memberships: by.memberships })
          const rowOf = ({ mergings, ...plain }: Report) => ({
            ...plain,
            ...excerptOf({ ...plain, mergings }),
          })
          expect(relationsOf(caller, rowOf(family))).not.toContain('above')
          expect(relationsOf(caller, rowOf(whole))).toContain('above')
        }
    })
  })

  test('who looked does not judge the appeal against the look', () => {
    const objected = take(
      fixedAgain(take(supportedBy(takeAll(aReport(), 'accept', 'contact'), supporter), 'declare-red-face')),
      { kind: 'answer-red-face', isGone: false, photo: 'photo-x', note: '' },
      { by: supporter },
    )
    for (const [by, above] of [
      [clerk, banner.id],
      [bannerClerk, league.id],
    ] as const) {
      const looked = take(objected, 'look', { by })
      expect(take(looked, 'appeal-look', { by: supporter }).requests).toMatchObject([{ rulingUnitId: above }])
    }
  })

  const checkedBy = (by: Person): Report =>
    take(
      takeAll(supportedBy(aReport(), supporter), 'accept', 'contact', 'dispatch', 'claim-fixed'),
      'check',
      {
        by,
      },
    )

  test.each([
    [secretary, township],
    [clerk, banner],
    [bannerClerk, league],
  ])('an appeal against a closing goes above who found the work good: %j', (by, above) => {
    const closed = take(checkedBy(by), 'rate', { by: reporter })
    const appealed = take(closed, 'appeal', { by: supporter })
    expect(appealed.requests).toMatchObject([{ kind: 'appeal-closing', rulingUnitId: above.id }])
    if (by !== secretary) expect(refusalFrom(appealed, ruleOn('appeal-closing'), { by })).toBe('no-request')
  })

  test('who looked and found it solved does not judge the appeal against the closing', () => {
    const objected = take(
      take(
        madePublic(supportedBy(takeAll(aReport(), 'accept', 'contact', 'declare-red-face'), supporter)),
        'resolve',
      ),
      { kind: 'answer-red-face', isGone: false, photo: 'photo-x', note: '' },
      { by: supporter },
    )
    const looked = take(objected, 'look', { by: clerk })
    const closed = take(looked, 'rate', { by: reporter })
    expect(take(closed, 'appeal', { by: supporter }).requests).toMatchObject([{ rulingUnitId: banner.id }])
  })

  test('who found the work good does not go and look whether it is: the one above does', () => {
    const declared = madePublic(takeAll(supportedBy(aReport(), supporter), 'accept', 'declare-red-face'))
    const checked = take(takeAll(declared, 'dispatch', 'claim-fixed'), 'check', { by: clerk })
    const objected = take(
      checked,
      { kind: 'answer-red-face', isGone: false, photo: 'photo-x', note: '' },
      { by: supporter },
    )
    expect(objected.requests).toMatchObject([{ kind: 'look', rulingUnitId: banner.id }])
    expect(refusalFrom(objected, 'look', { by: clerk })).toBe('not-eligible')
    const promoted: Person = { name: clerk.name, memberships: bannerClerk.memberships }
    expect(refusalFrom(objected, 'look', { by: promoted })).toBe('not-eligible')
    expect(refusalFrom(objected, 'look', { by: bannerClerk })).toBeUndefined()
  })

  test('what the top of the tree asks is ruled on by another of its people, for nobody stands above it', () => {
    const sorted = aReport({ responsible: null, sorter: toRoutedUnit(region) })
    const declined = take(sorted, 'decline', { by: regionClerk })
    expect(refusalFrom(declined, ruleOn('decline'), { by: regionClerk })).toBe('no-request')
    const colleague: Person = { name: 'second-region-clerk', memberships: regionClerk.memberships }
    expect(take(declined, ruleOn('decline'), { by: colleague }).status).toBe('declined')
  })

  describe('of what the top of the tree answers for itself, too, another of its people judges, and nobody their own act', () => {
    const colleague: Person = { name: 'second-region-clerk', memberships: regionClerk.memberships }
    const atTheTop = aReport({ responsible: toRoutedUnit(region), sorter: toRoutedUnit(region) })
    const solved = { kind: 'look', finding: 'solved', note: '去看了', photos: [] } as const

    test('what it asks is ruled on', () => {
      const asked = take(atTheTop, 'decline', { by: regionClerk })
      expect(refusalFrom(asked, ruleOn('decline'), { by: regionClerk })).toBe('no-request')
      expect(take(asked, ruleOn('decline'), { by: colleague }).status).toBe('declined')
    })

    test.each(['resolve', 'lay-evidence'] as const)('whoever did not %s looks', (step) => {
      const accepted = take(atTheTop, 'accept', { by: regionClerk })
      const listed = madePublic(wait(accepted, accepted.deadlines.resolveDueAt))
      const left = take(listed, 'withdraw', { by: reporter })
      const done = take(left, step, { by: regionClerk })
      expect(done.requests).toMatchObject([{ kind: 'look', rulingUnitId: region.id }])
      for (const by of [regionClerk, leagueClerk, bannerClerk, clerk])
        expect([by.name, refusalFrom(done, solved, { by })]).not.toEqual([by.name, undefined])
      expect(activeEpisode(take(done, solved, { by: colleague }).redFaces)).toBeUndefined()
    })

    test('below the top a unit judges nothing that it answers for, whoever of its people asks', () => {
      const lower = aReport({ responsible: toRoutedUnit(league), sorter: toRoutedUnit(league) })
      const asked = take(lower, 'decline', { by: leagueClerk })
      const other: Person = { name: 'second-league-clerk', memberships: leagueClerk.memberships }
      expect(refusalFrom(asked, ruleOn('decline'), { by: other })).toBe('not-allowed')
      expect(refusalFrom(asked, ruleOn('decline'), { by: regionClerk })).toBeUndefined()
    })
  })

  test('a look that waits with the level which then finds the work good goes up at once', () => {
    const objected = take(
      madePublic(
        takeAll(supportedBy(aReport(), supporter), 'accept', 'declare-red-face', 'dispatch', 'claim-fixed'),
      ),
      'lay-evidence',
    )
    const asked = take(
      objected,
      { kind: 'answer-red-face', isGone: false, photo: 'photo-x', note: '' },
      { by: supporter },
    )
    expect(asked.requests).toMatchObject([{ kind: 'look', rulingUnitId: township.id }])
    const checked = take(asked, 'check', { by: clerk })
    expect(checked.requests).toMatchObject([{ kind: 'look', rulingUnitId: banner.id }])
  })

  describe('who did it neither looks at it nor judges it from a seat they have got since', () => {
    const risen = ({ name }: Person, unit: typeof township): Person => ({
      name,
      memberships: [aMembership(unit, 'clerk')],
    })
    const working = takeAll(supportedBy(aReport(), supporter), 'accept', 'contact')
    const pictured = { kind: 'answer-red-face', isGone: false, photo: 'photo-x', note: '' } as const

    test.each(['resolve', 'lay-evidence'] as const)('%s, then a look', (step) => {
      const listed = madePublic(take(working, 'declare-red-face'))
      const objected = take(take(listed, step, { by: secretary }), pictured, { by: supporter })
      expect(objected.requests).toMatchObject([{ kind: 'look', rulingUnitId: township.id }])
      expect(refusalFrom(objected, 'look', { by: clerk })).toBeUndefined()
      expect(refusalFrom(objected, 'look', { by: risen(secretary, township) })).toBe('not-eligible')
    })

    test('their evidence is the result that a look has found: nor the appeal against that', () => {
      const laid = take(madePublic(take(working, 'declare-red-face')), 'lay-evidence', { by: secretary })
      const looked = take(take(laid, pictured, { by: supporter }), 'look', { by: clerk })
      const appealed = take(looked, 'appeal-look', { by: supporter })
      const denied = ruleOn('appeal-look', false)
      expect(refusalFrom(appealed, denied, { by: bannerClerk })).toBeUndefined()
      expect(refusalFrom(appealed, denied, { by: risen(secretary, banner) })).toBe('no-request')
    })

    test.each<[string, Report, Person]>([
      ['resolved it', take(working, 'resolve', { by: secretary }), secretary],
      ['worked on it (H2)', take(takeAll(working, 'dispatch', 'claim-fixed'), 'check'), housingWorker],
    ])('who %s, and an appeal against the closing', (_what, resolved, doer) => {
      const now = resolved.changedAt + 8 * dayMs
      const appealed = take(resolved, 'appeal', { by: supporter, now })
      const denied = ruleOn('appeal-closing', false)
      expect(refusalFrom(appealed, denied, { by: clerk })).toBeUndefined()
      expect(refusalFrom(appealed, denied, { by: risen(doer, township) })).toBe('no-request')
    })

    test('who proposed the decline, and the appeal against it', () => {
      const granted = take(take(aReport(), 'decline', { by: secretary }), ruleOn('decline'), { by: clerk })
      const appealed = take(granted, 'appeal', { by: reporter })
      const denied = ruleOn('appeal-decline', false)
      expect(refusalFrom(appealed, denied, { by: bannerClerk })).toBeUndefined()
      expect(refusalFrom(appealed, denied, { by: risen(secretary, banner) })).toBe('no-request')
    })
  })

  test('whether a 没解决 stands is not judged by who found the work good', () => {
    const disputed = (checker: Person): Report =>
      take(
        take(checkedBy(checker), { kind: 'rate', rating: aVerdict({ solved: 'no' }) }, { by: reporter }),
        'appeal-red-face',
        { by: secretary },
      )
    expect(disputed(secretary).requests).toMatchObject([{ rulingUnitId: township.id }])
    expect(disputed(clerk).requests).toMatchObject([{ rulingUnitId: banner.id }])
  })

  test('nor by the same person from a seat above', () => {
    const appealed = take(reportIn('declined'), 'appeal', { by: reporter })
    const promoted: Person = { name: clerk.name, memberships: bannerClerk.memberships }
    expect(refusalFrom(appealed, ruleOn('appeal-decline'), { by: promoted })).toBe('no-request')
  })

  test('a level that is on the list for the matter does not clear itself: the look is asked of the one above', () => {
    const unsorted = supportedBy(reportIn('unrouted'), supporter)
    const fixed = takeAll(wait(unsorted, unsorted.deadlines.acceptDueAt), 'route', 'accept', 'resolve')
    const objected = take(
      madePublic(fixed),
      { kind: 'answer-red-face', isGone: false, photo: 'photo-x', note: '' },
      { by: supporter },
    )
    expect(objected.requests).toMatchObject([{ kind: 'look', rulingUnitId: banner.id }])
  })
})

describe('H2: who worked on it never checks it, by whatever way round', () => {
  const worked = takeAll(reportIn('accepted'), 'dispatch')
  const asChecker: Person = { name: housingWorker.name, memberships: secretary.memberships }

  test.each<[string, Report]>([
    ['claimed it fixed', take(worked, 'claim-fixed', { by: housingWorker })],
    [
      'sent it back, and another partner claims it fixed',
      takeAll(
        take(
          take(worked, 'send-back', { by: housingWorker }),
          {
            kind: 'dispatch',
            unit: unitFacts(waterBureau),
            partnership: partnershipWith(waterBureau),
            note: '',
          },
          { by: secretary },
        ),
        'claim-fixed',
      ),
    ],
    ['reported progress', take(take(worked, 'progress', { by: housingWorker }), 'claim-fixed')],
    ['wrote a note as the handler', take(take(worked, 'note', { by: housingWorker }), 'claim-fixed')],
  ])('who %s, in another seat by then', (_what, report) => {
    expect(refusalFrom(report, 'check', { by: asChecker })).toBe('checker-is-fixer')
    expect(refusalFrom(report, 'rework', { by: asChecker })).toBe('checker-is-fixer')
    expect(refusalFrom(report, 'check', { by: secretary })).toBeUndefined()
  })

  test('not even by taking it back and resolving it with the branch’s own hands', () => {
    const back = take(take(worked, 'progress', { by: housingWorker }), 'recall', { by: secretary })
    expect(refusalFrom(back, 'resolve', { by: asChecker })).toBe('checker-is-fixer')
    expect(refusalFrom(back, 'resolve', { by: secretary })).toBeUndefined()
  })

  test('whoever has a seat with those who worked on it neither', () => {
    const claimed = take(worked, 'claim-fixed', { by: housingWorker })
    const colleague = seat({ name: 'colleague', memberships: secretary.memberships }, housingWorker)
    expect(refusalFrom(claimed, 'check', { by: colleague })).toBe('checker-is-fixer')
  })
})

describe('H3: 自己人的好评不算，差评算', () => {
  const insider = (unit: typeof branch): Person => ({
    name: reporter.name,
    memberships: [aMembership(unit, 'grid-worker')],
  })

  test.each([
    ['branch', branch],
    ['township', township],
    ['banner', banner],
  ] as const)('a yes of somebody of the %s is silence: it is not written down', (_level, unit) => {
    const fixed = fixedAgain()
    const yes = { kind: 'rate', rating: aVerdict() } as const
    expect(refusalFrom(fixed, yes, { by: insider(unit) })).toBe('not-eligible')
    expect(activeEpisode(fixed.redFaces)).toBeDefined()
    const outside = take(fixed, { kind: 'rate', rating: aVerdict() }, { by: reporter })
    expect(activeEpisode(outside.redFaces)).toBeUndefined()
  })

  test('their no is a no like anyone’s', () => {
    const unsolved = take(
      reportIn('resolved'),
      { kind: 'rate', rating: aVerdict({ solved: 'no' }) },
      { by: insider(branch) },
    )
    expect(unsolved.redFaces[0]?.causes[0]?.cause).toBe('rated-unsolved')
    expect(unsolved.status).toBe('accepted')
  })

  test('dispatched for a minute to where the reporter works, or asked for help: their no still counts', () => {
    const worker: Person = { name: reporter.name, memberships: housingWorker.memberships }
    const report = takeAll(aReport(), 'accept', 'contact', 'dispatch', 'recall', 'resolve')
    const unsolved = take(report, { kind: 'rate', rating: aVerdict({ solved: 'no' }) }, { by: worker })
    expect(unsolved.redFaces[0]?.causes[0]?.cause).toBe('rated-unsolved')
  })

  test('whoever belonged to it while it ran is one of ours, whoever came from elsewhere is not', () => {
    const report = take(takeAll(aReport(), 'accept', 'dispatch', 'recall'), 'transfer', { by: secretary })
    const belonging = (unit: typeof branch) => aCaller({ memberships: [aMembership(unit, 'leader')] })
    for (const unit of [branch, otherBranch, township, banner, housingBureau]) {
      expect(isOneOfOurs(belonging(unit), report)).toBe(true)
    }
    expect(isOneOfOurs(belonging(farBranch), report)).toBe(false)
    const left = aCaller({ memberships: [], membershipsSince: [aMembership(branch, 'grid-worker')] })
    expect(isOneOfOurs(left, report)).toBe(true)
  })

  test('three supporters of whom one is ours clear nothing in silence', () => {
    const people: readonly Person[] = ['one', 'two', 'three'].map((name) => ({ name, memberships: [] }))
    const begun = supportedBy(takeAll(aReport(), 'accept', 'contact'), ...people)
    const declared = take(begun, 'declare-red-face')
    const fixed = madePublic(take(declared, 'resolve'))
    const words = (report: Report, ours: string): Report =>
      people.reduce((current, { name }) => {
        const yes = { kind: 'answer-red-face', isGone: true, note: '' } as const
        const by = { name, memberships: name === ours ? [aMembership(branch, 'leader')] : [] }
        if (name !== ours) return take(current, yes, { by })
        expect(refusalFrom(current, yes, { by })).toBe('not-eligible')
        return current
      }, report)
    const later = fixed.changedAt + 8 * dayMs
    expect(activeEpisode(wait(words(fixed, 'nobody'), later).redFaces)).toBeUndefined()
    expect(activeEpisode(wait(words(fixed, 'two'), later).redFaces)).toBeDefined()
  })
})

describe('H4: a complaint', () => {
  const complaint = take(aComplaint(), 'accept')

  test('goes on no list, however late: the level above is told instead', () => {
    const late = wait(complaint, complaint.deadlines.resolveDueAt + dayMs)
    expect(late.redFaces).toEqual([])
    expect(late.outbox.filter((entry) => entry.kind === 'ledger' || entry.kind === 'red-face')).toEqual([])
    expect(
      late.outbox.some(
        (entry) =>
          entry.kind === 'message' &&
          typeof entry.to === 'object' &&
          'unitId' in entry.to &&
          entry.to.unitId === banner.id,
      ),
    ).toBe(true)
  })

  test.each(['dispatch', 'transfer', 'declare-red-face', 'merge'] as const)(
    'is never the object of %s',
    (kind) => {
      expect(refusalFrom(complaint, kind, { by: clerk })).toBe('confidential')
    },
  )

  test('goes from committee to committee, and never to whom it is about', () => {
    const toBranch = { kind: 'reassign', to: unitFacts(otherBranch), note: '' } as const
    expect(refusalFrom(complaint, toBranch, { by: bannerClerk })).toBe('unknown-unit')
    const aboutTownship = take(
      aComplaint({ accusedUnitId: township.id, responsible: unitFacts(banner), sorter: unitFacts(league) }),
      'accept',
    )
    // A committee below the accused returns to them what it gets, and asks them.
    for (const unit of [township, community]) {
      const toAccused = { kind: 'reassign', to: unitFacts(unit), note: '' } as const
      expect(refusalFrom(aboutTownship, toAccused, { by: leagueClerk })).toBe('unknown-unit')
      const back = { kind: 'return', reason: 'not-our-place', note: '', sorter: unitFacts(unit) } as const
      const routed = { ...aboutTownship, status: 'routed' } as const
      expect(refusalFrom(routed, back, { by: bannerClerk })).toBe('unknown-unit')
    }
  })

  test('takes nobody in and gets no supporters', () => {
    expect(refusalFrom(complaint, 'support', { by: supporter })).toBe('not-allowed')
    expect(
      refusalFrom(
        reportIn('accepted'),
        { kind: 'merge', parent: { ...aParentOf(reportIn('accepted')), isConfidential: true } },
        { by: secretary },
      ),
    ).toBe('merge-target')
  })
})

import { activeEpisode } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import { lastResolution, type Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { requestOf } from '../../../../cloudfunctions/contexts/report/rules/request'
import { saidNos } from '../../../../cloudfunctions/contexts/report/rules/said-nos'
import { dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aParentOf,
  aReport,
  aVerdict,
  banner,
  bannerClerk,
  branch,
  clerk,
  law,
  leagueClerk,
  madePublic,
  newWork,
  otherBranch,
  otherSecretary,
  type Person,
  ratedUnsolved,
  refusalFrom,
  reporter,
  ruleOn,
  secondSupporter,
  secretary,
  supportedBy,
  supporter,
  take,
  takeAll,
  thirdSupporter,
  township,
  unitFacts,
  wait,
} from '../../../support/builders'
import type { ReportCommand } from '../../../support/commands'
import { isListed, lay, postedUntil, publicIn, rate, says, standingIn } from '../../../support/red-face'

const unsolved: ReportCommand = { kind: 'look', finding: 'unsolved', note: '还有水', photos: [] }
/** On the public list because it was to be done by then. */
const overdue = (report: Report): Report => madePublic(wait(report, report.deadlines.resolveDueAt))
const late = overdue(takeAll(aReport(), 'accept', 'contact'))

describe('F5, K5: what is cleared while the matter is open is done by that', () => {
  const cleared = take(lay(late), says(true), { by: reporter })

  test('the evidence is the resolution, of the unit that laid it, and is rated and closed like any other', () => {
    expect(standingIn(late)).toEqual(['resolve-overdue'])
    expect(cleared.redFaces).toMatchObject([{ consent: 'reporter' }])
    expect(cleared).toMatchObject({ status: 'resolved', resolvedAt: cleared.changedAt })
    expect(cleared.resolutions).toMatchObject([
      {
        no: 1,
        unit: { id: branch.id },
        note: '又垫了一层',
        after: activeEpisode(lay(late).redFaces)?.evidence?.photos,
      },
    ])
    expect(wait(cleared, cleared.changedAt + 8 * dayMs).status).toBe('closed')
    const broken = take(wait(cleared, cleared.changedAt + 8 * dayMs), 'reopen', { by: reporter })
    expect(broken.status).toBe('accepted')
  })

  test('said to be unsolved after all it is on the list again, for the unit that laid the evidence', () => {
    const again = rate(cleared, reporter, 'no')
    expect(again.status).toBe('accepted')
    expect(activeEpisode(again.redFaces)?.causes).toMatchObject([
      { cause: 'rated-unsolved', unit: { id: branch.id } },
    ])
  })

  test.each<[string, Report]>([
    ['dispatched', take(late, 'dispatch')],
    ['awaiting-check', takeAll(late, 'dispatch', 'claim-fixed')],
    ['suspended', takeAll(late, 'suspend', 'rule-on')],
  ])('also from %s', (status, working) => {
    expect(working.status).toBe(status)
    const gone = take(lay(working), says(true), { by: reporter })
    expect(gone).toMatchObject({ status: 'resolved', handlerUnitId: null, suspendedDays: 0 })
    expect(gone.suspension).toBeUndefined()
    expect(lastResolution(gone)).toMatchObject({ unit: { id: branch.id } })
    expect(isListed(gone)).toBe(false)
  })

  test('by three supporters after the reporter’s silence, who can then rate it still', () => {
    const joined = overdue(
      supportedBy(takeAll(aReport(), 'accept', 'contact'), supporter, secondSupporter, thirdSupporter),
    )
    const answered = [supporter, secondSupporter, thirdSupporter].reduce(
      (report, by) => take(report, says(true), { by }),
      lay(joined),
    )
    const silent = wait(answered, answered.changedAt + 7 * dayMs)
    expect(silent).toMatchObject({ status: 'resolved', redFaces: [{ consent: 'supporters' }] })
    expect(refusalFrom(silent, { kind: 'rate', rating: aVerdict() }, { by: reporter })).toBeUndefined()
  })

  test('A3: of the unit that laid the evidence, though another has it by now', () => {
    const moved = take(
      take(lay(late), { kind: 'reassign', to: unitFacts(otherBranch), note: '' }, { by: clerk }),
      'accept',
      { by: otherSecretary },
    )
    const gone = take(moved, says(true), { by: reporter })
    expect(gone).toMatchObject({ status: 'resolved', answerableUnit: { id: otherBranch.id } })
    expect(lastResolution(gone)).toMatchObject({ unit: { id: branch.id } })
  })

  test('never accepted, it is not done: a new miss is a new cause', () => {
    const submitted = aReport()
    const waiting = madePublic(wait(submitted, submitted.deadlines.acceptDueAt))
    const gone = take(lay(waiting), says(true), { by: reporter })
    expect(gone.status).toBe('routed')
    expect(isListed(gone)).toBe(false)
    // What had not fallen due yet gains nothing by it.
    expect(gone.deadlines.resolveDueAt).toBe(submitted.deadlines.resolveDueAt)
    expect(standingIn(wait(gone, gone.changedAt + 3 * dayMs))).toEqual(['accept-overdue'])
  })

  test('nor was the second time it fell due the last', () => {
    const submitted = aReport()
    const waiting = overdue(submitted)
    const gone = take(lay(waiting), says(true), { by: reporter })
    expect(gone.status).toBe('routed')
    const { resolveDueAt, allowanceMs } = gone.deadlines
    expect(resolveDueAt).toBeGreaterThanOrEqual(gone.changedAt + allowanceMs / 3)
    expect(standingIn(wait(gone, resolveDueAt))).toEqual(['accept-overdue', 'resolve-overdue'])
  })
})

describe('F5: a consent given before a cause arose does not clear it', () => {
  const working = supportedBy(takeAll(aReport(), 'accept', 'contact'), supporter)
  const { resolveDueAt } = working.deadlines
  const declared = madePublic(take(working, 'declare-red-face'))
  const laid = take(declared, 'lay-evidence', { by: secretary, now: resolveDueAt - 2 * hourMs })
  const posted = take(laid, says(true), { by: reporter, now: resolveDueAt - hourMs })
  const until = postedUntil(posted)

  test('a deadline missed while a yes is posted: the stay goes on, and what was missed is public', () => {
    expect(until).toBeGreaterThan(resolveDueAt)
    const after = wait(posted, until)
    expect(after.status).toBe('accepted')
    expect(publicIn(after)).toEqual(['declared', 'resolve-overdue'])
    expect(isListed(wait(after, until + 400 * dayMs))).toBe(true)
  })

  test('it asks again: the same yes, said once more, clears them both', () => {
    const again = take(posted, says(true), { by: reporter, now: resolveDueAt + hourMs })
    expect(wait(again, until)).toMatchObject({ status: 'resolved', redFaces: [{ consent: 'posted' }] })
    expect(refusalFrom(again, says(true), { by: reporter })).toBe('already-rated')
  })
})

describe('F5: a look that finds an open matter solved', () => {
  const listed = supportedBy(late, supporter)
  const objected = take(lay(listed), says(false, 'photo-x'), { by: supporter })
  const looked = take(objected, 'look', { by: clerk })
  const appeal = (report: Report, by = supporter): Report => take(report, 'appeal-look', { by })

  test('is its resolution, which that level has found good (H1)', () => {
    expect(objected.status).toBe('accepted')
    expect(looked).toMatchObject({ status: 'resolved', redFaces: [{ consent: 'look' }] })
    expect(lastResolution(looked)).toMatchObject({
      unit: { id: branch.id },
      vouchedBy: [{ unitId: township.id, actorId: clerk.name }],
    })
  })

  test('who said no may appeal for as long as the rules say from the look, whatever the matter has become', () => {
    const reopened = rate(looked, reporter, 'no')
    const closed = wait(looked, looked.changedAt + 20 * dayMs)
    for (const report of [looked, reopened, closed]) {
      expect(refusalFrom(report, 'appeal-look', { by: supporter })).toBeUndefined()
      const over = looked.changedAt + 30 * dayMs + minuteMs
      expect(refusalFrom(report, 'appeal-look', { by: supporter, now: over })).toBe('appeal-too-late')
    }
    expect([reopened.status, closed.status]).toEqual(['accepted', 'closed'])
  })

  test('upheld, what it took off the list stands again and is public at once, and the no with it', () => {
    const upheld = take(appeal(looked), ruleOn('appeal-look'), { by: bannerClerk })
    expect(upheld.status).toBe('accepted')
    expect(publicIn(upheld)).toEqual(['resolve-overdue'])
    expect(activeEpisode(upheld.redFaces)?.words).toMatchObject([{ key: supporter.name, isGone: false }])
    expect(activeEpisode(upheld.redFaces)?.words[0]?.settledAt).toBeUndefined()
    const rows = newWork(appeal(looked), upheld).flatMap((one) => (one.kind === 'ledger' ? [one.entry] : []))
    expect(rows).toEqual(['restored', 'published'])
    // It is one no, in whichever stays it stands.
    expect(saidNos(upheld, 30 * dayMs)).toHaveLength(1)
    // The no stands: a yes of the reporter does not clear it.
    const yes = take(lay(wait(upheld, upheld.changedAt + 4 * dayMs)), says(true), { by: reporter })
    expect(isListed(wait(yes, yes.changedAt + 60 * dayMs))).toBe(true)
  })

  test('a reopening meanwhile does not answer the appeal: it is upheld beside it', () => {
    const reopened = rate(appeal(looked), reporter, 'no')
    expect(reopened.requests).toMatchObject([{ kind: 'appeal-look', rulingUnitId: banner.id }])
    const upheld = take(reopened, ruleOn('appeal-look'), { by: bannerClerk })
    expect(upheld.status).toBe('accepted')
    expect(publicIn(upheld)).toEqual(['rated-unsolved', 'resolve-overdue'])
    expect(refusalFrom(upheld, 'appeal-look', { by: supporter })).toBe('not-yet')
  })

  test('K8: undecided it is upheld, and they stand again as well', () => {
    const waiting = appeal(looked)
    const { endsAt = 0 } = requestOf(waiting.requests, 'appeal-look') ?? {}
    expect(publicIn(wait(waiting, endsAt))).toEqual(['resolve-overdue'])
  })

  test('denied they do not', () => {
    expect(isListed(take(appeal(looked), ruleOn('appeal-look', false), { by: bannerClerk }))).toBe(false)
  })
})

describe('F5: a reporter who withdraws from a listed matter leaves it to a look, whoever takes the place', () => {
  const listed = supportedBy(late, supporter)
  const left = take(listed, 'withdraw', { by: reporter })

  test('a look is asked for, and the heir’s yes clears nothing before it', () => {
    expect(left.reporterKey).toBe(supporter.name)
    expect(left.requests).toMatchObject([{ kind: 'look', because: 'reporter-left' }])
    const yes = take(lay(left), says(true), { by: supporter })
    expect(isListed(yes)).toBe(true)
    expect(isListed(wait(yes, yes.changedAt + 400 * dayMs))).toBe(true)
  })

  test('nor after it was found unsolved: new evidence with the heir’s yes brings somebody to look again', () => {
    const looked = take(left, unsolved, { by: clerk })
    const yes = take(lay(looked), says(true), { by: supporter })
    expect(isListed(yes)).toBe(true)
    expect(yes.requests).toMatchObject([{ kind: 'look', because: 'reporter-left' }])
    const found = take(yes, 'look', { by: clerk })
    expect(found).toMatchObject({ status: 'resolved', redFaces: [{ consent: 'look' }] })
  })

  test('nor by neighbours who joined when nobody was in it any more', () => {
    const looked = take(take(late, 'withdraw', { by: reporter }), unsolved, { by: clerk })
    const neighbours = [supporter, secondSupporter, thirdSupporter]
    const laid = lay(supportedBy(looked, ...neighbours))
    const answered = neighbours.reduce((report, by) => take(report, says(true), { by }), laid)
    const silent = wait(answered, answered.changedAt + 30 * dayMs)
    expect(isListed(silent)).toBe(true)
    expect(silent.requests).toMatchObject([{ kind: 'look', because: 'reporter-left' }])
  })

  test('nor by the yes that was posted when they left', () => {
    const posted = take(lay(listed), says(true), { by: reporter })
    const gone = take(posted, 'withdraw', { by: reporter })
    const until = postedUntil(posted)
    expect(isListed(wait(gone, until + dayMs))).toBe(true)
  })

  test('what comes on the list after they have left is the heir’s to clear', () => {
    const before = take(supportedBy(takeAll(aReport(), 'accept', 'contact'), supporter), 'withdraw', {
      by: reporter,
    })
    const yes = take(lay(overdue(before)), says(true), { by: supporter })
    expect(yes).toMatchObject({ status: 'resolved', redFaces: [{ consent: 'reporter' }] })
  })
})

describe('F5: a look leaves nothing half done', () => {
  test('found unsolved, evidence and posting are void in an open status as well', () => {
    const listed = supportedBy(late, supporter, secondSupporter, thirdSupporter)
    const posted = take(lay(listed), says(true), { by: reporter })
    const gone = take(posted, 'withdraw', { by: reporter })
    const looked = take(gone, unsolved, { by: clerk })
    expect(looked.status).toBe('accepted')
    expect(activeEpisode(looked.redFaces)?.evidence).toBeUndefined()
    expect(activeEpisode(looked.redFaces)?.posting).toBeUndefined()
    expect(refusalFrom(looked, says(true), { by: secondSupporter })).toBe('not-yet')
    expect(isListed(wait(looked, looked.changedAt + 60 * dayMs))).toBe(true)
  })

  test('made for an appeal of the branch alone it settles no no: three yes and the silence of who said it clear nothing', () => {
    const no = madePublic(ratedUnsolved())
    const looked = take(take(no, 'appeal-red-face', { by: secretary }), 'look', { by: bannerClerk })
    const denied = take(looked, ruleOn('appeal-red-face', false), { by: leagueClerk })
    expect(isListed(denied)).toBe(true)
    expect(activeEpisode(denied.redFaces)?.words).toMatchObject([{ key: reporter.name, isGone: false }])
    expect(activeEpisode(denied.redFaces)?.words[0]?.settledAt).toBeUndefined()
    const joined = supportedBy(denied, supporter, secondSupporter, thirdSupporter)
    const laid = take(joined, 'lay-evidence', { by: secretary, now: joined.changedAt + 4 * dayMs })
    const answered = [supporter, secondSupporter, thirdSupporter].reduce(
      (report, by) => take(report, says(true), { by }),
      laid,
    )
    expect(publicIn(wait(answered, answered.changedAt + 30 * dayMs))).toContain('rated-unsolved')
  })
})

describe('F5: a look that is owed is made', () => {
  const no = (report: Report): Report => rate(report, reporter, 'no')
  /** Called unsolved twice, on the list, and fixed once more. */
  const fixedThrice = (): Report => {
    const once = madePublic(no(takeAll(aReport(), 'accept', 'contact', 'resolve')))
    return take(no(take(once, 'resolve', { by: secretary })), 'resolve', { by: secretary })
  }

  test('called unsolved for the third time, though one that was asked for in silence waits already', () => {
    const silent = wait(fixedThrice(), fixedThrice().changedAt + 8 * dayMs)
    const asked = take(silent, 'ask-look', { by: secretary })
    const lightly = requestOf(asked.requests, 'look')
    const third = no(asked)
    expect(requestOf(third.requests, 'look')).toEqual({ ...lightly, because: 'third-unsolved' })
    const cleared = rate(take(third, 'resolve', { by: secretary }), reporter, 'yes')
    expect(isListed(cleared)).toBe(false)
    expect(requestOf(cleared.requests, 'look')).toMatchObject({ because: 'third-unsolved' })
  })

  test('nothing lighter takes its place', () => {
    const third = no(fixedThrice())
    const left = take(third, 'withdraw', { by: reporter })
    expect(requestOf(left.requests, 'look')).toMatchObject({ because: 'reporter-left' })
    const supported = supportedBy(third, supporter)
    const fixed = take(supported, 'resolve', { by: secretary })
    const objected = take(fixed, says(false, 'a-picture'), { by: supporter })
    expect(requestOf(objected.requests, 'look')).toMatchObject({ because: 'third-unsolved' })
  })
})

describe('F5: who said no may appeal once against a look that found it solved', () => {
  const listed = (): Report => {
    const report = supportedBy(aReport(), supporter, secondSupporter)
    return madePublic(wait(report, report.deadlines.acceptDueAt))
  }
  const objectors = [supporter, secondSupporter]
  const found = (...by: readonly Person[]): Report => {
    const objected = by.reduce(
      (report, person) => take(report, says(false, 'a-picture'), { by: person }),
      take(listed(), 'lay-evidence', { by: secretary }),
    )
    return take(objected, { kind: 'look', finding: 'solved', note: '好了', photos: [] }, { by: clerk })
  }
  const merges = (report: Report, now?: number): unknown[] =>
    [secretary, clerk].map((by) =>
      refusalFrom(
        report,
        { kind: 'merge', parent: aParentOf(report) },
        { by, ...(now === undefined ? {} : { now }) },
      ),
    )

  test('no merging takes it away while it waits, or may still be made', () => {
    const one = found(supporter)
    const both = found(...objectors)
    expect(isListed(one)).toBe(false)
    expect(one.status).toBe('routed')
    const asked = take(one, 'appeal-look', { by: supporter })
    const first = take(both, 'appeal-look', { by: supporter })
    const denied = take(first, ruleOn('appeal-look', false), { by: bannerClerk })
    for (const report of [one, both, asked, first, denied])
      expect(merges(report)).toEqual(['look-open', 'look-open'])
  })

  test('it does when they have used it, or its time is over, or nobody objected', () => {
    const denied = take(
      take(found(supporter), 'appeal-look', { by: supporter }),
      ruleOn('appeal-look', false),
      {
        by: bannerClerk,
      },
    )
    expect(merges(denied)).toEqual([undefined, undefined])
    const one = found(supporter)
    const untilAt = one.changedAt + law.rules.report.appealWithinDays * dayMs
    expect(merges(one, untilAt)).toEqual(['look-open', 'look-open'])
    expect(merges(one, untilAt + 1)).not.toContain('look-open')
  })
})

describe('F5: found unsolved, it is reopened, also what was declined', () => {
  const declined = (): Report => {
    const listed = supportedBy(madePublic(wait(aReport(), aReport().deadlines.acceptDueAt)), supporter)
    const objected = take(take(listed, 'lay-evidence', { by: secretary }), says(false, 'a-picture'), {
      by: supporter,
    })
    return take(take(objected, 'decline', { by: secretary }), ruleOn('decline'), { by: clerk })
  }
  const looked = (finding: 'solved' | 'unsolved'): Report =>
    take(declined(), { kind: 'look', finding, note: '看过', photos: [] }, { by: bannerClerk })

  test('it is to be accepted again, and its entry does not leave with the decline', () => {
    const back = looked('unsolved')
    expect(back.status).toBe('routed')
    expect(back.closedAt).toBeUndefined()
    expect(back.decline?.overturnedAt).toBe(back.changedAt)
    expect(back.deadlines.acceptDueAt).toBeGreaterThan(back.changedAt)
    expect(back.timeline).toContainEqual(
      expect.objectContaining({ kind: 'reopened', facts: { because: 'look-unsolved' } }),
    )
    expect(standingIn(wait(back, back.changedAt + 60 * dayMs))).toContain('accept-overdue')
    expect(refusalFrom(back, 'decline', { by: secretary })).toBe('declined-once')
  })

  test('and by an appeal against a look that had found it solved', () => {
    const solved = looked('solved')
    expect(solved.status).toBe('declined')
    expect(isListed(solved)).toBe(false)
    const upheld = take(take(solved, 'appeal-look', { by: supporter }), ruleOn('appeal-look'), {
      by: leagueClerk,
    })
    expect(upheld.status).toBe('routed')
    expect(upheld.decline?.overturnedAt).toBe(upheld.changedAt)
    expect(standingIn(wait(upheld, upheld.changedAt + 60 * dayMs))).toContain('accept-overdue')
  })
})

import { noticeEndsAt } from '../../../../cloudfunctions/contexts/calendar/rules/working-calendar'
import { entriesOf } from '../../../../cloudfunctions/contexts/red-face/rules/entries'
import { activeEpisode } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { messageText } from '../../../../cloudfunctions/contexts/report/words'
import { dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aChild,
  aReport,
  banner,
  bannerClerk,
  branch,
  calendar,
  clerk,
  coReporter,
  fixedAgain,
  newWork,
  ratedUnsolved,
  refusalFrom,
  reporter,
  reportIn,
  ruleOn,
  secondCoReporter,
  secondSupporter,
  secretary,
  supportedBy,
  supporter,
  take,
  takeAll,
  thirdSupporter,
  township,
  wait,
} from '../../../support/builders'
import type { ReportCommand } from '../../../support/commands'
import {
  causesOf,
  isListed,
  noticeEnd,
  postedUntil,
  publicIn,
  rate,
  says,
  standingIn,
} from '../../../support/red-face'

const textsTo = (report: Report, to: string): string =>
  report.outbox
    .flatMap((entry) => (entry.kind === 'message' && entry.to === to ? [messageText(entry).text] : []))
    .join('\n')

/** Listed by the branch itself, with a supporter in it; a fix lies before everybody. */
const declared = supportedBy(takeAll(aReport(), 'accept', 'contact', 'declare-red-face'), supporter)
const fixed = take(wait(declared, noticeEnd(declared)), 'resolve', { now: noticeEnd(declared) + hourMs })

describe('F2: notice', () => {
  test('of twenty-four hours, four working hours of it, before everybody reads of it', () => {
    const late = wait(aReport(), aReport().deadlines.acceptDueAt)
    const publicAt = noticeEnd(late)
    expect(publicAt).toBe(
      noticeEndsAt(calendar, late.changedAt, { noticeHours: 24, workingHoursOfIt: 4, isUrgent: false }),
    )
    expect(publicIn(wait(late, publicAt - 1))).toEqual([])
    expect(publicIn(wait(late, publicAt))).toEqual(['accept-overdue'])
  })

  test('over a weekend lasts until four hours of Monday have passed, of an urgent kind it does not', () => {
    const friday = Date.parse('2026-03-06T17:20:00+08:00')
    const onFriday = (id: 'lane-repair' | 'danger'): number => {
      const report = take(aReport({ category: aCategory(id) }, friday), 'accept', { now: friday + minuteMs })
      return noticeEnd(take(report, 'declare-red-face')) - report.changedAt
    }
    expect(onFriday('danger')).toBeLessThanOrEqual(25 * hourMs)
    expect(onFriday('lane-repair')).toBeGreaterThan(60 * hourMs)
  })

  test('none for a no that follows within thirty days a clearing its speaker had not agreed to', () => {
    const listed = supportedBy(
      takeAll(aReport(), 'accept', 'contact', 'declare-red-face'),
      supporter,
      secondSupporter,
      thirdSupporter,
    )
    const done = take(wait(listed, noticeEnd(listed)), 'resolve')
    const agreed = [supporter, secondSupporter, thirdSupporter].reduce(
      (report, by) => take(report, says(true), { by }),
      done,
    )
    const cleared = wait(agreed, done.changedAt + 8 * dayMs)
    expect(cleared.redFaces[0]).toMatchObject({ consent: 'supporters' })
    expect(cleared.status).toBe('closed')
    const no = rate(cleared, reporter, 'no')
    expect(no.redFaces[1]?.causes[0]).toMatchObject({ cause: 'rated-unsolved', publicAt: no.changedAt })
    const muchLater = rate(cleared, reporter, 'no', cleared.changedAt + 25 * dayMs)
    expect(muchLater.redFaces[1]?.causes[0]?.publicAt).toBe(muchLater.changedAt)
  })

  test('but one for a no of whoever had said yes themselves', () => {
    const cleared = rate(fixedAgain(), reporter, 'yes')
    expect(cleared.redFaces[0]).toMatchObject({ consent: 'reporter' })
    const broken = take(cleared, 'reopen', { by: reporter })
    const again = take(broken, 'resolve')
    const no = rate(again, reporter, 'no')
    for (const cause of no.redFaces[1]?.causes ?? []) expect(cause.publicAt).toBeGreaterThan(cause.at)
  })

  test('none for such a no where another cause of the matter is open by then', () => {
    const fixed = fixedAgain()
    const silent = take(fixed, 'ask-look', { by: secretary, now: fixed.changedAt + 8 * dayMs })
    const cleared = take(
      silent,
      { kind: 'look', finding: 'solved', note: '好了', photos: ['p9'] },
      { by: clerk },
    )
    expect(cleared.redFaces).toMatchObject([{ consent: 'look' }])
    const now = cleared.changedAt + dayMs
    expect(activeEpisode(rate(cleared, reporter, 'no', now).redFaces)?.causes).toMatchObject([
      { cause: 'reopened-twice', publicAt: now },
      { cause: 'rated-unsolved', publicAt: now },
    ])
  })

  test('but one for a first no after a stay that was struck: nobody has been cleared by that', () => {
    const late = wait(aReport(), aReport().deadlines.acceptDueAt)
    const listed = takeAll(wait(late, noticeEnd(late)), 'accept', 'contact', 'appeal-red-face')
    const struck = take(listed, ruleOn('appeal-red-face'), { by: clerk })
    expect(struck.redFaces).toMatchObject([{ consent: 'appeal-upheld' }])
    const no = rate(take(struck, 'resolve'), reporter, 'no')
    expect(activeEpisode(no.redFaces)?.causes).toMatchObject([{ cause: 'rated-unsolved' }])
    for (const { at, publicAt } of causesOf(no)) expect(publicAt).toBeGreaterThan(at)
  })

  test('whoever speaks is asked what they themselves had agreed to, not what another reporter had', () => {
    const second = aChild({ id: 'r-latest', reporterKey: secondCoReporter.name })
    const family = take(
      take(takeAll(aReport(), 'accept', 'contact', 'declare-red-face'), { kind: 'absorb', child: aChild() }),
      { kind: 'absorb', child: second },
    )
    const done = take(wait(family, noticeEnd(family)), 'resolve', { now: noticeEnd(family) + hourMs })
    const posted = rate(rate(done, reporter, 'yes'), secondCoReporter, 'yes')
    const cleared = wait(posted, postedUntil(posted))
    expect(cleared.redFaces[0]).toMatchObject({ consent: 'posted' })
    const silent = rate(cleared, coReporter, 'no')
    expect(silent.redFaces[1]?.causes[0]?.publicAt).toBe(silent.changedAt)
    const closed = wait(cleared, cleared.changedAt + 8 * dayMs)
    const agreed = rate(take(take(closed, 'reopen', { by: reporter }), 'resolve'), reporter, 'no')
    for (const cause of agreed.redFaces[1]?.causes ?? []) expect(cause.publicAt).toBeGreaterThan(cause.at)
  })
})

describe('F3: an appeal', () => {
  const late = wait(aReport(), aReport().deadlines.acceptDueAt)
  const appealed = take(late, 'appeal-red-face', { by: secretary })

  test('keeps back what is not public yet for three working days at most', () => {
    const heldUntil = activeEpisode(appealed.redFaces)?.causes[0]?.appeal?.heldUntil ?? 0
    expect(heldUntil).toBeGreaterThan(noticeEnd(late))
    expect(publicIn(wait(appealed, heldUntil - 1))).toEqual([])
    const shown = wait(appealed, heldUntil)
    expect(publicIn(shown)).toEqual(['accept-overdue'])
    expect(entriesOf(shown.redFaces)).toMatchObject([{ list: 'public', isAppealed: true }])
  })

  test('takes nothing that is public off the page', () => {
    const shown = wait(late, noticeEnd(late))
    const disputed = take(shown, 'appeal-red-face', { by: secretary })
    expect(entriesOf(disputed.redFaces)).toMatchObject([{ list: 'public', isAppealed: true }])
  })

  test('lapses when undecided for ten working days, and cannot be made again', () => {
    const endsAt = appealed.requests[0]?.endsAt ?? 0
    const lapsed = wait(appealed, endsAt)
    expect(lapsed.requests).toEqual([])
    expect(activeEpisode(lapsed.redFaces)?.causes[0]).toMatchObject({ wasAppealed: true })
    expect(activeEpisode(lapsed.redFaces)?.causes[0]?.appeal).toBeUndefined()
    const again: ReportCommand = { kind: 'appeal-red-face', reason: '', causeNos: [1] }
    expect(refusalFrom(lapsed, again, { by: secretary })).toBe('already-appealed')
  })

  test('names causes, and later ones run their own course', () => {
    const accepted = take(appealed, 'accept')
    const more = wait(accepted, accepted.deadlines.resolveDueAt)
    expect(standingIn(more)).toContain('resolve-overdue')
    const [first] = causesOf(more)
    expect(activeEpisode(more.redFaces)?.causes[1]?.appeal).toBeUndefined()
    expect(
      refusalFrom(
        more,
        { kind: 'appeal-red-face', reason: '', causeNos: [first?.no ?? 0] },
        { by: secretary },
      ),
    ).toBe(more.requests.length > 0 ? 'request-pending' : 'already-appealed')
  })

  test('upheld strikes the causes it named and those alone', () => {
    const begun = takeAll(late, 'accept', 'declare-red-face')
    const [lateCause] = causesOf(begun)
    const disputed = take(
      begun,
      { kind: 'appeal-red-face', reason: '停电', causeNos: [lateCause?.no ?? 0] },
      { by: secretary },
    )
    const upheld = take(disputed, ruleOn('appeal-red-face'), { by: clerk })
    expect(standingIn(upheld)).toEqual(['declared'])
    expect(entriesOf(upheld.redFaces)).toMatchObject([{ list: 'notice' }])
  })

  test('upheld within the notice the entry is never shown; after it the ledger’s row is followed by another', () => {
    const quietly = take(appealed, ruleOn('appeal-red-face'), { by: clerk })
    expect(entriesOf(quietly.redFaces)).toMatchObject([{ list: 'never-public', consent: 'appeal-upheld' }])
    const rows = (report: Report) =>
      report.outbox.flatMap((entry) => (entry.kind === 'ledger' ? [[entry.entry, entry.isPublic]] : []))
    expect(rows(quietly)).toEqual([
      ['opened', false],
      ['frozen', false],
      ['struck', false],
    ])
    const shown = take(wait(late, noticeEnd(late)), 'appeal-red-face', { by: secretary })
    const struck = take(shown, ruleOn('appeal-red-face'), { by: clerk })
    expect(rows(struck).slice(-1)).toEqual([['struck', true]])
    expect(isListed(struck)).toBe(false)
  })

  test('denied within three days it lets the cause out when its notice ends', () => {
    const denied = take(appealed, ruleOn('appeal-red-face', false), { by: clerk })
    expect(publicIn(denied)).toEqual([])
    expect(publicIn(wait(denied, noticeEnd(late)))).toEqual(['accept-overdue'])
  })

  test('is the blamed unit’s, whoever has the matter now', () => {
    const moved = take(late, 'transfer', { by: secretary })
    expect(refusalFrom(moved, 'appeal-red-face', { by: secretary })).toBeUndefined()
    expect(moved.answerableUnit.id).not.toBe(branch.id)
  })

  test('A7: denied, whoever disputed it hears of it, whoever has the matter now', () => {
    const moved = take(appealed, 'transfer', { by: secretary })
    const denied = take(moved, ruleOn('appeal-red-face', false), { by: clerk })
    const told = newWork(moved, denied).flatMap((entry) =>
      entry.kind === 'message' ? [{ to: entry.to, ...messageText(entry) }] : [],
    )
    expect(told).toContainEqual(expect.objectContaining({ title: '申请未获准', to: { unitId: branch.id } }))
  })
})

test('F4: who joins a matter that is listed counts from then on: its entry is shown anew', () => {
  const joined = supportedBy(declared, secondSupporter)
  expect(newWork(declared, joined)).toMatchObject([{ kind: 'red-face', episodeNo: 1 }])
})

describe('F5: cleared only by evidence and consent', () => {
  test('L6: the reporter’s yes is posted to the others for three working days, in one sentence, then clears', () => {
    const yes = rate(fixed, reporter, 'yes')
    const posting = activeEpisode(yes.redFaces)?.posting
    expect(posting).toBeDefined()
    expect(textsTo(yes, 'supporters')).toContain('公示3个工作日')
    expect(textsTo(yes, 'reporter')).toContain('公示3个工作日，没人反对就销号')
    const cleared = wait(yes, posting?.until ?? 0)
    expect(cleared.redFaces[0]).toMatchObject({ consent: 'posted', endedAt: posting?.until })
  })

  test('a cause within its notice waits for the end of the posting and is then never public', () => {
    const quick = take(declared, 'resolve')
    const yes = rate(quick, reporter, 'yes')
    const until = postedUntil(yes)
    expect(until).toBeGreaterThan(noticeEnd(declared))
    const cleared = wait(yes, until + dayMs)
    expect(entriesOf(cleared.redFaces)).toMatchObject([{ list: 'never-public', consent: 'posted' }])
    expect(cleared.outbox.some((entry) => entry.kind === 'ledger' && entry.entry === 'published')).toBe(false)
  })

  test('a no within the posting ends it, and brings a look', () => {
    const yes = rate(fixed, reporter, 'yes')
    const objected = take(yes, says(false, 'photo-x'), { by: supporter })
    expect(activeEpisode(objected.redFaces)?.posting).toBeUndefined()
    expect(objected.requests).toMatchObject([
      { kind: 'look', because: 'supporter-objects', rulingUnitId: township.id },
    ])
    expect(isListed(wait(objected, objected.changedAt + 300 * dayMs))).toBe(true)
  })

  test('又坏了 within the posting is a no: the yes is taken back, the matter is open again', () => {
    const yes = rate(fixed, reporter, 'yes')
    expect(yes.status).toBe('closed')
    const broken = take(yes, 'reopen', { by: reporter })
    expect(broken.status).toBe('accepted')
    expect(activeEpisode(broken.redFaces)?.posting).toBeUndefined()
    expect(isListed(wait(broken, broken.changedAt + 30 * dayMs))).toBe(true)
  })

  test('a reopening voids the evidence: nothing is cleared by what did not hold', () => {
    const yes = rate(fixed, reporter, 'yes')
    const appealed = take(take(yes, 'appeal', { by: supporter }), ruleOn('appeal-closing'), { by: clerk })
    expect(appealed.status).toBe('accepted')
    expect(activeEpisode(appealed.redFaces)?.evidence).toBeUndefined()
    expect(isListed(wait(appealed, appealed.changedAt + 60 * dayMs))).toBe(true)
    expect(refusalFrom(appealed, says(true), { by: supporter })).toBe('not-yet')
  })

  test('the reporter alone clears at once where nobody else is in it', () => {
    expect(isListed(rate(fixedAgain(), reporter, 'yes'))).toBe(false)
    expect(isListed(rate(fixedAgain(), reporter, 'partly'))).toBe(true)
  })

  test('where several reported it, two of them', () => {
    const family = take(takeAll(aReport(), 'accept', 'contact', 'declare-red-face'), {
      kind: 'absorb',
      child: aChild(),
    })
    const done = take(family, 'resolve')
    const one = rate(done, reporter, 'yes')
    expect(activeEpisode(one.redFaces)?.posting).toBeUndefined()
    expect(isListed(one)).toBe(true)
    expect(isListed(rate(one, coReporter, 'yes'))).toBe(false)
  })

  test('new evidence asks everybody again and wipes no no', () => {
    const objected = take(fixed, says(false, 'photo-x'), { by: supporter })
    const again = take(objected, 'lay-evidence', { by: secretary, now: objected.changedAt + 4 * dayMs })
    expect(activeEpisode(again.redFaces)?.words.map((word) => [word.key, word.isGone])).toEqual([
      [supporter.name, false],
    ])
    const yes = rate(wait(again, again.changedAt), reporter, 'yes')
    expect(activeEpisode(yes.redFaces)?.posting).toBeUndefined()
    const takenBack = take(yes, says(true), { by: supporter })
    expect(activeEpisode(takenBack.redFaces)?.posting).toBeDefined()
  })

  test('evidence is laid once in three days, in any status', () => {
    const closed = wait(fixed, fixed.changedAt + 8 * dayMs)
    const laid = take(closed, 'lay-evidence', { by: secretary })
    expect(refusalFrom(laid, 'lay-evidence', { by: secretary, now: laid.changedAt + 3 * dayMs - 1 })).toBe(
      'evidence-too-soon',
    )
    expect(
      refusalFrom(laid, 'lay-evidence', { by: secretary, now: laid.changedAt + 3 * dayMs }),
    ).toBeUndefined()
  })

  test('one answer a person: the same again is refused, a changed one is not', () => {
    const yes = take(fixed, says(true), { by: supporter })
    expect(refusalFrom(yes, says(true), { by: supporter })).toBe('already-rated')
    expect(refusalFrom(yes, says(false), { by: supporter })).toBeUndefined()
  })

  test('L6: a look: one level up goes and sees; found solved the entry ends with the no beside it', () => {
    const objected = take(fixed, says(false, 'photo-x'), { by: supporter })
    const looked = take(objected, 'look', { by: clerk })
    expect(looked.redFaces[0]).toMatchObject({
      consent: 'look',
      lookedBy: { unitId: township.id, actorId: clerk.name },
      words: [{ key: supporter.name, isGone: false, settledAt: looked.changedAt }],
    })
    expect(textsTo(looked, 'supporters')).toContain('到现场看了')
    expect(
      refusalFrom(take(looked, 'appeal-look', { by: supporter }), 'appeal-look', { by: supporter }),
    ).toBe('request-pending')
  })

  test('who said no may appeal once against it, two levels up; upheld, the matter is open again', () => {
    const looked = take(take(fixed, says(false, 'photo-x'), { by: supporter }), 'look', { by: clerk })
    const appealed = take(looked, 'appeal-look', { by: supporter })
    expect(appealed.requests).toMatchObject([{ kind: 'appeal-look', rulingUnitId: banner.id }])
    const denied = take(appealed, ruleOn('appeal-look', false), { by: bannerClerk })
    expect(refusalFrom(denied, 'appeal-look', { by: supporter })).toBe('already-appealed')
    expect(take(appealed, ruleOn('appeal-look'), { by: bannerClerk }).status).toBe('accepted')
  })

  test('found unsolved it is reopened and its causes are public at once', () => {
    const quick = take(declared, 'resolve')
    const objected = take(rate(quick, reporter, 'yes'), says(false, 'photo-x'), { by: supporter })
    expect(publicIn(objected)).toEqual([])
    const looked = take(objected, { kind: 'look', finding: 'unsolved', note: '', photos: [] }, { by: clerk })
    expect(looked.status).toBe('accepted')
    expect(publicIn(looked)).toEqual(['declared'])
  })

  test('a look is made when a matter is called unsolved for the third time', () => {
    let report = takeAll(aReport(), 'accept', 'contact')
    for (const times of [1, 2, 3]) {
      report = rate(take(report, 'resolve'), reporter, 'no')
      expect(report.requests.map((request) => request.kind)).toEqual(times < 3 ? [] : ['look'])
    }
  })

  test('a look is made when the reporter withdraws from a matter with a cause; found solved it is over', () => {
    const left = take(ratedUnsolved(), 'withdraw', { by: reporter })
    expect(left).toMatchObject({ status: 'accepted', hasPhone: false })
    expect(left.requests).toMatchObject([{ kind: 'look', because: 'reporter-left' }])
    const looked = take(left, 'look', { by: clerk })
    expect(looked.status).toBe('withdrawn')
    expect(isListed(looked)).toBe(false)
  })

  test('but while somebody has joined meanwhile it goes on for them', () => {
    const left = supportedBy(take(ratedUnsolved(), 'withdraw', { by: reporter }), supporter)
    const looked = take(left, 'look', { by: clerk })
    expect(looked.status).toBe('resolved')
    expect(isListed(looked)).toBe(false)
  })

  test('A7: who has left hears no more of a matter that goes on', () => {
    const left = take(ratedUnsolved(), 'withdraw', { by: reporter })
    const resolved = take(left, 'resolve')
    const looked = take(left, { kind: 'look', finding: 'unsolved', note: '', photos: [] }, { by: clerk })
    for (const after of [resolved, looked])
      expect(textsTo({ ...after, outbox: newWork(left, after) }, 'reporter')).toBe('')
  })

  test('a granted decline ends the entry when the time to appeal is over', () => {
    const gone = takeAll(wait(aReport(), aReport().deadlines.resolveDueAt), 'decline', 'rule-on')
    const until = gone.changedAt + 30 * dayMs
    expect(isListed(wait(gone, until - 1))).toBe(true)
    expect(wait(gone, until).redFaces[0]).toMatchObject({ consent: 'declined', endedAt: until })
  })

  test('F5: while an appeal against the decline waits the entry stays: upheld, it stands; denied, it ends at once', () => {
    const gone = takeAll(wait(aReport(), aReport().deadlines.resolveDueAt), 'decline', 'rule-on')
    const until = gone.changedAt + 30 * dayMs
    const appealed = take(gone, 'appeal', { by: reporter, now: until - dayMs })
    const ruledAt = until + dayMs
    expect(isListed(wait(appealed, ruledAt))).toBe(true)
    const upheld = take(appealed, ruleOn('appeal-decline'), { by: bannerClerk, now: ruledAt })
    expect(isListed(wait(upheld, ruledAt + dayMs))).toBe(true)
    const denied = take(appealed, ruleOn('appeal-decline', false), { by: bannerClerk, now: ruledAt })
    expect(wait(denied, ruledAt).redFaces[0]).toMatchObject({ consent: 'declined', endedAt: ruledAt })
  })

  test('an accept that came late leaves the page seven days after it became public, not before', () => {
    const late = wait(aReport(), aReport().deadlines.acceptDueAt)
    const publicAt = noticeEnd(late)
    const accepted = takeAll(wait(late, publicAt), 'accept', 'contact', 'resolve')
    expect(isListed(wait(accepted, publicAt + 7 * dayMs - 1))).toBe(true)
    expect(wait(accepted, publicAt + 7 * dayMs).redFaces[0]).toMatchObject({ consent: 'came-late' })
  })

  test('and not while it is disputed, nor with another cause beside it', () => {
    const late = wait(aReport(), aReport().deadlines.acceptDueAt)
    const publicAt = noticeEnd(late)
    const accepted = takeAll(wait(late, publicAt), 'accept', 'contact')
    const disputed = take(take(accepted, 'resolve'), 'appeal-red-face', { by: secretary })
    expect(isListed(wait(disputed, publicAt + 7 * dayMs + hourMs))).toBe(true)
    const denied = take(disputed, ruleOn('appeal-red-face', false), {
      by: bannerClerk,
      now: publicAt + 8 * dayMs,
    })
    expect(isListed(wait(denied, publicAt + 9 * dayMs))).toBe(false)
    const two = take(accepted, 'declare-red-face')
    expect(isListed(wait(two, publicAt + 30 * dayMs))).toBe(true)
  })
})

describe('L6: what people read where they act', () => {
  test('a decline needs the level above, says the message it gets; the residents may appeal, says theirs', () => {
    const proposed = take(reportIn('routed'), 'decline')
    const [message] = proposed.outbox.filter(({ kind }) => kind === 'message').slice(-1)
    expect(message).toMatchObject({ to: { unitId: township.id } })
    expect(textsTo(take(proposed, ruleOn('decline'), { by: clerk }), 'reporter')).toContain(
      '30天内向上一级申诉',
    )
  })
})

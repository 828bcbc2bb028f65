import { activeEpisode } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import { listedOf } from '../../../../cloudfunctions/contexts/report/rules/listed-report'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import {
  presentCard,
  presentReport,
  presentRow,
} from '../../../../cloudfunctions/contexts/report/use-cases/present-report'
import { dayMs, hourMs } from '../../../../cloudfunctions/ground/instant'
import {
  aChild,
  aParentOf,
  aReport,
  aVerdict,
  bannerClerk,
  branch,
  callerOf,
  clerk,
  coReporter,
  law,
  type Person,
  reporter,
  ruleOn,
  secretary,
  supportedBy,
  supporter,
  take,
  takeAll,
  wait,
} from '../../../support/builders'

const urls = new Map()
const residents = [reporter, coReporter, supporter]

/** All that one of them is shown of a report, and how many messages have gone out to residents. */
const shownTo = (report: Report, person: Person) => {
  const scene = { law, now: report.changedAt, urls, actorId: person.name }
  const caller = callerOf(person, report)
  return {
    view: presentReport(report, caller, scene),
    card: presentCard(report, caller, scene),
    row: presentRow(listedOf(report), caller, scene),
  }
}
const toldResidents = (report: Report) =>
  report.outbox.flatMap((work) =>
    work.kind === 'message' && (typeof work.to === 'string' || 'personKey' in work.to)
      ? [[work.to, work.parts, work.at]]
      : [],
  )
const ledgerRows = (report: Report) => report.outbox.filter((work) => work.kind === 'ledger')
const causesIn = (report: Report) =>
  report.redFaces.flatMap((episode) => episode.causes.map(({ cause }) => cause))

/** The same steps in a matter that comes back and in one that does not. */
const both = (play: (report: Report) => Report): readonly [Report, Report] => [
  play(aReport({ isRecurring: true })),
  play(aReport()),
]
const expectAlike = (play: (report: Report) => Report): void => {
  const [hit, miss] = both(play)
  for (const person of residents) expect(shownTo(hit, person)).toEqual(shownTo(miss, person))
  expect(toldResidents(hit)).toEqual(toldResidents(miss))
}

const accepted = (report: Report): Report => take(report, 'accept')
const resolved = (report: Report): Report => takeAll(report, 'accept', 'contact', 'resolve')
const rated =
  (verdict: Partial<ReturnType<typeof aVerdict>>) =>
  (report: Report): Report =>
    take(resolved(report), { kind: 'rate', rating: aVerdict(verdict) }, { by: reporter })

describe('F1: what comes back is on the list from when somebody has accepted it', () => {
  test('against the unit whose fix did not hold, which is told', () => {
    const report = aReport({ isRecurring: true })
    expect(report.redFaces).toEqual([])
    const taken = accepted(report)
    expect(activeEpisode(taken.redFaces)?.causes).toMatchObject([
      { cause: 'recurring', unit: { id: branch.id }, at: taken.changedAt },
    ])
    expect(taken).not.toHaveProperty('comesBackTo')
    expect(
      taken.outbox.filter(
        (work) =>
          work.kind === 'message' && work.parts.some(({ template }) => template === 'red-face-noticed'),
      ),
    ).toMatchObject([{ to: { unitId: branch.id } }])
  })

  test('declined, it never is; after a no to the decline it is', () => {
    const proposed = take(aReport({ isRecurring: true }), 'decline')
    const declined = take(proposed, ruleOn('decline'), { by: clerk })
    expect(causesIn(wait(declined, declined.changedAt + 60 * dayMs))).toEqual([])
    expect(causesIn(take(proposed, ruleOn('decline', false), { by: clerk }))).toEqual(['recurring'])
  })

  test('it becomes public at the end of its notice, with all the rows that the ledger owes', () => {
    const taken = accepted(aReport({ isRecurring: true }))
    expect(ledgerRows(taken)).toEqual([])
    const publicAt = activeEpisode(taken.redFaces)?.causes[0]?.publicAt ?? 0
    const listed = wait(taken, publicAt)
    expect(ledgerRows(listed)).toMatchObject([{ entry: 'opened' }, { entry: 'published' }])
    expect(shownTo(listed, reporter).view?.redFace).toMatchObject({
      state: 'public',
      causes: [{ no: 1, cause: 'recurring' }],
    })
  })
})

describe('S1, F1: within its notice no resident can tell it from a matter that does not come back', () => {
  test.each<[string, (report: Report) => Report]>([
    ['sent in', (report) => report],
    ['accepted', accepted],
    ['supported', (report) => supportedBy(accepted(report), supporter)],
    ['with another report in it', (report) => take(accepted(report), { kind: 'absorb', child: aChild() })],
    ['resolved', resolved],
    ['called solved', rated({})],
    [
      'called solved with others in it',
      (report) =>
        take(
          takeAll(supportedBy(accepted(report), supporter), 'contact', 'resolve'),
          { kind: 'rate', rating: aVerdict() },
          { by: reporter },
        ),
    ],
    ['called bad', rated({ satisfaction: 'dissatisfied' })],
    ['called unsolved', rated({ solved: 'no' })],
    ['withdrawn at once', (report) => take(report, 'withdraw', { by: reporter })],
    ['withdrawn later', (report) => take(accepted(report), 'withdraw', { by: reporter })],
    [
      'withdrawn with others in it',
      (report) => take(supportedBy(accepted(report), supporter), 'withdraw', { by: reporter }),
    ],
    ['accepted too late', (report) => take(wait(report, report.deadlines.acceptDueAt), 'accept')],
  ])('%s', (_name, play) => {
    expectAlike(play)
  })

  test('nor by what its unit asks about it, and is answered: it is as if a note had been written', () => {
    const disputed = take(accepted(aReport({ isRecurring: true })), 'appeal-red-face', { by: secretary })
    const noted = take(accepted(aReport()), 'note', { by: secretary })
    for (const person of residents) expect(shownTo(disputed, person)).toEqual(shownTo(noted, person))
    const struck = take(disputed, ruleOn('appeal-red-face'), { by: clerk })
    const notedAgain = take(noted, 'note', { by: secretary, now: struck.changedAt })
    for (const person of residents) expect(shownTo(struck, person)).toEqual(shownTo(notedAgain, person))
    expect(toldResidents(struck)).toEqual(toldResidents(notedAgain))
    expect(ledgerRows(struck)).toEqual([])
    expect(shownTo(struck, secretary).view?.redFace).toMatchObject({ causes: [{ isStruck: true }] })
  })

  test('its people read it, who answer for it and who rule on it', () => {
    const taken = accepted(aReport({ isRecurring: true }))
    for (const person of [secretary, clerk, bannerClerk]) {
      const { view, row } = shownTo(taken, person)
      expect(view?.redFace).toMatchObject({ state: 'noticed', causes: [{ cause: 'recurring' }] })
      expect(view?.timeline.map(({ kind }) => kind)).toContain('red-face-noticed')
      expect(row?.redFaceState).toBe('noticed')
    }
  })

  test('withdrawn, it has not come back: the cause ends and is never public', () => {
    const gone = take(accepted(aReport({ isRecurring: true })), 'withdraw', { by: reporter })
    expect(gone).toMatchObject({ status: 'withdrawn', redFaces: [{ consent: 'withdrawn' }] })
    const later = wait(gone, gone.changedAt + 60 * dayMs)
    expect(later.redFaces[0]?.causes[0]?.publishedAt).toBeUndefined()
    expect(ledgerRows(later)).toEqual([])
  })

  test('F5: with another cause, or once it is public, somebody goes and sees before it ends', () => {
    const taken = accepted(aReport({ isRecurring: true }))
    const publicAt = activeEpisode(taken.redFaces)?.causes[0]?.publicAt ?? 0
    const late = take(wait(aReport({ isRecurring: true }), aReport().deadlines.acceptDueAt), 'accept')
    for (const listed of [wait(taken, publicAt), late]) {
      const left = take(listed, 'withdraw', { by: reporter })
      expect(left.status).toBe('accepted')
      expect(left.requests).toMatchObject([{ kind: 'look', because: 'reporter-left' }])
    }
  })

  test('M4: agreed to once more, it is merged as any other, and its cause goes along', () => {
    const asked = (isRecurring: boolean): Report => {
      const merged = take(aReport({ isRecurring }), { kind: 'merge', parent: aParentOf(aReport()) })
      const out = take(merged, 'unmerge', { by: reporter })
      return take(out, { kind: 'merge', parent: aParentOf(out) }, { by: secretary })
    }
    const agreed = (report: Report): Report => take(take(report, 'accept'), 'agree', { by: reporter })
    const [hit, miss] = [agreed(asked(true)), agreed(asked(false))]
    expect(hit.status).toBe('merged')
    expect(shownTo(hit, reporter)).toEqual(shownTo(miss, reporter))
    expect(hit.redFaces).toMatchObject([{ consent: 'merged', causes: [{ cause: 'recurring' }] }])
  })
})

test('F5: a yes that was said within its notice is posted to the others once it is public', () => {
  const taken = takeAll(
    supportedBy(accepted(aReport({ isRecurring: true })), supporter),
    'contact',
    'resolve',
  )
  const yes = take(
    taken,
    { kind: 'rate', rating: aVerdict() },
    { by: reporter, now: taken.changedAt + hourMs },
  )
  expect(activeEpisode(yes.redFaces)?.posting).toBeUndefined()
  const publicAt = activeEpisode(yes.redFaces)?.causes[0]?.publicAt ?? 0
  const posted = activeEpisode(wait(yes, publicAt).redFaces)?.posting
  expect(posted).toMatchObject({ from: publicAt, consent: 'reporter' })
  expect(wait(yes, posted?.until ?? 0).redFaces[0]).toMatchObject({ consent: 'posted' })
})

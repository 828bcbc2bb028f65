import { rateFactsOf } from '../../../../cloudfunctions/contexts/figures/rules/rates'
import { toRoutedUnit } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { resumedFrom, takenBackAt } from '../../../../cloudfunctions/contexts/report/rules/resumed'
import { dayMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aChild,
  aReport,
  aVerdict,
  branch,
  clerk,
  coReporter,
  law,
  madePublic,
  otherBranch,
  otherSecretary,
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
  unitFacts,
  wait,
} from '../../../support/builders'
import { says } from '../../../support/red-face'

const solvedIn = (report: Report) =>
  rateFactsOf(report, report.changedAt + dayMs, law.rules).answers.map(({ unitId, solved }) => [
    unitId,
    solved?.answer,
    solved?.by.length,
  ])

describe('F5: a supporter’s no that stands counts in S, whether or not anybody looks', () => {
  const listed = madePublic(
    supportedBy(takeAll(aReport(), 'accept', 'contact', 'declare-red-face'), supporter),
  )
  const resolved = take(listed, 'resolve')
  const rated = take(resolved, { kind: 'rate', rating: aVerdict() }, { by: reporter })
  const objected = take(rated, says(false, 'photo-x'), { by: supporter })

  test('from the moment it stands, once for the family, as its least content answer (M6)', () => {
    expect(solvedIn(rated)).toEqual([[branch.id, 'yes', 1]])
    expect(solvedIn(objected)).toEqual([[branch.id, 'no', 1]])
    expect(objected.outbox.map((entry) => entry.kind)).toContain('outcome')
  })

  test('where no reporter has answered at all', () => {
    expect(solvedIn(take(resolved, says(false, 'photo-x'), { by: supporter }))).toEqual([
      [branch.id, 'no', 1],
    ])
  })

  test('a look changes nothing in the figure, whatever it finds', () => {
    for (const finding of ['solved', 'another-matter', 'unsolved'] as const) {
      const looked = take(objected, { kind: 'look', finding, note: '看过', photos: [] }, { by: clerk })
      expect(solvedIn(looked)).toEqual(solvedIn(objected))
    }
  })

  test('one alone without a picture stands not and counts not', () => {
    expect(solvedIn(take(rated, says(false), { by: supporter }))).toEqual([[branch.id, 'yes', 1]])
  })

  test('who says yes takes it back; to a later resolution, they take nothing back of the one before', () => {
    expect(solvedIn(take(objected, says(true), { by: supporter }))).toEqual([[branch.id, 'yes', 1]])
    const reopened = take(
      objected,
      { kind: 'look', finding: 'unsolved', note: '看过', photos: [] },
      { by: clerk },
    )
    const again = take(take(reopened, 'resolve'), says(true), { by: supporter })
    expect(solvedIn(again)).toEqual([[branch.id, 'no', 1]])
  })

  test('what is said of evidence before any resolution is said to the unit that laid it, whoever has the matter by then', () => {
    const no = says(false, 'photo-x')
    const transfer = { kind: 'transfer', to: unitFacts(otherBranch), note: '' } as const
    const laid = take(listed, 'lay-evidence')
    const said = take(laid, no, { by: supporter })
    const away = take(laid, transfer, { by: secretary })
    for (const report of [said, take(said, transfer, { by: secretary }), take(away, no, { by: supporter })])
      expect(solvedIn(report)).toEqual([[branch.id, 'no', 1]])
  })

  describe('what is laid until it is found not to hold is one fix, in whatever order and under whatever name', () => {
    const photo = 'photo-x'
    const withTwo = supportedBy(listed, secondSupporter)
    /** Laid some days later, and said no to by these. */
    const laid = (report: Report, how: 'resolve' | 'lay-evidence', by: readonly Person[]): Report => {
      const now = report.changedAt + 4 * dayMs
      return by.reduce(
        (said, one) => take(said, says(false, photo), { by: one, now }),
        take(report, how, { now }),
      )
    }
    const orders = [
      ['resolve', 'lay-evidence', 'lay-evidence'],
      ['lay-evidence', 'resolve', 'lay-evidence'],
      ['lay-evidence', 'lay-evidence', 'resolve'],
    ] as const

    test.each(orders)('M6: %s, %s, %s, each said no to: the family has said no once', (...order) => {
      const [all, one] = [[supporter, secondSupporter], [supporter]].map((by) =>
        order.reduce((report, how, place) => laid(report, how, place === 0 ? by : [supporter]), withTwo),
      )
      expect(solvedIn(all as Report)).toEqual([[branch.id, 'no', 2]])
      expect(solvedIn(one as Report)).toEqual([[branch.id, 'no', 1]])
    })

    test.each(orders)('%s, %s, %s: the reporter’s yes in the end unsays no no of before', (...order) => {
      const objections = order.reduce((report, how) => laid(report, how, [supporter]), withTwo)
      const report = take(objections, { kind: 'rate', rating: aVerdict() }, { by: reporter })
      expect(solvedIn(report)).toEqual([[branch.id, 'no', 1]])
    })

    test('found not to hold, it is over: what is laid next is another one', () => {
      const unsolved = { kind: 'look', finding: 'unsolved', note: '看过', photos: [] } as const
      const first = take(laid(listed, 'lay-evidence', [supporter]), unsolved, { by: clerk })
      const second = take(laid(first, 'lay-evidence', [supporter]), unsolved, { by: clerk })
      expect(solvedIn(second)).toEqual([
        [branch.id, 'no', 1],
        [branch.id, 'no', 1],
      ])
      const done = take(take(second, 'resolve'), { kind: 'rate', rating: aVerdict() }, { by: reporter })
      expect(
        solvedIn(done)
          .map(([, answer]) => answer)
          .sort(),
      ).toEqual(['no', 'no', 'yes'])
    })

    test('A3: a unit’s evidence is its own, whoever’s resolution it comes to', () => {
      const away = take(
        laid(listed, 'lay-evidence', [supporter]),
        { kind: 'transfer', to: unitFacts(otherBranch), note: '' },
        { by: secretary },
      )
      const accepted = take(away, 'accept', { by: otherSecretary })
      const done = take(take(accepted, 'resolve', { by: otherSecretary }), says(false, photo), {
        by: supporter,
      })
      expect(solvedIn(done)).toEqual(
        expect.arrayContaining([
          [branch.id, 'no', 1],
          [otherBranch.id, 'no', 1],
        ]),
      )
    })
  })

  test('Q1: it counts as long as a verdict can be given', () => {
    const closed = wait(resolved, resolved.changedAt + 20 * dayMs)
    const untilAt = (closed.closedAt ?? 0) + rules.report.rateWithinDays * dayMs
    const at = (now: number) => solvedIn(take(closed, says(false, 'photo-x'), { by: supporter, now }))
    expect(closed.status).toBe('closed')
    expect(at(untilAt)).toEqual([[branch.id, 'no', 1]])
    expect(at(untilAt + 1)).toEqual([])
  })
})

describe('A2, K5: what a unit had of a matter that was withdrawn and is filed anew', () => {
  const first = take(aReport(), 'accept')
  const { startedAt, resolveDueAt, contactDueAt } = first.deadlines
  const anew = (left: Report, now: number): Report =>
    aReport(
      {
        id: 'r-anew',
        responsible: toRoutedUnit(otherBranch),
        reporterKey: 'known otherwise here',
        resumes: resumedFrom(left, reporter.name, now),
      },
      now,
    )
  const lateFor = (report: Report): readonly string[] =>
    wait(report, report.deadlines.resolveDueAt + minuteMs)
      .redFaces.flatMap((episode) => episode.causes)
      .flatMap(({ cause, unit }) => (cause === 'resolve-overdue' ? [unit.id] : []))

  test('is its own where the deadline is missed soon after, with the time that nobody had it left out', () => {
    const leftAt = startedAt + (resolveDueAt - startedAt) * 0.9
    const left = take(first, 'withdraw', { by: reporter, now: leftAt })
    const again = anew(left, leftAt + 5 * dayMs)
    expect(again.stints).toHaveLength(1)
    expect(lateFor(again)).toEqual([branch.id])
  })

  test('goes along a second time', () => {
    const leftAt = startedAt + (resolveDueAt - startedAt) * 0.5
    const left = take(first, 'withdraw', { by: reporter, now: leftAt })
    const second = { ...anew(left, leftAt), reporterKey: reporter.name }
    const third = anew(take(second, 'withdraw', { by: reporter, now: leftAt + minuteMs }), leftAt + dayMs)
    expect(third.earlierStints?.map(({ unit }) => unit.id)).toEqual([branch.id, otherBranch.id])
    expect(lateFor(third)).toContain(branch.id)
  })

  test('is not, where it had it for less than a third', () => {
    const leftAt = startedAt + (resolveDueAt - startedAt) * 0.2
    expect(lateFor(anew(take(first, 'withdraw', { by: reporter, now: leftAt }), leftAt))).toEqual([
      otherBranch.id,
    ])
  })

  test('C1: a first word that was in time is said, counts once, for who said it, and is theirs to deny', () => {
    const called = take(first, 'contact', { by: secretary })
    const left = take(called, 'withdraw', { by: reporter })
    const contactOf = (report: Report) =>
      rateFactsOf(report, report.deadlines.contactDueAt + dayMs, rules).contact
    const again = anew(left, left.changedAt + dayMs)
    expect(contactOf(left)).toBeNull()
    expect(contactOf(again)).toMatchObject({ isKept: true, unitIds: [branch.id] })
    const denied = take(
      {
        ...again,
        reporterKey: reporter.name,
        contacts: again.contacts.map((one) => ({ ...one, key: reporter.name })),
      },
      'deny-contact',
      { by: reporter },
    )
    expect(denied.contactedAt).toBeUndefined()
  })

  test('C1: one that came late stays missed there, and a new one is due', () => {
    const late = take(first, 'contact', { by: secretary, now: contactDueAt + minuteMs })
    const left = take(late, 'withdraw', { by: reporter })
    const again = anew(left, left.changedAt + dayMs)
    expect(again.contactedAt).toBeUndefined()
    expect(again.deadlines.contactDueAt).toBeGreaterThan(again.submittedAt)
  })

  test('K5: it was taken back when it was, not when it was suspended before that', () => {
    const suspended = reportIn('suspended')
    const now = suspended.changedAt + 40 * dayMs
    expect(takenBackAt(take(suspended, 'withdraw', { by: reporter, now }), reporter.name)).toBe(now)
  })
})

describe('C1, H3: the first word of a family whose first reporter is one of ours', () => {
  const own = take(aReport({ id: 'r-earlier', isByMember: true }), 'accept')
  const child = aChild()
  const later = { now: child.mergedAt + minuteMs }
  const absorbed = (parent: Report, one = child) => take(parent, { kind: 'absorb', child: one }, later)
  const visit = { kind: 'contact', channel: 'visit', note: '上门看了' } as const
  const hello = { kind: 'contact', channel: 'message', note: '您好' } as const
  const contactOf = (report: Report) =>
    rateFactsOf(report, report.deadlines.contactDueAt + dayMs, rules).contact
  const called = take(own, visit, { by: secretary })

  test('said to one of ours it is none, once somebody else is in it whom nobody has called', () => {
    expect(called.contactedAt).toBeDefined()
    const family = absorbed(called)
    expect(family.contactedAt).toBeUndefined()
    expect(family.deadlines.contactDueAt).toBe(called.deadlines.contactDueAt)
    expect(contactOf(family)).toMatchObject({ isKept: false, unitIds: [branch.id] })
  })

  test('goes to the other; a message is theirs to open, and they can say that nobody called them', () => {
    const said = take(absorbed(called), visit, { by: secretary })
    expect(contactOf(said)).toMatchObject({ isKept: true, isOwn: false, unitIds: [branch.id] })
    expect(refusalFrom(said, 'deny-contact', { by: coReporter })).toBeUndefined()
    expect(take(said, 'deny-contact', { by: coReporter }).contactedAt).toBeUndefined()
    const written = take(absorbed(called), hello, { by: secretary })
    expect(written.contactedAt).toBeUndefined()
    expect(refusalFrom(written, 'open-message', { by: reporter })).toBe('nothing-to-open')
    expect(take(written, 'open-message', { by: coReporter }).contactedAt).toBeDefined()
  })

  test('what had been due to one of ours by then was kept: it is due again by the other’s clock, and missed by nobody', () => {
    const dueAt = own.deadlines.contactDueAt
    const due = dueAt + dayMs
    const one = aChild({
      deadlines: { ...child.deadlines, contactDueAt: due },
      mergedAt: dueAt + minuteMs,
    })
    const family = take(called, { kind: 'absorb', child: one }, { now: dueAt + minuteMs })
    expect(family.contactedAt).toBeUndefined()
    expect(family.deadlines.contactDueAt).toBe(due)
  })

  test('stays said where the other is one of ours too, has been called, or has missed theirs alone (M6)', () => {
    const { contactDueAt } = child.deadlines
    const others: readonly Partial<typeof child>[] = [
      { isByMember: true },
      { contactedAt: child.mergedAt - minuteMs },
      { deadlines: { ...child.deadlines, contactDueAt: child.mergedAt } },
    ]
    for (const one of others)
      expect(absorbed(called, { ...child, ...one }).contactedAt).toBe(called.contactedAt)
    expect(contactDueAt).toBeGreaterThan(child.mergedAt)
  })

  test('counts again when the other’s report has left; what was said to them leaves too', () => {
    const release = { kind: 'release', childReportId: child.id, mergingNo: child.mergingNo } as const
    expect(take(absorbed(called), release).contactedAt).toBe(called.contactedAt)
    const told = take(take(absorbed(own), visit, { by: secretary }), release)
    expect(told.contactedAt).toBeUndefined()
  })

  test('said to a reporter who is none of ours it is the family’s, as ever', () => {
    const theirs = take(take(aReport({ id: 'r-earlier' }), 'accept'), visit, { by: secretary })
    expect(absorbed(theirs).contactedAt).toBe(theirs.contactedAt)
  })
})

import { rateFactsOf } from '../../../../cloudfunctions/contexts/figures/rules/rates'
import { activeEpisode } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import {
  othersUntil,
  type Report,
  reporterKeys,
} from '../../../../cloudfunctions/contexts/report/rules/report'
import { requestOf } from '../../../../cloudfunctions/contexts/report/rules/request'
import { dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aChild,
  aDecision,
  aReport,
  aVerdict,
  branch,
  clerk,
  coReporter,
  madePublic,
  mondayAt,
  refusalFrom,
  reporter,
  rules,
  secondCoReporter,
  secondSupporter,
  secretary,
  stranger,
  supportedBy,
  supporter,
  take,
  takeAll,
  wait,
} from '../../../support/builders'
import { nosIn, says } from '../../../support/red-face'
import { readsAs } from '../../../support/seen'

type Child = ReturnType<typeof aChild>
const childOf = (report: Report, more: Partial<Child> = {}): Child =>
  aChild({ deadlines: report.deadlines, mergedAt: report.changedAt, ...more })
const joins = (report: Report, child: Child): Report => take(report, { kind: 'absorb', child })
const leaves = (report: Report, { id, mergingNo }: Child): Report =>
  take(report, { kind: 'release', childReportId: id, mergingNo })
const later = (report: Report): Report => wait(report, report.changedAt + 20 * dayMs)

const accepted = takeAll(aReport({ decision: aDecision({ alternate: undefined }) }), 'accept', 'contact')
const listed = madePublic(take(supportedBy(accepted, supporter), 'declare-red-face'))

describe('M4, K8: what somebody asked for who has left is upheld for nobody', () => {
  const child = childOf(listed)
  const evidence = take(joins(listed, child), 'lay-evidence', { by: secretary })
  const said = take(evidence, says(false), { by: coReporter })
  const lookedAt = (report: Report): Report =>
    take(requestOf(report.requests, 'look') ? report : take(report, 'ask-look', { by: secretary }), 'look', {
      by: clerk,
    })

  test('an appeal against a look falls, and brings no no back', () => {
    const left = leaves(take(lookedAt(said), 'appeal-look', { by: coReporter }), child)
    expect(left.requests).toEqual([])
    const after = later(left)
    expect(activeEpisode(after.redFaces)).toBeUndefined()
    expect(after.reopenedAts).toEqual([])
  })

  test('where somebody else’s went with it, it is theirs alone, and brings back theirs alone', () => {
    const both = lookedAt(take(said, says(false, 'photo-x'), { by: supporter }))
    const appealed = take(take(both, 'appeal-look', { by: coReporter }), 'appeal-look', { by: supporter })
    const left = leaves(appealed, child)
    expect(requestOf(left.requests, 'appeal-look')).toMatchObject({ byKey: supporter.name })
    expect(requestOf(left.requests, 'appeal-look')?.joinedKeys).toBeUndefined()
    const words = activeEpisode(later(left).redFaces)?.words ?? []
    expect(words.map(({ key }) => key)).toEqual([supporter.name])
  })

  test('an appeal against a closing, of a supporter who came with it', () => {
    const theirs = childOf(accepted, { supporters: [{ key: supporter.name, at: mondayAt }] })
    const resolved = take(joins(accepted, theirs), 'resolve')
    const now = resolved.changedAt + 8 * dayMs
    const appealed = take(wait(resolved, now), 'appeal', { by: supporter, now })
    expect(later(appealed).reopenedAts).toHaveLength(1)
    expect(later(leaves(appealed, theirs)).reopenedAts).toEqual([])
  })

  test('an appeal of a reporter who withdraws', () => {
    const own = take(supportedBy(accepted, secondSupporter), 'declare-red-face')
    const waiting = take(madePublic(own), 'lay-evidence', { by: secretary })
    const looked = lookedAt(take(waiting, says(false), { by: reporter }))
    const appealed = take(looked, 'appeal-look', { by: reporter })
    const unsolved = { kind: 'rate', rating: aVerdict({ solved: 'no' }) } as const
    const again = take(appealed, unsolved, { by: reporter })
    expect(requestOf(again.requests, 'appeal-look')).toBeDefined()
    const { requests } = take(again, 'withdraw', { by: reporter })
    expect(requestOf(requests, 'appeal-look')).toBeUndefined()
  })
})

describe('what waited for somebody who leaves waits for them no more', () => {
  test('F5: the one yes that is needed now clears', () => {
    const alone = madePublic(take(accepted, 'declare-red-face'))
    const child = childOf(alone)
    const evidence = take(joins(alone, child), 'lay-evidence', { by: secretary })
    const left = leaves(take(evidence, says(true), { by: reporter }), child)
    expect(left.redFaces[0]?.consent).toBe('reporter')
  })

  describe('K9: every reporter has agreed', () => {
    const child = childOf(accepted)
    const hardening = { kind: 'reclassify', categoryId: 'lane-hardening', note: '' } as const
    const asked = take(joins(accepted, child), hardening, { by: secretary })
    const agreed = (by = reporter): Report => take(asked, { kind: 'agree', request: 'reclassify' }, { by })

    test('once whoever had not has taken their report out', () => {
      expect(agreed().categoryId).toBe(accepted.categoryId)
      expect(leaves(agreed(), child)).toMatchObject({ categoryId: 'lane-hardening', requests: [] })
    })

    test('or has withdrawn', () => {
      expect(take(agreed(coReporter), 'withdraw', { by: reporter }).categoryId).toBe('lane-hardening')
    })

    test('not where nobody is left, or who is left has not', () => {
      expect(leaves(agreed(coReporter), child).categoryId).toBe(accepted.categoryId)
    })
  })

  test('lifecycle: every reporter has answered, and the last of their answers says how it ended', () => {
    const child = childOf(accepted)
    const resolved = take(joins(accepted, child), 'resolve')
    const partly = { kind: 'rate', rating: aVerdict({ solved: 'partly' }) } as const
    const left = leaves(take(resolved, partly, { by: reporter }), child)
    expect(left.status).toBe('closed')
    expect(left.timeline).toContainEqual(
      expect.objectContaining({ kind: 'closed', facts: { because: 'partly-solved' } }),
    )
    expect(leaves(resolved, child).status).toBe('resolved')
  })
})

describe('M4: the reporter’s place goes with what its holder came with', () => {
  const child = childOf(accepted)
  const handed = take(joins(accepted, child), 'withdraw', { by: reporter })

  test('whoever inherited it leaves it with their own report', () => {
    expect(reporterKeys(handed)).toEqual([coReporter.name])
    expect(reporterKeys(leaves(handed, child))).toEqual([])
  })

  test('and as a supporter, with the report they came with', () => {
    const theirs = childOf(accepted, {
      reporterKey: null,
      supporters: [{ key: supporter.name, at: mondayAt }],
    })
    const inherited = take(joins(accepted, theirs), 'withdraw', { by: reporter })
    expect(reporterKeys(inherited)).toEqual([supporter.name])
    expect(reporterKeys(leaves(inherited, theirs))).toEqual([])
  })

  test('who had said 我也遇到 by themselves came with nothing, and stays', () => {
    const inherited = take(supportedBy(accepted, supporter), 'withdraw', { by: reporter })
    const theirs = childOf(inherited)
    expect(reporterKeys(leaves(joins(inherited, theirs), theirs))).toEqual([supporter.name])
  })

  test('the next has it then; with nobody left it is withdrawn, as its reporter had said', () => {
    const second = childOf(accepted, { id: 'r-2', reporterKey: secondCoReporter.name, mergingNo: 5 })
    const both = take(joins(joins(accepted, child), second), 'withdraw', { by: reporter })
    const next = leaves(both, child)
    expect(reporterKeys(next)).toEqual([secondCoReporter.name])
    expect(next.status).toBe('accepted')
    expect(leaves(next, second).status).toBe('withdrawn')
  })

  test('F5: a matter on the list is withdrawn by no leaving: somebody goes and sees', () => {
    const alone = madePublic(take(accepted, 'declare-red-face'))
    const theirs = childOf(alone)
    const left = leaves(take(joins(alone, theirs), 'withdraw', { by: reporter }), theirs)
    expect(left.status).toBe('accepted')
    expect(left.reporterLeftAt).toBeDefined()
    expect(requestOf(left.requests, 'look')).toBeDefined()
  })

  test('C1: their first word was due as to any heir, and is nobody’s once they have left', () => {
    const early = take(aReport({ decision: aDecision({ alternate: undefined }) }), 'accept')
    const theirs = childOf(early)
    const second = childOf(early, { id: 'r-2', reporterKey: secondCoReporter.name, mergingNo: 5 })
    const both = take(joins(joins(early, theirs), second), 'withdraw', { by: reporter })
    const called = take(both, 'contact', { by: secretary })
    expect(called.contactedAt).toBeDefined()
    const left = leaves(called, theirs)
    expect(left).toMatchObject({ reporterKey: secondCoReporter.name })
    expect(left.contactedAt).toBeUndefined()
    expect(left.deadlines.contactDueAt).toBeGreaterThan(left.changedAt)
  })
})

test('M3, C1: a place that was left empty while it was done is filled when it is reopened', () => {
  const declared = take(aReport({ reporterKey: null, hasPhone: false }), 'accept')
  const one = childOf(declared)
  const two = childOf(declared, { id: 'r-2', reporterKey: secondCoReporter.name, mergingNo: 5 })
  const left = leaves(take(joins(joins(declared, one), two), 'resolve'), one)
  const unsolved = { kind: 'rate', rating: aVerdict({ solved: 'no' }) } as const
  const again = take(left, unsolved, { by: secondCoReporter })
  expect(again).toMatchObject({ status: 'accepted', reporterKey: secondCoReporter.name, coReporters: [] })
  expect(refusalFrom(again, 'ask', { by: secretary })).toBeUndefined()
  expect(again.deadlines.contactDueAt).toBeGreaterThan(again.changedAt)
})

describe('M3: what whoever had the place of a declared matter was asked is not for who has it next', () => {
  const declared = take(aReport({ reporterKey: null, hasPhone: false }), 'accept')
  const child = childOf(declared)
  const asked = take(take(joins(declared, child), 'ask', { by: secretary }), 'answer', { by: coReporter })

  test('be it a co-reporter', () => {
    const second = childOf(declared, { id: 'r-2', reporterKey: secondCoReporter.name, mergingNo: 5 })
    const left = leaves(joins(asked, second), child)
    expect(left.reporterKey).toBe(secondCoReporter.name)
    expect(readsAs(secondCoReporter, left)).toBe('co-reporter')
  })

  test('or somebody who takes it up; who is the first reads all, as ever', () => {
    const taken = take(leaves(asked, child), 'take-up', { by: stranger })
    expect(taken.reporterKey).not.toBeNull()
    expect(othersUntil(taken)).toBeGreaterThanOrEqual(asked.changedAt)
    expect(readsAs(coReporter, asked)).toBe('parties')
  })
})

describe('F5: a no counts, and stands, though its speaker’s report leaves', () => {
  const solvedIn = (report: Report) =>
    rateFactsOf(report, report.changedAt + dayMs, rules).answers.map(({ solved }) => solved?.answer)
  const evidenceWith = (child: Child): Report => take(joins(listed, child), 'lay-evidence', { by: secretary })

  test('it stays in S of the unit it was said to, and keeps nobody else’s from being taken back', () => {
    const child = childOf(listed)
    const said = take(evidenceWith(child), says(false), { by: coReporter })
    expect(solvedIn(said)).toEqual(['no'])
    const left = leaves(said, child)
    expect(nosIn(left)).toEqual([])
    expect(solvedIn(left)).toEqual(['no'])
    const other = leaves(take(evidenceWith(child), says(false), { by: reporter }), child)
    expect(solvedIn(take(other, says(true), { by: reporter }))).toEqual([])
  })

  test('said as a reporter it stands on where they are a supporter again; somebody goes and sees', () => {
    const child = childOf(listed, { reporterKey: supporter.name })
    const left = leaves(take(evidenceWith(child), says(false), { by: supporter }), child)
    expect(left.supporters.count).toBe(1)
    expect(nosIn(left)).toHaveLength(1)
    expect(requestOf(left.requests, 'look')).toBeDefined()
    const yes = take(left, says(true), { by: supporter })
    expect(nosIn(yes)).toEqual([])
  })

  test('a yes of theirs is a supporter’s from then on', () => {
    const child = childOf(listed, { reporterKey: supporter.name })
    const left = leaves(take(evidenceWith(child), says(true), { by: supporter }), child)
    expect(activeEpisode(left.redFaces)?.words).toMatchObject([{ part: 'supporter', isGone: true }])
  })
})

describe('M6, Q2: a first word that was missed in the family stays missed when its reporter leaves', () => {
  const laterAt = mondayAt + 20 * dayMs
  const now = laterAt + 5 * dayMs
  const contactOf = (report: Report, at = now) => rateFactsOf(report, at, rules).contact
  const declared = take(aReport({ reporterKey: null, hasPhone: false }), 'accept')
  const forsaken = takeAll(aReport(), 'accept', 'declare-red-face', 'withdraw')
  const bringing = (more: Partial<Child>): Child =>
    aChild({ deadlines: aReport({}, laterAt).deadlines, mergedAt: laterAt, ...more })
  const goes = (report: Report, { id, mergingNo }: Child): Report =>
    take(report, { kind: 'release', childReportId: id, mergingNo }, { now })

  test.each([
    ['of what was declared', declared, coReporter],
    ['of what was left', forsaken, coReporter],
    ['who had left and come back', forsaken, reporter],
  ])('%s', (_how, parent, { name }) => {
    const child = bringing({ reporterKey: name })
    const family = take(parent, { kind: 'absorb', child }, { now: laterAt + minuteMs })
    const missed = wait(family, now)
    expect(contactOf(missed)).toMatchObject({ isKept: false, unitIds: [branch.id] })
    expect(contactOf(goes(missed, child))).toEqual(contactOf(missed))
    const called = take(family, 'contact', { by: secretary, now: laterAt + hourMs })
    expect(contactOf(goes(wait(called, now), child))).toBeNull()
  })

  test('and is counted once, whoever has the place next', () => {
    const child = bringing({})
    const second = bringing({ id: 'r-2', reporterKey: secondCoReporter.name, mergingNo: 5 })
    const both = [child, second].reduce(
      (report, one) => take(report, { kind: 'absorb', child: one }, { now: laterAt + minuteMs }),
      declared,
    )
    const missed = wait(both, now)
    const next = take(goes(missed, child), 'contact', { by: secretary, now })
    expect(next.reporterKey).toBe(secondCoReporter.name)
    expect(contactOf(next, now + 20 * dayMs)).toEqual(contactOf(missed))
  })
})

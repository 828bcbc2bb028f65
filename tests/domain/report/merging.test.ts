import { dayMs, hourMs } from '../../../cloudfunctions/domain/instant'
import { activeEpisode, type CauseRecord } from '../../../cloudfunctions/domain/red-face/red-face'
import type { MergedChild, MergeParent, ReportCommand } from '../../../cloudfunctions/domain/report/commands'
import type { Report } from '../../../cloudfunctions/domain/report/report'
import {
  aChild,
  aParentOf,
  aReport,
  aVerdict,
  branch,
  clerk,
  coReporter,
  farBranch,
  mondayAt,
  otherBranch,
  type Person,
  refusalFrom,
  reporter,
  reportIn,
  secondSupporter,
  secretary,
  supportedBy,
  supporter,
  take,
  takeAll,
  unitFacts,
  wait,
} from '../../support/builders'

const accepted = reportIn('accepted')
const into = (overrides: Partial<MergeParent>): ReportCommand => ({
  kind: 'merge',
  parent: { ...aParentOf(accepted), ...overrides },
})
const absorb = (report: Report, overrides: Partial<MergedChild> = {}): Report =>
  take(report, { kind: 'absorb', child: aChild(overrides) })
const refused = (report: Report, overrides: Partial<MergedChild> = {}) =>
  refusalFrom(report, { kind: 'absorb', child: aChild(overrides) })

describe('M1: only the same matter is merged', () => {
  test.each<[string, Partial<MergeParent>]>([
    ['itself', { id: accepted.id }],
    ['what is done', { isOpen: false }],
    ['what is suspended', { isSuspended: true }],
    ['a complaint', { isConfidential: true }],
    ['a younger one', { submittedAt: accepted.submittedAt + 1 }],
    ['one as old', { submittedAt: accepted.submittedAt }],
  ])('never into %s', (_what, overrides) => {
    expect(refusalFrom(accepted, into(overrides), { by: secretary })).toBe('merge-target')
  })

  test('never into another matter, however near', () => {
    expect(refusalFrom(accepted, into({ isSameMatter: false }), { by: secretary })).toBe('not-same-matter')
    expect(refusalFrom(accepted, into({}), { by: secretary })).toBeUndefined()
  })

  test('S1: of a matter elsewhere nobody is told whether it is the same', () => {
    const refusals = (elsewhere: Partial<MergeParent>, by: Person) =>
      [true, false].map((isSameMatter) => refusalFrom(accepted, into({ ...elsewhere, isSameMatter }), { by }))
    expect(refusals({ branchId: otherBranch.id }, secretary)).toEqual(['level-merges', 'level-merges'])
    const far = { branchId: farBranch.id, unitPath: farBranch.path }
    expect(refusals(far, clerk)).toEqual(['merge-target', 'merge-target'])
  })

  test('across branches the township merges, also against a moved border; the branch does not', () => {
    const across = into({ branchId: otherBranch.id, unitPath: otherBranch.path })
    expect(refusalFrom(accepted, across, { by: secretary })).toBe('level-merges')
    expect(refusalFrom(accepted, across, { by: clerk })).toBeUndefined()
    const farAway = into({ branchId: farBranch.id, unitPath: farBranch.path })
    expect(refusalFrom(accepted, farAway, { by: clerk })).toBe('merge-target')
  })

  test('with an open cause on either side the township merges, and the cause goes along', () => {
    const late = wait(aReport(), aReport().deadlines.acceptDueAt)
    expect(refusalFrom(late, into({}), { by: secretary })).toBe('level-merges')
    expect(refusalFrom(accepted, into({ hasOpenCause: true }), { by: secretary })).toBe('level-merges')
    const merged = take(late, into({}), { by: clerk })
    expect(merged.redFaces[0]).toMatchObject({ consent: 'merged', endedAt: merged.changedAt })
    const parent = absorb(accepted, { causes: late.redFaces[0]?.causes ?? [] })
    expect(activeEpisode(parent.redFaces)?.causes).toMatchObject([
      { cause: 'accept-overdue', units: [{ id: branch.id }] },
    ])
  })

  test('a parent that is done, suspended or a complaint takes nobody in', () => {
    for (const status of ['resolved', 'closed', 'declined', 'withdrawn', 'merged', 'suspended'] as const) {
      expect(refused(reportIn(status))).toBe('merge-target')
    }
  })

  test('F3: a cause that was disputed there is not disputed again here', () => {
    const late = wait(aReport(), aReport().deadlines.acceptDueAt)
    const disputed = take(late, 'appeal-red-face', { by: secretary })
    const parent = absorb(accepted, { causes: activeEpisode(disputed.redFaces)?.causes ?? [] })
    const [cause] = activeEpisode(parent.redFaces)?.causes ?? []
    expect(cause).toMatchObject({ wasAppealed: true })
    expect(cause?.appeal).toBeUndefined()
    expect(refusalFrom(parent, 'appeal-red-face', { by: secretary })).toBe('already-appealed')
  })

  test('absorbed twice it is absorbed once', () => {
    const parent = absorb(accepted)
    expect(absorb(parent)).toMatchObject({ childReportIds: ['r-later'], coReporters: parent.coReporters })
  })
})

describe('M2: the family runs on its earliest clock', () => {
  const older = aReport({}, mondayAt - 5 * dayMs).deadlines

  test('for the first word and for the resolution, and from the earlier start', () => {
    const parent = absorb(accepted, { deadlines: older })
    expect(parent.deadlines).toMatchObject({
      startedAt: older.startedAt,
      contactDueAt: older.contactDueAt,
      resolveDueAt: older.resolveDueAt,
    })
    const later = absorb(accepted, { deadlines: aReport({}, mondayAt + 9 * dayMs).deadlines })
    expect(later.deadlines).toMatchObject({
      startedAt: accepted.deadlines.startedAt,
      resolveDueAt: accepted.deadlines.resolveDueAt,
    })
  })

  test('M6: a first word that one of them has had falls due for nobody again', () => {
    const contacted = take(accepted, 'contact')
    expect(absorb(contacted, { deadlines: older }).deadlines.contactDueAt).toBe(
      accepted.deadlines.contactDueAt,
    )
    const byChild = absorb(accepted, { deadlines: older, contactedAt: mondayAt })
    expect(byChild.deadlines.contactDueAt).toBe(accepted.deadlines.contactDueAt)
  })
})

describe('M3: who was merged in has the reporter’s rights, never another’s words', () => {
  const family = takeAll(absorb(accepted), 'contact', 'resolve')

  test('they rate, reopen, appeal; the report closes only when all have answered', () => {
    const one = take(family, { kind: 'rate', rating: aVerdict() }, { by: reporter })
    expect(one.status).toBe('resolved')
    expect(take(one, { kind: 'rate', rating: aVerdict() }, { by: coReporter }).status).toBe('closed')
    const no = take(one, { kind: 'rate', rating: aVerdict({ solved: 'no' }) }, { by: coReporter })
    expect(no.status).toBe('accepted')
    const closed = wait(family, family.changedAt + 8 * dayMs)
    expect(refusalFrom(closed, 'reopen', { by: coReporter })).toBeUndefined()
  })

  test('a supporter who reports it too is a co-reporter from then on', () => {
    const both = absorb(supportedBy(accepted, supporter), { reporterKey: supporter.name })
    expect(both.supporters).toEqual([])
    expect(both.coReporters.map((one) => one.key)).toEqual([supporter.name])
  })

  test('the reporter who reports it again is still one person', () => {
    const again = absorb(accepted, { reporterKey: reporter.name })
    expect(again.coReporters).toEqual([])
    expect(again.childReportIds).toEqual(['r-later'])
  })

  test('withdrawing hands the place on: to the oldest co-reporter, else to the oldest supporter', () => {
    const withBoth = supportedBy(absorb(accepted), secondSupporter)
    const handed = take(withBoth, 'withdraw', { by: reporter })
    expect(handed).toMatchObject({ status: 'accepted', reporterKey: coReporter.name, hasPhone: false })
    const further = take(handed, 'withdraw', { by: coReporter })
    expect(further).toMatchObject({ status: 'accepted', reporterKey: secondSupporter.name, supporters: [] })
    expect(take(further, 'withdraw', { by: secondSupporter }).status).toBe('withdrawn')
  })

  test('whoever takes the place speaks as the reporter in what they have said before', () => {
    const begun = supportedBy(takeAll(accepted, 'contact', 'declare-red-face'), supporter)
    const fixed = take(begun, 'resolve')
    const weak = take(fixed, { kind: 'answer-red-face', isGone: false, note: '' }, { by: supporter })
    const reopened = take(weak, { kind: 'rate', rating: aVerdict({ solved: 'no' }) }, { by: reporter })
    const handed = take(reopened, 'withdraw', { by: reporter })
    expect(handed.reporterKey).toBe(supporter.name)
    expect(activeEpisode(handed.redFaces)?.words.find((word) => word.key === supporter.name)?.part).toBe(
      'reporter',
    )
  })
})

describe('M4: 不是同一件事', () => {
  const merged = take(accepted, into({}), { by: secretary })
  const later = merged.changedAt + 40 * dayMs

  test('said by its reporter, unmerges at once, with the old clock and a working day left at least', () => {
    const own = take(merged, 'unmerge', { by: reporter, now: later })
    expect(own.status).toBe('accepted')
    expect(own.deadlines.startedAt).toBe(accepted.deadlines.startedAt)
    expect(own.deadlines.resolveDueAt).toBeGreaterThanOrEqual(later + dayMs - 12 * hourMs)
    expect(own.outbox.some((entry) => entry.kind === 'leave-parent')).toBe(true)
    expect(own.parentReportId).toBeUndefined()
  })

  test('the time to accept of what was never accepted was held too', () => {
    const waiting = take(aReport(), into({}), { by: secretary })
    const own = take(waiting, 'unmerge', { by: reporter, now: later })
    expect(own.status).toBe('routed')
    expect(own.deadlines.acceptDueAt).toBeGreaterThan(later)
    expect(own.stints[own.stints.length - 1]?.acceptDueAt).toBe(own.deadlines.acceptDueAt)
    expect(wait(own, later + hourMs).redFaces).toEqual([])
  })

  test('is for good: nobody merges it there again', () => {
    const own = take(merged, 'unmerge', { by: reporter })
    expect(refusalFrom(own, into({}), { by: secretary })).toBe('never-again')
    expect(refusalFrom(own, into({}), { by: clerk })).toBe('never-again')
    expect(refusalFrom(own, into({ id: 'r-other' }), { by: secretary })).toBeUndefined()
  })

  test('is said by nobody else', () => {
    expect(refusalFrom(merged, 'unmerge', { by: secretary })).toBe('not-allowed')
    expect(refusalFrom(merged, 'unmerge', { by: supporter })).toBe('not-allowed')
  })

  test('goes on with what was done for the family meanwhile, and with its open causes', () => {
    const family = { contactedAt: accepted.changedAt + hourMs, causes: [openCause()] }
    const own = take(merged, { kind: 'unmerge', family }, { by: reporter })
    expect(own.contactedAt).toBe(family.contactedAt)
    expect(activeEpisode(own.redFaces)?.causes.map((cause) => cause.cause)).toEqual(['resolve-overdue'])
  })

  test('the parent lets the people go who came with it, and their words', () => {
    const parent = absorb(takeAll(accepted, 'contact', 'declare-red-face'), {
      supporters: [{ key: supporter.name, at: mondayAt }],
    })
    const fixed = take(supportedBy(parent, secondSupporter), 'resolve')
    const objected = take(
      fixed,
      { kind: 'answer-red-face', isGone: false, photo: 'photo-x', note: '' },
      { by: supporter },
    )
    const left = take(objected, { kind: 'release', childReportId: 'r-later' })
    expect(left.coReporters).toEqual([])
    expect(left.supporters.map((one) => one.key)).toEqual([secondSupporter.name])
    expect(activeEpisode(left.redFaces)?.words).toEqual([])
    const twice = take(left, { kind: 'release', childReportId: 'r-later' })
    expect([twice.supporters, twice.timeline]).toEqual([left.supporters, left.timeline])
  })
})

describe('M5: a parent that ends gives its children back', () => {
  test.each([
    ['withdrawn', (report: Report) => take({ ...report, coReporters: [] }, 'withdraw', { by: reporter })],
    ['declined', (report: Report) => takeAll(report, 'decline', 'rule-on')],
  ])('when it is %s', (status, end) => {
    const parent = end(absorb(aReport()))
    expect(parent.status).toBe(status)
    expect(parent.outbox.some((entry) => entry.kind === 'release-children')).toBe(true)
  })

  test('and the child goes on where it stood, once', () => {
    const merged = take(accepted, into({}), { by: secretary })
    const giveBack = {
      kind: 'give-back',
      parentReportId: merged.parentReportId ?? '',
      family: { causes: [] },
    } as const
    const back = take(merged, giveBack)
    expect(back).toMatchObject({ status: 'accepted', branchId: branch.id })
    expect(take(back, giveBack).status).toBe('accepted')
    expect(refusalFrom(back, into({}), { by: secretary })).toBeUndefined()
  })

  test('at its successor where its own unit has ended meanwhile, accepted anew', () => {
    const merged = take(aReport(), into({}), { by: secretary })
    const family = { causes: [], home: unitFacts(otherBranch) }
    const back = take(
      merged,
      { kind: 'give-back', parentReportId: merged.parentReportId ?? '', family },
      { now: merged.changedAt + 30 * dayMs },
    )
    expect(back).toMatchObject({ status: 'routed', branchId: otherBranch.id })
    expect(back.deadlines.acceptDueAt).toBe(aReport({}, back.changedAt).deadlines.acceptDueAt)
  })
})

describe('M6: for each rate a family counts once', () => {
  test('a first word missed before merging stays missed', () => {
    const late = wait(accepted, accepted.deadlines.contactDueAt + hourMs)
    const merged = take(late, into({}), { by: secretary })
    expect(merged.contactedAt).toBeUndefined()
    expect(merged.deadlines.contactDueAt).toBe(accepted.deadlines.contactDueAt)
  })

  test('every reporter’s answer stands beside the others, on the same resolution', () => {
    const family = takeAll(absorb(accepted), 'contact', 'resolve')
    const one = take(family, { kind: 'rate', rating: aVerdict() }, { by: reporter })
    const both = take(
      one,
      { kind: 'rate', rating: aVerdict({ solved: 'partly', satisfaction: 'dissatisfied' }) },
      { by: coReporter },
    )
    expect(both.ratings.map((rating) => [rating.key, rating.resolutionNo, rating.unit.id])).toEqual([
      [reporter.name, 1, branch.id],
      [coReporter.name, 1, branch.id],
    ])
    expect(refusalFrom(both, 'rate', { by: coReporter })).toBe('already-rated')
  })
})

function openCause(): CauseRecord {
  return {
    no: 1,
    cause: 'resolve-overdue',
    units: [{ id: branch.id, name: branch.name, path: branch.path }],
    at: mondayAt,
    publicAt: mondayAt + dayMs,
    wasAppealed: false,
  }
}

import * as fc from 'fast-check'
import { endOfWorkingDayAfter } from '../../../../cloudfunctions/contexts/calendar/rules/working-calendar'
import { toRoutedUnit } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import {
  activeEpisode,
  type CauseRecord,
  isStanding,
} from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import {
  causesTakenAlong,
  familyNow,
  reporterTakenAlong,
} from '../../../../cloudfunctions/contexts/report/rules/family'
import { mergeParentOf } from '../../../../cloudfunctions/contexts/report/rules/merging'
import { type Report, reporterKeys } from '../../../../cloudfunctions/contexts/report/rules/report'
import type { MergeParent } from '../../../../cloudfunctions/contexts/report/rules/step-facts'
import { messageText } from '../../../../cloudfunctions/contexts/report/words'
import { dayMs, hourMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aChild,
  aParentOf,
  aReport,
  attempt,
  aVerdict,
  bannerClerk,
  branch,
  calendar,
  clerk,
  coReporter,
  farBranch,
  madePublic,
  mondayAt,
  newWork,
  otherBranch,
  otherSecretary,
  type Person,
  ratedUnsolved,
  refusalFrom,
  reporter,
  reportIn,
  ruleOn,
  secondSupporter,
  secretary,
  supportedBy,
  supporter,
  take,
  takeAll,
  unitFacts,
  wait,
} from '../../../support/builders'
import type { ChildWithPeople, ReportCommand } from '../../../support/commands'
import { causesOf } from '../../../support/red-face'
import { supportersOf } from '../../../support/rolls'
import { anyTurns, momentsOf } from '../../../support/walk'

const accepted = reportIn('accepted')
const into = (overrides: Partial<MergeParent>): ReportCommand => ({
  kind: 'merge',
  parent: { ...aParentOf(accepted), ...overrides },
})
const absorb = (report: Report, overrides: Partial<ChildWithPeople> = {}): Report =>
  take(report, { kind: 'absorb', child: aChild(overrides) })
const refused = (report: Report, overrides: Partial<ChildWithPeople> = {}) =>
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
    expect(refusals({ answerableUnit: otherBranch }, secretary)).toEqual(['level-merges', 'level-merges'])
    const far = { answerableUnit: farBranch, unitPath: farBranch.path }
    expect(refusals(far, clerk)).toEqual(['merge-target', 'merge-target'])
  })

  test('across branches the township merges, also against a moved border; the branch does not', () => {
    const across = into({ answerableUnit: otherBranch, unitPath: otherBranch.path })
    expect(refusalFrom(accepted, across, { by: secretary })).toBe('level-merges')
    expect(refusalFrom(accepted, across, { by: clerk })).toBeUndefined()
    const farAway = into({ answerableUnit: farBranch, unitPath: farBranch.path })
    expect(refusalFrom(accepted, farAway, { by: clerk })).toBe('merge-target')
  })

  test('with an open cause on either side the township merges, and the cause goes along', () => {
    const late = wait(aReport(), aReport().deadlines.acceptDueAt)
    expect(refusalFrom(late, into({}), { by: secretary })).toBe('level-merges')
    expect(refusalFrom(accepted, into({ hasToldCause: true }), { by: secretary })).toBe('level-merges')
    const merged = take(late, into({}), { by: clerk })
    expect(merged.redFaces[0]).toMatchObject({ consent: 'merged', endedAt: merged.changedAt })
    const parent = absorb(accepted, { causes: late.redFaces[0]?.causes ?? [] })
    expect(activeEpisode(parent.redFaces)?.causes).toMatchObject([
      { cause: 'accept-overdue', unit: { id: branch.id } },
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
    const parent = absorb(accepted, { causes: causesOf(disputed) })
    const [cause] = causesOf(parent)
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
    const parent = absorb(accepted, { deadlines: older, mergedAt: older.startedAt })
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
    const running = { deadlines: older, mergedAt: older.startedAt }
    expect(absorb(contacted, running).deadlines.contactDueAt).toBe(accepted.deadlines.contactDueAt)
    const byChild = absorb(accepted, { ...running, contactedAt: mondayAt })
    expect(byChild.deadlines.contactDueAt).toBe(accepted.deadlines.contactDueAt)
  })
})

describe('A2: what had run out before the merging was missed by who had it then', () => {
  const hardening = take(aReport({ category: aCategory('lane-hardening') }), 'accept')
  const late = wait(aReport({}, mondayAt - 20 * dayMs), mondayAt)
  const causes = causesOf(late)
  const theirs = causes.map((cause) => ({ ...cause, unit: toRoutedUnit(otherBranch) }))
  const child = { deadlines: late.deadlines, causes: theirs, mergedAt: hardening.changedAt }

  test('its cause comes along, and the parent’s unit misses nothing by it', () => {
    expect(causes.map((cause) => cause.cause)).toContain('resolve-overdue')
    const family = absorb(hardening, child)
    const after = wait(family, family.changedAt + hourMs)
    const units = causesOf(after).map((cause) => cause.unit)
    expect([...new Set(units.map((unit) => unit.id))]).toEqual([otherBranch.id])
    expect(after.deadlines.resolveDueAt).toBe(hardening.deadlines.resolveDueAt)
  })

  test('its own time goes on, and missed it is on the list itself', () => {
    const family = takeAll(absorb(hardening, child), 'contact', 'lay-plan')
    const after = wait(family, family.deadlines.resolveDueAt)
    const units = causesOf(after).map((cause) => cause.unit)
    expect(units.map((unit) => unit.id)).toContain(branch.id)
  })

  test('what ran out between the merging and the day the parent hears of it is the family’s (M2)', () => {
    const older = aReport({}, mondayAt - 20 * dayMs).deadlines
    const family = absorb(hardening, { deadlines: older, mergedAt: older.resolveDueAt - 1 })
    expect(family.deadlines.resolveDueAt).toBe(older.resolveDueAt)
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
    expect(supportersOf(both)).toEqual([])
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
    expect(further).toMatchObject({
      status: 'accepted',
      reporterKey: secondSupporter.name,
      supporters: { count: 0 },
    })
    expect(take(further, 'withdraw', { by: secondSupporter }).status).toBe('withdrawn')
  })

  test('whoever takes the place speaks as the reporter in what they have said before', () => {
    const begun = supportedBy(takeAll(accepted, 'contact', 'declare-red-face'), supporter)
    const fixed = madePublic(take(begun, 'resolve'))
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

  test('is for good: asked for again, it stays apart until its reporter says otherwise', () => {
    const own = take(merged, 'unmerge', { by: reporter })
    for (const by of [secretary, clerk]) {
      expect(take(own, into({}), { by })).toMatchObject({ status: 'accepted', requests: [{ kind: 'merge' }] })
    }
    expect(take(own, into({ id: 'r-other' }), { by: secretary }).status).toBe('merged')
  })

  test('is said by nobody else', () => {
    expect(refusalFrom(merged, 'unmerge', { by: secretary })).toBe('not-allowed')
    expect(refusalFrom(merged, 'unmerge', { by: supporter })).toBe('not-allowed')
  })

  test('goes on with what was done for the family meanwhile, and with its open causes', () => {
    const own = take(merged, { kind: 'unmerge', family: { causes: [openCause()] } }, { by: reporter })
    expect(activeEpisode(own.redFaces)?.causes.map((cause) => cause.cause)).toEqual(['resolve-overdue'])
  })

  test('the parent lets the people go who came with it, and their words', () => {
    const parent = absorb(takeAll(accepted, 'contact', 'declare-red-face'), {
      supporters: [{ key: supporter.name, at: mondayAt }],
    })
    const fixed = madePublic(take(supportedBy(parent, secondSupporter), 'resolve'))
    const objected = take(
      fixed,
      { kind: 'answer-red-face', isGone: false, photo: 'photo-x', note: '' },
      { by: supporter },
    )
    const left = take(objected, { kind: 'release', childReportId: 'r-later', mergingNo: 3 })
    expect(left.coReporters).toEqual([])
    expect(supportersOf(left).map((one) => one.key)).toEqual([secondSupporter.name])
    expect(activeEpisode(left.redFaces)?.words).toEqual([])
    const twice = take(left, { kind: 'release', childReportId: 'r-later', mergingNo: 3 })
    expect([twice.supporters, twice.timeline]).toEqual([left.supporters, left.timeline])
  })
})

describe('M4: only their word merges it again', () => {
  const apart = take(take(accepted, into({}), { by: secretary }), 'unmerge', { by: reporter })
  const asked = take(apart, into({}), { by: secretary })
  const agree = (parent: Partial<MergeParent> = {}): ReportCommand => ({
    kind: 'agree',
    request: 'merge',
    parent: { ...aParentOf(accepted), ...parent },
  })
  const messagesAfter = (before: Report, after: Report) =>
    newWork(before, after).flatMap((entry) =>
      entry.kind === 'message' ? [{ to: entry.to, title: messageText(entry).title }] : [],
    )

  test('whoever wants it merged asks the reporter, and nobody above can grant it', () => {
    expect(asked.requests).toMatchObject([{ kind: 'merge', side: 'branch', rulingUnitId: null }])
    expect(messagesAfter(apart, asked)).toEqual([{ to: 'reporter', title: '还是同一件事吗？' }])
    for (const by of [clerk, bannerClerk]) {
      expect(refusalFrom(asked, ruleOn('merge'), { by })).toBe('no-request')
    }
    const byLevel = take(apart, into({}), { by: clerk })
    expect(byLevel.requests).toMatchObject([{ kind: 'merge', side: 'level' }])
    expect(messagesAfter(apart, byLevel).map((message) => message.to)).toContainEqual({ unitId: branch.id })
  })

  test('said by them it is merged at once, who asked is told, and it can be taken out again for good', () => {
    const byLevel = take(apart, into({}), { by: clerk })
    const again = take(byLevel, agree(), { by: reporter })
    expect(again).toMatchObject({ status: 'merged', neverMergeInto: [], requests: [] })
    expect(again.outbox).toContainEqual(
      expect.objectContaining({ kind: 'merge', parentReportId: 'r-earlier', mergingNo: again.merged?.no }),
    )
    for (const to of [{ unitId: branch.id }, { unitId: clerk.memberships[0]?.unitId }, 'reporter']) {
      expect(messagesAfter(byLevel, again)).toContainEqual({ to, title: '已并案' })
    }
    expect(again.merged?.no).toBeGreaterThan(take(accepted, into({}), { by: secretary }).merged?.no ?? 0)
    expect(take(again, 'unmerge', { by: reporter }).neverMergeInto).toEqual(['r-earlier'])
  })

  test('is theirs alone: no supporter, no unit, nobody of ours says it', () => {
    const crowded = supportedBy(asked, supporter)
    for (const by of [supporter, secretary, clerk]) {
      expect(refusalFrom(crowded, agree(), { by })).toBe('not-allowed')
    }
    expect(refusalFrom(asked, agree(), { by: { ...secretary, name: reporter.name } })).toBe('not-eligible')
  })

  test('K8, L6: one question lies before them at a time, and it lapses when nobody answers', () => {
    expect(refusalFrom(asked, into({}), { by: secretary })).toBe('request-pending')
    expect(refusalFrom(asked, into({}), { by: clerk })).toBe('request-pending')
    const endsAt = asked.requests[0]?.endsAt ?? 0
    const lapsed = wait(asked, endsAt)
    expect(wait(asked, endsAt - 1).requests).toHaveLength(1)
    expect(lapsed).toMatchObject({ status: 'accepted', requests: [], neverMergeInto: ['r-earlier'] })
    expect(messagesAfter(asked, lapsed)).toContainEqual({ to: { unitId: branch.id }, title: '申请失效' })
    expect(refusalFrom(lapsed, agree(), { by: reporter })).toBe('no-request')
  })

  test.each<[string, (report: Report) => Report]>([
    ['merged elsewhere', (report) => take(report, into({ id: 'r-other' }), { by: secretary })],
    ['handed on', (report) => take(report, 'transfer', { by: secretary })],
    ['done', (report) => take(report, 'resolve', { by: secretary })],
    ['withdrawn', (report) => take(report, 'withdraw', { by: reporter })],
    [
      'taken over by who says 我也遇到',
      (report) => take(supportedBy(report, supporter), 'withdraw', { by: reporter }),
    ],
  ])('K8: what was asked falls when the matter is %s', (_what, end) => {
    expect(end(asked).requests).toEqual([])
  })

  test('a matter that others lie in or work on is merged nowhere, and then they are not asked', () => {
    const dispatched = take(asked, 'dispatch', { by: secretary })
    expect(refusalFrom(dispatched, agree(), { by: reporter })).toBe('no-request')
    expect(take(take(dispatched, 'recall', { by: secretary }), agree(), { by: reporter }).status).toBe(
      'merged',
    )
    expect(refusalFrom(absorb(asked), agree(), { by: reporter })).toBe('no-request')
  })

  test.each<[string, Partial<MergeParent>]>([
    ['is done meanwhile', { isOpen: false }],
    ['is suspended meanwhile', { isSuspended: true }],
    ['lies with another branch by now', { answerableUnit: otherBranch, unitPath: otherBranch.path }],
    ['is on the list by now', { hasToldCause: true }],
  ])(
    'the word leads nowhere where the other matter %s: both sides are told, and nothing has changed',
    (_what, now) => {
      const after = take(asked, agree(now), { by: reporter })
      expect(after).toMatchObject({ status: 'accepted', requests: [], neverMergeInto: ['r-earlier'] })
      expect(messagesAfter(asked, after)).toEqual([
        { to: 'reporter', title: '没有并案' },
        { to: { unitId: branch.id }, title: '没有并案' },
      ])
    },
  )

  test('it holds also where the other matter lies in a third by now', () => {
    const roundabout = into({ id: 'r-third', childReportIds: ['r-earlier'] })
    const third = take(apart, roundabout, { by: secretary })
    expect(third).toMatchObject({ status: 'accepted', requests: [{ kind: 'merge' }] })
    const word = agree({ id: 'r-third', childReportIds: ['r-earlier'] })
    expect(take(third, word, { by: reporter })).toMatchObject({ status: 'merged', neverMergeInto: [] })
  })

  test('it holds from the other side: what they took theirs out of follows it nowhere', () => {
    const other = aReport({ id: 'r-other' })
    const taken = absorb(accepted, { id: apart.id, neverMergeInto: [other.id] })
    const parent = mergeParentOf(other, taken)
    expect(refusalFrom(other, into({ apartFrom: parent.apartFrom }), { by: secretary })).toBe('never-again')
    // Nor where both are on their way at once.
    expect(refused(taken, { id: other.id })).toBe('merge-target')
    const together = absorb(accepted, { id: other.id })
    expect(refused(together, { id: apart.id, neverMergeInto: [other.id] })).toBe('merge-target')
    const gone = take(taken, { kind: 'release', childReportId: apart.id, mergingNo: 3 })
    expect(mergeParentOf(other, gone).apartFrom).toEqual([])
  })

  test('where nobody is left who could say it, it is never merged', () => {
    const left = { ...apart, reporterLeftAt: apart.changedAt }
    expect(refusalFrom(left, into({}), { by: secretary })).toBe('never-again')
  })
})

describe('lifecycle: unmerged, it is further on by what was done for the family meanwhile', () => {
  const waiting = aReport()
  const merged = take(waiting, into({}), { by: secretary })
  const child = aChild({ id: merged.id, mergingNo: merged.merged?.no ?? 0 })
  const family = (parent: Report) => take(parent, { kind: 'absorb', child })
  const out = (parent: Report, from = merged, now = parent.changedAt + hourMs): Report =>
    take(from, { kind: 'unmerge', family: familyNow(from, parent) }, { by: reporter, now })
  const started = family(aReport({ id: 'r-earlier' }, mondayAt - hourMs))

  test('accepted by its own unit it is accepted, since then, and its time to accept is met', () => {
    const parent = take(started, 'accept', { by: secretary, now: mondayAt + hourMs })
    const own = out(parent)
    expect(own.status).toBe('accepted')
    expect(own.stints).toMatchObject([{ unit: { id: branch.id }, acceptedAt: parent.changedAt }])
    expect(own.timeline.map((event) => event.kind)).toContain('accepted')
    expect(wait(own, own.deadlines.acceptDueAt + dayMs).redFaces).toEqual([])
    expect(out(started).status).toBe('routed')
  })

  test('merged into what was accepted before, it counts as accepted from the merging on', () => {
    const parent = family(take(aReport({ id: 'r-earlier' }, mondayAt - hourMs), 'accept', { by: secretary }))
    expect(out(parent).stints[0]?.acceptedAt).toBe(merged.merged?.at)
  })

  test('A1: another unit’s acceptance is not its own unit’s', () => {
    const parent = family(
      take(aReport({ id: 'r-earlier', responsible: toRoutedUnit(otherBranch) }), 'accept', {
        by: otherSecretary,
      }),
    )
    expect(out(parent)).toMatchObject({ status: 'routed', stints: [{ unit: { id: branch.id } }] })
    const passedOn = takeAll(started, 'accept', 'transfer')
    expect(passedOn).toMatchObject({ status: 'routed', answerableUnit: { id: otherBranch.id } })
    expect(out(passedOn).status).toBe('routed')
    const proposed = take(started, 'decline', { by: secretary })
    expect(out(proposed).status).toBe('routed')
  })

  test.each<[string, Report]>([
    ['dispatched', takeAll(started, 'accept', 'dispatch')],
    ['awaiting-check', takeAll(started, 'accept', 'dispatch', 'claim-fixed')],
    ['suspended', takeAll(started, 'accept', 'suspend', 'rule-on')],
    ['resolved', takeAll(started, 'accept', 'contact', 'resolve')],
  ])(
    'never into what a handler, a leave or evidence is needed for: %s, the family leaves it accepted',
    (status, parent) => {
      expect(parent.status).toBe(status)
      const own = out(parent)
      expect(own).toMatchObject({
        status: 'accepted',
        handlerUnitId: null,
        resolutions: [],
        suspendedDays: 0,
      })
      expect(own.suspension).toBeUndefined()
    },
  )

  test('K3: the plan laid for the family is its plan, and ends its plan clock', () => {
    const lane = aReport({ category: aCategory('lane-hardening') })
    const inIt = take(lane, into({}), { by: secretary })
    const parent = take(
      take(aReport({ id: 'r-earlier', category: aCategory('lane-hardening') }, mondayAt - hourMs), 'accept'),
      { kind: 'absorb', child: aChild({ id: inIt.id, mergingNo: inIt.merged?.no ?? 0 }) },
    )
    const planned = take(parent, 'lay-plan', { by: secretary })
    const own = out(planned, inIt)
    expect(own.plan).toEqual(planned.plan)
    expect(wait(own, own.deadlines.planDueAt ?? 0).redFaces).toEqual([])
    expect(out(planned).plan).toBeUndefined()
  })

  test('M1, M5: what was never taken in has back the causes it came with, and nothing of the others’', () => {
    const late = wait(waiting, waiting.deadlines.acceptDueAt)
    const inIt = take(late, into({}), { by: clerk })
    const done = takeAll(aReport({ id: 'r-earlier' }, mondayAt - hourMs), 'accept', 'contact', 'resolve')
    const back = take(inIt, {
      kind: 'give-back',
      parentReportId: 'r-earlier',
      mergingNo: inIt.merged?.no ?? 0,
      family: familyNow(inIt, done),
    })
    expect(back).toMatchObject({ status: 'routed' })
    expect(back.contactedAt).toBeUndefined()
    expect(activeEpisode(back.redFaces)?.causes.map((cause) => cause.cause)).toEqual(['accept-overdue'])
  })

  test('whatever became of the family, neither loses a cause or its own contact, and a working day is left', () => {
    fc.assert(
      fc.property(anyTurns(12), fc.nat({ max: 60 * dayMs }), fc.boolean(), (turns, waitMs, isLate) => {
        const before = isLate ? wait(waiting, waiting.deadlines.acceptDueAt + dayMs) : waiting
        const inIt = take(before, into({}), { by: clerk })
        const opening = aReport({ id: 'r-earlier' }, mondayAt - hourMs)
        const parent = attempt(wait(opening, inIt.changedAt), {
          kind: 'absorb',
          child: {
            ...child,
            mergingNo: inIt.merged?.no ?? 0,
            deadlines: inIt.deadlines,
            causes: causesTakenAlong(inIt),
          },
        })
        if (!parent.ok) return
        const moments = momentsOf({ report: parent.value, now: parent.value.changedAt }, turns)
        const last = moments[moments.length - 1]
        if (!last) return
        const now = last.now + waitMs
        const then = wait(last.report, now)
        const own = out(then, inIt, now)
        expect(['routed', 'accepted']).toContain(own.status)
        const isIn = then.childReportIds.includes(inIt.id)
        const causes = isIn
          ? (activeEpisode(then.redFaces)?.causes.filter(isStanding) ?? [])
          : causesTakenAlong(inIt)
        const kept = causesOf(own)
        for (const { cause, unit } of causes) {
          expect(kept.filter((one) => one.cause === cause).map((one) => one.unit)).toContainEqual(unit)
        }
        expect(own.contacts).toEqual(inIt.contacts)
        expect(own.deadlines.resolveDueAt).toBeGreaterThanOrEqual(endOfWorkingDayAfter(calendar, now, 1))
        const left = take(
          then,
          { kind: 'release', childReportId: inIt.id, mergingNo: inIt.merged?.no ?? 0 },
          { now },
        )
        expect(left.childReportIds).not.toContain(inIt.id)
        expect(left.contactedAt).toBe(then.contactedAt)
        expect(activeEpisode(left.redFaces)?.causes).toEqual(activeEpisode(then.redFaces)?.causes)
      }),
      { numRuns: 60 },
    )
  })
})

describe('M4, M5: each merging counts for itself, in whatever order the parent hears of it', () => {
  test('who has left before the parent took them in is taken in no more', () => {
    const told = take(accepted, { kind: 'release', childReportId: 'r-later', mergingNo: 3 })
    expect(told).toMatchObject({ childReportIds: [], coReporters: [], timeline: accepted.timeline })
    expect(refused(told)).toBe('merge-target')
    expect(absorb(told, { mergingNo: 7 }).childReportIds).toEqual(['r-later'])
  })

  test('a farewell that comes late says nothing of a merging that came after it', () => {
    const again = absorb(absorb(accepted), { mergingNo: 7 })
    expect(again).toMatchObject({ childReportIds: ['r-later'], coReporters: [{ key: coReporter.name }] })
    const told = take(again, { kind: 'release', childReportId: 'r-later', mergingNo: 3 })
    expect(told).toBe(again)
    expect(refused(again)).toBe('merge-target')
    expect(take(again, { kind: 'release', childReportId: 'r-later', mergingNo: 7 }).coReporters).toEqual([])
  })

  test('a parent that ends gives back the merging it knows of, and no later one', () => {
    const merged = take(accepted, into({}), { by: secretary })
    const old = { kind: 'give-back', parentReportId: 'r-earlier', family: { causes: [] } } as const
    const no = merged.merged?.no ?? 0
    expect(take(merged, { ...old, mergingNo: no - 1 }).status).toBe('merged')
    expect(take(merged, { ...old, mergingNo: no }).status).toBe('accepted')
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
      mergingNo: merged.merged?.no ?? 0,
      family: { causes: [] },
    } as const
    const back = take(merged, giveBack)
    expect(back).toMatchObject({ status: 'accepted', answerableUnit: { id: branch.id } })
    expect(take(back, giveBack).status).toBe('accepted')
    expect(refusalFrom(back, into({}), { by: secretary })).toBeUndefined()
  })

  test('at its successor where its own unit has ended meanwhile, accepted anew', () => {
    const merged = take(aReport(), into({}), { by: secretary })
    const family = { causes: [], home: unitFacts(otherBranch) }
    const back = take(
      merged,
      { kind: 'give-back', parentReportId: 'r-earlier', mergingNo: merged.merged?.no ?? 0, family },
      { now: merged.changedAt + 30 * dayMs },
    )
    expect(back).toMatchObject({ status: 'routed', answerableUnit: { id: otherBranch.id } })
    expect(back.deadlines.acceptDueAt).toBe(aReport({}, back.changedAt).deadlines.acceptDueAt)
  })
})

describe('M3, M5: who had left a listed matter, and files it anew', () => {
  const listed = ratedUnsolved()
  const left = take(listed, 'withdraw', { by: reporter })
  const anew = { reporterKey: reporter.name, id: 'r-anew' }

  test('is its reporter again once that is merged into it, and is asked before it ends', () => {
    expect(reporterKeys(left)).toEqual([])
    const back = absorb(left, anew)
    expect(reporterKeys(back)).toEqual([reporter.name])
    const resolved = takeAll(back, 'contact', 'resolve')
    expect(refusalFrom(resolved, 'rate', { by: reporter })).toBeUndefined()
    // F5: found solved, it is theirs to rate.
    const looked = take(back, 'look', { by: clerk })
    expect(looked.status).toBe('resolved')
    expect(refusalFrom(looked, 'rate', { by: reporter })).toBeUndefined()
  })

  test('has left it as before where that was not the same matter, and not while another of theirs lies in it', () => {
    const both = absorb(absorb(left, anew), { ...anew, id: 'r-again', mergingNo: 4 })
    const one = take(both, { kind: 'release', childReportId: 'r-anew', mergingNo: 3 })
    expect(reporterKeys(one)).toEqual([reporter.name])
    const none = take(one, { kind: 'release', childReportId: 'r-again', mergingNo: 4 })
    expect(none.reporterLeftAt).toBe(left.reporterLeftAt)
    expect(reporterKeys(none)).toEqual([])
  })

  test('Q2: owes nobody a first word for the time when nobody was there', () => {
    const early = takeAll(aReport(), 'accept', 'declare-red-face', 'withdraw')
    const later = early.changedAt + 20 * dayMs
    const child = aChild({ ...anew, deadlines: aReport({}, later).deadlines })
    const back = take(early, { kind: 'absorb', child }, { now: later })
    expect(back.deadlines.contactDueAt).toBe(child.deadlines.contactDueAt)
    expect(back.deadlines.resolveDueAt).toBe(early.deadlines.resolveDueAt)
  })

  test('brings nobody into another matter: what is merged after its reporter left comes without them', () => {
    expect(reporterTakenAlong(listed)).toBe(reporter.name)
    expect(reporterTakenAlong(left)).toBeNull()
  })

  test('found solved with nobody left in it, it gives back what lies in it', () => {
    const looked = take(absorb(left, { reporterKey: null }), 'look', { by: clerk })
    expect(looked.status).toBe('withdrawn')
    expect(looked.outbox).toContainEqual(expect.objectContaining({ kind: 'release-children' }))
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
    unit: { id: branch.id, name: branch.name, path: branch.path },
    at: mondayAt,
    publicAt: mondayAt + dayMs,
    wasAppealed: false,
  }
}

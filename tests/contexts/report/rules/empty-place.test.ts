import { rateFactsOf } from '../../../../cloudfunctions/contexts/figures/rules/rates'
import { saidTo } from '../../../../cloudfunctions/contexts/report/rules/contact'
import { type Report, reporterKeys } from '../../../../cloudfunctions/contexts/report/rules/report'
import { dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aChild,
  aParentOf,
  aReport,
  branch,
  clerk,
  coReporter,
  mondayAt,
  refusalFrom,
  reporter,
  rules,
  secondCoReporter,
  secretary,
  supportedBy,
  supporter,
  take,
  takeAll,
  wait,
} from '../../../support/builders'

const laterAt = mondayAt + 10 * dayMs
/** What somebody else reports of the same matter, ten days later. */
const later = aReport({ id: 'r-later', reporterKey: coReporter.name }, laterAt)
const asChild = (report: Report, overrides: Parameters<typeof aChild>[0] = {}) =>
  aChild({
    deadlines: report.deadlines,
    firstWords: saidTo(report.contacts, report.reporterKey),
    ...(report.contactedAt === undefined ? {} : { contactedAt: report.contactedAt }),
    mergedAt: report.changedAt + minuteMs,
    ...overrides,
  })
const absorb = (parent: Report, child: ReturnType<typeof aChild>): Report =>
  take(parent, { kind: 'absorb', child }, { now: child.mergedAt + minuteMs })
const leave = (family: Report, { id, mergingNo }: ReturnType<typeof aChild>): Report =>
  take(family, { kind: 'release', childReportId: id, mergingNo })
const contactOf = (report: Report, now: number) => rateFactsOf(report, now, rules).contact

const declared = take(aReport({ reporterKey: null, hasPhone: false }), 'accept')
const left = takeAll(aReport(), 'accept', 'declare-red-face', 'withdraw')

describe.each([
  ['declared and taken up by nobody', declared],
  ['left by its reporter while it is listed', left],
])('M3, C1: what is %s has a reporter when a report is merged into it', (_how, parent) => {
  const child = asChild(later)
  const family = absorb(parent, child)

  test('who reported that has the empty place, and is asked and called', () => {
    expect(reporterKeys(family)).toEqual([coReporter.name])
    expect(family).toMatchObject({
      reporterKey: coReporter.name,
      coReporters: [],
    })
    expect(family.outbox).toContainEqual(expect.objectContaining({ kind: 'succeed', key: coReporter.name }))
    expect(refusalFrom(family, 'contact', { by: secretary })).toBeUndefined()
    expect(refusalFrom(family, 'ask', { by: secretary })).toBeUndefined()
  })

  test('Q2: their first word is due when it was in their own report, and missed it is the unit’s', () => {
    const { contactDueAt } = later.deadlines
    expect(family.deadlines.contactDueAt).toBe(contactDueAt)
    const silent = wait(family, contactDueAt + hourMs)
    expect(contactOf(silent, contactDueAt + hourMs)).toMatchObject({ isKept: false, unitIds: [branch.id] })
    const called = take(family, 'contact', { by: secretary })
    expect(contactOf(called, contactDueAt + hourMs)).toMatchObject({ isKept: true, unitIds: [branch.id] })
  })

  test('M6: who had been called before is called, and counts once', () => {
    const called = takeAll(later, 'accept', 'contact')
    const brought = absorb(parent, asChild(called))
    expect(brought.contactedAt).toBe(called.contactedAt)
    expect(contactOf(brought, laterAt + 5 * dayMs)).toMatchObject({ isKept: true, unitIds: [branch.id] })
    expect(refusalFrom(brought, 'deny-contact', { by: coReporter })).toBeUndefined()
    const merged = take(called, { kind: 'merge', parent: aParentOf(called) }, { by: clerk })
    expect(contactOf(merged, laterAt + 5 * dayMs)).toBeNull()
  })

  test('M6: what had been missed before the merging is counted there alone', () => {
    const late = wait(take(later, 'accept'), later.deadlines.contactDueAt + hourMs)
    const brought = absorb(parent, asChild(late))
    expect(contactOf(brought, laterAt + 20 * dayMs)).toBeNull()
    const merged = take(late, { kind: 'merge', parent: aParentOf(late) }, { by: clerk })
    expect(contactOf(merged, laterAt + 20 * dayMs)).toMatchObject({ isKept: false, unitIds: [branch.id] })
  })

  test('M4: taken out again it leaves the place as it was', () => {
    const alone = leave(take(family, 'contact', { by: secretary }), child)
    expect(reporterKeys(alone)).toEqual([])
    expect(alone).toMatchObject({
      reporterKey: parent.reporterKey,
      pseudonym: parent.pseudonym,
      isByMember: parent.isByMember,
    })
    expect([alone.reporterLeftAt, alone.takenUpAt, alone.succeededAt, alone.contactedAt]).toEqual([
      parent.reporterLeftAt,
      parent.takenUpAt,
      parent.succeededAt,
      undefined,
    ])
    expect(contactOf(alone, laterAt + 20 * dayMs)).toBeNull()
  })

  test('M3: whoever came after them has it then, with a working day to be called', () => {
    const second = asChild(aReport({ id: 'r-second' }, laterAt + hourMs), {
      id: 'r-second',
      reporterKey: secondCoReporter.name,
      mergingNo: 5,
    })
    const both = absorb(family, second)
    expect(both).toMatchObject({
      reporterKey: coReporter.name,
      coReporters: [{ key: secondCoReporter.name }],
    })
    const now = laterAt + 6 * dayMs
    const alone = take(
      both,
      { kind: 'release', childReportId: child.id, mergingNo: child.mergingNo },
      { now },
    )
    expect(alone).toMatchObject({ reporterKey: secondCoReporter.name, coReporters: [] })
    expect(alone.deadlines.contactDueAt).toBeGreaterThan(now)
    expect(reporterKeys(leave(alone, second))).toEqual([])
  })

  test('with two reports of theirs in it they have it until both have left', () => {
    const again = asChild(aReport({ id: 'r-again' }, laterAt + hourMs), { id: 'r-again', mergingNo: 5 })
    const one = leave(absorb(family, again), child)
    expect(reporterKeys(one)).toEqual([coReporter.name])
    expect(reporterKeys(leave(one, again))).toEqual([])
  })

  test('who had said 我也遇到 before says so again afterwards', () => {
    const supported = supportedBy(parent, supporter)
    const theirs = asChild(later, { reporterKey: supporter.name })
    const taken = absorb(supported, theirs)
    expect([taken.reporterKey, taken.supporters.count]).toEqual([supporter.name, 0])
    expect(leave(taken, theirs).supporters).toMatchObject({ count: 1, heard: [{ key: supporter.name }] })
  })

  test('leaving it themselves they leave nobody else’s place behind', () => {
    const gone = take(family, 'withdraw', { by: coReporter })
    const released = leave(gone, child)
    expect([released.reporterKey, released.status]).toEqual([coReporter.name, gone.status])
  })
})

describe('M6: what had been due to who left stays kept, or missed', () => {
  const late = wait(take(aReport(), 'accept'), mondayAt + 5 * dayMs)
  const missed = takeAll(late, 'declare-red-face', 'withdraw')

  test('the one who has the place now is to be called, and the miss is counted once', () => {
    const family = absorb(missed, asChild(later))
    expect(contactOf(family, laterAt)).toEqual(contactOf(missed, laterAt))
    expect(contactOf(family, laterAt)).toMatchObject({ isKept: false })
    expect(refusalFrom(family, 'contact', { by: secretary })).toBeUndefined()
  })

  test('C1: where it had been kept, only they may say that nobody called them', () => {
    const kept = takeAll(aReport(), 'accept', 'contact', 'declare-red-face')
    const goneAt = mondayAt + 5 * dayMs
    const family = absorb(take(kept, 'withdraw', { by: reporter, now: goneAt }), asChild(later))
    expect(contactOf(family, laterAt)).toMatchObject({ isKept: true })
    expect(refusalFrom(family, 'deny-contact', { by: coReporter })).toBeUndefined()
    expect(refusalFrom(family, 'deny-contact', { by: reporter })).toBe('not-allowed')
  })
})

import { rateFactsOf } from '../../../../cloudfunctions/contexts/figures/rules/rates'
import { countedContact, saidTo } from '../../../../cloudfunctions/contexts/report/rules/contact'
import { familyNow } from '../../../../cloudfunctions/contexts/report/rules/family'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aChild,
  aParentOf,
  aReport,
  aVerdict,
  branch,
  clerk,
  coReporter,
  mondayAt,
  refusalFrom,
  reporter,
  reportIn,
  rules,
  secretary,
  supportedBy,
  supporter,
  take,
  takeAll,
  wait,
} from '../../../support/builders'
import { offeredTo } from '../../../support/seen'

const contactOf = (report: Report) =>
  rateFactsOf(report, report.deadlines.contactDueAt + dayMs, rules).contact
const hello = { kind: 'contact', channel: 'message', note: '您好' } as const

describe('C1: 没人联系我, said in a report that lies in another, is said of the call that came along', () => {
  const declared = take(aReport({ reporterKey: null, hasPhone: false }), 'accept')
  const own = aReport({ id: 'r-later', reporterKey: coReporter.name }, mondayAt + 10 * dayMs)
  const called = takeAll(own, 'accept', 'contact')
  const merged = take(called, { kind: 'merge', parent: aParentOf(called) }, { by: clerk })
  const family = take(declared, {
    kind: 'absorb',
    child: aChild({
      deadlines: called.deadlines,
      mergedAt: merged.changedAt,
      firstWords: saidTo(called.contacts, coReporter.name),
      ...(called.contactedAt === undefined ? {} : { contactedAt: called.contactedAt }),
    }),
  })
  const hear = { kind: 'hear-denial', key: coReporter.name } as const

  test('the family hears of it, and has called nobody', () => {
    const { outbox } = take(merged, 'deny-contact', { by: coReporter })
    const work = { kind: 'deny-in-parent', parentReportId: merged.parentReportId, key: coReporter.name }
    expect(outbox).toContainEqual(expect.objectContaining(work))
    expect(contactOf(family)).toMatchObject({ isKept: true })
    const told = take(family, hear)
    expect(contactOf(told)).toMatchObject({ isKept: false })
    expect(told.contactedAt).toBeUndefined()
    expect(take(told, hear).rev).toBe(told.rev)
  })

  test('where it lies in nothing, nobody else is told', () => {
    const { outbox } = take(called, 'deny-contact', { by: coReporter })
    expect(outbox.map(({ kind }) => kind)).not.toContain('deny-in-parent')
  })
})

describe('C1: a contact is between its unit and the person whom it was made with', () => {
  const called = take(supportedBy(reportIn('accepted'), supporter), 'contact', { by: secretary })
  const handedOn = take(called, 'withdraw', { by: reporter })

  test('whoever takes the place before the first word was due is to be called themselves, with a working day left', () => {
    expect(handedOn.reporterKey).toBe(supporter.name)
    expect(handedOn.contactedAt).toBeUndefined()
    expect(handedOn.deadlines.contactDueAt).toBeGreaterThanOrEqual(called.deadlines.contactDueAt)
    expect(contactOf(handedOn)).toMatchObject({ isKept: false })
    expect(contactOf(take(handedOn, 'contact', { by: secretary }))).toMatchObject({
      isKept: true,
      unitIds: [branch.id],
    })
  })

  test('what had been due by then was kept: who takes the place can take nothing back of it', () => {
    const { contactDueAt } = called.deadlines
    const later = take(called, 'withdraw', { by: reporter, now: contactDueAt + minuteMs })
    expect(offeredTo(supporter, later)).not.toContain('deny-contact')
    expect(refusalFrom(later, 'deny-contact', { by: supporter })).toBe('nothing-to-deny')
    const rated = take(
      take(later, 'resolve'),
      { kind: 'rate', rating: aVerdict({ contacted: false }) },
      { by: supporter },
    )
    expect(contactOf(rated)).toMatchObject({ isKept: true, unitIds: [branch.id] })
  })

  test('a co-reporter who takes it after that can say that nobody called them: it stood for their own first word', () => {
    const family = take(take(reportIn('accepted'), { kind: 'absorb', child: aChild() }), 'contact', {
      by: secretary,
    })
    const later = take(family, 'withdraw', { by: reporter, now: family.deadlines.contactDueAt + minuteMs })
    expect(later.reporterKey).toBe(coReporter.name)
    expect(contactOf(later)).toMatchObject({ isKept: true })
    expect(contactOf(take(later, 'deny-contact', { by: coReporter }))).toMatchObject({ isKept: false })
  })

  test('called themselves, they can say that nobody did, of that call alone', () => {
    const again = take(handedOn, 'contact', { by: secretary })
    const denied = take(again, 'deny-contact', { by: supporter })
    expect(denied.contacts.map(({ deniedAt }) => deniedAt !== undefined)).toEqual([false, true])
    expect(denied.contactedAt).toBeUndefined()
  })

  test('a message is opened by whom it was written to', () => {
    const written = take(supportedBy(reportIn('accepted'), supporter), hello, { by: secretary })
    const left = take(written, 'withdraw', { by: reporter })
    expect(refusalFrom(left, 'open-message', { by: supporter })).toBe('nothing-to-open')
    expect(wait(left, left.deadlines.contactDueAt + hourMs).contactedAt).toBeUndefined()
    const own = take(take(left, hello, { by: secretary }), 'open-message', { by: supporter })
    expect(own.contactedAt).toBe(own.changedAt)
  })

  test('two messages on different days count where both were to one person', () => {
    const written = take(supportedBy(reportIn('accepted'), supporter), hello, { by: secretary })
    const nextDay = { by: secretary, now: written.changedAt + dayMs }
    expect(take(written, hello, nextDay).contactedAt).toBe(nextDay.now)
    const left = take(written, 'withdraw', { by: reporter })
    expect(take(left, hello, nextDay).contactedAt).toBeUndefined()
    // Also where neither of them has left: one greeting to each of a family is a first word to nobody.
    const messageTo = (key: string, day: number) =>
      ({ no: day, at: mondayAt + day * dayMs, channel: 'message', unitId: branch.id, key }) as const
    expect(countedContact([messageTo('one', 1), messageTo('other', 2)])).toBeUndefined()
    expect(countedContact([messageTo('one', 1), messageTo('other', 2), messageTo('one', 3)])).toMatchObject({
      at: mondayAt + 3 * dayMs,
    })
  })

  test('so many a day are to one person: who has taken the place is reached on the same day', () => {
    const times = rules.report.messagesADay
    const full = Array.from({ length: times }).reduce<Report>(
      (report) => take(report, hello, { by: secretary }),
      supportedBy(reportIn('accepted'), supporter),
    )
    expect(refusalFrom(full, hello, { by: secretary })).toBe('too-many-today')
    expect(refusalFrom(take(full, 'withdraw', { by: reporter }), hello, { by: secretary })).toBeUndefined()
  })
})

describe('M6, Q2: merged and taken out again, a contact missed stays missed', () => {
  const parent = takeAll(
    aReport({ id: 'r-earlier', reporterKey: 'an accomplice' }, mondayAt - 3 * dayMs),
    'accept',
    'contact',
  )
  const child = take(aReport(), 'accept', { by: secretary })
  const into = (report: Report) =>
    take(report, { kind: 'merge', parent: { ...aParentOf(report), id: parent.id } }, { by: clerk })
  const out = (merged: Report) => {
    const mergingNo = merged.merged?.no ?? 0
    const family = take(
      parent,
      { kind: 'absorb', child: aChild({ id: merged.id, mergingNo, deadlines: merged.deadlines }) },
      { now: merged.changedAt + minuteMs },
    )
    const then = take(family, 'contact', { by: secretary })
    return take(
      merged,
      { kind: 'unmerge', family: familyNow(merged, then) },
      { by: reporter, now: then.changedAt + minuteMs },
    )
  }

  test('however often the family’s other reporter was called, before and since', () => {
    const missed = wait(child, child.deadlines.contactDueAt + hourMs)
    expect(contactOf(missed)).toMatchObject({ isKept: false })
    const own = out(into(missed))
    expect(own.contacts).toEqual([])
    expect(contactOf(own)).toMatchObject({ isKept: false, unitIds: [branch.id] })
  })

  test('not due yet, it is due again, with a working day left to call whose report it is', () => {
    const own = out(into(child))
    expect(own.contactedAt).toBeUndefined()
    expect(own.deadlines.contactDueAt).toBeGreaterThan(own.changedAt)
    expect(contactOf(own)).toMatchObject({ isKept: false })
    expect(contactOf(take(own, 'contact', { by: secretary }))).toMatchObject({ isKept: true })
  })
})

import { compare } from '../../../../cloudfunctions/contexts/figures/rules/compare'
import { numbersOf, rateFactsOf } from '../../../../cloudfunctions/contexts/figures/rules/rates'
import { toRoutedUnit } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import { activeEpisode } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'
import type { Report } from '../../../../cloudfunctions/contexts/report/rules/report'
import { resumedFrom } from '../../../../cloudfunctions/contexts/report/rules/resumed'
import { dayMs, hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aCommand,
  aReport,
  bannerClerk,
  branch,
  clerk,
  mondayAt,
  newWork,
  otherBranch,
  otherSecretary,
  refusalFrom,
  reporter,
  ruleOn,
  rules,
  secretary,
  take,
  takeAll,
  township,
  unitFacts,
  wait,
} from '../../../support/builders'

/** What is due again, or due anew, and what is not: the first word, the warnings before it, and what is asked above. */

const contactOf = (report: Report, now = report.changedAt) => rateFactsOf(report, now, rules).contact
const byStopGap = (report: Report): Report =>
  take(
    report,
    { kind: 'resolve', note: '铺了砂', remedy: 'temporary', before: ['photo-of-the-lane'], after: ['p1'] },
    { by: secretary },
  )
const visit = { kind: 'contact', channel: 'visit', note: '来看过' } as const

describe('Q1, Q2: the first word is due once, whatever is reopened later', () => {
  test('missed, it is not made good by a reopening', () => {
    const closed = wait(takeAll(aReport(), 'accept', 'resolve'), mondayAt + 9 * dayMs)
    const missed = contactOf(closed)
    expect(missed).toMatchObject({ isKept: false, unitIds: [branch.id] })
    const again = take(closed, 'reopen', { by: reporter, now: mondayAt + 36 * dayMs })
    const called = take(again, visit, { by: secretary })
    expect(contactOf(called, mondayAt + 40 * dayMs)).toEqual(missed)
  })

  test('kept, it is counted in one month only', () => {
    const at = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)
    const march = { from: at('2026-03-01'), to: at('2026-04-01') }
    const august = { from: at('2026-08-01'), to: at('2026-09-01') }
    const keptIn = (report: Report, period: typeof march, now: number) =>
      numbersOf([rateFactsOf(report, now, rules)], [branch.id], period, now).kept
    const sealed = wait(byStopGap(takeAll(aReport(), 'accept', 'contact')), at('2026-05-06'))
    expect(keptIn(sealed, march, sealed.changedAt)).toBe(1)
    const again = take(sealed, 'reopen', { by: reporter, now: at('2026-08-03') + 10 * hourMs })
    expect(keptIn(again, august, at('2026-10-10'))).toBe(0)
  })

  test('of a decline that is overturned it is due anew: nobody was to be called while it waited', () => {
    const declined = takeAll(aReport(), 'decline', 'rule-on')
    const appealed = take(declined, 'appeal', { by: reporter, now: declined.changedAt + 3 * dayMs })
    const upheld = take(appealed, ruleOn('appeal-decline'), { by: bannerClerk })
    expect(upheld.deadlines.contactDueAt).toBeGreaterThan(upheld.changedAt)
  })
})

describe('A2: whose a missed first word is', () => {
  test('K5: of what was filed anew elsewhere, of those who have had the new report', () => {
    const category = aCategory('complex')
    const own = take(aReport({ category }), 'accept', { by: secretary })
    const gone = take(own, 'withdraw', { by: reporter, now: mondayAt + 7 * dayMs })
    const now = gone.changedAt + hourMs
    expect(contactOf(gone, now)).toMatchObject({ isKept: false, unitIds: [branch.id] })
    const resumes = resumedFrom(gone, reporter.name, now)
    const anew = aReport({ id: 'r-anew', category, responsible: toRoutedUnit(otherBranch), resumes }, now)
    const at = anew.deadlines.contactDueAt + minuteMs
    const missed = wait(take(anew, 'accept', { by: otherSecretary }), at)
    expect(contactOf(missed, at)?.unitIds).toEqual([otherBranch.id])
  })

  test('K6: a suspension holds no first word, nor the time of whoever should say it', () => {
    const hardening = aReport({ category: aCategory('lane-hardening') })
    const { contactDueAt } = hardening.deadlines
    const accepted = take(hardening, 'accept', { by: secretary, now: mondayAt + 10 * minuteMs })
    const asked = take(
      accepted,
      {
        kind: 'suspend',
        reason: '等预算',
        plan: '列入计划',
        untilAt: contactDueAt - 6 * hourMs,
        isSeasonal: false,
      },
      { by: secretary, now: mondayAt + 20 * minuteMs },
    )
    const suspended = take(asked, ruleOn('suspend'), { by: clerk, now: mondayAt + 30 * minuteMs })
    const passedOn = take(
      suspended,
      { kind: 'transfer', to: unitFacts(otherBranch), note: '' },
      { by: secretary, now: contactDueAt - 5 * hourMs },
    )
    expect(passedOn.deadlines.contactDueAt).toBe(contactDueAt)
    const now = contactDueAt + minuteMs
    expect(contactOf(wait(passedOn, now), now)?.unitIds).toEqual([branch.id])
  })
})

describe('K2, K4: a deadline that is set anew is warned of', () => {
  const danger = { kind: 'reclassify', categoryId: 'danger', note: '' } as const
  const lamp = aReport({ category: aCategory('street-lamp') })
  const warnedSince = (report: Report, at: number) =>
    report.timeline.filter((event) => event.kind === 'due-soon' && event.at >= at)
  const unitsTold = (before: Report, after: Report) =>
    newWork(before, after).flatMap((work) =>
      work.kind === 'message' && typeof work.to !== 'string' && 'unitId' in work.to ? [work.to.unitId] : [],
    )

  test('found to be a danger, at half of the new time the level above is told', () => {
    const at = mondayAt + 90 * minuteMs
    const found = take(lamp, danger, { by: secretary, now: at })
    expect(found.deadlines.acceptDueAt).toBe(at + 30 * minuteMs)
    expect(unitsTold(found, wait(found, at + 30 * minuteMs - 1))).toContain(township.id)
  })

  test('with three hours left to make it safe, once', () => {
    const at = mondayAt + 40 * hourMs
    const found = take(take(lamp, 'accept', { by: secretary }), danger, { by: secretary, now: at })
    expect(found.deadlines.resolveDueAt).toBe(at + 3 * hourMs)
    expect(warnedSince(wait(found, at + 3 * hourMs - 1), at)).toHaveLength(1)
  })

  test('reopened with eight hours left, once', () => {
    const out = takeAll(aReport({ category: aCategory('utilities') }), 'accept', 'contact')
    const late = take(out, 'resolve', { by: secretary, now: out.deadlines.resolveDueAt - hourMs })
    const rated = take(late, 'rate', { by: reporter })
    const at = rated.changedAt + 5 * dayMs
    const again = take(rated, 'reopen', { by: reporter, now: at })
    expect(again.deadlines.resolveDueAt).toBe(at + 8 * hourMs)
    expect(warnedSince(wait(again, at + 8 * hourMs - 1), at)).toHaveLength(1)
  })
})

test('F1, K9: 又坏了 may be said as long as a cure of any kind it had must hold', () => {
  const renamed = take(
    take(aReport(), 'accept'),
    { kind: 'reclassify', categoryId: 'rubbish', note: '' },
    { by: secretary },
  )
  const now = mondayAt + 60 * dayMs
  expect(refusalFrom(wait(byStopGap(renamed), now), 'reopen', { by: reporter, now })).toBeUndefined()
})

test('K8, K9: a longer kind that is asked for keeps nobody from saying that it is dangerous', () => {
  const asked = take(
    take(aReport({ category: aCategory('street-lamp') }), 'accept', { by: secretary }),
    { kind: 'reclassify', categoryId: 'suggestion', note: '' },
    { by: secretary },
  )
  const now = mondayAt + 9 * dayMs
  expect(refusalFrom(asked, ruleOn('reclassify', false), { by: clerk, now })).toBeDefined()
  const twice = { kind: 'reclassify', categoryId: 'complex', note: '' } as const
  expect(refusalFrom(asked, twice, { by: secretary })).toBe('request-pending')
  const danger = { kind: 'reclassify', categoryId: 'danger', note: '' } as const
  for (const by of [clerk, secretary]) {
    const found = take(asked, danger, { by, now })
    expect(found).toMatchObject({ categoryId: 'danger', requests: [] })
  }
})

test('K4, A7: a danger that comes back reaches the duty desk', () => {
  const appealed = take(takeAll(aReport({ category: aCategory('danger') }), 'decline', 'rule-on'), 'appeal', {
    by: reporter,
  })
  const back = wait(appealed, appealed.requests[0]?.endsAt ?? 0)
  expect(back.status).toBe('routed')
  const told = newWork(appealed, back).flatMap((work) =>
    work.kind === 'message' && typeof work.to !== 'string' && 'unitId' in work.to ? [work.to.unitId] : [],
  )
  expect(told).toContain(township.id)
})

test('F3, K8: an appeal ends with the stay whose causes it disputes, and the next ones may be disputed', () => {
  const late = wait(aReport({ category: aCategory('danger') }), mondayAt + hourMs)
  const appealed = take(late, 'appeal-red-face', { by: secretary, now: mondayAt + 2 * hourMs })
  const lamp = { kind: 'reclassify', categoryId: 'street-lamp', note: '' } as const
  const found = take(appealed, lamp, { by: clerk, now: mondayAt + 2.2 * hourMs })
  expect(activeEpisode(found.redFaces)).toBeUndefined()
  expect(found.requests).toEqual([])
  const now = mondayAt + 3 * dayMs
  const again = wait(found, now)
  expect(activeEpisode(again.redFaces)?.causes).toMatchObject([{ cause: 'accept-overdue' }])
  expect(refusalFrom(again, 'appeal-red-face', { by: secretary, now })).toBeUndefined()
})

test('Q2: what a sorter declines is in neither of declined and received: no branch had it', () => {
  const declined = takeAll(aReport({ responsible: null }), 'decline', 'rule-on')
  expect(rateFactsOf(declined, declined.changedAt, rules)).toMatchObject({ received: [], declined: null })
})

test('Q7: means that add up to four but for rounding are four', () => {
  const sum = [1, 1, 1, ...Array.from({ length: 6 }, () => 1 / 6), 0].reduce((all, one) => all + one)
  expect(sum).toBeLessThan(4)
  const rateOf = (numerator: number) => ({
    numerator,
    denominator: 10,
    value: numerator / 10,
    isSmallSample: false,
  })
  expect(compare(rateOf(sum), 0.7)).toBe(compare(rateOf(4), 0.7))
})

test('F5: an unsorted matter that is put where it belongs has been sorted: what the sorters were late with has come', () => {
  const late = wait(aReport({ responsible: null }), mondayAt + 3 * dayMs)
  expect(activeEpisode(late.redFaces)?.causes).toMatchObject([{ cause: 'accept-overdue' }])
  const moved = take(
    late,
    { ...aCommand('relocate', late, late.changedAt), to: unitFacts(branch) },
    { by: clerk },
  )
  expect(moved.status).toBe('routed')
  expect(activeEpisode(moved.redFaces)?.causes[0]?.cameAt).toBe(moved.changedAt)
})

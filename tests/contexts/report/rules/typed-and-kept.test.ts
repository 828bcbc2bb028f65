import { lastResolution } from '../../../../cloudfunctions/contexts/report/rules/report'
import { hourMs } from '../../../../cloudfunctions/ground/instant'
import {
  aReport,
  branch,
  housingBureau,
  refusalFrom,
  reportIn,
  secretary,
  take,
  takeAll,
  wait,
} from '../../../support/builders'

describe('what staff type', () => {
  test('for everybody to read, on accepting, is what everybody reads', () => {
    const publicSummary = '后炭市社区 · 供销社旁积水'
    const accepted = take(aReport(), { kind: 'accept', publicSummary }, { by: secretary })
    expect(accepted.publicSummary).toBe(publicSummary)
    expect(take(aReport(), 'accept').publicSummary).toBe(aReport().publicSummary)
  })

  test('on checking stands as the result; a check without words leaves those of the claim', () => {
    const claimed = reportIn('awaiting-check')
    const noteOf = (note: string) =>
      lastResolution(take(claimed, { kind: 'check', note }, { by: secretary }))?.note
    expect(noteOf('现场看过')).toBe('现场看过')
    expect(noteOf('')).toBe(claimed.fixClaim?.note)
  })
})

test('whose hands did the work is told with the result', () => {
  expect(lastResolution(takeAll(reportIn('accepted'), 'resolve'))).toMatchObject({
    isOwnHands: true,
    byUnitName: branch.name,
  })
  expect(lastResolution(takeAll(reportIn('awaiting-check'), 'check'))).toMatchObject({
    isOwnHands: false,
    byUnitName: housingBureau.name,
  })
})

test('K7: no deadline is extended to a day that is over, not even one later than the deadline', () => {
  const report = take(reportIn('accepted'), 'contact')
  const now = report.deadlines.resolveDueAt + 5 * hourMs
  const asking = (resolveDueAt: number) =>
    refusalFrom(
      wait(report, now),
      { kind: 'extend', reason: '连日下雨', resolveDueAt },
      { by: secretary, now },
    )
  expect(asking(now - hourMs)).toBe('date-in-past')
  expect(asking(now + hourMs)).toBeUndefined()
})

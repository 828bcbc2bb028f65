import { hourMs, minuteMs } from '../../../../cloudfunctions/ground/instant'
import {
  aCategory,
  aChild,
  aReport,
  coReporter,
  reporter,
  reportIn,
  secondCoReporter,
  secondSupporter,
  supportedBy,
  supporter,
  take,
  takeAll,
} from '../../../support/builders'

describe('withdrawn, a matter goes on with whoever has been in it longest', () => {
  test('of two who reported it too, the one who was merged in first', () => {
    const one = take(reportIn('accepted'), {
      kind: 'absorb',
      child: aChild({ id: 'r-one', reporterKey: coReporter.name }),
    })
    const both = take(
      one,
      { kind: 'absorb', child: aChild({ id: 'r-two', reporterKey: secondCoReporter.name }) },
      { now: one.changedAt + hourMs },
    )
    expect(take(both, 'withdraw', { by: reporter }).reporterKey).toBe(coReporter.name)
  })

  test('of two who joined it, the one who joined first', () => {
    const both = supportedBy(reportIn('accepted'), supporter, secondSupporter)
    expect(take(both, 'withdraw', { by: reporter }).reporterKey).toBe(supporter.name)
  })
})

test.each([
  ['danger', hourMs],
  ['rubbish', 4 * hourMs],
  ['lane-repair', 8 * hourMs],
] as const)(
  'C1, Q2: withdrawn in the last minute, the heir is to be called in a time that there is: %s',
  (id, leastMs) => {
    const called = takeAll(supportedBy(aReport({ category: aCategory(id) }), supporter), 'accept', 'contact')
    const now = called.deadlines.contactDueAt - minuteMs
    const handed = take(called, 'withdraw', { by: reporter, now })
    expect(handed).toMatchObject({ reporterKey: supporter.name })
    expect(handed.contactedAt).toBeUndefined()
    expect(handed.deadlines.contactDueAt - handed.changedAt).toBeGreaterThanOrEqual(leastMs)
  },
)

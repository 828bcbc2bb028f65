import { hourMs } from '../../../../cloudfunctions/ground/instant'
import {
  aChild,
  coReporter,
  reporter,
  reportIn,
  secondCoReporter,
  secondSupporter,
  supportedBy,
  supporter,
  take,
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

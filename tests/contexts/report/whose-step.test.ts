import { reportStatuses } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import { denialOf } from '../../../cloudfunctions/contexts/report/whose-step'
import { branch, everyAction, housingBureau, reportIn } from '../../support/builders'

const said = (...[why, action, report]: Parameters<typeof denialOf>) => denialOf(why, action, report).error

describe('a refusal says whose step it is', () => {
  test.each(everyAction)('%s, in whatever status', (action) => {
    for (const status of reportStatuses) {
      const { code, message } = said('not-allowed', action, reportIn(status))
      expect(code).toBe('not-allowed')
      expect(message).toMatch(/^这一步不归您，由.+来做$/)
      expect(message).not.toMatch(/undefined|null/)
    }
  })

  test('by the name of the unit that has it, and of the one that works on it', () => {
    expect(said('not-allowed', 'accept', reportIn('routed')).message).toContain(branch.name)
    const dispatched = reportIn('dispatched')
    expect(said('not-allowed', 'claim-fixed', dispatched).message).toContain(housingBureau.name)
    expect(said('not-allowed', 'rate', reportIn('resolved')).message).toBe('这一步不归您，由上报人来做')
  })

  test('or as what the matter stands, where it is theirs at another time', () => {
    expect(said('wrong-status', 'accept', reportIn('accepted')).message).toBe(
      '这件事现在是“已受理”，这一步做不了',
    )
  })
})

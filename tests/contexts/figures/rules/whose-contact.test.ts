import { rateFactsOf } from '../../../../cloudfunctions/contexts/figures/rules/rates'
import { dayMs } from '../../../../cloudfunctions/ground/instant'
import {
  branch,
  otherBranch,
  reporter,
  reportIn,
  rules,
  secretary,
  take,
  takeAll,
  unitFacts,
} from '../../../support/builders'

describe('C1: a contact that the resident denies', () => {
  const denied = takeAll(reportIn('accepted'), 'contact', 'deny-contact')

  test('has reached nobody, however many there were', () => {
    expect(reportIn('accepted').contactedAt).toBeUndefined()
    const twice = takeAll(reportIn('accepted'), 'contact', 'contact')
    expect(twice.contactedAt).toBeDefined()
    expect(take(twice, 'deny-contact', { by: reporter }).contactedAt).toBeUndefined()
  })

  test('A2: is not its unit’s in the figures: the first word is whose that stands', () => {
    const moved = take(denied, { kind: 'transfer', to: unitFacts(otherBranch), note: '' }, { by: secretary })
    const called = takeAll(moved, 'accept', 'contact')
    const { contact } = rateFactsOf(called, called.changedAt + 30 * dayMs, rules)
    expect(called.contacts.map((one) => one.unitId)).toEqual([branch.id, otherBranch.id])
    expect(contact).toMatchObject({ isKept: true, unitIds: [otherBranch.id] })
  })
})

import { bondAccessActions, seatToKeep } from '../../../cloudfunctions/contexts/co-building/access'
import { staffRoles } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { aMembership, banner, branch, otherBranch, township } from '../../support/builders'

const where = [
  ['in the unit itself', branch, true],
  ['in a unit above it', township, true],
  ['two levels above it', banner, true],
  ['beside it', otherBranch, false],
] as const

describe.each(bondAccessActions)('%s', (action) => {
  test.each(where)('%s is an admin’s, and nobody else’s', (_where, seatUnit, isNear) => {
    for (const role of staffRoles) {
      const seat = seatToKeep({ memberships: [aMembership(seatUnit, role)] }, action, branch)
      expect([role, seat !== undefined]).toEqual([role, isNear && role === 'admin'])
    }
  })

  test('of a unit above is not that of an admin below', () => {
    expect(seatToKeep({ memberships: [aMembership(branch, 'admin')] }, action, township)).toBeUndefined()
  })
})

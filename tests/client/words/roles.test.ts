import { hasQueue, isLevelRole, isPartnerRole } from '../../../client/words/roles'
import { staffRoles } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { readingRoles } from '../../../cloudfunctions/contexts/report/rules/standing'

test('L3: a queue is offered to those who read reports, and to nobody else', () => {
  expect(staffRoles.filter(hasQueue)).toEqual([...readingRoles])
  expect(staffRoles.filter((role) => isLevelRole(role) && isPartnerRole(role))).toEqual([])
})

import { eventSigns, requestTag, sentences } from '../../../client/words/matter'
import { hasQueue, isLevelRole, isPartnerRole, roleLabels } from '../../../client/words/roles'
import { readingRoles } from '../../../cloudfunctions/domain/access/standing'
import { staffRoles } from '../../../cloudfunctions/domain/organisation/unit'
import { reportEventKinds } from '../../../cloudfunctions/domain/report/report'
import { requestKinds } from '../../../cloudfunctions/domain/report/request'

test('every line of the trace has a sign, every seat a name, every request a few words', () => {
  expect(Object.keys(eventSigns).sort()).toEqual([...reportEventKinds].sort())
  expect(Object.keys(roleLabels).sort()).toEqual([...staffRoles].sort())
  for (const kind of requestKinds) expect(requestTag(kind)).toMatch(/[\u4e00-\u9fff]{3,}/u)
})

test('L3: a queue is offered to those who read reports, and to nobody else', () => {
  expect(staffRoles.filter(hasQueue)).toEqual([...readingRoles])
  expect(staffRoles.filter((role) => isLevelRole(role) && isPartnerRole(role))).toEqual([])
})

test('L6: five short sentences, word for word', () => {
  expect(Object.values(sentences)).toEqual([
    '时限已用三分之一，转出后超期仍记本支部',
    '公示三天，没人反对就销号',
    '自己人的好评不算，差评算',
    '有人说没修好，上级到现场看',
    '不予受理要上级同意',
  ])
})

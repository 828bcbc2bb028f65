import { randomUUID } from 'node:crypto'
import { participantKey } from '../../cloudfunctions/contexts/report/rules/participant-key'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { keyedWith } from '../../cloudfunctions/platform/cloudbase/environment'
import { openTestCloud, type TestCloud, testSecret } from '../support/cloud'

jest.setTimeout(300_000)

/** Rows of people follow what the report says of them: until they do, the report is right. */
const keyed = keyedWith(Buffer.from(testSecret, 'hex'))
let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())

const rowOf = async (reportId: string, person: string) =>
  (await town.documents<{ readonly _id: string; readonly part: string }>('participants')).find(
    ({ _id }) => _id === `${reportId}.${participantKey(keyed, `custom:${person}`, reportId)}`,
  )
const setRow = (reportId: string, person: string, fields: object) =>
  town.meddle('participants', `${reportId}.${participantKey(keyed, `custom:${person}`, reportId)}`, fields)
const submit = async (person: string) =>
  (await town.as(person).submit({ categoryId: 'ordinary', photos: [] })).reportId

/** Their reporter has left, a neighbour has the place, and the command was cut off before any row said so. */
const succeeded = async (leaving: string) => {
  const reportId = await submit(leaving)
  await town.as('neighbour').get('report.support', { commandId: randomUUID(), reportId })
  await town.as(leaving).step('report.withdraw', reportId, { reason: '' })
  await setRow(reportId, leaving, { part: 'reporter' })
  await setRow(reportId, 'neighbour', { part: 'supporter' })
  return reportId
}

test('H3: whether the reporter is one of ours is asked of whoever has the place, not of who has left it', async () => {
  const reportId = await succeeded('grid-worker')
  await town.as('secretary').step('report.accept', reportId, {})
  await town.as('secretary').step('report.contact', reportId, { channel: 'visit', note: '去看了' })
  const { contacts, reporterKey } = await town.report(reportId)
  expect(reporterKey).toBe(participantKey(keyed, 'custom:neighbour', reportId))
  expect(contacts).toHaveLength(1)
  expect(contacts[0]).not.toHaveProperty('isOwn')
})

test('M4: with a report that is taken out leaves who had reported it then, whoever has its place by the time that is seen to', async () => {
  const parentId = await submit('second-neighbour')
  const childId = await submit('resident')
  await town.as('neighbour').get('report.support', { commandId: randomUUID(), reportId: childId })
  await town.as('secretary').step('report.accept', parentId, {})
  await town.as('secretary').step('report.merge', childId, { parentReportId: parentId })
  expect((await rowOf(parentId, 'resident'))?.part).toBe('co-reporter')
  await town.as('resident').step('report.unmerge', childId, {})
  const { outbox } = await town.report(childId)
  const leaving = outbox.find(({ kind }) => kind === 'leave-parent')
  expect(leaving).toBeDefined()
  // As it was before that was seen to; meanwhile the reporter leaves, too.
  await town.as('resident').step('report.withdraw', childId, { reason: '' })
  await setRow(parentId, 'resident', { part: 'co-reporter' })
  await setRow(childId, 'resident', { part: 'reporter' })
  await town.later(minuteMs)
  expect((await town.report(childId)).reporterKey).toBe(participantKey(keyed, 'custom:neighbour', childId))
  expect((await rowOf(parentId, 'resident'))?.part).toBe('left')
  expect((await town.as('resident').get('report.get', { reportId: parentId })).part).toBeNull()
})

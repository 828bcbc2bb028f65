import { randomUUID } from 'node:crypto'
import { participantKey } from '../../cloudfunctions/contexts/report/rules/participant-key'
import { keyedWith } from '../../cloudfunctions/platform/cloudbase/environment'
import { openTestCloud, type TestCloud, testSecret } from '../support/cloud'

jest.setTimeout(300_000)

const keyed = keyedWith(Buffer.from(testSecret, 'hex'))

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints.splice(0)).toEqual([]))

const aMatter = async () =>
  (await town.as('resident').submit({ categoryId: 'ordinary', photos: [] })).reportId
const tap = (person: string, reportId: string) =>
  town.as(person).get('report.support', { commandId: randomUUID(), reportId })
const rowsOf = (reportId: string, part: string) =>
  town.documents<{ readonly _id: string; readonly reportId: string; readonly part: string }>('participants', {
    reportId,
    part,
  })

test('of a hundred and fifty who tap in the same moment each is counted, once', async () => {
  const reportId = await aMatter()
  const villagers = Array.from({ length: 150 }, (_, no) => `one-of-many-${no}`)
  await Promise.all(villagers.map((one) => tap(one, reportId)))
  expect((await town.report(reportId)).supporters.count).toBe(150)
  // Whoever is asked later says the same.
  await tap('one-more', reportId)
  expect((await town.report(reportId)).supporters.count).toBe(151)
  expect(await rowsOf(reportId, 'supporter')).toHaveLength(151)
  expect(await rowsOf(reportId, 'joining')).toEqual([])
  for (const one of [...villagers.slice(0, 3), 'one-more'])
    expect((await town.as(one).get('report.get', { reportId })).part).toBe('supporter')
})

test('who was counted behind a hundred others, and cut off before their row said so, is not counted again', async () => {
  const reportId = await aMatter()
  const { submittedAt } = await town.report(reportId)
  // A hundred and fifty have put down their rows and were cut off.
  await town.put(
    'participants',
    Array.from({ length: 150 }, (_, no) => {
      const accountId = `custom:cut-off-${no}`
      const key = participantKey(keyed, accountId, reportId)
      return {
        _id: `${reportId}.${key}`,
        reportId,
        key,
        accountId,
        part: 'joining',
        phone: null,
        joinedAt: submittedAt + no / 1000,
      }
    }),
  )
  await tap('the-last', reportId)
  const { supporters } = await town.report(reportId)
  expect(supporters.count).toBe(101)
  expect(supporters.countedIn).toContain(participantKey(keyed, 'custom:the-last', reportId))
  // Cut off as well, before any row was marked.
  for (const key of supporters.countedIn)
    await town.meddle('participants', `${reportId}.${key}`, { part: 'joining' })
  for (const one of ['next', 'and-next', 'and-one-more']) await tap(one, reportId)
  expect((await town.report(reportId)).supporters.count).toBe(154)
  expect(await rowsOf(reportId, 'joining')).toEqual([])
})

import { randomUUID } from 'node:crypto'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(300_000)

const words = '拉来了砂石，垫平了一段，下雨停工，明天接着干。'.repeat(8)

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())

const everyLine = async (person: string, reportId: string) => {
  const { timeline, olderCount } = await town.as(person).get('report.get', { reportId })
  const { lines } = await town.as(person).get('report.olderLines', { reportId })
  expect(lines).toHaveLength(olderCount)
  return [...timeline, ...lines].sort((one, other) => one.seq - other.seq)
}
const readers = ['resident', 'secretary', 'second-neighbour'] as const
const asReadByAll = async (reportId: string) => {
  const read: Record<string, unknown> = {}
  for (const person of readers) read[person] = await everyLine(person, reportId)
  return read
}

/** A matter that has been worked on so often, before the clock has run. */
const workedOn = async (times: number) => {
  const { reportId } = await town.as('resident').submit({ categoryId: 'ordinary', photos: [] })
  const { rev } = await town.report(reportId)
  const accept = { commandId: randomUUID(), reportId, rev }
  await town.as('secretary').get('report.accept', accept)
  for (let no = 0; no < times; no += 1)
    await town
      .as('secretary')
      .step('report.progress', reportId, { note: `${no} ${words}`, photos: [], isPublic: no % 3 !== 0 })
  return { reportId, accept }
}

test('a long trace is read as before by everybody, though the report holds only its latest lines', async () => {
  const { reportId, accept } = await workedOn(50)
  const before = await asReadByAll(reportId)
  const { rev } = await town.as('secretary').get('report.get', { reportId })
  await town.later(minuteMs)
  const { timeline, shelved } = await town.report(reportId)
  expect(shelved).toBeDefined()
  expect(Buffer.byteLength(JSON.stringify(timeline))).toBeLessThan(20_000)
  expect(await asReadByAll(reportId)).toEqual(before)
  expect((await town.as('secretary').get('report.get', { reportId })).rev).toBe(rev)
  // A command whose line has left is not carried out again: the matter has changed since it was seen.
  expect(await town.as('secretary').refused('report.accept', accept)).toBe('stale-rev')
  expect(town.complaints).toEqual([])
})

test('cut off before or after any of the clock’s calls, no line is lost or there twice', async () => {
  const { reportId } = await workedOn(45)
  const before = await asReadByAll(reportId)
  for (let step = 8; step < 40; step += 2) {
    for (const when of ['before', 'after'] as const) {
      town.cloud.faults.add({ kind: 'crash', functionName: 'clock', step, when })
      await town.cloud.runTimer('clock').catch(() => undefined)
      town.cloud.faults.clear()
      expect(await asReadByAll(reportId)).toEqual(before)
    }
  }
  await town.later(minuteMs)
  expect((await town.report(reportId)).shelved).toBeDefined()
  expect(await asReadByAll(reportId)).toEqual(before)
  town.complaints.length = 0
})

test('who may not know of a matter learns nothing of its older lines', async () => {
  expect(await town.as('resident').refused('report.olderLines', { reportId: 'r-of-nobody' })).toBe(
    'not-found',
  )
  const { reportId } = await town
    .as('resident')
    .submit({ categoryId: 'about-branch', photos: [], text: '支部的人不作为' })
  expect(await town.as('second-neighbour').refused('report.olderLines', { reportId })).toBe('not-found')
  expect((await town.as('resident').get('report.olderLines', { reportId })).lines).toEqual([])
})

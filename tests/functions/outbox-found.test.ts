import { cloudPorts } from '../../cloudfunctions/entrypoints/ports'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { openTestCloud, type TestCloud } from '../support/cloud'

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())

test('work that is put into an outbox which the clock has emptied meanwhile is found by its next run', async () => {
  const { reportId } = await town.as('resident').submit({})
  const { reports } = cloudPorts(town.app)
  const seen = await town.report(reportId)
  expect(seen.outbox).not.toEqual([])
  await town.later(minuteMs)
  expect((await town.report(reportId)).outbox).toEqual([])
  // Whoever has read it before: the clock's emptying is no new revision.
  const [entry] = seen.outbox
  if (!entry) throw new Error('there was work')
  const outbox = [...seen.outbox, { ...entry, id: `${seen.rev + 1}.0` }]
  await expect(reports.replace(seen, { ...seen, rev: seen.rev + 1, outbox })).resolves.toBe(true)
  await town.later(minuteMs)
  expect((await town.report(reportId)).outbox).toEqual([])
})

test('Q1, A4: a month of a unit above that its children made is worked out for its own matters too', async () => {
  const { figures } = cloudPorts(town.app)
  const id = 'township-of-its-own@2026-03'
  const none = { isChanged: false, moves: [], own: {}, below: {} }
  await expect(figures.setBelow({ id, rev: 0, above: [], ...none }, { due: 1 })).resolves.toBe(true)
  const due = await figures.monthsDue(town.now(), 50)
  expect(due.map(({ section }) => section.id)).toContain(id)
})

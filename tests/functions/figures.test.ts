import type { FiguresDocument } from '../../cloudfunctions/contexts/figures/store'
import type { ReportDocument } from '../../cloudfunctions/contexts/report/report-documents'
import { dayMs } from '../../cloudfunctions/ground/instant'
import { banner, branch, region, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(300_000)

let town: TestCloud
beforeEach(async () => {
  town = await openTestCloud()
})
afterEach(() => town.close())

const tabsOf = async (person: string, unitId: string) => {
  const { tabs } = await town.as(person).get('queue.counts', { unitId })
  return Object.fromEntries(tabs.map(({ tab, count }) => [tab, count]))
}
/** For so long an instance answers those who have not signed in the same. */
const anonymouslyKeptMs = 15_000
const openIn = async (unitId: string): Promise<number> =>
  (await town.as(null).get('unit.get', { unitId })).openCount

test('a branch sees at once what it did and what was sent to it; the levels above see it when the clock has run', async () => {
  const { reportId } = await town.as('resident').submit()
  expect(await tabsOf('secretary', branch.id)).toMatchObject({ waiting: 1, working: 0 })
  await town.as('secretary').step('report.accept', reportId, {})
  expect(await tabsOf('secretary', branch.id)).toMatchObject({ waiting: 0, working: 1 })
  expect(await openIn(township.id)).toBe(0)
  const before = town.now()
  await town.later(anonymouslyKeptMs)
  for (const { id } of [branch, township, banner, region]) expect(await openIn(id)).toBe(1)
  const { asOf } = await town.as('township-staff').get('queue.counts', { unitId: township.id })
  expect(asOf).toBeGreaterThanOrEqual(before)
  expect(town.complaints).toEqual([])
})

test('reports that were stored before there were figures are counted by the clock, and nothing of them changes', async () => {
  const { reportId } = await town.as('resident').submit()
  await town.later(0)
  await town.meddle('reports', reportId, { countedIn: town.app.database().command.remove() })
  for (const { _id } of await town.documents<FiguresDocument>('figures'))
    await town.app.database().collection('figures').where({ _id }).remove()
  const before = await town.report(reportId)
  await town.later(dayMs)
  for (const { id } of [branch, township, banner, region]) expect(await openIn(id)).toBe(1)
  const [after] = await town.documents<ReportDocument>('reports', { _id: reportId } as never)
  expect(after).toMatchObject({ submittedAt: before.submittedAt, queueUnitId: branch.id })
  expect(town.complaints).toEqual([])
})

test('a figure that does not agree with the reports is told, and put right on the next day', async () => {
  await town.as('resident').submit()
  await town.later(0)
  await town.meddle('figures', branch.id, { own: { open: 7 } })
  await town.meddle('figures', township.id, { below: { open: 9 } })
  await town.later(dayMs)
  await town.later(anonymouslyKeptMs)
  for (const { id } of [branch, township, banner, region]) expect(await openIn(id)).toBe(1)
  expect(town.complaints.join()).toContain('"figuresDrifted":[{"section":"')
  expect(town.complaints.join()).toContain('"by":{"open":-6}')
})

test('Q1, Q7: a branch’s rates are its months’, whenever its page is read, and stand to those of its banner', async () => {
  for (let count = 0; count < 10; count += 1) {
    const { reportId } = await town.as('resident').submit({ categoryId: 'danger' })
    await town.as('secretary').step('report.accept', reportId, {})
    await town.as('secretary').step('report.contact', reportId, { channel: 'visit', note: '看过了' })
  }
  await town.later(3 * dayMs)
  const { rates } = await town.as('secretary').get('unit.get', { unitId: branch.id })
  expect(rates).toMatchObject({
    response: { numerator: 10, denominator: 10, value: 1 },
    standings: { response: 'usual', solved: null, satisfaction: null },
  })
  expect(rates?.fromAt).toBe(Date.parse('2026-01-01T00:00:00+08:00'))
  const [ofBanner] = await town.documents<FiguresDocument>('figures', {
    _id: `${banner.id}@2026-03`,
  } as never)
  expect(ofBanner).toMatchObject({ below: { kept: 10, due: 10 } })
  expect(town.complaints).toEqual([])
})

import { randomUUID } from 'node:crypto'
import { dayMs } from '../../cloudfunctions/ground/instant'
import { banner, mondayAt, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(300_000)
let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const untilAt = mondayAt + 30 * dayMs
const inSpring = { reason: '地没化', plan: '四月开工', untilAt, isSeasonal: true }

describe('K6: work that waits for the thaw', () => {
  test('is offered with its last date, granted by the banner alone and shown to everyone', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'lane-hardening' })
    await town.as('secretary').step('report.accept', reportId, {})
    const offered = await town.as('secretary').get('report.get', { reportId })
    expect(offered.suspendable).toEqual({ ordinaryDays: 90, putOffUntilOn: '2026-04-30' })
    expect((await town.as('resident').get('report.get', { reportId })).suspendable).toBeNull()

    await town.as('secretary').step('report.suspend', reportId, inSpring)
    const { rev } = await town.report(reportId)
    const yes = { reportId, rev, request: 'suspend', isGranted: true, note: '' }
    expect(
      await town.as('township-staff').refused('report.ruleOn', { ...yes, commandId: randomUUID() }),
    ).toBe('no-request')
    const requests = { tab: 'requests' } as const
    const [forTownship, forBanner] = await Promise.all([
      town.as('township-staff').get('queue.list', { unitId: township.id, ...requests }),
      town.as('banner-staff').get('queue.list', { unitId: banner.id, ...requests }),
    ])
    expect([forTownship.rows.length, forBanner.rows.length]).toEqual([0, 1])
    await town
      .as('banner-staff')
      .get('report.ruleOn', { ...yes, commandId: randomUUID(), request: 'suspend' })
    expect(await town.as(null).get('report.get', { reportId })).toMatchObject({
      status: 'suspended',
      suspension: { reason: '地没化', plan: '四月开工', untilAt, isSeasonal: true },
    })
    expect(await town.report(reportId)).toMatchObject({ suspendedDays: 0, suspendedWinters: [2025] })
  })

  test('is not offered for what needs no thaw', async () => {
    const { reportId } = await town.as('neighbour').submit({ categoryId: 'street-lamp' })
    await town.as('secretary').step('report.accept', reportId, {})
    const seen = await town.as('secretary').get('report.get', { reportId })
    expect(seen.suspendable).toEqual({ ordinaryDays: 90, putOffUntilOn: null })
    const { rev } = await town.report(reportId)
    const asked = { ...inSpring, reportId, rev, commandId: randomUUID() }
    expect(await town.as('secretary').refused('report.suspend', asked)).toBe('no-thaw-needed')
  })
})

import { randomUUID } from 'node:crypto'
import { dayMs, hourMs } from '../../cloudfunctions/domain/instant'
import { branch, otherBranch, township } from '../support/builders'
import { inTheLane, onTheBorder, openTestCloud, type TestCloud } from '../support/cloud'

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const titlesAbout = async (person: string, reportId: string): Promise<readonly string[]> => {
  const { rows } = await town.as(person).get('inbox.list', { limit: 50 })
  return rows.filter((row) => row.reportId === reportId).map((row) => row.title)
}
const evidence = (person: string) => ({
  note: '好了',
  after: [`photo-of-${person}`],
  remedy: 'lasting' as const,
})

describe('one problem of several residents', () => {
  test('is offered before sending, and joined by 我也遇到; withdrawn, it goes on with whoever joined', async () => {
    const { reportId } = await town.as('resident').submit()
    const near = await town
      .as('neighbour')
      .get('report.nearby', { point: inTheLane, categoryId: 'lane-repair' })
    expect(near.rows).toMatchObject([{ id: reportId, distanceMetres: expect.any(Number) }])
    await town.as('neighbour').get('report.support', { commandId: randomUUID(), reportId })
    await town.later(0)
    await town.as('secretary').step('report.accept', reportId, {})
    await town.later(0)
    expect(await titlesAbout('neighbour', reportId)).toEqual(['已受理'])
    expect((await town.as('neighbour').get('report.mine', {})).rows.map((row) => row.id)).toEqual([reportId])
    expect((await town.as('resident').step('report.withdraw', reportId, {})).status).toBe('accepted')
    await town.later(0)
    expect(await town.as('neighbour').get('report.get', { reportId })).toMatchObject({
      part: 'reporter',
      view: 'parties',
      supporterCount: 0,
    })
    // Who has left knows no more of it than anybody.
    expect(await town.as('resident').get('report.get', { reportId })).toMatchObject({
      part: null,
      view: 'public',
    })
  })

  test('merged, and merged again, tells everybody once what becomes of it', async () => {
    const place = { point: { lng: 110.521, lat: 40.562 }, words: '学校后面' }
    const first = await town.as('resident').submit({ place, categoryId: 'street-lamp' })
    await town.later(hourMs)
    const second = await town.as('neighbour').submit({ place, categoryId: 'street-lamp' })
    await town.later(hourMs)
    const third = await town
      .as('second-neighbour')
      .submit({ place: { words: '学校后面', namedUnitId: branch.id }, categoryId: 'street-lamp' })
    await town.as('villager').get('report.support', { commandId: randomUUID(), reportId: third.reportId })

    const merge = (reportId: string, parentReportId: string) =>
      town.as('secretary').step('report.merge', reportId, { parentReportId })
    await merge(third.reportId, second.reportId)
    await merge(second.reportId, first.reportId)
    expect(await titlesAbout('villager', third.reportId)).toEqual([])
    expect((await town.report(first.reportId)).supporters).toHaveLength(3)

    await town.as('secretary').step('report.accept', first.reportId, {})
    for (const person of ['neighbour', 'second-neighbour', 'villager']) {
      expect(await titlesAbout(person, first.reportId)).toEqual(['已受理'])
    }
    expect(await titlesAbout('resident', first.reportId)).toEqual(['已受理', '已收到'])
  })

  test('merged by whoever reported it twice leaves that resident the reporter', async () => {
    const place = { point: { lng: 110.519, lat: 40.558 }, words: '' }
    const first = await town.as('resident').submit({ place, categoryId: 'rubbish' })
    await town.later(hourMs)
    const second = await town.as('resident').submit({ place, categoryId: 'rubbish' })
    await town.as('secretary').step('report.merge', second.reportId, { parentReportId: first.reportId })
    expect((await town.report(first.reportId)).supporters).toEqual([])
    await town.as('secretary').step('report.accept', first.reportId, {})
    const seen = await town.as('resident').get('report.get', { reportId: first.reportId })
    expect(seen).toMatchObject({ part: 'reporter', childCount: 1 })
  })

  test('on the list is cleared by most of those who answer, and never by a child’s supporter alone', async () => {
    const place = { point: { lng: 110.523, lat: 40.563 }, words: '' }
    const first = await town.as('resident').submit({ place, categoryId: 'lane-repair' })
    await town.later(hourMs)
    const second = await town.as('neighbour').submit({ place, categoryId: 'lane-repair' })
    await town.as('villager').get('report.support', { commandId: randomUUID(), reportId: second.reportId })
    await town.as('secretary').step('report.merge', second.reportId, { parentReportId: first.reportId })
    await town.as('secretary').step('report.accept', first.reportId, {})
    await town.as('secretary').step('redFace.declare', first.reportId, { note: '意见最大' })
    await town.later(25 * hourMs)
    await town.as('secretary').step('report.resolve', first.reportId, evidence('secretary'))
    await town.as('villager').step('redFace.answer', first.reportId, { isGone: true })
    expect((await town.report(first.reportId)).redFaces).toMatchObject([{ state: 'public' }])
    await town.as('neighbour').step('redFace.answer', first.reportId, { isGone: true })
    expect((await town.report(first.reportId)).redFaces).toMatchObject([
      { state: 'cleared', consent: 'supporters' },
    ])
  })

  test('is not one of the secretary’s: the branch cannot join and then confirm its own work', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'ordinary' })
    for (const person of ['secretary', 'grid-worker', 'township-staff']) {
      expect(await town.as(person).refused('report.support', { commandId: randomUUID(), reportId })).toBe(
        'not-allowed',
      )
    }
  })
})

describe('between units', () => {
  test('a neighbouring branch takes over what lies on its border, and no time moves', async () => {
    const place = { point: onTheBorder, words: '', accuracyMetres: 60 }
    const { reportId, acceptDueAt, branchName } = await town
      .as('resident')
      .submit({ place, categoryId: 'ordinary' })
    expect(branchName).toBe(branch.name)
    const { rows } = await town.as('other-secretary').get('inbox.list', { unitId: otherBranch.id })
    expect(rows[0]).toMatchObject({ reportId, title: '边界诉求' })
    await town.as('other-secretary').step('report.takeOver', reportId, {})
    expect(await town.report(reportId)).toMatchObject({
      branchId: otherBranch.id,
      deadlines: { acceptDueAt },
    })
    expect(await town.as('secretary').refused('report.accept', await onReport(reportId))).toBe('not-allowed')
    await town.as('other-secretary').step('report.accept', reportId, {})
  })

  test('three returns, each sorted by hand, and then no more', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'complex' })
    for (let count = 0; count < 3; count += 1) {
      await town.as('secretary').step('report.return', reportId, { reason: 'not-our-duty' })
      const { rows } = await town
        .as('township-staff')
        .get('queue.list', { unitId: township.id, tab: 'sorting' })
      expect(rows.map((row) => row.id)).toContain(reportId)
      await town.as('township-staff').step('report.route', reportId, { toUnitId: branch.id })
    }
    const input = { ...(await onReport(reportId)), reason: 'not-our-duty' }
    expect(await town.as('secretary').refused('report.return', input)).toBe('return-limit')
  })

  test('the level above decides what the branch asked for: suspension, extension, transfer', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'lane-hardening' })
    await town.as('secretary').step('report.accept', reportId, {})
    const untilAt = Math.floor(town.now() + 20 * dayMs)
    await town.as('secretary').step('report.suspend', reportId, { reason: '等预算', plan: '明年', untilAt })
    const { rows } = await town
      .as('township-staff')
      .get('queue.list', { unitId: township.id, tab: 'requests' })
    expect(rows).toMatchObject([{ id: reportId, pendingRequestKind: 'suspend' }])
    const grant = async (request: 'suspend' | 'extend' | 'transfer') =>
      town.as('township-staff').step('report.decide', reportId, { request, isGranted: true })
    expect((await grant('suspend')).status).toBe('suspended')
    await town.later(20 * dayMs)
    expect((await town.report(reportId)).status).toBe('accepted')
    const { resolveDueAt } = (await town.report(reportId)).deadlines
    await town
      .as('secretary')
      .step('report.extend', reportId, { reason: '下雨', resolveDueAt: resolveDueAt + dayMs })
    await grant('extend')
    expect((await town.report(reportId)).deadlines.resolveDueAt).toBe(resolveDueAt + dayMs)
    await town
      .as('secretary')
      .step('report.transfer', reportId, { toUnitId: otherBranch.id, note: '那边的巷子' })
    await grant('transfer')
    expect(await town.report(reportId)).toMatchObject({ status: 'routed', branchId: otherBranch.id })
  })

  test('an appeal against a refusal goes one level up and brings the report back', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'public-security' })
    await town
      .as('secretary')
      .step('report.decline', reportId, { reason: 'private-dispute', note: '邻里纠纷' })
    await town.as('resident').step('report.appeal', reportId, { reason: '不是纠纷' })
    await town
      .as('township-staff')
      .step('report.decide', reportId, { request: 'appeal-decline', isGranted: true })
    expect(await town.report(reportId)).toMatchObject({ status: 'routed', branchId: branch.id })
    expect(await titlesAbout('resident', reportId)).toEqual(['申诉成立', '不予受理', '已收到'])
  })
})

const onReport = async (reportId: string) => ({
  commandId: randomUUID(),
  reportId,
  rev: (await town.report(reportId)).rev,
})

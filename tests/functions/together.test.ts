import { randomUUID } from 'node:crypto'
import { dayMs, hourMs } from '../../cloudfunctions/ground/instant'
import { banner, branch, housingBureau, otherBranch, township } from '../support/builders'
import { onTheBorder, openTestCloud, type TestCloud } from '../support/cloud'
import { inTheLane } from '../support/town'

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
      // M3: in the place of the one who left, without their words.
      view: 'co-reporter',
      text: null,
      supporterCount: 0,
    })
    // Who has left knows no more of it than anybody.
    expect(await town.as('resident').get('report.get', { reportId })).toMatchObject({
      part: null,
      view: 'public',
    })
  })

  test('C1: 没人联系我, said in one’s own report, is said of the call that came into the family with it', async () => {
    const place = { point: { lng: 110.523, lat: 40.563 }, words: '供销社后墙' }
    const declared = await town.as('secretary').get('redFace.declareNew', {
      commandId: randomUUID(),
      unitId: branch.id,
      categoryId: 'ordinary',
      text: '后墙一直没人修',
      place,
    })
    const own = await town.as('neighbour').submit({ place, categoryId: 'ordinary', photos: [] })
    await town.as('secretary').step('report.accept', own.reportId, {})
    await town.as('secretary').step('report.contact', own.reportId, { channel: 'visit', note: '去过了' })
    await town.as('township-staff').step('report.merge', own.reportId, { parentReportId: declared.reportId })
    await town.later(0)
    expect((await town.report(declared.reportId)).contactedAt).toBeDefined()
    await town.as('neighbour').step('report.denyContact', own.reportId, {})
    await town.later(0)
    const family = await town.report(declared.reportId)
    expect(family.contactedAt).toBeUndefined()
    expect(family.contacts).toMatchObject([{ deniedAt: expect.any(Number) }])
    expect(family.outbox).toEqual([])
  })

  test('M3, M4: merged, everybody is told once; taken out again by its reporter, it goes on for good with whoever came along', async () => {
    const place = { point: { lng: 110.521, lat: 40.562 }, words: '学校后面' }
    const first = await town.as('resident').submit({ place, categoryId: 'street-lamp' })
    await town.later(hourMs)
    const second = await town.as('neighbour').submit({ place, categoryId: 'street-lamp' })
    await town.later(hourMs)
    const third = await town.as('second-neighbour').submit({ place, categoryId: 'street-lamp' })
    await town.as('villager').get('report.support', { commandId: randomUUID(), reportId: third.reportId })

    const merge = (reportId: string, parentReportId: string) =>
      town.as('secretary').step('report.merge', reportId, { parentReportId })
    await merge(third.reportId, first.reportId)
    await merge(second.reportId, first.reportId)
    const family = await town.report(first.reportId)
    expect([family.coReporters.length, family.supporters.count, family.childReportIds.length]).toEqual([
      2, 1, 2,
    ])
    // A parent is merged nowhere: its children would lose their way.
    expect(
      await town.as('secretary').refused('report.merge', {
        ...(await onReport(first.reportId)),
        parentReportId: second.reportId,
      }),
    ).toBe('has-children')

    await town.as('secretary').step('report.accept', first.reportId, {})
    await town.later(0)
    for (const person of ['neighbour', 'second-neighbour', 'villager']) {
      expect(await titlesAbout(person, first.reportId)).toEqual(['已受理'])
    }
    expect(await titlesAbout('resident', first.reportId)).toEqual(['已受理', '已收到'])
    const seen = await town.as('neighbour').get('report.get', { reportId: first.reportId })
    expect(seen).toMatchObject({ part: 'co-reporter', view: 'co-reporter', text: null, childCount: 2 })

    const back = await town.as('second-neighbour').step('report.unmerge', third.reportId, {})
    expect(back.status).toBe('accepted')
    await town.later(0)
    expect(await town.report(first.reportId)).toMatchObject({
      childReportIds: [second.reportId],
      supporters: { count: 0 },
      coReporters: [{ fromReportId: second.reportId }],
    })
    for (const person of ['second-neighbour', 'villager']) {
      expect(await town.as(person).get('report.get', { reportId: first.reportId })).toMatchObject({
        part: null,
        view: 'public',
      })
    }
    await town.as('secretary').step('report.progress', third.reportId, { note: '料到了', isPublic: true })
    await town.later(0)
    expect((await titlesAbout('villager', third.reportId))[0]).toBe('办理进展')
    // M4: asked for again, it waits for the word of the one who took it out, and of nobody else.
    const asked = await merge(third.reportId, first.reportId)
    expect(asked.status).toBe('accepted')
    expect(await titlesAbout('second-neighbour', third.reportId)).toContain('还是同一件事吗？')
    const question = await town.as('second-neighbour').get('report.get', { reportId: third.reportId })
    expect(question.actions).toContain('agree')
    expect(question.requests).toMatchObject([{ kind: 'merge', mayAgree: true, mayRule: false }])
    const { rows } = await town.as('township-staff').get('queue.list', {
      unitId: township.id,
      tab: 'requests',
    })
    expect(rows.map((row) => row.id)).not.toContain(third.reportId)
    expect(
      await town.as('secretary').refused('report.merge', {
        ...(await onReport(third.reportId)),
        parentReportId: first.reportId,
      }),
    ).toBe('request-pending')
    const again = await town.as('second-neighbour').step('report.agree', third.reportId, { request: 'merge' })
    expect(again.status).toBe('merged')
    expect((await town.report(first.reportId)).childReportIds).toContain(third.reportId)
    // Taken out once more, it comes out accepted: the branch has accepted the family meanwhile.
    const out = await town.as('second-neighbour').step('report.unmerge', third.reportId, {})
    expect(out.status).toBe('accepted')
  })

  test('M3: a supporter whose own report is merged is a supporter again when it leaves', async () => {
    const place = { point: { lng: 110.5175, lat: 40.5625 }, words: '' }
    const first = await town.as('resident').submit({ place, categoryId: 'street-lamp' })
    await town.as('neighbour').get('report.support', { commandId: randomUUID(), reportId: first.reportId })
    await town.later(hourMs)
    const own = [
      await town.as('neighbour').submit({ place, categoryId: 'street-lamp' }),
      await town.as('neighbour').submit({ place, categoryId: 'street-lamp', text: '还是那盏灯' }),
    ]
    const partOf = async () =>
      (await town.as('neighbour').get('report.get', { reportId: first.reportId })).part
    for (const { reportId } of own) {
      await town.as('secretary').step('report.merge', reportId, { parentReportId: first.reportId })
      expect(await partOf()).toBe('co-reporter')
    }
    expect((await town.report(first.reportId)).coReporters).toHaveLength(1)
    await town.as('neighbour').step('report.unmerge', own[0]?.reportId ?? '', {})
    expect(await partOf()).toBe('co-reporter')
    await town.as('neighbour').step('report.unmerge', own[1]?.reportId ?? '', {})
    expect(await partOf()).toBe('supporter')
    expect(await town.report(first.reportId)).toMatchObject({
      coReporters: [],
      supporters: { count: 1 },
    })
  })

  test('merged by whoever reported it twice leaves that resident the reporter', async () => {
    const place = { point: { lng: 110.519, lat: 40.558 }, words: '' }
    const first = await town.as('resident').submit({ place, categoryId: 'rubbish' })
    await town.later(hourMs)
    const second = await town.as('resident').submit({ place, categoryId: 'rubbish' })
    await town.as('secretary').step('report.merge', second.reportId, { parentReportId: first.reportId })
    expect((await town.report(first.reportId)).supporters.count).toBe(0)
    await town.as('secretary').step('report.accept', first.reportId, {})
    const seen = await town.as('resident').get('report.get', { reportId: first.reportId })
    expect(seen).toMatchObject({ part: 'reporter', childCount: 1 })
  })

  test('F5: on the list it is cleared by two of its reporters, and by nobody before the others had their say', async () => {
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
    const state = async () =>
      (await town.as('resident').get('report.get', { reportId: first.reportId })).redFace
    const yes = { contacted: true, solved: 'yes', satisfaction: 'satisfied', remark: '' } as const
    await town.as('villager').step('redFace.answer', first.reportId, { isGone: true })
    expect(await state()).toMatchObject({ state: 'public', postedUntil: null })
    await town.as('neighbour').step('report.rate', first.reportId, yes)
    expect(await state()).toMatchObject({ state: 'public', postedUntil: null })
    await town.as('resident').step('report.rate', first.reportId, yes)
    const postedUntil = (await state())?.postedUntil ?? 0
    expect(postedUntil).toBeGreaterThan(town.now() + 2 * dayMs)
    await town.later(postedUntil - town.now() - hourMs)
    expect((await state())?.state).toBe('public')
    await town.later(2 * hourMs)
    expect(await state()).toMatchObject({ state: 'cleared', consent: 'posted' })
  })

  test('H3: of those who answer for it no yes is taken, and the no counts', async () => {
    const place = { point: { lng: 110.5165, lat: 40.558 }, words: '' }
    const { reportId } = await town.as('resident').submit({ place, categoryId: 'ordinary' })
    for (const person of ['grid-worker', 'township-staff', 'handler']) {
      await town.as(person).get('report.support', { commandId: randomUUID(), reportId })
    }
    await town.as('secretary').step('report.accept', reportId, {})
    await town.as('secretary').step('redFace.declare', reportId, { note: '意见最大' })
    await town.as('secretary').step('report.resolve', reportId, { note: '办好了', remedy: 'lasting' })
    await town.later(8 * dayMs)
    for (const person of ['grid-worker', 'township-staff']) {
      const yes = { ...(await onReport(reportId)), isGone: true }
      expect(await town.as(person).refused('redFace.answer', yes)).toBe('not-eligible')
    }
    const seen = await town.as('secretary').get('report.get', { reportId })
    expect(seen.redFace).toMatchObject({ state: 'public', goneCount: 0, notGoneCount: 0 })
    await town.as('grid-worker').step('redFace.answer', reportId, { isGone: false })
    await town.as('township-staff').step('redFace.answer', reportId, { isGone: false })
    expect((await town.as('secretary').get('report.get', { reportId })).redFace?.notGoneCount).toBe(2)
  })
})

test('H3: a first word to one of those who handle it counts in no figure, though they were none when they reported', async () => {
  const contactIn = async (reportId: string) => {
    await town.as('secretary').step('report.contact', reportId, { channel: 'visit', note: '上门看过' })
    return (await town.report(reportId)).contacts[0]
  }
  const { reportId } = await town.as('handler').submit({ categoryId: 'ordinary' })
  await town.as('secretary').step('report.accept', reportId, {})
  expect((await town.report(reportId)).isByMember).toBe(false)
  await town
    .as('secretary')
    .step('report.dispatch', reportId, { toUnitId: housingBureau.id, note: '请三天内垫平' })
  expect(await contactIn(reportId)).toMatchObject({ isOwn: true })
  const own = await town.as('grid-worker').submit({ categoryId: 'ordinary', photos: [] })
  expect((await town.report(own.reportId)).isByMember).toBe(true)
  const other = await town.as('resident').submit({ categoryId: 'ordinary' })
  await town.as('secretary').step('report.accept', other.reportId, {})
  expect(await contactIn(other.reportId)).not.toHaveProperty('isOwn')
})

describe('between units', () => {
  test('a neighbouring branch takes over what lies on its border, and no time moves', async () => {
    const place = { point: onTheBorder, words: '', accuracyMetres: 60 }
    const { reportId, resolveDueAt, branchName } = await town
      .as('resident')
      .submit({ place, categoryId: 'ordinary' })
    expect(branchName).toBe(branch.name)
    const { rows } = await town.as('other-secretary').get('inbox.list', { unitId: otherBranch.id })
    expect(rows[0]).toMatchObject({ reportId, title: '边界诉求' })
    await town.later(hourMs)
    await town.as('other-secretary').step('report.takeOver', reportId, {})
    expect(await town.report(reportId)).toMatchObject({
      answerableUnit: { id: otherBranch.id },
      deadlines: { resolveDueAt },
    })
    expect(await town.as('secretary').refused('report.accept', await onReport(reportId))).toBe('not-allowed')
    // A7: who loses it is told too.
    const lost = await town.as('secretary').get('inbox.list', { unitId: branch.id })
    expect(lost.rows[0]).toMatchObject({ reportId, title: '责任单位变更' })
    await town.as('other-secretary').step('report.accept', reportId, {})
  })

  test('A5: two returns are free, each sorted by hand; the third is asked for', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'complex' })
    for (let count = 0; count < 2; count += 1) {
      await town.as('secretary').step('report.return', reportId, { reason: 'not-our-duty' })
      const { rows } = await town
        .as('township-staff')
        .get('queue.list', { unitId: township.id, tab: 'sorting' })
      expect(rows.map((row) => row.id)).toContain(reportId)
      await town.as('township-staff').step('report.route', reportId, { toUnitId: branch.id })
    }
    await town.as('secretary').step('report.return', reportId, { reason: 'not-our-duty' })
    expect(await town.report(reportId)).toMatchObject({
      status: 'routed',
      answerableUnit: { id: branch.id },
      requests: [{ kind: 'pass-on', rulingUnitId: township.id }],
    })
    await town
      .as('township-staff')
      .step('report.ruleOn', reportId, { request: 'pass-on', isGranted: true, toUnitId: otherBranch.id })
    expect(await town.report(reportId)).toMatchObject({
      status: 'routed',
      answerableUnit: { id: otherBranch.id },
    })
  })

  test('K8: the level above rules on what the branch asked for, each in its own slot', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'lane-hardening' })
    await town.as('secretary').step('report.accept', reportId, {})
    const untilAt = Math.floor(town.now() + 20 * dayMs)
    await town.as('secretary').step('report.suspend', reportId, { reason: '等预算', plan: '明年', untilAt })
    const { resolveDueAt } = (await town.report(reportId)).deadlines
    await town
      .as('secretary')
      .step('report.extend', reportId, { reason: '下雨', resolveDueAt: resolveDueAt + dayMs })
    const { rows } = await town
      .as('township-staff')
      .get('queue.list', { unitId: township.id, tab: 'requests' })
    expect(rows).toMatchObject([{ id: reportId, pendingRequestKind: 'suspend' }])
    const rule = (request: 'suspend' | 'extend') =>
      town.as('township-staff').step('report.ruleOn', reportId, { request, isGranted: true })
    await rule('extend')
    expect((await town.report(reportId)).deadlines.resolveDueAt).toBe(resolveDueAt + dayMs)
    expect((await rule('suspend')).status).toBe('suspended')
    await town.later(20 * dayMs)
    expect((await town.report(reportId)).status).toBe('accepted')
    // Whoever asked does not rule, and whoever rules is told of nothing new.
    const left = await town.as('township-staff').get('queue.list', { unitId: township.id, tab: 'requests' })
    expect(left.rows.map((row) => row.id)).not.toContain(reportId)
  })

  test('A7, H1: an appeal against a refusal goes above the unit that granted it and brings the report back', async () => {
    const { reportId } = await town.as('resident').submit({ categoryId: 'public-security' })
    await town
      .as('secretary')
      .step('report.decline', reportId, { reason: 'private-dispute', note: '邻里纠纷' })
    expect((await town.report(reportId)).status).toBe('routed')
    await town.as('township-staff').step('report.ruleOn', reportId, { request: 'decline', isGranted: true })
    expect((await town.report(reportId)).status).toBe('declined')
    await town.as('resident').step('report.appeal', reportId, { reason: '不是纠纷' })
    expect((await town.report(reportId)).requests).toMatchObject([
      { kind: 'appeal-decline', rulingUnitId: banner.id },
    ])
    await town
      .as('banner-staff')
      .step('report.ruleOn', reportId, { request: 'appeal-decline', isGranted: true })
    expect(await town.report(reportId)).toMatchObject({ status: 'routed', answerableUnit: { id: branch.id } })
    expect((await titlesAbout('resident', reportId)).slice(1)).toEqual(['不予受理', '已收到'])
  })
})

const onReport = async (reportId: string) => ({
  commandId: randomUUID(),
  reportId,
  rev: (await town.report(reportId)).rev,
})

import { randomUUID } from 'node:crypto'
import type { ClockRun } from '../../cloudfunctions/entrypoints/clock/run-clock'
import { movePoint } from '../../cloudfunctions/ground/geometry'
import { dayMs } from '../../cloudfunctions/ground/instant'
import { banner, branch } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
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

describe('F3: a branch disputes what a resident said', () => {
  let reportId: string
  const appealAs = async (person: string) =>
    (await town.as(person).get('report.get', { reportId })).requests.find(
      (request) => request.kind === 'appeal-red-face',
    )
  const words = '下雨天还是过不去'

  test('the resident hears of it and speaks to it; whoever rules sees what is missing, and the words', async () => {
    reportId = (await town.as('resident').submit()).reportId
    await town.as('neighbour').get('report.support', { commandId: randomUUID(), reportId })
    const secretary = town.as('secretary')
    await secretary.step('report.accept', reportId, {})
    await secretary.step('report.resolve', reportId, { note: '垫平了', remedy: 'lasting' })
    await town
      .as('resident')
      .step('report.rate', reportId, { contacted: true, solved: 'no', satisfaction: 'dissatisfied' })
    await secretary.step('redFace.appeal', reportId, { reason: '已经修好' })
    await town.later(0)
    expect(await titlesAbout('resident', reportId)).toContain('您的评价有人申诉')
    expect(await titlesAbout('neighbour', reportId)).not.toContain('您的评价有人申诉')
    expect(await appealAs('township-staff')).toMatchObject({
      notYet: 'look-first',
      hearing: { askedCount: 1, saidCount: 0, words: [] },
    })
    await town.as('township-staff').step('report.look', reportId, { finding: 'solved', note: '平整' })
    expect(await appealAs('township-staff')).toMatchObject({ notYet: 'hear-first' })
    expect(
      await town.as('township-staff').refused('report.ruleOn', {
        commandId: randomUUID(),
        reportId,
        rev: (await town.report(reportId)).rev,
        request: 'appeal-red-face',
        isGranted: true,
      }),
    ).toBe('hear-first')
    await town.as('resident').step('report.sayToAppeal', reportId, { words, photos: ['photo-of-resident'] })
    expect(await appealAs('township-staff')).toMatchObject({
      notYet: null,
      hearing: { saidCount: 1, words: [{ text: `居民说：${words}`, photos: [expect.anything()] }] },
    })
    for (const person of ['neighbour', null]) {
      expect(JSON.stringify(await town.as(person).get('report.get', { reportId }))).not.toContain(words)
    }
  })

  test('struck, appealed and restored it is public, and the ledger that says so stands as it was written', async () => {
    const ruling = (request: 'appeal-red-face' | 'appeal-struck') => ({ request, isGranted: true })
    await town.as('township-staff').step('report.ruleOn', reportId, ruling('appeal-red-face'))
    const listed = async () =>
      (await town.as(null).get('redFace.list', { unitId: branch.id, tab: 'public' })).rows
    expect(await listed()).toEqual([])
    await town.as('resident').step('report.appealStruck', reportId, { reason: '那天没下雨' })
    expect((await town.report(reportId)).requests).toMatchObject([{ rulingUnitId: banner.id }])
    await town.as('banner-staff').step('report.ruleOn', reportId, ruling('appeal-struck'))
    await town.later(0)
    expect(await listed()).toMatchObject([{ reportId, causes: ['rated-unsolved'] }])
    const { rows } = await town.as(null).get('ledger.list', { unitId: banner.id, limit: 50 })
    expect(rows.map((row) => row.facts?.kind ?? null)).toEqual([
      'published',
      'restored',
      // What was struck within its notice is nobody's to read, now as before.
      null,
      null,
      null,
    ])
    await town.later(dayMs)
    expect(((await town.cloud.runTimer('clock')).value as ClockRun).ledgerBroken).toEqual([])
  })
})

describe('declared: what nobody has reported yet', () => {
  const place = { point: movePoint(inTheLane, -200, 0), words: '早市路口' }
  let reportId: string
  const takeUp = (
    person: string,
    point: { lng: number; lat: number } = place.point,
    commandId: string = randomUUID(),
  ) => town.as(person).get('report.takeUp', { commandId, reportId, point })
  const nearby = async (point: { lng: number; lat: number }) =>
    (await town.as('neighbour').get('report.nearby', { point, categoryId: 'rubbish' })).rows.find(
      (row) => row.id === reportId,
    )

  test('is offered nearby as one’s own, and farther off only to join', async () => {
    const input = {
      commandId: randomUUID(),
      unitId: branch.id,
      categoryId: 'rubbish' as const,
      text: '垃圾成堆',
    }
    // Words alone would be nobody's to take up, and a place of another branch is not theirs: it is said at that question.
    for (const [wrong, code] of [
      [{ words: '路口', namedUnitId: branch.id }, 'place-missing'],
      [{ words: '路口' }, 'place-missing'],
      [{ words: '' }, 'place-missing'],
      [{ words: '', point: movePoint(place.point, 20_000, 0) }, 'unknown-unit'],
    ] as const)
      expect(await town.as('secretary').send('redFace.declareNew', { ...input, place: wrong })).toMatchObject(
        { ok: false, error: { code, details: { fields: [{ field: 'place' }] } } },
      )
    reportId = (await town.as('secretary').get('redFace.declareNew', { ...input, place })).reportId
    expect(await nearby(place.point)).toMatchObject({
      title: '垃圾成堆',
      isUnreported: true,
      mayTakeUp: true,
    })
    const far = movePoint(place.point, 0, 300)
    expect((await nearby(movePoint(place.point, 0, 240)))?.mayTakeUp ?? false).toBe(false)
    expect(
      await town.as('neighbour').refused('report.takeUp', { commandId: randomUUID(), reportId, point: far }),
    ).toBe('too-far')
  })

  test('two take it up at once: one is its reporter, the other has it too and is told so', async () => {
    const people = ['neighbour', 'second-neighbour', 'villager']
    const answers = await Promise.all(people.map((person) => takeUp(person)))
    expect(answers.map((one) => one.part).sort()).toEqual(['reporter', 'supporter', 'supporter'])
    await town.later(0)
    for (const [place, person] of people.entries()) {
      const view = await town.as(person).get('report.get', { reportId })
      expect([view.part, view.view]).toEqual(
        answers[place]?.part === 'reporter' ? ['reporter', 'parties'] : ['supporter', 'public'],
      )
    }
    const report = await town.report(reportId)
    expect([report.reporterKey === null, report.supporters.count]).toEqual([false, 2])
    expect(await nearby(place.point)).toMatchObject({ isUnreported: false, mayTakeUp: false })
  })

  test('sent again it is answered the same; whoever comes later joins; its reporter is told every step and rates', async () => {
    const again = (
      await town.as('secretary').get('redFace.declareNew', {
        commandId: randomUUID(),
        unitId: branch.id,
        categoryId: 'street-lamp',
        text: '灯不亮',
        place,
      })
    ).reportId
    reportId = again
    const commandId = randomUUID()
    const first = await takeUp('resident', place.point, commandId)
    expect(await takeUp('resident', place.point, commandId)).toMatchObject({
      rev: first.rev,
      part: 'reporter',
    })
    expect((await takeUp('neighbour')).part).toBe('supporter')
    expect(
      await town
        .as('resident')
        .refused('report.takeUp', { commandId: randomUUID(), reportId, point: place.point }),
    ).toBe('own-report')
    await town.as('secretary').step('report.accept', reportId, {})
    await town.as('secretary').step('report.resolve', reportId, { note: '换了灯', remedy: 'lasting' })
    await town.later(0)
    expect(await titlesAbout('resident', reportId)).toEqual(['已办结，请您评价', '已受理', '有了上报人'])
    expect((await town.as('resident').get('report.mine', {})).rows.map((row) => row.id)).toContain(reportId)
    const rated = await town
      .as('resident')
      .step('report.rate', reportId, { contacted: true, solved: 'yes', satisfaction: 'satisfied' })
    expect(rated.status).toBe('closed')
  })
})

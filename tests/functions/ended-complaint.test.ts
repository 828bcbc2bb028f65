import type { Action, InputOf } from '../../cloudfunctions/contract/contract'
import { banner, branch, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(300_000)
let town: TestCloud
let id: string
beforeAll(async () => {
  town = await openTestCloud()
  const receipt = await town.as('resident').submit({
    categoryId: 'about-branch',
    text: '支部门口的路也不修',
    phone: '13800000001',
  })
  id = receipt.reportId
  await town.as('township-staff').step('report.accept', id, {})
  await town.as('township-staff').step('report.ask', id, { words: '说的是路还是人？' })
  await town.as('township-staff').step('report.note', id, { note: '像是路的事' })
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const idsIn = async (person: string | null, action: Action, input: unknown): Promise<readonly string[]> => {
  const { rows } = (await town.as(person).get(action, input as InputOf<Action>)) as {
    rows: readonly { readonly id: string }[]
  }
  return rows.map((row) => row.id)
}
const traceFor = async (person: string | null): Promise<readonly string[]> =>
  (await town.as(person).get('report.get', { reportId: id })).timeline.map((event) => event.text)
const inboxOf = async (person: string, unitId: string) =>
  (await town.as(person).get('inbox.list', { unitId })).rows.filter((row) => row.reportId === id)

describe('K9: a complaint whose reporter says that it is none', () => {
  test('while the reporter is asked, nobody else learns of it and no level is asked', async () => {
    await town.as('township-staff').step('report.reclassify', id, { categoryId: 'lane-repair', note: '' })
    const asked = await town.as('resident').get('report.get', { reportId: id })
    expect(asked.requests).toMatchObject([
      { kind: 'reclassify', reason: null, mayAgree: true, mayRule: false },
    ])
    expect(asked.actions).toContain('agree')
    expect(await town.as('secretary').refused('report.get', { reportId: id })).toBe('not-found')
    for (const [person, unit] of [
      ['township-staff', township],
      ['banner-staff', banner],
    ] as const) {
      expect(await idsIn(person, 'queue.list', { unitId: unit.id, tab: 'requests' })).toEqual([])
      const seen = await town.as(person).get('report.get', { reportId: id })
      expect(seen.requests).toMatchObject([{ mayRule: false, mayAgree: false }])
    }
    expect(await town.as(null).get('unit.get', { unitId: branch.id })).toMatchObject({ openCount: 0 })
  })

  test('by their yes it lies with the branch of its place, in every list and count', async () => {
    await town.as('resident').step('report.agree', id, { request: 'reclassify' })
    expect(await town.report(id)).toMatchObject({
      answerableUnit: { id: branch.id },
      isSorting: false,
      routing: { policy: 'cell' },
    })
    expect(await idsIn('secretary', 'queue.list', { unitId: branch.id, tab: 'waiting' })).toEqual([id])
    expect(await idsIn(null, 'report.recent', { unitId: branch.id })).toEqual([id])
    expect(await town.as(null).get('unit.get', { unitId: branch.id })).toMatchObject({ openCount: 1 })
  })

  test('H4: the branch reads and hears of a new matter, without a telephone; the others keep what they had', async () => {
    expect(await traceFor('secretary')).toEqual(['由后炭市社区党支部负责'])
    expect(await traceFor(null)).toEqual(['由后炭市社区党支部负责'])
    expect(await traceFor('resident')).toEqual(
      expect.arrayContaining(['居民上报', `${township.name}问：说的是路还是人？`]),
    )
    expect(await traceFor('township-staff')).toContain(`${township.name}：像是路的事`)
    expect(await inboxOf('secretary', branch.id)).toMatchObject([{ title: '新诉求' }])
    const seen = await town.as('secretary').get('report.get', { reportId: id })
    expect(seen).toMatchObject({
      text: '支部门口的路也不修',
      hasPhone: false,
      questions: [],
      contactedAt: null,
    })
    expect(seen.actions).toContain('accept')
    expect(seen.actions).not.toContain('reveal-phone')
  })

  test('H4: nor does who sits in the township as well read there what was said about it before', async () => {
    await town.put('memberships', [
      {
        _id: 'both',
        accountId: 'custom:secretary',
        unitId: township.id,
        unitName: township.name,
        unitLevel: township.level,
        role: 'clerk',
      } as { readonly _id: string },
    ])
    expect((await inboxOf('township-staff', township.id)).length).toBeGreaterThan(1)
    expect(await inboxOf('secretary', township.id)).toEqual([])
    expect(await traceFor('secretary')).toEqual(['由后炭市社区党支部负责'])
  })

  test('a place without a cell leads to the sorters', async () => {
    const { reportId } = await town.as('neighbour').submit({
      categoryId: 'about-branch',
      photos: [],
      place: { words: '', namedUnitId: township.id },
    })
    await town.as('banner-staff').step('report.reclassify', reportId, { categoryId: 'ordinary', note: '' })
    await town.as('neighbour').step('report.agree', reportId, { request: 'reclassify' })
    expect(await town.report(reportId)).toMatchObject({ status: 'unrouted', unitPath: township.path })
  })
})

import { randomUUID } from 'node:crypto'
import type { InputOf } from '../../cloudfunctions/contract/contract'
import { dayMs, hourMs } from '../../cloudfunctions/ground/instant'
import { banner, branch, housingBureau, otherBranch, region, township } from '../support/builders'
import { inEastStreet, inTheSteppe, openTestCloud, type TestCloud } from '../support/cloud'
import { inTheLane } from '../support/town'

/** The local database refuses every query that no declared index serves, so each list here proves its index. */
let town: TestCloud
const ids: string[] = []

beforeAll(async () => {
  town = await openTestCloud()
  for (let count = 0; count < 5; count += 1) {
    const { reportId } = await town.as('resident').submit({
      categoryId: 'danger',
      place: { point: { lng: 110.518 + count / 1000, lat: 40.56 }, words: '' },
    })
    ids.push(reportId)
  }
  await town.as('resident').submit({ place: { point: inTheSteppe, words: '' } })
  await town.later(30 * hourMs)
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

interface Page {
  readonly rows: readonly { readonly id: string }[]
  readonly nextCursor: string | null
}

/** All rows of a list, read two at a time. */
const readAll = async (read: (cursor: string | undefined) => Promise<Page>): Promise<readonly string[]> => {
  const rows: string[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < 50; pages += 1) {
    const page = await read(cursor)
    expect(page.rows.length).toBeLessThanOrEqual(2)
    rows.push(...page.rows.map((row) => row.id))
    if (page.nextCursor === null) return rows
    cursor = page.nextCursor
  }
  throw new Error('the list does not end')
}

describe('a list read page by page has every row once, in the same order', () => {
  const pages: readonly (readonly [string, (limit: number, cursor?: string) => Promise<Page>])[] = [
    [
      'of the resident’s own reports',
      (limit, cursor) => town.as('resident').get('report.mine', { limit, cursor }),
    ],
    [
      'of what is recent in the region',
      (limit, cursor) => town.as(null).get('report.recent', { unitId: region.id, limit, cursor }),
    ],
    [
      'of what is open in the region',
      (limit, cursor) =>
        town.as(null).get('report.recent', { unitId: region.id, isOpen: true, limit, cursor }),
    ],
    [
      'of what waits for the branch',
      (limit, cursor) =>
        town.as('secretary').get('queue.list', { unitId: branch.id, tab: 'waiting', limit, cursor }),
    ],
    [
      'of what is overdue in the banner',
      (limit, cursor) =>
        town.as('banner-staff').get('queue.list', { unitId: banner.id, tab: 'overdue', limit, cursor }),
    ],
    [
      'of the red-face list',
      (limit, cursor) =>
        town.as(null).get('redFace.list', { unitId: banner.id, tab: 'public', limit, cursor }),
    ],
    [
      'of the ledger',
      (limit, cursor) => town.as(null).get('ledger.list', { unitId: banner.id, limit, cursor }),
    ],
    ['of the inbox', (limit, cursor) => town.as('resident').get('inbox.list', { limit, cursor })],
    [
      'of the branch’s inbox',
      (limit, cursor) => town.as('secretary').get('inbox.list', { unitId: branch.id, limit, cursor }),
    ],
  ]

  test.each(pages)('%s', async (_what, read) => {
    const whole = (await read(50)).rows.map((row) => row.id)
    expect(whole.length).toBeGreaterThanOrEqual(5)
    const parts = await readAll((cursor) => read(2, cursor))
    expect(parts).toEqual(whole)
    expect(new Set(parts).size).toBe(parts.length)
  })
})

test('F4: the list is weighed once a day, however often the clock runs', async () => {
  const weights = async () =>
    (
      await town.documents<{ readonly _id: string; readonly weight: number; readonly list: string }>(
        'red_face_entries',
      )
    ).flatMap(({ _id, weight, list }) => (list === 'public' ? [[_id, weight]] : []))
  const before = await weights()
  expect(before.length).toBeGreaterThanOrEqual(5)
  for (let hours = 0; hours < 3; hours += 1) await town.later(hourMs)
  expect(await weights()).toEqual(expect.arrayContaining(before))
})

test('F4: a red-face list read slowly misses nothing, whoever joins a matter meanwhile', async () => {
  const listed = (limit: number, cursor?: string) =>
    town.as(null).get('redFace.list', { unitId: banner.id, tab: 'public', limit, cursor })
  const whole = (await listed(50)).rows
  const last = whole[whole.length - 1]
  const first = await listed(2)
  for (const person of ['neighbour', 'second-neighbour', 'villager'])
    await town.as(person).get('report.support', { commandId: randomUUID(), reportId: last?.reportId ?? '' })
  const rest = await listed(50, first.nextCursor ?? undefined)
  expect([...first.rows, ...rest.rows].map((row) => row.id)).toEqual(whole.map((row) => row.id))
  expect(rest.rows[rest.rows.length - 1]).toMatchObject({ id: last?.id, supporterCount: 3 })
  await town.later(dayMs)
  expect((await listed(50)).rows[0]?.id).toBe(last?.id)
})

describe('every tab', () => {
  test.each([
    ['secretary', branch.id, ['waiting', 'working', 'check', 'overdue', 'suspended', 'done']],
    ['handler', housingBureau.id, ['working', 'check', 'done']],
    ['township-staff', township.id, ['sorting', 'requests', 'waiting', 'working', 'overdue', 'open']],
    ['banner-staff', banner.id, ['sorting', 'requests', 'waiting', 'working', 'overdue', 'open']],
  ] as const)('of %s counts what it lists', async (person, unitId, tabs) => {
    const counts = await town.as(person).get('queue.counts', { unitId })
    const counted = counts.tabs.filter((one) => one.tab !== 'done' || person !== 'handler')
    expect(counts.tabs.map((one) => one.tab)).toEqual(tabs)
    for (const { tab, count } of counted) {
      const { rows } = await town.as(person).get('queue.list', { unitId, tab: tab as 'waiting', limit: 50 })
      expect([tab, rows.length]).toEqual([tab, count])
    }
  })

  test('of the township shows what has to be sorted by hand', async () => {
    const { rows } = await town
      .as('township-staff')
      .get('queue.list', { unitId: township.id, tab: 'sorting' })
    expect(rows).toHaveLength(1)
  })
})

describe('what a page of the organisation asks for', () => {
  test('the tree, from the region down to a branch', async () => {
    const top = await town.as(null).get('unit.children', {})
    expect(top.unit.id).toBe(region.id)
    const inTownship = await town.as(null).get('unit.children', { unitId: township.id })
    expect(inTownship.rows.map((unit) => unit.id)).toContain(branch.id)
    const inBanner = await town.as(null).get('unit.children', { unitId: banner.id })
    expect(inBanner.rows.map((unit) => unit.id)).not.toContain(housingBureau.id)
  })

  test('a branch, its partners and its open matters', async () => {
    const page = await town.as('secretary').get('unit.get', { unitId: branch.id })
    expect(page).toMatchObject({ openCount: 5, redFaceCount: 5, partners: [{ id: housingBureau.id }] })
    expect(page.rates).toMatchObject({ weightsSource: '准格尔旗' })
  })

  test('the cells of a branch and of its township, and the categories', async () => {
    expect((await town.as(null).get('grid.cells', { unitId: branch.id })).cells).toHaveLength(1)
    expect((await town.as(null).get('grid.cells', { unitId: township.id })).cells).toHaveLength(2)
    expect((await town.as(null).get('category.list', {})).rows).toHaveLength(12)
  })

  test('the caller: who they are, what is new, and that reading makes it old', async () => {
    const me = await town.as('secretary').get('me.get', {})
    expect(me).toMatchObject({ isSignedIn: true, memberships: [{ unitId: branch.id, role: 'secretary' }] })
    expect(me.unreadCount).toBeGreaterThan(0)
    const { unreadCount } = await town.as('secretary').get('inbox.read', {
      unitId: branch.id,
      untilAt: Math.floor(town.now()) + 365 * 24 * hourMs,
    })
    expect(unreadCount).toBe(0)
    expect((await town.as('resident').get('me.get', {})).homeUnit).not.toBeNull()
    expect(await town.as(null).get('me.get', {})).toMatchObject({ isSignedIn: false, memberships: [] })
  })

  test('one’s home is the community first reported from: neither a later report nor an unplaced one moves it', async () => {
    const homeOf = async () => (await town.as('newcomer').get('me.get', {})).homeUnit?.id
    const suggest = (place: InputOf<'report.submit'>['place']) =>
      town.as('newcomer').submit({ categoryId: 'suggestion', photos: [], place })
    expect(await homeOf()).toBeUndefined()
    await suggest({ point: inTheSteppe, words: '' })
    expect(await homeOf()).toBeUndefined()
    await town.later(hourMs)
    await suggest({ point: inTheLane, words: '' })
    expect(await homeOf()).toBe(branch.id)
    await town.later(hourMs)
    await suggest({ point: inEastStreet, words: '' })
    expect(await homeOf()).toBe(branch.id)
  })

  test('a place without a cell is told from one with', async () => {
    expect(await town.as(null).get('place.preview', { point: inTheSteppe })).toMatchObject({
      branchName: null,
    })
    expect(await town.as(null).get('place.preview', { point: inTheLane })).toMatchObject({
      branchName: branch.name,
    })
    expect(await town.as(null).get('place.preview', { namedUnitId: branch.id })).toMatchObject({
      branchName: branch.name,
      isProvisional: true,
    })
  })
})

describe('how much is late', () => {
  const inHand = ['waiting', 'working', 'check', 'suspended'] as const
  const people = [
    ['secretary', branch.id],
    ['other-secretary', otherBranch.id],
    ['handler', housingBureau.id],
    ['township-staff', township.id],
    ['banner-staff', banner.id],
  ] as const

  /** What a unit reads over its queue, and what is late in the tabs below it. */
  const lateOf = async (person: string, unitId: string) => {
    await town.later(0)
    const { tabs, overdueCount } = await town.as(person).get('queue.counts', { unitId })
    const has = (tab: string) => tabs.some((one) => one.tab === tab)
    const late = await Promise.all(
      (has('open') ? (['open'] as const) : inHand.filter(has)).map(async (tab) => {
        const { rows } = await town.as(person).get('queue.list', { unitId, tab, limit: 50 })
        return rows.filter((row) => row.isOverdue).length
      }),
    )
    return { overdueCount, lateRows: late.reduce((sum, count) => sum + count, 0) }
  }

  test('is told to a partner unit as it is, with what waits for the check, and found again; else each matter lies in one tab', async () => {
    const counts: number[] = []
    const foundLate: number[] = []
    const lies: string[] = []
    const note = async () => {
      // What a unit did not do itself is in its figures once the clock has run.
      await town.later(0)
      const { tabs } = await town.as('handler').get('queue.counts', { unitId: housingBureau.id })
      const found = await town
        .as('handler')
        .get('queue.list', { unitId: housingBureau.id, tab: 'overdue', limit: 50 })
      expect(found.rows.every((row) => row.isOverdue)).toBe(true)
      foundLate.push(found.rows.length)
      lies.push(tabs.flatMap(({ tab, count }) => (count > 0 ? [`${count} ${tab}`] : [])).join())
      const { overdueCount, lateRows } = await lateOf('handler', housingBureau.id)
      expect(overdueCount).toBe(lateRows)
      counts.push(overdueCount)
    }
    const { reportId } = await town.as('resident').submit()
    await town.as('secretary').step('report.accept', reportId, {})
    await town.as('secretary').step('report.contact', reportId, { channel: 'visit', note: '看过了' })
    await town.as('secretary').step('report.dispatch', reportId, { toUnitId: housingBureau.id, note: '请修' })
    await note()
    await town.later(10 * 24 * hourMs)
    await note()
    await town.as('handler').step('report.claimFixed', reportId, {
      note: '铺好了',
      remedy: 'lasting',
      before: [],
      after: ['photo-of-handler'],
    })
    await note()
    await town.as('secretary').step('report.check', reportId, {})
    await note()
    expect(counts).toEqual([0, 1, 1, 0])
    expect(foundLate).toEqual(counts)
    expect(lies).toEqual(['1 working', '1 working,1 overdue', '1 check,1 overdue', '1 done'])
  })

  test.each(people)('is what %s finds below', async (person, unitId) => {
    const { overdueCount, lateRows } = await lateOf(person, unitId)
    expect(overdueCount).toBe(lateRows)
  })
})

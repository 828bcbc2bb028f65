import { gridRepository } from '../../../cloudfunctions/contexts/grid/store'
import { unitRepository } from '../../../cloudfunctions/contexts/organisation/store'
import type { AskedParents } from '../../../cloudfunctions/contexts/report/ports'
import {
  openSince,
  placeNamesAround,
  publicPlaceKey,
  spotsAround,
} from '../../../cloudfunctions/contexts/report/report-documents'
import { participantRepository, reportRepository } from '../../../cloudfunctions/contexts/report/store'
import { participantPages } from '../../../cloudfunctions/contexts/report/use-cases/participants-of'
import { publicPlacesAround } from '../../../cloudfunctions/contexts/routing/rules/public-place'
import { movePoint, type Point, tilesAround } from '../../../cloudfunctions/ground/geometry'
import { openDatabase, type Store } from '../../../cloudfunctions/platform/cloudbase/database'
import { branch, mondayAt, otherBranch, township } from '../../support/builders'
import { inEastStreet, inTheSteppe, openTestCloud, type TestCloud } from '../../support/cloud'
import { inTheLane } from '../../support/town'

/** The database answers a thousand documents at once: what has more of anything must not be cut there. */
jest.setTimeout(300_000)
let town: TestCloud
let store: Store
let add: (collection: string, documents: readonly object[]) => Promise<void>

beforeAll(async () => {
  town = await openTestCloud()
  const { app } = town
  store = openDatabase(app.database())
  add = async (collection, documents) => {
    for (let from = 0; from < documents.length; from += 500) {
      await app
        .database()
        .collection(collection)
        .add(documents.slice(from, from + 500))
    }
  }
})
afterAll(() => town.close())

const numbered = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => String(at).padStart(5, '0'))

/** Under what a report of that house is found; first, where a point is given, what has none. */
const named = (point: Point | undefined): readonly string[] =>
  placeNamesAround({ groupId: 'lighting', townshipId: township.id, name: '3号楼' }, point, 0)

describe('people of a report', () => {
  const supporters = numbered(2345).map((no) => ({
    _id: `r1.a${no}`,
    reportId: 'r1',
    key: `a${no}`,
    accountId: `account-${no}`,
    part: 'supporter',
    phone: null,
    // Many join in the same millisecond.
    joinedAt: mondayAt + Math.floor(Number(no) / 500),
  }))
  const reporter = {
    ...supporters[0],
    _id: 'r1.z',
    key: 'z',
    accountId: 'the-reporter',
    part: 'reporter',
    phone: '13800000001',
  }
  beforeAll(() =>
    add('participants', [...supporters, reporter, { ...reporter, _id: 'r2.z', reportId: 'r2' }]),
  )

  test('are all told, each once, in the order in which they joined, however many', async () => {
    const told: string[] = []
    for await (const page of participantPages(participantRepository(store), 'r1', 'supporter'))
      told.push(...page.map(({ key }) => key))
    expect(told).toEqual(supporters.map(({ key }) => key))
  })
})

describe('a read of everything', () => {
  const bureau = { parentId: 'p1', name: 'x' }
  beforeAll(() =>
    add(
      'units',
      numbered(2100).map((no) => ({ _id: `u${no}`, ...bureau })),
    ),
  )

  test('has every document once, over the bound of one answer', async () => {
    const children = await unitRepository(store).children('p1')
    expect(children.map((unit) => unit.id)).toEqual(numbered(2100).map((no) => `u${no}`))
  })

  test('fails loudly when there are more than it was told, and never answers a part', async () => {
    const question = { parentId: 'p1' }
    await expect(store.findAll('units', question, { atMost: 2100 })).resolves.toHaveLength(2100)
    await expect(store.findAll('units', question, { atMost: 2099 })).rejects.toThrow('more than 2099')
    await expect(store.findAll('units', question, { atMost: 999 })).rejects.toThrow('more than 999')
    await expect(store.findAll('units', question, { atMost: 0 })).rejects.toThrow('more than 0')
    await expect(store.first('units', question, [], 1001)).rejects.toThrow(RangeError)
  })

  test('brings no more of each document than was asked for', async () => {
    const [first] = await store.findAll('units', { parentId: 'p1' }, { atMost: 3000, fields: ['name'] })
    expect(first).toEqual({ _id: 'u00000', name: 'x' })
  })

  test('by many ids keeps their order', async () => {
    const ids = numbered(1500)
      .map((no) => `u${no}`)
      .reverse()
    const units = await unitRepository(store).getMany([...ids, 'nobody'])
    expect(units.map((unit) => unit.id)).toEqual(ids)
  })

  test('by many values has every document once, also those with several of them', async () => {
    const cells = numbered(1300).map((no) => ({
      _id: `c${no}`,
      tiles: ['16/1/1', '16/1/2', `16/9/${no}`],
      unit: { id: branch.id },
      unitPath: ['a-large-township'],
    }))
    await add('grid_cells', cells)
    const tiles = ['16/1/1', '16/1/2', '16/1/3', ...numbered(400).map((no) => `16/9/${no}`)]
    const found = await gridRepository(store).inTiles(tiles)
    expect(found.map((cell) => cell.id).sort()).toEqual(cells.map(({ _id }) => _id))
    expect(await gridRepository(store).inTiles([])).toEqual([])
    const ofUnit = await gridRepository(store).ofUnit('a-large-township')
    expect(ofUnit.map((cell) => cell.id)).toEqual(cells.map(({ _id }) => _id))
  })
})

describe('reports around a place', () => {
  const [here = '', beside = ''] = publicPlacesAround(inTheLane, 250).map(({ key }) => key)
  const [spot = ''] = spotsAround('lighting', ['parent'], inTheLane, 0)
  const report = (id: string, publicPlace: string, at: number, changes: object = {}) => ({
    _id: id,
    openPublicPlace: publicPlaceKey('lighting', publicPlace),
    openPlaceNames: [...named(undefined), ...named(inTheLane).slice(1)],
    submittedAt: mondayAt + at,
    categoryId: 'street-lamp',
    spots: [spot],
    aliveUntilAt: openSince(mondayAt + at),
    unitPath: branch.path,
    place: { words: '' },
    excerpt: {},
    ...changes,
  })
  const crowd = numbered(1200).map((no) => report(`b${no}`, beside, Number(no)))
  const reports = () => reportRepository(store)
  const idsOf = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id)
  beforeAll(() => add('reports', [report('h1', here, 1), report('h2', here, 0), ...crowd]))

  test('M1: at a place come the newest, also of a crowd that no answer holds', async () => {
    const newest = [...crowd].reverse().slice(0, 9)
    expect(idsOf(await reports().openAtPublicPlaces([here], 'lighting', mondayAt, 9))).toEqual(['h1', 'h2'])
    expect(idsOf(await reports().openAtPublicPlaces([here, beside], 'lighting', mondayAt, 9))).toEqual(
      newest.map(({ _id }) => _id),
    )
    expect(await reports().openAtPublicPlaces([here, beside], 'sanitation', mondayAt, 9)).toEqual([])
  })

  test('of what is open there the oldest is found, however many have come since', async () => {
    const asked = { beforeAt: mondayAt + 1200, seatsIn: [branch.id], groupId: 'lighting' } as const
    const oldest = ['b00000', 'h2', 'b00001']
    const around = async (changes: Partial<AskedParents> = {}) =>
      idsOf((await reports().parentsAround({ ...asked, ...changes }, inTheLane, 100, { limit: 3 })).rows)
    expect(await around()).toEqual(oldest)
    expect(await around({ groupId: 'sanitation' })).toEqual([])
    expect(await around({ seatsIn: ['another-branch'] })).toEqual([])
    expect(await around({ beforeAt: mondayAt + 1 })).toEqual(['b00000', 'h2'])
    const called = async (point: Point | undefined) => {
      const place = { townshipId: township.id, name: '3号楼', point, metres: 1000 }
      return idsOf((await reports().parentsByPlaceName(asked, place, { limit: 3 })).rows)
    }
    expect(await called(inTheLane)).toEqual(oldest)
    expect(await called(undefined)).toEqual(oldest)
    expect(await called(movePoint(inTheLane, 9000, 0))).toEqual([])
  })

  test('whether a matter comes back is told by what is open there, then by what was done last', async () => {
    const spots = spotsAround('safety', ['occurrence'], inEastStreet, 0)
    const done = numbered(1200).map((no) =>
      report(`done${no}`, here, 0, { spots, aliveUntilAt: mondayAt + Number(no) }),
    )
    await add('reports', [...done, report('open', here, 0, { spots })])
    const asked = { where: inEastStreet, groupId: 'safety', occurrencesWithin: 50 } as const
    const around = (sinceAt: number, limit: number) => reports().aliveAround({ ...asked, sinceAt }, { limit })
    const found = await around(mondayAt + 1150, 100)
    expect(found.nextCursor).toBeNull()
    expect(idsOf(found.rows)).toEqual([
      'open',
      ...done
        .slice(1150)
        .map(({ _id }) => _id)
        .reverse(),
    ])
    expect((await around(mondayAt, 60)).rows).toHaveLength(60)
    const withdrawn = { ...asked, occurrencesWithin: undefined, withdrawnWithin: 100, sinceAt: mondayAt }
    expect((await reports().aliveAround(withdrawn, { limit: 60 })).rows).toEqual([])
  })
})

test('the nearest ground says whose queue the steppe is, and beyond 30 km or so nobody’s is', async () => {
  const grid = gridRepository(store)
  expect((await grid.groundNear(inTheSteppe))?.id).toBe(otherBranch.id)
  expect((await grid.groundNear(inTheLane))?.id).toBe(branch.id)
  expect((await grid.groundNear(movePoint(inTheLane, -25_000, 0)))?.id).toBe(branch.id)
  expect(await grid.groundNear({ lng: 100, lat: 42 })).toBeUndefined()
})

test('the nearest ground is found among more cells than one answer holds', async () => {
  const far = movePoint(inTheLane, 400_000, 0)
  const cellAt = (id: string, metres: number, unit: object) => ({
    _id: id,
    unit,
    centre: movePoint(far, metres, 0),
    centreTiles: tilesAround(movePoint(far, metres, 0), 0, 12),
    tiles: [],
  })
  await add('grid_cells', [
    ...numbered(1100).map((no) => cellAt(`a${no}`, 4000, { id: otherBranch.id })),
    cellAt('z', 3000, { id: branch.id }),
  ])
  expect((await gridRepository(store).groundNear(far))?.id).toBe(branch.id)
})

test('of reports due to the clock at one instant the older comes first, whatever its id', async () => {
  await add('reports', [
    { _id: 'zz-older', nextClockAt: 5, outboxAt: 7, submittedAt: 1 },
    { _id: 'aa-newer', nextClockAt: 5, outboxAt: 7, submittedAt: 2 },
  ])
  const reports = reportRepository(store)
  expect(await reports.dueForClock(5, 10, [])).toEqual(['zz-older', 'aa-newer'])
  expect(await reports.withOutbox(7, 10, [])).toEqual(['zz-older', 'aa-newer'])
  expect(await reports.dueForClock(5, 10, ['zz-older'])).toEqual(['aa-newer'])
})

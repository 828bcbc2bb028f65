import tcb from '@cloudbase/node-sdk'
import { gridRepository } from '../../../cloudfunctions/contexts/grid/store'
import { unitRepository } from '../../../cloudfunctions/contexts/organisation/store'
import { participantRepository, reportRepository } from '../../../cloudfunctions/contexts/report/store'
import { participantPages } from '../../../cloudfunctions/contexts/report/use-cases/participants-of'
import { publicPlacesAround } from '../../../cloudfunctions/contexts/routing/rules/public-place'
import { movePoint, tilesAround } from '../../../cloudfunctions/ground/geometry'
import { openDatabase, type Store } from '../../../cloudfunctions/platform/cloudbase/database'
import { branch, mondayAt, otherBranch, township } from '../../support/builders'
import { inTheLane, inTheSteppe, openTestCloud, type TestCloud } from '../../support/cloud'

/** The database answers a thousand documents at once: what has more of anything must not be cut there. */
jest.setTimeout(300_000)
let town: TestCloud
let store: Store
let add: (collection: string, documents: readonly object[]) => Promise<void>

beforeAll(async () => {
  town = await openTestCloud()
  const app = tcb.init({
    env: 'local',
    secretId: 'local',
    secretKey: 'local',
    serviceUrl: town.cloud.adminUrl,
  })
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

  test('hide the reporter from nobody who asks for them', async () => {
    const people = participantRepository(store)
    expect(await people.reporterOf('r1')).toMatchObject({ accountId: 'the-reporter', phone: '13800000001' })
    expect(await people.reporterOf('r3')).toBeUndefined()
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
    }))
    await add('grid_cells', cells)
    const tiles = ['16/1/1', '16/1/2', '16/1/3', ...numbered(400).map((no) => `16/9/${no}`)]
    const found = await gridRepository(store).inTiles(tiles)
    expect(found.map((cell) => cell.id).sort()).toEqual(cells.map(({ _id }) => _id))
    expect(await gridRepository(store).inTiles([])).toEqual([])
  })
})

describe('reports around a place', () => {
  const places = publicPlacesAround(inTheLane, 250).map(({ key }) => key)
  const [here = '', beside = ''] = places
  const report = (id: string, publicPlace: string, at: number, changes: object = {}) => ({
    _id: id,
    publicPlace,
    submittedAt: mondayAt + at,
    categoryId: 'street-lamp',
    isOpen: true,
    isPublic: true,
    groupTiles: ['lighting:16/5/5'],
    place: { words: '' },
    ...changes,
  })
  const crowd = numbered(1200).map((no) => report(`b${no}`, beside, Number(no)))
  const reports = () => reportRepository(store)

  test('S1: hidden and closed ones take no place among the ten', async () => {
    await add('reports', [
      report('h1', here, 1),
      ...numbered(20).map((no) => report(`hidden${no}`, here, 5, { isPublic: false })),
      ...numbered(20).map((no) => report(`closed${no}`, here, 5, { isOpen: false })),
    ])
    const found = await reports().openAtPublicPlaces(places, ['street-lamp'], mondayAt, 10)
    expect(found.map(({ id }) => id)).toEqual(['h1'])
  })

  test('M1: the nearest come first, at one place the newest, also in a crowd that no answer holds', async () => {
    await add('reports', [report('h2', here, 0), ...crowd])
    const found = await reports().openAtPublicPlaces(places, ['street-lamp', 'danger'], mondayAt, 10)
    const newest = [...crowd].reverse().slice(0, 8)
    expect(found.map(({ id }) => id)).toEqual(['h1', 'h2', ...newest.map(({ _id }) => _id)])
  })

  test('all of the group count for what recurs, however many', async () => {
    await add('reports', [report('rubbish', here, 0, { groupTiles: ['sanitation:16/5/5'] })])
    const found = await reports().inTiles(['16/5/5', '16/5/6'], 'lighting', mondayAt)
    expect(found).toHaveLength(1242)
    expect(await reports().openInTiles(['16/5/5', '16/5/6'], 'lighting')).toHaveLength(1222)
    expect(await reports().openInTiles(['16/5/5', '16/5/6'], 'sanitation')).toHaveLength(1)
  })

  test('M1: all of one name count, the oldest of them too', async () => {
    const called = (no: string) => ({ placeName: '3号楼', unitPath: [township.id], submittedAt: Number(no) })
    await add(
      'reports',
      numbered(1200).map((no) => report(`called${no}`, 'elsewhere', 0, { ...called(no), tiles: [] })),
    )
    const found = await reports().openByPlaceName(township.id, '3号楼', ['street-lamp', 'danger'])
    expect(found).toHaveLength(1200)
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

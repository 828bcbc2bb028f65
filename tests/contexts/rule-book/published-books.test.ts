import {
  type RuleBook,
  defaultRuleBook as region,
} from '../../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { readRuleBook } from '../../../cloudfunctions/contexts/rule-book/schema'
import { ruleBookRepository } from '../../../cloudfunctions/contexts/rule-book/store'
import { cloudStore } from '../../../cloudfunctions/entrypoints/ports'
import type { CollectionName, Store } from '../../../cloudfunctions/platform/cloudbase/database'
import { openTestCloud, type TestCloud } from '../../support/cloud'

jest.setTimeout(300_000)

describe('a stored rule book', () => {
  const faultsOf = (document: unknown): readonly string[] => {
    const read = readRuleBook(document)
    return read.isRead ? [] : read.faults
  }
  const with_ = (path: string, value: unknown): unknown => {
    const copy = structuredClone(region) as unknown as Record<string, unknown>
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    const at = keys.reduce((place, key) => place[key] as Record<string, unknown>, copy)
    if (value === undefined) delete at[last]
    else at[last] = value
    return copy
  }

  test('is taken when it is one', () => {
    expect(readRuleBook(region)).toEqual({ isRead: true, book: region })
  })

  test.each<[string, unknown, string]>([
    ['routing.vagueBeyondMetres', undefined, 'routing.vagueBeyondMetres：没有填，或者填得不对'],
    ['categories.0.cureHoldsDays', undefined, 'categories.0.cureHoldsDays：没有填，或者填得不对'],
    ['categories.0.isUrgent', undefined, 'categories.0.isUrgent：没有填，或者填得不对'],
    ['categories.0.groupId', undefined, 'categories.0.groupId：没有填，或者填得不对'],
    ['categories.0.groupId', 'elsewhere', 'categories.0.groupId：没有填，或者填得不对'],
    ['categories.0.id', 'potholes', 'categories.0.id：没有填，或者填得不对'],
    [
      'categories.0.acceptWithin',
      { unit: 'weeks', count: 1 },
      'categories.0.acceptWithin.unit：没有填，或者填得不对',
    ],
    ['categories.0.acceptWithin.count', 0, 'categories.0.acceptWithin.count：不能小于1'],
    ['categories.0.planWithin', null, 'categories.0.planWithin：没有填，或者填得不对'],
    ['report.appealWithinDays', '30', 'report.appealWithinDays：没有填，或者填得不对'],
    ['report.appealWithinDays', Number.NaN, 'report.appealWithinDays：没有填，或者填得不对'],
    ['report.appealWithinDays', 30.5, 'report.appealWithinDays：没有填，或者填得不对'],
    ['report.appealWithinDays', 1e9, 'report.appealWithinDays：不能大于730'],
    ['redFace.recurrence.count', 1, 'redFace.recurrence.count：不能小于2'],
    ['redFace.noticeHours', -1, 'redFace.noticeHours：不能小于0'],
    ['rates.weights.solved', Number.POSITIVE_INFINITY, 'rates.weights.solved：没有填，或者填得不对'],
    ['version', 'v 1@x', 'version：没有填，或者填得不对'],
    ['report.maxSuspensionDaysInAl', 365, 'report：不认识的字段 maxSuspensionDaysInAl'],
    ['frozenSeason.from', '09-30', 'frozenSeason.from：没有填，或者填得不对'],
    ['frozenSeason.from', '11-31', 'frozenSeason.from：没有填，或者填得不对'],
    ['frozenSeason.until', '05-01', 'frozenSeason.until：没有填，或者填得不对'],
    ['frozenSeason.until', '02-29', 'frozenSeason.until：没有填，或者填得不对'],
    ['frozenSeason', undefined, 'frozenSeason：没有填，或者填得不对'],
    ['extra', true, '整本：不认识的字段 extra'],
  ])('is refused whole, naming the field: %s = %p', (path, value, fault) => {
    expect(faultsOf(with_(path, value))).toEqual([fault])
  })

  test.each([[null], ['a book'], [[]], [{}]])('is never made of %p', (document) => {
    expect(faultsOf(document).length).toBeGreaterThan(0)
  })
})

describe('the rule books of a banner', () => {
  let town: TestCloud
  let store: Store
  const said: string[] = []
  /** As another instance of a function would begin: with nothing kept. */
  const anew = () => ruleBookRepository(store, { error: (line) => said.push(line) })
  const book = (version: string, change: Partial<RuleBook['report']> = {}): RuleBook => ({
    ...region,
    version,
    report: { ...region.report, ...change },
  })
  const stored = (id: string) => store.get<Record<string, unknown>>('rule_books' as CollectionName, id)

  beforeAll(async () => {
    town = await openTestCloud()
    store = cloudStore(town.app as never)
  })
  afterAll(() => town.close())
  beforeEach(() => said.splice(0))

  test('are the region’s where there is none', async () => {
    expect(await anew().of('150222')).toEqual(region)
    expect(await anew().of(null)).toEqual(region)
    expect(await anew().faultOf('150222')).toBeNull()
    expect(await anew().version(null, region.version)).toEqual(region)
    expect(await anew().version('150222', 'v9')).toBeUndefined()
  })

  test('K10: a new version comes into force, and the one before can still be read', async () => {
    expect(await anew().publish('150223', book('v1', { freePasses: 1 }))).toEqual([])
    expect(await anew().publish('150223', book('v2', { freePasses: 0 }))).toEqual([])
    const books = anew()
    expect((await books.of('150223')).report.freePasses).toBe(0)
    expect((await books.version('150223', 'v1'))?.report.freePasses).toBe(1)
    expect(await books.version('150223', 'v2')).toEqual(await books.of('150223'))
    expect(await stored('150223')).toEqual({ _id: '150223', current: 'v2' })
    expect(said).toEqual([])
  })

  test('are never overwritten: the same again does no harm, another under the same name is refused', async () => {
    expect(await anew().publish('150224', book('v1'))).toEqual([])
    expect(await anew().publish('150224', book('v1'))).toEqual([])
    expect(await anew().publish('150224', book('v1', { freePasses: 0 }))).toEqual([
      '“v1”这一版已经有了，内容不一样：请换一个版本名',
    ])
    expect(await anew().of('150224')).toEqual(book('v1'))
    // Back to what was in force before is no new version.
    await anew().publish('150224', book('v2', { freePasses: 0 }))
    expect(await anew().publish('150224', book('v1'))).toEqual([])
    expect(await anew().of('150224')).toEqual(book('v1'))
  })

  test('of two published at once under one name one alone is kept', async () => {
    const [one, other] = await Promise.all([
      anew().publish('150225', book('v1', { freePasses: 0 })),
      anew().publish('150225', book('v1', { freePasses: 1 })),
    ])
    expect([one?.length, other?.length].sort()).toEqual([0, 1])
    expect((await anew().of('150225')).report.freePasses).toBe(one?.length === 0 ? 0 : 1)
  })

  test('K10: one beyond the region’s bounds is not published, and changes nothing', async () => {
    expect(await anew().publish('150226', book('v1', { maxSuspensionDays: 120 }))).toEqual([
      '一次挂账的天数120多于上一级的90：挂账的时候居民只能等',
    ])
    expect(await anew().publish('150226', { ...book('v1'), extra: 1 })).toEqual(['整本：不认识的字段 extra'])
    expect(await stored('150226')).toBeUndefined()
    expect(await stored('150226@v1')).toBeUndefined()
  })

  test('a version that was found usable is read once an instance: within a minute nothing is asked, after it what is in force', async () => {
    await anew().publish('150228', book('v1'))
    const asked: string[] = []
    const watched: Store = {
      ...store,
      get: (name, id) => {
        asked.push(id)
        return store.get(name, id)
      },
    }
    const books = ruleBookRepository(watched, { error: (line) => said.push(line) })
    const present = jest.spyOn(Date, 'now')
    await Promise.all([books.of('150228'), books.of('150228'), books.version('150228', 'v1')])
    expect(asked.splice(0)).toEqual(['150228', '150228@v1'])
    present.mockReturnValue(Date.now() + 2 * 60_000)
    expect(await books.of('150228')).toEqual(book('v1'))
    expect(asked.splice(0)).toEqual(['150228'])
    present.mockRestore()
  })

  test('a whole book in the banner’s own document is read, and kept as a version when the next comes', async () => {
    await store.add('rule_books', { _id: '150227', ...book('old', { freePasses: 1 }) })
    expect(await anew().of('150227')).toEqual(book('old', { freePasses: 1 }))
    expect(await anew().version('150227', 'old')).toEqual(book('old', { freePasses: 1 }))
    expect(await anew().publish('150227', book('old'))).toHaveLength(1)
    expect(await anew().publish('150227', book('new'))).toEqual([])
    expect(await stored('150227')).toEqual({ _id: '150227', current: 'new' })
    expect(await anew().of('150227')).toEqual(book('new'))
    expect(await anew().version('150227', 'old')).toEqual(book('old', { freePasses: 1 }))
  })

  test.each<[string, readonly ({ readonly _id: string } & Record<string, unknown>)[], string]>([
    [
      'unknown fields',
      [
        { _id: '150302@v1', ...book('v1'), extra: 1 },
        { _id: '150302', current: 'v1' },
      ],
      '整本：不认识的字段 extra',
    ],
    ['a version that is not there', [{ _id: '150303', current: 'v7' }], '没有存着“v7”这一版'],
    ['a pointer to nothing', [{ _id: '150304', current: 7 }], '没有存着“”这一版'],
    [
      'a version under another’s name',
      [
        { _id: '150305@v1', ...book('v2') },
        { _id: '150305', current: 'v1' },
      ],
      '“v1”这一版里写的版本是“v2”',
    ],
    [
      'longer suspensions',
      [{ _id: '150306', ...book('v1', { maxSuspensionDays: 120 }) }],
      '一次挂账的天数120多于上一级的90：挂账的时候居民只能等',
    ],
  ])(
    'typed in by hand with %s: the region’s serves, the log and the staff are told once',
    async (_what, documents, fault) => {
      for (const document of documents) await store.add('rule_books', document)
      const bannerId = documents[documents.length - 1]?._id ?? ''
      const books = anew()
      expect(await books.of(bannerId)).toEqual(region)
      expect(await books.faultOf(bannerId)).toBe(fault)
      await books.of(bannerId)
      expect(said).toHaveLength(1)
      expect(JSON.parse(said[0] ?? '')).toMatchObject({ faults: [fault] })
    },
  )

  test('K10: the region’s version is kept too, and found again when the code brings another', async () => {
    await anew().keepRegions()
    await anew().keepRegions()
    expect(await stored(region.version)).toEqual({ _id: region.version, ...region })
    const former = book('region-2020-1', { freePasses: 1 })
    await store.add('rule_books', { _id: former.version, ...former })
    expect(await anew().version(null, former.version)).toEqual(former)
    // A banner without a book of its own had it in force.
    expect(await anew().version('150403', former.version)).toEqual(former)
  })

  test('a version that the region would not allow any more is still what it was for what runs under it', async () => {
    await store.add('rule_books', { _id: '150402@v1', ...book('v1', { maxSuspensionDays: 120 }) })
    const pointer = { _id: '150402', current: 'v1' }
    await store.add('rule_books', pointer)
    const books = anew()
    expect(await books.of('150402')).toEqual(region)
    expect((await books.version('150402', 'v1'))?.report.maxSuspensionDays).toBe(120)
  })
})

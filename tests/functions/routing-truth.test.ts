import { randomUUID } from 'node:crypto'
import { categoryIds } from '../../cloudfunctions/contexts/category/rules/category'
import { defaultRuleBook } from '../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { movePoint } from '../../cloudfunctions/ground/geometry'
import { aMembership, banner, branch, otherBranch, region, township } from '../support/builders'
import { inTheSteppe, openTestCloud, type TestCloud } from '../support/cloud'
import { inTheLane } from '../support/town'

jest.setTimeout(300_000)
let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
  const { app } = town
  // The banner looks 2 km for a cell, takes no suggestions, and gives a lamp two working days.
  const { categories, routing } = defaultRuleBook
  await app
    .database()
    .collection('rule_books')
    .add({
      ...defaultRuleBook,
      _id: banner.id,
      version: 'banner-1',
      routing: { ...routing, nearestWithinMetres: 2000 },
      categories: categories
        .filter(({ id }) => id !== 'suggestion')
        .map((one) =>
          one.id === 'street-lamp' ? { ...one, resolveWithin: { unit: 'working-days', count: 2 } } : one,
        ),
    })
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const preview = (place: object) => town.as(null).get('place.preview', place)

test('policy 6: the banner’s own rule book says how far the nearest cell may lie', async () => {
  const near = movePoint(inTheLane, -2400, 0)
  expect(await preview({ point: near })).toMatchObject({ branchName: branch.name, isProvisional: true })
  expect((await preview({ point: near })).reasons[0]).toContain('约1900米')
  expect(await preview({ point: movePoint(inTheLane, -2600, 0) })).toMatchObject({ branchName: null })
})

test('policy 4: a position of 20 km names no branch; a community that was named does, provisionally', async () => {
  const vague = { point: inTheLane, accuracyMetres: 20_000 }
  expect(await preview(vague)).toMatchObject({ branchName: null, unitId: township.id, isProvisional: true })
  expect((await preview(vague)).reasons.join()).toContain('20公里')
  expect(await preview({ ...vague, namedUnitId: otherBranch.id })).toMatchObject({
    branchName: otherBranch.name,
    isProvisional: true,
  })
  const receipt = await town.as('resident').submit({ place: { ...vague, words: '' } })
  expect(receipt).toMatchObject({ status: 'unrouted', branchName: township.name })
  expect(await town.documents('coverage_gaps', { _id: receipt.reportId } as object)).toEqual([])
})

test('policy 4: a border is looked for as far as the position may be wrong', async () => {
  const told = await preview({ point: movePoint(inTheLane, -200, 0), accuracyMetres: 800 })
  expect(told).toMatchObject({ branchName: branch.name, isProvisional: true })
  expect(told.reasons.join()).toContain(otherBranch.name)
})

test.each([
  ['河曲', { lng: 111.147, lat: 39.384 }],
  ['扎门乌德', { lng: 111.905, lat: 43.722 }],
  ['后贝加尔斯克', { lng: 117.33, lat: 49.65 }],
])('L1: %s is marked, and lies with the region’s sorters where no banner is near', async (_name, point) => {
  const told = await preview({ point })
  expect(told).toMatchObject({ branchName: null, unitId: region.id, isProvisional: true })
  expect(told.reasons).toEqual([`这里在区界附近，由${region.name}核实属不属于内蒙古，再指定责任单位`])
})

test('what is far from every cell lies with the township of the nearest', async () => {
  expect(await preview({ point: inTheSteppe })).toMatchObject({ branchName: null, unitId: township.id })
})

test('the catalogue is the banner’s own: nothing is offered that would be refused', async () => {
  const { unitId } = await preview({ point: inTheLane })
  const { rows } = await town.as(null).get('category.list', { unitId })
  expect(rows.map((row) => row.id)).not.toContain('suggestion')
  expect(rows.find((row) => row.id === 'street-lamp')?.resolveText).toBe('2个工作日内办结')
  const input = {
    commandId: randomUUID(),
    categoryId: 'suggestion',
    text: '种几棵树',
    photos: [],
    place: { point: inTheLane, words: '' },
  }
  expect(await town.as('resident').refused('report.submit', input)).toBe('unknown-category')
  expect((await town.as(null).get('category.list', {})).rows.map((row) => row.id)).toContain('suggestion')
  expect(await town.as(null).refused('category.list', { unitId: 'nobody' })).toBe('unknown-unit')
})

test('what is promised before sending is what the receipt says: the book of the banner the report will lie in', async () => {
  const asked = { point: inTheLane, categoryId: 'street-lamp' } as const
  expect(await preview(asked)).toMatchObject({
    acceptText: '4个工作小时内受理',
    resolveText: '2个工作日内办结',
  })
  expect(await preview({ namedUnitId: township.id, categoryId: 'street-lamp' })).toMatchObject({
    resolveText: '2个工作日内办结',
  })
})

test.each([
  ['a township', township],
  ['a banner', banner],
])(
  'L1: who can name no more than %s is sorted by it, told so before sending and on the receipt',
  async (_name, unit) => {
    const place = { words: '粮站后头', namedUnitId: unit.id }
    const reason = `没有地图上的位置，由${unit.name}按文字说明指定责任单位`
    expect(await preview({ namedUnitId: unit.id })).toMatchObject({
      branchName: null,
      unitId: unit.id,
      reasons: [reason],
    })
    const receipt = await town.as('resident').submit({ place, photos: [] })
    expect(receipt).toMatchObject({ status: 'unrouted', branchName: unit.name, reasons: [reason] })
    expect(await town.report(receipt.reportId)).toMatchObject({
      answerableUnit: { id: unit.id },
      isSorting: true,
      unitPath: unit.path,
    })
  },
)

test.each(categoryIds.filter((id) => id !== 'suggestion'))(
  'K1: a report of the kind %s is taken without a photograph',
  async (categoryId) => {
    const receipt = await town.as('resident').submit({ categoryId, photos: [] })
    expect(receipt.reportId).not.toBe('')
    expect((await town.report(receipt.reportId)).photos).toEqual([])
  },
)

test.each([-1, 100_001])('an accuracy of %p m is refused as none', async (accuracyMetres) => {
  expect(await town.as(null).refused('place.preview', { point: inTheLane, accuracyMetres })).toBe(
    'invalid-input',
  )
})

test('M1: what may be merged into is the same matter, reported earlier, the nearest first, across the branches of the township', async () => {
  const edge = movePoint(inTheLane, 480, 0)
  const submit = async (
    metres: number,
    categoryId: 'lane-repair' | 'lane-hardening' | 'street-lamp',
    words = '',
  ) =>
    (
      await town
        .as('neighbour')
        .submit({ categoryId, place: { point: movePoint(edge, metres, 0), words, accuracyMetres: 1 } })
    ).reportId
  const across = await submit(60, 'lane-hardening')
  const near = await submit(-20, 'lane-repair')
  const called = await submit(-300, 'lane-repair', '东头第2巷')
  await submit(10, 'street-lamp')
  await submit(-150, 'lane-repair')
  await town.later(1)
  const mine = await submit(0, 'lane-repair', '东头第二巷')
  // What came later is never merged into, so it is not offered.
  await town.later(1)
  await submit(5, 'lane-repair')
  expect(await town.report(across)).toMatchObject({
    answerableUnit: { id: otherBranch.id },
    isSorting: false,
  })
  const targets = async (person: string) =>
    (await town.as(person).get('unit.targets', { reportId: mine })).mergeTargets.map((card) => [
      card.id,
      card.distanceMetres,
    ])
  expect(await targets('township-staff')).toEqual([
    [near, 20],
    [across, 60],
    [called, 300],
  ])
  // S1: the secretary is an outsider to the matter across the border, and would learn its place to 100 m.
  expect(await targets('secretary')).toEqual([
    [near, 20],
    [called, 300],
  ])
})

test('M3, L3: whoever reported a matter and sets units up above reads no word of another that it could be merged into', async () => {
  const submit = async (person: string, metres: number) => {
    const place = { point: movePoint(inTheLane, metres, 300), words: '', accuracyMetres: 1 }
    return (await town.as(person).submit({ categoryId: 'rubbish', place })).reportId
  }
  const others = await submit('neighbour', 540)
  const before = await submit('neighbour', 450)
  await town.later(1)
  const mine = await submit('resident', 470)
  const seats = [aMembership(branch, 'grid-worker'), aMembership(township, 'admin')].map((seat) => ({
    ...seat,
    _id: `resident-${seat.role}`,
    accountId: 'custom:resident',
  }))
  await town.put('memberships', seats)
  expect(await town.report(others)).toMatchObject({
    answerableUnit: { id: otherBranch.id },
    isSorting: false,
  })
  const { mergeTargets } = await town.as('resident').get('unit.targets', { reportId: mine })
  expect(mergeTargets.map((card) => card.id)).toEqual([before])
})

import type { OutputOf } from '../../cloudfunctions/contract/contract'
import { distanceMetres, movePoint, type Point, roundPoint } from '../../cloudfunctions/ground/geometry'
import { branch } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'

/** Somebody who wants to know at whose door a report was made, and may ask as often as they like. */
jest.setTimeout(300_000)
let town: TestCloud
const door: Point = { lng: 110.521387, lat: 40.560842 }
/** Another house of the same square. */
const otherDoor: Point = { lng: 110.520611, lat: 40.561433 }
let reportId = ''

beforeAll(async () => {
  town = await openTestCloud()
  ;({ reportId } = await town.as('resident').submit({ place: { point: door, words: '红砖房旁边' } }))
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

type Card = OutputOf<'report.nearby'>['rows'][number]
const nearby = async (point: Point): Promise<Card | undefined> => {
  const { rows } = await town.as(null).get('report.nearby', { point, categoryId: 'lane-repair' })
  return rows.find((row) => row.id === reportId)
}

/** Every point of the lane, near and far, that 500 questions reach. */
const questions: readonly Point[] = Array.from({ length: 500 }, (_, count) => {
  const angle = count * 2.399963
  const metres = 330 * Math.sqrt((count + 0.5) / 500)
  return movePoint(door, metres * Math.cos(angle), metres * Math.sin(angle))
})

test('S1: 500 questions find the square and nothing in it: every answer follows from the rounded place', async () => {
  const rounded = roundPoint(door)
  expect(roundPoint(otherDoor)).toEqual(rounded)
  let seen = 0
  for (const asked of questions) {
    const told = await nearby(asked)
    // What somebody who knows only the public place would have said.
    const metres = distanceMetres(roundPoint(asked), rounded)
    expect(told !== undefined).toBe(metres <= 250)
    if (!told) continue
    seen += 1
    expect(told.distanceMetres).toBe(Math.round(metres / 100) * 100)
    expect(told.placeWords).toBe(branch.areaName)
  }
  expect(seen).toBeGreaterThan(100)
  expect(seen).toBeLessThan(questions.length)
})

test('S1: halving the distance at which it is no longer shown leads to the rounded place, not to the door', async () => {
  /** How far a report is still shown in a direction, to a metre. */
  const edge = async (east: number, north: number): Promise<number> => {
    let [shown, hidden] = [0, 600]
    while (hidden - shown > 1) {
      const metres = (shown + hidden) / 2
      if (await nearby(movePoint(door, east * metres, north * metres))) shown = metres
      else hidden = metres
    }
    return shown
  }
  const [eastward, westward, northward, southward] = [
    await edge(1, 0),
    await edge(-1, 0),
    await edge(0, 1),
    await edge(0, -1),
  ]
  const guess = movePoint(door, (eastward - westward) / 2, (northward - southward) / 2)
  // What the four edges agree on is the middle of the square: as far from the door as the rounded place is.
  expect(distanceMetres(guess, roundPoint(door))).toBeLessThan(3)
  expect(distanceMetres(guess, door)).toBeGreaterThan(distanceMetres(roundPoint(door), door) - 3)
})

test('S1: two houses of one square are answered alike, in rows, order and distances', async () => {
  const { reportId: other } = await town.as('neighbour').submit({
    place: { point: otherDoor, words: '' },
    categoryId: 'lane-hardening',
    photos: ['photo-of-neighbour'],
  })
  for (const asked of questions.filter((_one, count) => count % 25 === 0)) {
    const { rows } = await town.as(null).get('report.nearby', { point: asked, categoryId: 'lane-repair' })
    const [first, second] = rows
    if (!first) continue
    // The later of the two stands first everywhere: nearness within the square decides nothing.
    expect([first.id, second?.id]).toEqual([other, reportId])
    expect(second?.distanceMetres).toBe(first.distanceMetres)
  }
})

test('S1: nobody but the parties and staff reads a cell, a nearness or a border anywhere', async () => {
  const gap = movePoint({ lng: 110.52, lat: 40.56 }, -650, 0)
  const border = movePoint({ lng: 110.52, lat: 40.56 }, 499, 0)
  const ids = [reportId]
  for (const point of [gap, border]) {
    ids.push((await town.as('second-neighbour').submit({ place: { point, words: '' } })).reportId)
  }
  for (const id of ids) {
    const own = await town.report(id)
    expect(own.routing.cellName).toMatch(/网格/)
    for (const person of [null, 'handler']) {
      const seen = await town.as(person).get('report.get', { reportId: id })
      expect(seen.view).toBe('public')
      expect(JSON.stringify(seen)).not.toMatch(/网格|cell-|约\d+米|边界|误差/)
      expect(seen.routing).toMatchObject({ policy: null, cellId: null, cellName: null, alternateName: null })
      expect(seen.routing.reasons).toEqual([`由${seen.branch.name}负责`])
    }
  }
  const lists = await Promise.all([
    town.as(null).get('report.recent', { unitId: branch.id }),
    town.as(null).get('report.nearby', { point: door, categoryId: 'lane-repair' }),
  ])
  expect(JSON.stringify(lists)).not.toMatch(/网格|cell-/)
  const reporter = await town.as('second-neighbour').get('report.get', { reportId: ids[1] ?? '' })
  expect(reporter.routing.reasons.join()).toMatch(/约\d+米/)
})

test.each([
  ['the pole', { lng: 0, lat: 89.99 }],
  ['the south pole', { lng: -180, lat: -90 }],
  ['the antimeridian', { lng: 180, lat: 45 }],
  ['北京', { lng: 116.39, lat: 39.91 }],
])('%s is refused before anything is looked for', async (_what, point) => {
  const place = { point, categoryId: 'lane-repair' }
  expect(await town.as(null).refused('report.nearby', place)).toBe('place-outside-region')
  expect(await town.as(null).refused('place.preview', { point })).toBe('place-outside-region')
})

test.each([[{ lng: null, lat: 40 }], [{ lng: '110', lat: 40 }], [{ lng: 110, lat: 91 }], [{ lng: 110 }]])(
  'the place %p is refused as no place',
  async (point) => {
    const question = { point, categoryId: 'lane-repair' }
    expect(await town.as(null).refused('report.nearby', question)).toBe('invalid-input')
  },
)

test('M1: what is withdrawn or done is not offered as 我也遇到', async () => {
  const spot = { lng: 110.5222, lat: 40.5622 }
  const { reportId } = await town
    .as('neighbour')
    .submit({ categoryId: 'street-lamp', place: { point: spot, words: '' } })
  const offered = async () =>
    (await town.as(null).get('report.nearby', { point: spot, categoryId: 'street-lamp' })).rows.map(
      (row) => row.id,
    )
  expect(await offered()).toContain(reportId)
  await town.as('neighbour').step('report.withdraw', reportId, { reason: '' })
  expect(await offered()).not.toContain(reportId)
})

test('M1: of many the ten nearest are shown, and the nearest first', async () => {
  const lamp = { lng: 110.5171, lat: 40.5581 }
  const submitAt = async (metres: number) =>
    (
      await town
        .as('neighbour')
        .submit({ categoryId: 'street-lamp', place: { point: movePoint(lamp, metres, 0), words: '' } })
    ).reportId
  const nearest = await submitAt(3)
  for (let count = 0; count < 12; count += 1) await submitAt(200)
  const { rows } = await town.as(null).get('report.nearby', { point: lamp, categoryId: 'street-lamp' })
  expect(rows).toHaveLength(10)
  expect(rows[0]?.id).toBe(nearest)
  const metres = rows.map((row) => row.distanceMetres ?? Number.NaN)
  expect(metres).toEqual([...metres].sort((a, b) => a - b))
})

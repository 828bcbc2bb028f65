import { randomUUID } from 'node:crypto'
import type { Participant } from '../../cloudfunctions/contexts/report/ports'
import { movePoint, type Point } from '../../cloudfunctions/ground/geometry'
import { dayMs, hourMs } from '../../cloudfunctions/ground/instant'
import { branch, otherBranch } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'
import { inTheLane } from '../support/town'

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

let spots = 0
/** Another corner of the same cell, 110 m from every other. */
const aSpot = () => {
  spots += 1
  return {
    point: movePoint(inTheLane, -400 + 110 * (spots % 8), -400 + 110 * Math.floor(spots / 8)),
    words: '',
  }
}
type Spot = { readonly point?: Point; readonly words: string; readonly namedUnitId?: string }

const submitted = async (
  person: string,
  place: Spot,
  categoryId: 'street-lamp' | 'rubbish' = 'street-lamp',
) => {
  const { reportId } = await town.as(person).submit({ categoryId, place, photos: [] })
  return town.report(reportId)
}
/** How much sooner the clock of a report began than it was sent. */
const runsSince = ({ submittedAt, deadlines }: Awaited<ReturnType<typeof submitted>>): number =>
  submittedAt - deadlines.startedAt

describe('K5: withdrawn and filed anew at the same place within thirty days', () => {
  test('by the same person it keeps its clock, by another it has its own', async () => {
    const place = aSpot()
    const first = await submitted('resident', place)
    await town.later(5 * hourMs)
    await town.as('resident').step('report.withdraw', first.id, {})
    await town.later(2 * dayMs)
    expect(runsSince(await submitted('neighbour', place))).toBe(0)
    // What lay withdrawn is not counted, what ran before is.
    expect(runsSince(await submitted('resident', place))).toBeCloseTo(5 * hourMs, -5)
  })

  test('later, elsewhere or of another kind it is another matter', async () => {
    const place = aSpot()
    const first = await submitted('resident', place)
    await town.later(5 * hourMs)
    await town.as('resident').step('report.withdraw', first.id, {})
    expect(runsSince(await submitted('resident', aSpot()))).toBe(0)
    expect(runsSince(await submitted('resident', place, 'rubbish'))).toBe(0)
    await town.later(31 * dayMs)
    expect(runsSince(await submitted('resident', place))).toBe(0)
  })

  test('it keeps it however long it had run before', async () => {
    const place = aSpot()
    const first = await submitted('resident', place)
    const startedAt = first.submittedAt - 200 * dayMs
    await town.meddle('reports', first.id, {
      submittedAt: startedAt,
      deadlines: { ...first.deadlines, startedAt },
    })
    await town.as('resident').step('report.withdraw', first.id, {})
    expect(runsSince(await submitted('resident', place))).toBeGreaterThan(199 * dayMs)
  })

  test('it keeps it, and what was used of it, where somebody else took the place or it goes on because it is listed', async () => {
    const place = aSpot()
    const first = await submitted('resident', place)
    await town.as('neighbour').get('report.support', { commandId: randomUUID(), reportId: first.id })
    await town.meddle('reports', first.id, { passCount: 2, suspendedDays: 180 })
    await town.later(5 * hourMs)
    await town.as('resident').step('report.withdraw', first.id, {})
    expect((await town.report(first.id)).status).toBe('routed')
    await town.later(2 * dayMs)
    const again = await submitted('resident', place)
    expect(runsSince(again)).toBeCloseTo(2 * dayMs + 5 * hourMs, -5)
    expect(again).toMatchObject({ passCount: 2, suspendedDays: 180 })
    // Whoever files it anew is not to be called before they have.
    expect(again.deadlines.contactDueAt).toBeGreaterThan(again.submittedAt)
  })

  test('F5: not where somebody has gone and found it solved since: what is filed then has its own', async () => {
    const place = aSpot()
    const first = await submitted('resident', place)
    await town.later(3 * dayMs)
    await town.as('resident').step('report.withdraw', first.id, {})
    await town.later(dayMs)
    await town
      .as('township-staff')
      .step('report.look', first.id, { finding: 'solved', note: '灯亮着', photos: [] })
    expect((await town.report(first.id)).status).toBe('withdrawn')
    await town.later(dayMs)
    expect(runsSince(await submitted('resident', place))).toBe(0)
  })

  test('it keeps it where nobody knows more of the place than the community', async () => {
    const place = { words: '井边', namedUnitId: otherBranch.id }
    const first = await submitted('resident', place)
    await town.later(5 * hourMs)
    await town.as('resident').step('report.withdraw', first.id, {})
    expect(runsSince(await submitted('neighbour', place))).toBe(0)
    expect(runsSince(await submitted('resident', place))).toBeCloseTo(5 * hourMs, -5)
  })
})

describe('M3, C1: an empty reporter’s place', () => {
  test('is taken by who reports it too, who may be called there, until they say that it is another matter', async () => {
    const place = aSpot()
    const first = await submitted('resident', place)
    await town.as('secretary').step('report.accept', first.id, {})
    await town.as('secretary').step('redFace.declare', first.id, { note: '群众意见最大' })
    await town.as('resident').step('report.withdraw', first.id, {})
    expect((await town.report(first.id)).reporterLeftAt).toBeDefined()
    await town.later(2 * dayMs)
    const second = await submitted('neighbour', place)
    await town.as('township-staff').step('report.merge', second.id, { parentReportId: first.id })
    await town.later(0)
    const family = await town.report(first.id)
    const partsIn = async () => {
      const rows = await town.documents<Participant>('participants', { reportId: first.id })
      return rows.map(({ key, part }) => [key, part])
    }
    expect(family.reporterLeftAt).toBeUndefined()
    expect(family.deadlines.contactDueAt).toBe(second.deadlines.contactDueAt)
    expect(await partsIn()).toEqual(
      expect.arrayContaining([
        [first.reporterKey, 'left'],
        [family.reporterKey, 'reporter'],
      ]),
    )
    await town.as('secretary').step('report.contact', first.id, { channel: 'message', note: '明天上门' })
    await town.as('neighbour').step('report.openMessage', first.id, {})
    expect((await town.report(first.id)).contactedAt).toBeDefined()
    await town.as('neighbour').step('report.unmerge', second.id, {})
    await town.later(0)
    const alone = await town.report(first.id)
    expect([alone.reporterKey, alone.contactedAt]).toEqual([first.reporterKey, undefined])
    expect(alone.reporterLeftAt).toBeDefined()
    expect(await partsIn()).toContainEqual([family.reporterKey, 'left'])
  })
})

describe('F1: what comes back within the time its cure must hold', () => {
  const fixed = async (place: Spot) => {
    const { id } = await submitted('resident', place)
    await town.as('secretary').step('report.accept', id, {})
    await town.as('secretary').step('report.resolve', id, { note: '换了灯', remedy: 'lasting' })
    return id
  }
  const causesOf = async (place: Spot) => {
    const { id } = await submitted('neighbour', place)
    await town.as('secretary').step('report.accept', id, {})
    return (await town.report(id)).redFaces.flatMap((episode) =>
      episode.causes.map(({ cause, unit }) => [cause, unit.id]),
    )
  }

  test('recurs, against the unit whose fix did not hold', async () => {
    const place = aSpot()
    await fixed(place)
    await town.later(80 * dayMs)
    expect(await causesOf(place)).toEqual([['recurring', branch.id]])
  })

  test('recurs, whoever lists it first: the branch by itself too', async () => {
    const place = aSpot()
    await fixed(place)
    await town.later(dayMs)
    const { reportId } = await town.as('secretary').get('redFace.declareNew', {
      commandId: randomUUID(),
      unitId: branch.id,
      categoryId: 'street-lamp',
      text: '路灯又不亮了',
      place,
    })
    await town.as('secretary').step('report.accept', reportId, {})
    const { redFaces } = await town.report(reportId)
    expect(redFaces.flatMap(({ causes }) => causes.map(({ cause, unit }) => [cause, unit.id]))).toEqual([
      ['declared', branch.id],
      ['recurring', branch.id],
    ])
    // What is open here is one occurrence, which has its cause: a neighbour's report of it is no second one.
    expect(await causesOf(place)).toEqual([])
  })

  test('is counted from the fix, however long before it was reported', async () => {
    const place = aSpot()
    const id = await fixed(place)
    await town.meddle('reports', id, { submittedAt: (await town.report(id)).submittedAt - 200 * dayMs })
    await town.later(80 * dayMs)
    expect(await causesOf(place)).toEqual([['recurring', branch.id]])
  })

  test('K9: is found where it was, though the branch has put its place right since', async () => {
    const place = aSpot()
    const { id } = await submitted('resident', place)
    await town.as('secretary').step('report.accept', id, {})
    // No other test may take the corner beside it, which lies only 40 m away then.
    aSpot()
    const moved = { ...place, point: movePoint(place.point, 70, 0) }
    await town.as('secretary').step('report.relocate', id, { place: moved })
    await town.as('secretary').step('report.resolve', id, { note: '换了灯', remedy: 'lasting' })
    await town.later(80 * dayMs)
    expect(await causesOf(place)).toEqual([['recurring', branch.id]])
  })

  test('K9: is found by the kind it had, though the branch alone has put its kind right since', async () => {
    const place = aSpot()
    const { id } = await submitted('resident', place)
    await town.as('secretary').step('report.accept', id, {})
    await town.as('secretary').step('report.reclassify', id, { categoryId: 'rubbish', note: '' })
    expect((await town.report(id)).categoryId).toBe('rubbish')
    await town.as('secretary').step('report.resolve', id, { note: '清走了', remedy: 'lasting' })
    await town.later(dayMs)
    expect(await causesOf(place)).toEqual([['recurring', branch.id]])
  })

  test('K9: what the level above found to be of another kind does not recur under the old one', async () => {
    const place = aSpot()
    const { id } = await submitted('resident', place)
    await town.as('township-staff').step('report.reclassify', id, { categoryId: 'rubbish', note: '' })
    await town.as('secretary').step('report.accept', id, {})
    await town.as('secretary').step('report.resolve', id, { note: '清走了', remedy: 'lasting' })
    await town.later(dayMs)
    expect(await causesOf(place)).toEqual([])
  })

  test('later, or after what was declined or withdrawn, nothing recurs', async () => {
    const place = aSpot()
    await fixed(place)
    await town.later(91 * dayMs)
    expect(await causesOf(place)).toEqual([])
    const other = aSpot()
    const { id } = await submitted('resident', other)
    await town.as('resident').step('report.withdraw', id, {})
    expect(await causesOf(other)).toEqual([])
  })
})

import { categoryIds } from '../../../cloudfunctions/contexts/category/rules/category'
import { movePoint, type Point, roundPoint } from '../../../cloudfunctions/ground/geometry'
import { dayMs } from '../../../cloudfunctions/ground/instant'
import { branch, township } from '../../support/builders'
import { inTheLane } from '../../support/town'
import { chanceOf } from './chance'
import { openMemoryWorld } from './world'

/** Doors within one square of the public map, all on the same branch’s ground. */
const doors: readonly Point[] = [
  { lng: 110.520611, lat: 40.561433 },
  { lng: 110.521387, lat: 40.560842 },
  { lng: 110.52051, lat: 40.56051 },
]

/** What outsiders may ask around a place. */
const askedAround = (count: number): readonly (readonly [string, object])[] => {
  const chance = chanceOf(7)
  return Array.from({ length: count }, (_, no) => {
    const angle = no * 2.399963
    const metres = 330 * Math.sqrt((no + 0.5) / count)
    const point = movePoint(doors[1] ?? inTheLane, metres * Math.cos(angle), metres * Math.sin(angle))
    const categoryId = chance.of(['lane-repair', 'lane-repair', 'lane-hardening', ...categoryIds])
    switch (no % 5) {
      case 0:
        return [
          'place.preview',
          { point, accuracyMetres: chance.of([0, 3, 30, 300, 3000]), categoryId },
        ] as const
      case 1:
        return [
          'report.recent',
          { unitId: chance.of([branch, township]).id, limit: 1 + chance.below(3) },
        ] as const
      default:
        return ['report.nearby', { point, categoryId }] as const
    }
  })
}

/**
 * Asks the same questions in towns that differ in one thing, the door at which somebody reported. How many answers of
 * `asked` differ: whoever asks then knows more than the rounded place.
 */
export const askAround = async (asked = 500): Promise<{ questions: number; betterThanRounded: number }> => {
  const [first] = doors
  if (!first || doors.some((door) => JSON.stringify(roundPoint(door)) !== JSON.stringify(roundPoint(first))))
    throw new Error('the doors do not lie in one square')
  const questions = askedAround(asked)
  const towns: (readonly string[])[] = []
  for (const door of doors) {
    // The account is the same: what follows from it alone, ids among it, is the same in every town.
    const world = await openMemoryWorld()
    const answers: string[] = []
    const submit = async (person: string, categoryId: string, point: Point, no: number): Promise<string> => {
      const answer = await world.send(person, 'report.submit', {
        commandId: `0000000${no}-0000-4000-8000-000000000000`,
        categoryId,
        text: '门口的泥坑',
        photos: [],
        place: { point, accuracyMetres: 8, words: '红砖房旁边' },
      })
      if (!answer.ok) throw new Error(answer.error.message)
      world.step(61_000)
      return (answer.value as { readonly reportId: string }).reportId
    }
    // Others of the same square and beside it, so that the order says something.
    await submit('neighbour', 'lane-hardening', { lng: 110.5209, lat: 40.5609 }, 1)
    const hidden = await submit('p', 'lane-repair', door, 2)
    await submit('second-neighbour', 'lane-repair', { lng: 110.5213, lat: 40.5614 }, 3)
    await submit('third-neighbour', 'lane-repair', movePoint(first, 190, 0), 4)
    const half = Math.floor(questions.length / 2)
    for (const [no, [action, input]] of questions.entries()) {
      if (no === half) {
        // Later it is overdue and on the list.
        world.step(20 * dayMs)
        await world.tick()
      }
      const person = no % 2 === 0 ? null : 'stranger'
      const told = [await world.send(person, action, input)]
      if (no % 25 === 0) told.push(await world.send(person, 'report.get', { reportId: hidden }))
      answers.push(JSON.stringify(told))
    }
    towns.push(answers)
    await world.close()
  }
  return { questions: questions.length, betterThanRounded: differing(towns) }
}

/** How many answers are not the same in every town. */
const differing = ([one = [], ...others]: readonly (readonly string[])[]): number =>
  one.filter((answer, no) => others.some((other) => other[no] !== answer)).length

/** Messages are called by a keyed digest behind their instant: without the secret nobody can tell one from another. */
const keyedIds = /(\d{13}\.)[0-9a-f]{32}/g

/** Where somebody may say that it happened again. */
const probedAt = (count: number): readonly Point[] =>
  Array.from({ length: count }, (_, no) => {
    const angle = no * 2.399963
    const metres = 90 * Math.sqrt((no + 0.5) / count)
    return movePoint(doors[1] ?? inTheLane, metres * Math.cos(angle), metres * Math.sin(angle))
  })

/**
 * A lamp has been mended at a door that nobody knows. People say at many places around it that it is dark again, look at
 * all they are shown, take it back and look again: some before anybody has accepted it, some after. How many of their
 * looks differ by the door: F1 would be an oracle for somebody else's exact place.
 */
export const probeAround = async (probed = 60): Promise<{ probes: number; betterThanRounded: number }> => {
  const points = probedAt(probed)
  const towns: (readonly string[])[] = []
  const hits: string[] = []
  for (const door of doors) {
    const world = await openMemoryWorld()
    const answers: string[] = []
    const send = async (person: string | null, action: string, input: object): Promise<unknown> => {
      const answer = await world.send(person, action, input)
      if (!answer.ok) throw new Error(`${action}: ${answer.error.message}`)
      return answer.value
    }
    const file = async (person: string, no: number, point: Point): Promise<string> => {
      const place = { point, accuracyMetres: 8, words: '电线杆下' }
      const commandId = `${String(no).padStart(8, '0')}-0000-4000-8000-000000000000`
      const input = { commandId, categoryId: 'street-lamp', text: '灯不亮', photos: [], place }
      const { reportId, ...receipt } = (await send(person, 'report.submit', input)) as {
        readonly reportId: string
      }
      answers.push(JSON.stringify(receipt))
      return reportId
    }
    let steps = 0
    const step = async (person: string, action: string, reportId: string, typed: object = {}) => {
      const { rev } = (await send(person, 'report.get', { reportId })) as { readonly rev: number }
      steps += 1
      const commandId = `${String(steps).padStart(8, '0')}-0000-4000-9000-000000000000`
      return send(person, action, { commandId, reportId, rev, ...typed })
    }
    const hidden = await file('p', 0, door)
    await step('secretary', 'report.accept', hidden)
    await step('secretary', 'report.resolve', hidden, { note: '换了灯', remedy: 'lasting' })
    answers.length = 0
    const look = async (person: string, reportId: string): Promise<void> => {
      const told: unknown[] = []
      for (const [action, input] of [
        ['report.get', { reportId }],
        ['report.mine', {}],
        ['inbox.list', {}],
        ['ledger.list', { unitId: branch.id }],
        ['redFace.list', { unitId: township.id, tab: 'public' }],
        ['unit.get', { unitId: branch.id }],
      ] as const)
        told.push(await world.send(person, action, input))
      answers.push(JSON.stringify(told).replace(keyedIds, '$1'))
    }
    for (const [no, point] of points.entries()) {
      const person = `prober-${no}`
      world.step(61_000)
      const reportId = await file(person, no + 1, point)
      await look(person, reportId)
      world.step(61_000)
      if (no % 3 !== 0) await step('secretary', 'report.accept', reportId)
      // Where there is nothing to dispute the branch writes a note: to residents both are the same.
      if (no % 3 === 2)
        await step('secretary', 'redFace.appeal', reportId, { reason: '不是同一盏' }).catch(() =>
          step('secretary', 'report.note', reportId, { note: '去看看' }),
        )
      world.step(61_000)
      await world.tick()
      await look(person, reportId)
      await step(person, 'report.withdraw', reportId)
      world.step(61_000)
      await world.tick()
      await look(person, reportId)
    }
    const { reports = [] } = await world.collections()
    hits.push(JSON.stringify(reports.map(({ redFaces }) => redFaces)))
    world.step(3 * dayMs)
    await world.tick()
    await look('stranger', hidden)
    towns.push(answers)
    await world.close()
  }
  if (new Set(hits).size < doors.length) throw new Error('the probes hit alike at every door')
  return { probes: points.length, betterThanRounded: differing(towns) }
}

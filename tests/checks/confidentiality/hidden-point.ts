import { categoryIds } from '../../../cloudfunctions/contexts/category/rules/category'
import { movePoint, type Point, roundPoint } from '../../../cloudfunctions/ground/geometry'
import { dayMs } from '../../../cloudfunctions/ground/instant'
import { chanceOf } from './chance'
import { branch, inTheLane, township } from './people'
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
  const [one = [], ...others] = towns
  const betterThanRounded = one.filter((answer, no) => others.some((other) => other[no] !== answer)).length
  return { questions: questions.length, betterThanRounded }
}

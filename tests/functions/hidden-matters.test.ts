import type { FiguresDocument } from '../../cloudfunctions/contexts/figures/store'
import { accusingFigure, sectionOf } from '../../cloudfunctions/contexts/report/rules/lies-in'
import type { Action, InputOf } from '../../cloudfunctions/contract/contract'
import { dayMs } from '../../cloudfunctions/ground/instant'
import { banner, branch, region, township } from '../support/builders'
import { inTheLane, openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(300_000)
let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
  for (let count = 0; count < 4; count += 1) {
    await town.as('resident').submit({ categoryId: 'danger' })
  }
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

type Question = readonly [Action, InputOf<Action>]
const forEveryone: readonly Question[] = [
  ...[branch, township, banner, region].flatMap((unit): readonly Question[] => [
    ['report.recent', { unitId: unit.id, limit: 1 }],
    ['report.recent', { unitId: unit.id, limit: 2 }],
    ['report.recent', { unitId: unit.id }],
    ['report.recent', { unitId: unit.id, isOpen: true, limit: 1 }],
    ['report.recent', { unitId: unit.id, isOpen: true }],
    ['unit.get', { unitId: unit.id }],
    ['redFace.list', { unitId: unit.id, tab: 'public' }],
    ['redFace.list', { unitId: unit.id, tab: 'cleared' }],
    ['ledger.list', { unitId: unit.id }],
  ]),
  ['report.nearby', { point: inTheLane, categoryId: 'about-branch' }],
  ['report.nearby', { point: inTheLane, categoryId: 'danger' }],
]
const ofTheSecretary: readonly Question[] = [
  ...(['waiting', 'working', 'check', 'suspended', 'done'] as const).map(
    (tab): Question => ['queue.list', { unitId: branch.id, tab, limit: 1 }],
  ),
  ['queue.counts', { unitId: branch.id }],
  ['inbox.list', { unitId: branch.id }],
]

/** Those that only say when they were asked. */
const askedWhen = new Set(['fromAt', 'toAt', 'thumbUrl'])
const withoutTheHour = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (field, one) => (askedWhen.has(field) ? undefined : one)))

/** What is answered: rows, cursors, counts and order. */
const answersOf = async (
  person: string | null,
  questions: readonly Question[],
): Promise<readonly unknown[]> => {
  const answers: unknown[] = []
  for (const [action, input] of questions) {
    const answer = await town.as(person).send(action, input)
    answers.push([action, input, withoutTheHour(answer.ok ? answer.value : answer.error.code)])
  }
  return answers
}

describe('S1, H4: a complaint changes nothing in what those see who may not know of it', () => {
  test.each([
    ['when it is made', 0],
    ['when it is overdue', 20 * dayMs],
  ])(
    '%s',
    async (_when, later) => {
      await town.later(later)
      const complain = () =>
        town.as('neighbour').submit({ categoryId: 'about-branch', text: '支部不理人', photos: [] })
      const everyone = await answersOf(null, forEveryone)
      const resident = await answersOf('resident', forEveryone)
      const secretary = await answersOf('secretary', [...forEveryone, ...ofTheSecretary])
      const { reportId } = await complain()
      expect(await town.report(reportId)).toMatchObject({
        answerableUnit: { id: township.id },
        isSorting: false,
      })
      expect(await answersOf(null, forEveryone)).toEqual(everyone)
      expect(await town.as(null).get('unit.get', { unitId: township.id })).toMatchObject({ openCount: 4 })
      expect(await answersOf('resident', forEveryone)).toEqual(resident)
      expect(await answersOf('secretary', [...forEveryone, ...ofTheSecretary])).toEqual(secretary)
      const { rows } = await town
        .as('township-staff')
        .get('queue.list', { unitId: township.id, tab: 'waiting' })
      expect(rows.map((row) => row.id)).toContain(reportId)
    },
    120_000,
  )

  test('H4: nor in the queues of staff who have a seat in the accused unit, through whichever seat they look', async () => {
    const tabs = ['sorting', 'requests', 'waiting', 'working', 'overdue', 'open'] as const
    const questions: readonly Question[] = [
      ...tabs.map((tab): Question => ['queue.list', { unitId: township.id, tab, limit: 1 }]),
      ...tabs.map((tab): Question => ['queue.list', { unitId: township.id, tab }]),
      ['queue.counts', { unitId: township.id }],
    ]
    const before = await answersOf('township-staff', questions)
    const { reportId } = await town
      .as('neighbour')
      .submit({ categoryId: 'about-branch', text: '支部又不理人', photos: [] })
    expect(await answersOf('township-staff', questions)).not.toEqual(before)
    await town.meddle('reports', reportId, { accusedUnitId: township.id })
    // As it would have been counted, had it accused the township from the first.
    const [counted] = await town.documents<FiguresDocument>('figures', {
      _id: sectionOf.complaints(township.id, branch.id),
    } as never)
    const lies = { ...counted?.own }
    for (const list of ['waiting', 'open'] as const) {
      lies[accusingFigure(branch.id, list)] = (lies[accusingFigure(branch.id, list)] ?? 0) - 1
      lies[accusingFigure(township.id, list)] = 1
    }
    await town.meddle('figures', sectionOf.complaints(township.id, branch.id), { own: lies })
    expect(await answersOf('township-staff', questions)).toEqual(before)
    const banners = await town
      .as('banner-staff')
      .get('queue.list', { unitId: banner.id, tab: 'open', limit: 50 })
    expect(banners.rows.map((row) => row.id)).toContain(reportId)
  })
})

import { randomUUID } from 'node:crypto'
import type { FiguresDocument } from '../../cloudfunctions/contexts/figures/store'
import type { StaffRole, Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import { accusingFigure, sectionOf } from '../../cloudfunctions/contexts/report/rules/lies-in'
import type { Action, InputOf } from '../../cloudfunctions/contract/contract'
import { dayMs } from '../../cloudfunctions/ground/instant'
import {
  aMembership,
  banner,
  branch,
  housingBureau,
  otherBranch,
  region,
  temporaryUnit,
  township,
} from '../support/builders'
import { inTheSteppe, openTestCloud, type TestCloud } from '../support/cloud'
import { inTheLane } from '../support/town'

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
    await town.meddle('reports', reportId, { accusedUnitId: township.id, accuses: township.id })
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

describe('H4: of a complaint nobody has said whom it is about', () => {
  const seat = (person: string, unit: Unit, role: StaffRole) => {
    const { id, ...membership } = aMembership(unit, role)
    return town.put('memberships', [
      { _id: `${person}-${id}`, ...membership, accountId: `custom:${person}` } as never,
    ])
  }
  const tabs = ['sorting', 'requests', 'waiting', 'working', 'overdue', 'open'] as const
  const asked = [
    ...tabs.flatMap((tab): readonly Question[] => [
      ['queue.list', { unitId: township.id, tab, limit: 1 }],
      ['queue.list', { unitId: township.id, tab }],
    ]),
    ['queue.counts', { unitId: township.id }],
    ['unit.get', { unitId: township.id }],
    ['inbox.list', { unitId: township.id, limit: 1 }],
    ['inbox.list', { unitId: township.id, limit: 50 }],
    ['me.get', {}],
  ] satisfies readonly Question[]
  beforeAll(() => town.later(0))

  /** What they are answered, but for when the clock ran last. */
  const toldTo = async (person: string): Promise<unknown> =>
    JSON.parse(
      JSON.stringify(await answersOf(person, asked), (field, one) => (field === 'asOf' ? undefined : one)),
    )
  const seesIt = async (person: string, reportId: string) => {
    const { rows } = await town.as(person).get('queue.list', { unitId: township.id, tab: 'open', limit: 50 })
    const read = await town.as(person).send('report.get', { reportId })
    const isListed = rows.some(({ id }) => id === reportId)
    expect(isListed).toBe(read.ok)
    return read.ok
  }

  test.each([
    ['the township is named as the place', { words: '镇上', namedUnitId: township.id }],
    ['the point lies off the grid', { point: inTheSteppe, words: '' }],
  ])(
    'until whoever sorts it says so, nobody with a seat below knows of it: %s',
    async (what, place) => {
      const [inBranch, inOther] = [`of the branch: ${what}`, `of another branch: ${what}`]
      for (const [person, unit] of [
        [inBranch, branch],
        [inOther, otherBranch],
      ] as const) {
        await seat(person, unit, 'secretary')
        await seat(person, township, 'clerk')
      }
      const before = [await toldTo(inBranch), await toldTo(inOther)]
      const { reportId } = await town
        .as('neighbour')
        .submit({ categoryId: 'about-branch', text: '书记不理人', photos: [], place })
      await town.later(0)
      const report = await town.report(reportId)
      expect(report).toMatchObject({ isSorting: true, answerableUnit: { id: township.id } })
      expect(report.accusedUnitId).toBeUndefined()
      expect([await toldTo(inBranch), await toldTo(inOther)]).toEqual(before)
      for (const person of [inBranch, inOther]) {
        expect(await seesIt(person, reportId)).toBe(false)
        expect(await town.as(person).refused('unit.targets', { reportId })).toBe('not-found')
        const input = { commandId: randomUUID(), reportId, rev: report.rev, accusedUnitId: otherBranch.id }
        expect(await town.as(person).refused('report.route', { ...input, note: '' })).toBe('not-found')
      }

      const sorter = town.as('township-staff')
      expect(await seesIt('township-staff', reportId)).toBe(true)
      expect(await sorter.get('unit.targets', { reportId })).toMatchObject({ accusedWithin: township.id })
      const chosen = { commandId: randomUUID(), reportId, rev: report.rev, note: '' }
      expect(await sorter.refused('report.route', { ...chosen, toUnitId: banner.id })).toBe('accused-unnamed')
      await sorter.step('report.route', reportId, { accusedUnitId: branch.id, note: '' })
      expect(await town.report(reportId)).toMatchObject({
        accusedUnitId: branch.id,
        // In the township somebody sits in that branch as well.
        answerableUnit: { id: banner.id },
        isSorting: false,
      })
      await town.later(0)
      expect((await town.as('banner-staff').get('report.get', { reportId })).view).toBe('staff')
      expect(await toldTo(inBranch)).toEqual(before[0])
      // It is not about them: what the township was told is theirs to read as anybody's there, though it has it no more.
      expect(await toldTo(inOther)).not.toEqual(before[1])
      expect(await seesIt(inOther, reportId)).toBe(false)
    },
    240_000,
  )

  test('named to be about those who sort it, it is gone from their tabs, numbers and inbox', async () => {
    const before = await toldTo('township-staff')
    const { reportId } = await town.as('neighbour').submit({
      categoryId: 'about-branch',
      text: '镇上不理人',
      photos: [],
      place: { words: '镇上', namedUnitId: township.id },
    })
    await town.later(0)
    expect(await toldTo('township-staff')).not.toEqual(before)
    await town.as('township-staff').step('report.route', reportId, { accusedUnitId: township.id, note: '' })
    await town.later(0)
    expect(await toldTo('township-staff')).toEqual(before)
    expect((await town.as('banner-staff').get('report.get', { reportId })).view).toBe('staff')
  })

  test('nobody is named who is not there; whoever is, a temporary unit too, does not know of it', async () => {
    const squad = { ...temporaryUnit, path: [...township.path, temporaryUnit.id], parentId: township.id }
    const { id: _id, ...unit } = squad
    await town.put('units', [{ _id, ...unit }])
    await seat('squad-and-township', squad, 'secretary')
    await seat('squad-and-township', township, 'clerk')
    const complain = (accusedUnitId: string) =>
      town.as('neighbour').submit({
        categoryId: 'about-branch',
        text: '突击队不理人',
        photos: [],
        accusedUnitId,
        place: { words: '镇上', namedUnitId: township.id },
      })
    await expect(complain(housingBureau.id)).rejects.toThrow()
    const { reportId } = await complain(squad.id)
    expect(await town.report(reportId)).toMatchObject({ accusedUnitId: squad.id })
    expect((await town.as('squad-and-township').send('report.get', { reportId })).ok).toBe(false)
  })
})

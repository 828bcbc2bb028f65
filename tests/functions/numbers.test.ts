import { randomUUID } from 'node:crypto'
import { spokenNumber } from '../../cloudfunctions/contexts/report/rules/report-number'
import { numberReports } from '../../cloudfunctions/contexts/report/shared/number-reports'
import { cloudPorts } from '../../cloudfunctions/entrypoints/ports'
import { branch, region, township } from '../support/builders'
import { aSubmissionInput, openTestCloud, type TestCloud } from '../support/cloud'
import { isReportNumber } from '../support/numbers'
import { inTheLane } from '../support/town'

jest.setTimeout(300_000)
let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

/** The number in both of its spellings. */
const spellings = (number: string | null): readonly string[] =>
  number === null ? [] : [number, spokenNumber(number)]

/** Everything the product answers to somebody about a report: its page, every list, the messages. */
const answersTo = async (person: string | null, reportId: string): Promise<string> => {
  const caller = town.as(person)
  const questions = [
    ['report.get', { reportId }],
    ['report.mine', {}],
    ['report.recent', { unitId: branch.id }],
    ['report.recent', { unitId: region.id }],
    ['report.nearby', { point: inTheLane, categoryId: 'lane-repair' }],
    ['queue.list', { unitId: branch.id, tab: 'waiting' }],
    ['queue.list', { unitId: branch.id, tab: 'working' }],
    ['queue.list', { unitId: township.id, tab: 'open' }],
    ['redFace.list', { unitId: branch.id, tab: 'public' }],
    ['ledger.list', { unitId: branch.id }],
    ['unit.targets', { reportId }],
    ['inbox.list', {}],
    ['inbox.list', { unitId: branch.id }],
    ['inbox.list', { unitId: township.id }],
  ] as const
  const answers: unknown[] = []
  for (const [action, input] of questions) answers.push(await caller.send(action, input))
  return JSON.stringify(answers)
}

const reads = async (person: string | null, reportId: string, number: string | null): Promise<boolean> => {
  const told = await answersTo(person, reportId)
  return spellings(number).some((spelling) => told.includes(spelling))
}

test('a report gets a number on being sent; sent again, eight times at once too, it has the same', async () => {
  const input = aSubmissionInput('resident')
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => town.as('resident').get('report.submit', input)),
  )
  const numbers = new Set(answers.map((answer) => answer.number))
  expect(numbers.size).toBe(1)
  const [number = null] = numbers
  expect(isReportNumber(number ?? '')).toBe(true)
  const kept = await town.documents<{ readonly _id: string }>('report_numbers')
  expect(kept.map(({ _id }) => _id)).toContain(number)
  expect((await town.as('resident').get('report.submit', input)).number).toBe(number)
})

test('of two instances that keep one number at once the database gives it to one, and no other with it', async () => {
  const { reports } = cloudPorts(town.app)
  const both = await Promise.all([
    reports.keepNumbers(['2000000001', '1000000005']),
    reports.keepNumbers(['1000000005', '3000000009']),
  ])
  expect([...both].sort()).toEqual([false, true])
  expect(await reports.keepNumbers(['1000000005'])).toBe(false)
})

test('sixteen instances that give numbers at once give none twice', async () => {
  // They draw the same few places again and again, which nine hundred million would do once in years.
  const give = Array.from({ length: 16 }, (_, instance) => {
    let draws = instance
    const draw = () => {
      draws += 7
      return draws % 1000
    }
    return numberReports({ reports: cloudPorts(town.app).reports, draw })
  })
  const given = (
    await Promise.all(give.map(async (next) => [await next(), await next(), await next()]))
  ).flat()
  expect(new Set(given).size).toBe(given.length)
})

describe('who reads the number', () => {
  let reportId = ''
  let number: string | null = null
  beforeAll(async () => {
    ;({ reportId, number } = await town.as('resident').submit())
    await town.as('neighbour').get('report.support', { commandId: randomUUID(), reportId })
    await town.as('secretary').step('report.accept', reportId, {})
    const child = await town.as('second-neighbour').submit()
    await town.as('secretary').step('report.merge', child.reportId, { parentReportId: reportId })
    await town.later(0)
    await town.as('secretary').step('redFace.declare', reportId, { note: '群众意见最大' })
    await town.later(3 * 24 * 3_600_000)
  })

  test.each(['resident', 'secretary', 'township-staff'])('%s does', async (person) => {
    expect(await reads(person, reportId, number)).toBe(true)
  })

  test.each([null, 'villager', 'neighbour', 'second-neighbour', 'other-secretary', 'handler'])(
    '%p does not, neither in a list nor on a page nor in a message',
    async (person) => {
      expect(await answersTo(person, reportId)).toContain(reportId)
      expect(await reads(person, reportId, number)).toBe(false)
    },
  )

  test('who was merged in has a number of their own', async () => {
    const { rows } = await town.as('second-neighbour').get('report.mine', {})
    const numbers = rows.map((row) => [row.part, row.number === null])
    expect(numbers).toContainEqual(['co-reporter', true])
    expect(numbers).toContainEqual(['reporter', false])
  })

  test('a message says which matter it is about, to each as they may know it', async () => {
    const aboutFor = async (person: string, unitId?: string) =>
      (await town.as(person).get('inbox.list', unitId ? { unitId } : {})).rows.find(
        (row) => row.reportId === reportId,
      )?.about
    const [own, units, joined] = [
      await aboutFor('resident'),
      await aboutFor('secretary', branch.id),
      await aboutFor('neighbour'),
    ]
    for (const about of [own, units]) {
      expect(about).toContain('供销社往东第二条巷子')
      expect(about).toContain(`编号 ${spokenNumber(number ?? '')}`)
    }
    expect(joined).toBe('3月2日 10:00上报')
  })
})

test('M3: who takes a leaving reporter’s place reads the number, and no word of theirs', async () => {
  const { reportId, number } = await town.as('resident').submit()
  await town.as('neighbour').get('report.support', { commandId: randomUUID(), reportId })
  expect(await reads('neighbour', reportId, number)).toBe(false)
  await town.as('resident').step('report.withdraw', reportId, {})
  await town.later(0)
  await town.as('secretary').step('report.accept', reportId, {})
  await town.later(0)
  expect(await town.as('neighbour').get('report.get', { reportId })).toMatchObject({
    part: 'reporter',
    number,
    text: null,
    placeWords: null,
  })
  const { rows } = await town.as('neighbour').get('inbox.list', {})
  const [accepted] = rows.filter((row) => row.reportId === reportId && row.title === '已受理')
  expect(accepted?.about).toContain(`编号 ${spokenNumber(number ?? '')}`)
  expect(accepted?.about).not.toContain('供销社往东第二条巷子')
})

test('H4: the number of a complaint is its reporter’s and the level’s above; who is accused reads it nowhere', async () => {
  const { reportId, number } = await town
    .as('neighbour')
    .submit({ categoryId: 'about-branch', text: '支部不理人', photos: [] })
  await town.later(0)
  expect(await reads('neighbour', reportId, number)).toBe(true)
  expect(await reads('township-staff', reportId, number)).toBe(true)
  for (const person of ['secretary', 'grid-worker', 'resident', null])
    expect(await reads(person, reportId, number)).toBe(false)
})

test('a report from before there were numbers is read and handled as ever, and named without', async () => {
  const input = aSubmissionInput('resident')
  const { reportId, number } = await town.as('resident').get('report.submit', input)
  await town.meddle('reports', reportId, { number: town.app.database().command.remove() })
  expect(number).not.toBeNull()
  expect((await town.as('resident').get('report.get', { reportId })).number).toBeNull()
  expect((await town.as('resident').get('report.submit', input)).number).toBeNull()
  await town.as('secretary').step('report.accept', reportId, {})
  await town.later(0)
  const { rows } = await town.as('resident').get('inbox.list', {})
  const accepted = rows.find((row) => row.reportId === reportId && row.title === '已受理')
  expect(accepted?.about).toMatch(/^供销社往东第二条巷子 · 3月\d+日 \d+:\d+上报$/)
})

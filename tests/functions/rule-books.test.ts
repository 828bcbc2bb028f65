import type { Category, CategoryId } from '../../cloudfunctions/contexts/category/rules/category'
import { lineText } from '../../cloudfunctions/contexts/report/words'
import {
  type RuleBook,
  defaultRuleBook as region,
} from '../../cloudfunctions/contexts/rule-book/rules/rule-book'
import { ruleBookRepository } from '../../cloudfunctions/contexts/rule-book/store'
import { cloudStore } from '../../cloudfunctions/entrypoints/ports'
import { dayMs, hourMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { banner, branch, otherBranch, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(300_000)
let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())

/** Function instances go on for a minute with the book they have read. */
const untilRead = () => town.later(2 * minuteMs)
const books = () => ruleBookRepository(cloudStore(town.app as never), console)
const publish = async (book: RuleBook): Promise<void> => {
  expect(await books().publish(banner.id, book)).toEqual([])
  await untilRead()
}
const withCategory = (id: CategoryId, change: Partial<Category>): RuleBook['categories'] =>
  region.categories.map((one) => (one.id === id ? { ...one, ...change } : one))

/** A lamp is accepted within an hour; residents have ten days to rate; nobody urges more than once in two days. */
const first: RuleBook = {
  ...region,
  version: 'banner-1',
  categories: withCategory('street-lamp', { acceptWithin: { unit: 'working-hours', count: 1 } }),
  report: { ...region.report, silenceClosesAfterDays: 10 },
  redFace: { ...region.redFace, noticeHours: 12 },
}
/** As the region has it, but residents may urge every three hours; suggestions are not taken any more. */
const second: RuleBook = {
  ...region,
  version: 'banner-2',
  categories: region.categories.filter(({ id }) => id !== 'suggestion'),
  report: { ...region.report, urgeEveryHours: 3 },
}

const lampText = async (): Promise<string | undefined> =>
  (await town.as(null).get('category.list', { unitId: branch.id })).rows.find(
    ({ id }) => id === 'street-lamp',
  )?.acceptText

describe('K10: a banner’s own rule book', () => {
  let lamp = ''
  let suggestion = ''
  let resolvedAt = 0

  test('that gives its units longer than the region does is not used, and its staff alone are told why', async () => {
    const documents = town.app.database().collection('rule_books')
    await documents.add({
      ...region,
      _id: `${banner.id}@slow`,
      version: 'slow',
      categories: withCategory('street-lamp', { acceptWithin: { unit: 'working-days', count: 3 } }),
    })
    await documents.add({ _id: banner.id, current: 'slow' })
    const before = town.complaints.length
    expect(await lampText()).toBe('4个工作小时内受理')
    const { reportId } = await town.as('resident').submit({ categoryId: 'street-lamp' })
    expect((await town.report(reportId)).deadlines.ruleVersion).toBe(region.version)
    expect(town.complaints.slice(before).join()).toContain(`${banner.id}@slow`)

    const faultFor = async (person: string | null, unitId: string) =>
      (await town.as(person).get('unit.get', { unitId })).ruleBookFault
    expect(await faultFor('banner-staff', banner.id)).toContain('受理3个工作日，可能长于上一级的4个工作小时')
    expect(await faultFor('resident', banner.id)).toBeNull()
    expect(await faultFor(null, banner.id)).toBeNull()
    expect(await faultFor('township-staff', township.id)).toBeNull()
  })

  test('within the region’s bounds is used, and its version stands with what it decided', async () => {
    await publish(first)
    expect(await lampText()).toBe('1个工作小时内受理')
    lamp = (await town.as('resident').submit({ categoryId: 'street-lamp' })).reportId
    suggestion = (await town.as('neighbour').submit({ categoryId: 'suggestion' })).reportId
    expect(await town.report(lamp)).toMatchObject({
      deadlines: { ruleVersion: 'banner-1' },
      routing: { ruleVersion: 'banner-1' },
      submittedUnder: { bannerId: banner.id, version: 'banner-1' },
    })
    expect((await town.as('banner-staff').get('unit.get', { unitId: banner.id })).ruleBookFault).toBeNull()
  })

  test('gives screens its numbers; a unit elsewhere, and nobody’s, have the region’s', async () => {
    const rulesAt = (unitId?: string) =>
      town.as(null).get('rules.get', unitId === undefined ? {} : { unitId })
    expect(await rulesAt(branch.id)).toMatchObject({
      version: 'banner-1',
      report: { silenceClosesAfterDays: 10 },
      redFace: { noticeHours: 12 },
      recurrence: region.redFace.recurrence,
    })
    expect(await rulesAt()).toMatchObject({ version: region.version, redFace: { noticeHours: 24 } })
    expect(await town.as(null).refused('rules.get', { unitId: 'nobody' })).toBe('unknown-unit')
  })

  test('lengthens nothing that runs: whoever gets the matter next has no longer than was promised', async () => {
    const told = (await town.report(lamp)).deadlines
    await publish(second)
    expect(await lampText()).toBe('4个工作小时内受理')
    await town
      .as('secretary')
      .step('report.transfer', lamp, { toUnitId: otherBranch.id, note: '不在我们这里' })
    const { deadlines } = await town.report(lamp)
    expect(deadlines.acceptDueAt).toBeLessThanOrEqual(town.now() + 1 * hourMs)
    expect(deadlines.resolveDueAt).toBe(told.resolveDueAt)
    const newer = await town.as('second-neighbour').submit({ categoryId: 'street-lamp' })
    expect(newer.acceptDueAt).toBeGreaterThan(town.now() + 3 * hourMs)
  })

  test('is told to who reads a matter with the numbers that the matter was promised', async () => {
    const { submittedUnder } = await town.as('neighbour').get('report.get', { reportId: suggestion })
    expect(submittedUnder).toBe(`${banner.id}@banner-1`)
    const rulesOf = (under: string) =>
      town.as(null).get('rules.get', { unitId: branch.id, submittedUnder: under })
    // Of each the kinder: ten days to rate as promised, urged again after three hours as it is now.
    expect((await rulesOf(submittedUnder)).report).toMatchObject({
      silenceClosesAfterDays: 10,
      urgeEveryHours: 3,
    })
    for (const under of [`${banner.id}@banner-2`, `${banner.id}@nobody-kept-it`, region.version])
      expect((await rulesOf(under)).report.silenceClosesAfterDays).toBe(region.report.silenceClosesAfterDays)
    expect(await town.as(null).refused('rules.get', { submittedUnder: '../rules' })).toBe('invalid-input')
  })

  test('stands by name in every line of the trace that it decided', async () => {
    const { timeline } = await town.report(lamp)
    const namedIn = (kind: (typeof timeline)[number]['kind']) =>
      timeline.find((line) => line.kind === kind)?.decidedUnder
    expect(namedIn('submitted')).toBe(`${banner.id}@banner-1`)
    expect(namedIn('transferred')).toBe(`${banner.id}@banner-2`)
    expect(timeline.filter((line) => line.decidedUnder === undefined)).toEqual([])
  })

  test('holds at once in what it makes stricter', async () => {
    await town.as('resident').step('report.urge', lamp, {})
    const { rev } = await town.report(lamp)
    const again = await town.as('resident').send('report.urge', {
      commandId: '6f1c2a34-5b6d-4e7f-8a9b-0c1d2e3f4a5b',
      reportId: lamp,
      rev,
    })
    expect(again).toMatchObject({
      ok: false,
      error: { code: 'urged-already', message: '刚刚催过了，隔3小时可以再催' },
    })
    await town.later(3 * hourMs)
    await town.as('resident').step('report.urge', lamp, {})
  })

  test('that takes a kind no more leaves what was reported its name and its clock', async () => {
    const seen = await town.as('neighbour').get('report.get', { reportId: suggestion })
    expect(seen.categoryName).toBe('意见建议')
    await town.as('secretary').step('report.accept', suggestion, {})
    expect((await town.report(suggestion)).status).toBe('accepted')
  })

  test('takes no day from those who may still rate', async () => {
    await town.as('secretary').step('report.resolve', suggestion, { note: '已采纳', remedy: 'lasting' })
    resolvedAt = (await town.report(suggestion)).resolvedAt ?? 0
    await town.later(resolvedAt + 10 * dayMs - minuteMs - town.now())
    expect((await town.report(suggestion)).status).toBe('resolved')
    await town.later(2 * minuteMs)
    const closed = await town.report(suggestion)
    expect(closed.status).toBe('closed')
    const line = closed.timeline.find(({ kind }) => kind === 'closed')
    expect(line && lineText(line)).toContain('办结10天')
  })

  test('can be read again after it has been replaced', async () => {
    expect(await books().of(banner.id)).toEqual(second)
    expect(await books().version(banner.id, 'banner-1')).toEqual(first)
  })
})

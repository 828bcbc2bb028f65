import type { FiguresDocument } from '../../cloudfunctions/contexts/figures/store'
import type { ReportDocument } from '../../cloudfunctions/contexts/report/report-documents'
import { withoutAccused } from '../../cloudfunctions/contexts/report/rules/lies-in'
import { runClock } from '../../cloudfunctions/entrypoints/clock/run-clock'
import { cloudPorts } from '../../cloudfunctions/entrypoints/ports'
import { chinaDateOn, dayMs, hourMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { banner, branch, otherBranch, region, township } from '../support/builders'
import { openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(300_000)

let town: TestCloud
beforeEach(async () => {
  town = await openTestCloud()
})
afterEach(() => town.close())

const tabsOf = async (person: string, unitId: string) => {
  const { tabs } = await town.as(person).get('queue.counts', { unitId })
  return Object.fromEntries(tabs.map(({ tab, count }) => [tab, count]))
}
/** For so long an instance answers those who have not signed in the same. */
const anonymouslyKeptMs = 15_000
const openIn = async (unitId: string): Promise<number> =>
  (await town.as(null).get('unit.get', { unitId })).openCount

test('a branch sees at once what it did and what was sent to it; the levels above see it when the clock has run', async () => {
  const { reportId } = await town.as('resident').submit()
  expect(await tabsOf('secretary', branch.id)).toMatchObject({ waiting: 1, working: 0 })
  await town.as('secretary').step('report.accept', reportId, {})
  expect(await tabsOf('secretary', branch.id)).toMatchObject({ waiting: 0, working: 1 })
  expect(await openIn(township.id)).toBe(0)
  const before = town.now()
  await town.later(anonymouslyKeptMs)
  for (const { id } of [branch, township, banner, region]) expect(await openIn(id)).toBe(1)
  const { asOf } = await town.as('township-staff').get('queue.counts', { unitId: township.id })
  expect(asOf).toBeGreaterThanOrEqual(before)
  expect(town.complaints).toEqual([])
})

test('while the clock is behind with something, the figures are as of then, and no later', async () => {
  const ports = cloudPorts(town.app)
  const run = (figures: Partial<typeof ports.figures>, at: number) =>
    runClock({ ...ports, figures: { ...ports.figures, ...figures } })(at, () => true)
  const asOf = async () => (await town.as('township-staff').get('queue.counts', { unitId: township.id })).asOf
  await town.later(0)
  const { reportId } = await town.as('resident').submit()
  const { changedAt: sentAt } = await town.report(reportId)
  const failing = async () => {
    throw new Error('the database is out')
  }
  for (let minutes = 1; minutes <= 3; minutes += 1) {
    await run({ add: failing, contains: failing }, sentAt + minutes * minuteMs)
    expect(await asOf()).toBe(sentAt)
  }
  await run({}, sentAt + hourMs)
  expect(await asOf()).toBe(sentAt + hourMs)
})

test('a report that fails on holds nobody else’s figures back for good, and is named by each run', async () => {
  const ports = cloudPorts(town.app)
  const asOf = async () => (await town.as('township-staff').get('queue.counts', { unitId: township.id })).asOf
  await town.later(0)
  const { reportId } = await town.as('resident').submit()
  const { changedAt: sentAt } = await town.report(reportId)
  const { figures } = ports
  const failing: Partial<typeof figures> = {
    contains: async () => false,
    add: async (key, move) => {
      if (key.startsWith(reportId)) throw new Error('this one cannot be counted')
      await figures.add(key, move)
    },
  }
  const run = (minutes: number) =>
    runClock({ ...ports, figures: { ...figures, ...failing } })(sentAt + minutes * minuteMs, () => true)
  for (let minutes = 1; minutes <= 12; minutes += 1) {
    expect(await run(minutes)).toMatchObject({ figuresLack: [] })
    expect(await asOf()).toBe(sentAt)
  }
  for (let minutes = 13; minutes <= 30; minutes += 1) await run(minutes)
  expect(await run(31)).toMatchObject({ figuresLack: [reportId] })
  expect(await asOf()).toBe(sentAt + 31 * minuteMs)
})

test('H4, S1: what is open in an area is a list of its own, in an order that tells nothing of a contact or a complaint', async () => {
  const done = await town.as('resident').submit()
  await town.as('resident').step('report.withdraw', done.reportId, {})
  const [first, second] = [await town.as('resident').submit(), await town.as('neighbour').submit()]
  await town.as('neighbour').submit({ categoryId: 'about-branch', text: '支部不理人', photos: [] })
  const listed = async () => {
    const page = await town.as(null).get('report.recent', { unitId: township.id, isOpen: true })
    return page.rows.map(({ id }) => id)
  }
  const before = await listed()
  // Submitted on a day off they fall due together.
  expect([...before].sort()).toEqual([first.reportId, second.reportId].sort())
  await town.as('secretary').step('report.accept', first.reportId, {})
  await town.as('secretary').step('report.contact', first.reportId, { channel: 'visit', note: '看过了' })
  expect(await listed()).toEqual(before)
})

test('the red-face list says how many are on it by its rows, where a figure lags behind them', async () => {
  await town.as('resident').submit()
  await town.later(20 * dayMs)
  const counts = async (limit: number) => {
    await town.later(anonymouslyKeptMs)
    const { rows, publicCount } = await town
      .as(null)
      .get('redFace.list', { unitId: branch.id, tab: 'public', limit })
    return [rows.length, publicCount]
  }
  expect(await counts(20)).toEqual([1, 1])
  await town.meddle('figures', branch.id, { own: { redFaces: 0 } })
  expect(await counts(20)).toEqual([1, 1])
})

test('reports that were stored before there were figures are counted by the clock, and nothing of them changes', async () => {
  const { reportId } = await town.as('resident').submit()
  await town.later(0)
  await town.meddle('reports', reportId, { countedIn: town.app.database().command.remove() })
  for (const { _id } of await town.documents<FiguresDocument>('figures'))
    await town.app.database().collection('figures').where({ _id }).remove()
  const before = await town.report(reportId)
  const { rates, asOf } = await town.as('secretary').get('unit.get', { unitId: branch.id })
  expect({ rates, asOf }).toEqual({ rates: null, asOf: null })
  await town.later(dayMs)
  for (const { id } of [branch, township, banner, region]) expect(await openIn(id)).toBe(1)
  expect((await town.as('secretary').get('unit.get', { unitId: branch.id })).rates).not.toBeNull()
  const [after] = await town.documents<ReportDocument>('reports', { _id: reportId } as never)
  expect(after).toMatchObject({ submittedAt: before.submittedAt, queueUnitId: branch.id })
  expect(town.complaints).toEqual([])
})

test('a figure that does not agree with the reports is told, and put right on the next day', async () => {
  await town.as('resident').submit()
  await town.later(0)
  await town.meddle('figures', branch.id, { own: { open: 7 } })
  await town.meddle('figures', township.id, { below: { open: 9 } })
  await town.later(dayMs)
  await town.later(anonymouslyKeptMs)
  for (const { id } of [branch, township, banner, region]) expect(await openIn(id)).toBe(1)
  expect(town.complaints.join()).toContain('"figuresDrifted":[{"section":"')
  expect(town.complaints.join()).toContain('"by":{"open":-6}')
  // Counted once more, and found right: it is told no longer, and what is wrong the next day is.
  const told = town.complaints.length
  await town.later(hourMs)
  expect(town.complaints.length).toBe(told)
  await town.meddle('figures', branch.id, { own: { open: 4 } })
  await town.later(dayMs)
  expect(town.complaints.slice(told).join()).toContain('"by":{"open":-3}')
})

test('Q1, Q7: a branch’s rates are its months’, whenever its page is read, and stand to those of its banner', async () => {
  for (let count = 0; count < 10; count += 1) {
    const { reportId } = await town.as('resident').submit({ categoryId: 'danger' })
    await town.as('secretary').step('report.accept', reportId, {})
    await town.as('secretary').step('report.contact', reportId, { channel: 'visit', note: '看过了' })
  }
  await town.later(3 * dayMs)
  const { rates } = await town.as('secretary').get('unit.get', { unitId: branch.id })
  expect(rates).toMatchObject({
    response: { numerator: 10, denominator: 10, value: 1 },
    standings: { response: 'usual', solved: null, satisfaction: null },
  })
  expect(rates?.fromAt).toBe(Date.parse('2026-01-01T00:00:00+08:00'))
  const [ofBanner] = await town.documents<FiguresDocument>('figures', {
    _id: `${banner.id}@2026-03`,
  } as never)
  expect(ofBanner).toMatchObject({ below: { kept: 10, due: 10 } })
  expect(town.complaints).toEqual([])
})

const daysOf = (person: string, unitId: string) =>
  town.as(person).get('unit.days', { unitId, from: '2026-03-01', to: '2026-03-31' })

/** A matter that was contacted, resolved and rated within its first hour. */
const playThrough = async (): Promise<string> => {
  const { reportId } = await town.as('resident').submit({ categoryId: 'danger' })
  await town.as('secretary').step('report.accept', reportId, {})
  await town.as('secretary').step('report.contact', reportId, { channel: 'visit', note: '看过了' })
  return reportId
}

test('a unit’s days say what happened in its area by group, to whoever has a seat in it or above it', async () => {
  await playThrough()
  await town.later(3 * dayMs)
  const { days, asOf } = await daysOf('secretary', branch.id)
  const [first] = days
  expect(days).toHaveLength(1)
  expect(first).toMatchObject({ on: '2026-03-02', groups: [{ groupId: 'safety' }] })
  expect(first?.groups[0]?.counts).toMatchObject({ in: 1, due: 1, kept: 1, out: 0, resolved: 0 })
  expect(asOf).toBeGreaterThan(Date.parse('2026-03-05T00:00:00+08:00'))
  for (const { id } of [township, banner]) expect((await daysOf('banner-staff', id)).days).toEqual(days)
  for (const stranger of ['resident', 'other-secretary', 'partner-staff'])
    expect(
      await town
        .as(stranger)
        .refused('unit.days', { unitId: branch.id, from: '2026-03-01', to: '2026-03-02' }),
    ).toBe('not-allowed')
  for (const [from, to] of [
    ['2026-03-02', '2026-03-01'],
    ['2026-01-01', '2026-06-30'],
    ['2026-02-30', '2026-03-01'],
  ] as const)
    expect(await town.as('secretary').refused('unit.days', { unitId: branch.id, from, to })).toBe(
      'invalid-input',
    )
  expect(town.complaints).toEqual([])
})

test('a section, a month, a day or what a report says of them that is missing is told, and made anew', async () => {
  const reportId = await playThrough()
  await town.later(3 * dayMs)
  /** All that figures say, with where they lie. */
  const all = async () =>
    Object.fromEntries(
      (await town.documents<FiguresDocument>('figures'))
        .filter(({ _id }) => _id !== '!')
        .map(({ _id, own = {}, below = {}, above }): readonly [string, object] => {
          const some = (numbers: object) => Object.entries(numbers).filter(([, count]) => count !== 0)
          return [_id, { above, own: some(own).sort(), below: some(below).sort() }]
        }),
    )
  const before = await all()
  const drop = (collection: string, _id: string) =>
    town.app.database().collection(collection).where({ _id }).remove()
  const month = `${branch.id}@2026-03`
  for (const id of [branch.id, township.id, month, `${banner.id}@2026-03-02`]) {
    await drop('figures', id)
    const told = town.complaints.length
    await town.later(dayMs)
    await town.later(0)
    expect(await all()).toEqual(before)
    expect(town.complaints.slice(told).join()).toContain(id)
  }
  await drop('figure_rows', reportId)
  await drop('figures', month)
  await town.later(dayMs)
  await town.later(0)
  expect(await all()).toEqual(before)
  expect(town.complaints.join()).toContain(`"figuresMissing":["${reportId}"`)
})

test('a recount that a day left undone is ended on the next, and that day’s own comes after it', async () => {
  await town.later(dayMs)
  const progress = async () =>
    (await town.documents<{ readonly on: string }>('clock_progress', {})).find(({ on }) => on)
  const today = await progress()
  if (!today) throw new Error('nothing was counted anew')
  await town.meddle('clock_progress', 'figures', { part: 'sections', cursor: null })
  await town.later(dayMs)
  expect(await progress()).toMatchObject({ on: chinaDateOn(town.now()), part: 'done' })
})

test('H4: what accuses a unit of which a section says nothing is counted, and told without a name', async () => {
  await town.as('resident').submit({ categoryId: 'about-branch' })
  await town.later(0)
  const complaints = async () =>
    (await town.documents<FiguresDocument>('figures')).filter(({ own = {} }) =>
      Object.keys(own).some((figure) => figure.includes('!')),
    )
  const [section] = await complaints()
  if (!section) throw new Error('no complaint was counted')
  await town.meddle('figures', section._id, { own: town.app.database().command.set({}) })
  await town.later(dayMs)
  const [again] = await complaints()
  expect(again?.own).toMatchObject(section.own ?? {})
  expect(town.complaints.join()).toContain(`"figuresMissing":["${withoutAccused(section._id)}"]`)
})

test('a month and a day whose numbers are not what the reports say are told, and put right', async () => {
  await playThrough()
  await town.later(3 * dayMs)
  const month = `${branch.id}@2026-03`
  await town.meddle('figures', month, { 'own.due': 4 })
  await town.meddle('figures', `${month}-02`, { 'own.in:safety': 9 })
  await town.later(dayMs)
  await town.later(0)
  const [own] = await town.documents<FiguresDocument>('figures', { _id: month } as never)
  expect(own).toMatchObject({ own: { due: 1 } })
  expect((await daysOf('secretary', branch.id)).days[0]?.groups[0]?.counts.in).toBe(1)
  expect(town.complaints.join()).toContain(`{"section":"${month}","by":{"due":-3}}`)
  expect(town.complaints.join()).toContain(`{"section":"${month}-02","by":{"in:safety":-8}}`)
})

test('A4: a unit that ends leaves its provisional months to its successor, and every level counts each report once', async () => {
  await playThrough()
  await town.later(3 * dayMs)
  const received = async (unitId: string) => {
    const [month] = await town.documents<FiguresDocument>('figures', { _id: `${unitId}@2026-03` } as never)
    return (month?.own?.received ?? 0) + (month?.below?.received ?? 0)
  }
  const everywhere = () =>
    Promise.all([branch, otherBranch, township, banner, region].map(({ id }) => received(id)))
  expect(await everywhere()).toEqual([1, 0, 1, 1, 1])
  await town.meddle('units', branch.id, { endsAt: town.now() + dayMs, successorId: otherBranch.id })
  await town.later(2 * dayMs)
  await town.later(0)
  expect(await everywhere()).toEqual([0, 1, 1, 1, 1])
  expect((await daysOf('banner-staff', otherBranch.id)).days[0]).toMatchObject({ on: '2026-03-02' })
  expect((await daysOf('banner-staff', branch.id)).days).toEqual([])
  expect(town.complaints).toEqual([])
})

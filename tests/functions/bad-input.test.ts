import { randomUUID } from 'node:crypto'
import { dayMs } from '../../cloudfunctions/ground/instant'
import { branch, housingBureau, otherBranch, township } from '../support/builders'
import {
  aSubmissionInput,
  inBeijing,
  inEastStreet,
  inTheSteppe,
  onTheBorder,
  openTestCloud,
  type TestCloud,
} from '../support/cloud'
import { inTheLane } from '../support/town'

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const written = async () =>
  Promise.all(['reports', 'participants', 'inbox_messages', 'ledger'].map((name) => town.documents(name)))

describe('a submission that is refused writes nothing', () => {
  test.each([
    ['with ten photographs', { photos: Array(10).fill('photo-of-resident') }, 'invalid-input'],
    ['with a neighbour’s photograph', { photos: ['photo-of-neighbour'] }, 'photo-unknown'],
    ['with a photograph nobody has', { photos: ['p000'] }, 'photo-unknown'],
    [
      'with the same photograph and a strange one',
      { photos: ['photo-of-resident', 'p000'] },
      'photo-unknown',
    ],
    ['of a place in Beijing', { place: { point: inBeijing, words: '' } }, 'place-outside-region'],
    ['of no place', { place: { words: '村口' } }, 'place-missing'],
    ['of a community that does not exist', { place: { words: '村口', namedUnitId: '999' } }, 'unknown-unit'],
    [
      'of a partner unit as its community',
      { place: { words: '', namedUnitId: housingBureau.id } },
      'unknown-unit',
    ],
    ['of an unknown category', { categoryId: 'free-beer' }, 'invalid-input'],
    ['with ten thousand characters', { text: '泥'.repeat(10_000) }, 'invalid-input'],
    ['with a text that only looks like one', { text: '\u3164\u2800\u202e' }, 'invalid-input'],
    ['with an operator for a photograph', { photos: [{ $ne: null }] }, 'invalid-input'],
    ['with somebody else’s account', { accountId: 'custom:neighbour' }, 'invalid-input'],
  ])('%s', async (_what, overrides, code) => {
    const before = await written()
    const input = { ...aSubmissionInput('resident'), ...overrides }
    expect(await town.as('resident').refused('report.submit', input)).toBe(code)
    expect(await written()).toEqual(before)
  })

  test('by nobody who has signed in', async () => {
    expect(await town.as(null).refused('report.submit', aSubmissionInput('resident'))).toBe(
      'sign-in-required',
    )
  })
})

describe('a submission that is taken', () => {
  test('says emoji and Mongolian as they were written', async () => {
    const text = '路灯坏了😭 ᠭ᠎ᠠ ᠠ᠋'
    const { reportId } = await town.as('resident').submit({ text })
    expect((await town.as('resident').get('report.get', { reportId })).text).toBe(text)
  })

  test.each(['livelihood', 'lane-repair'] as const)('K1: needs no photograph: %s', async (categoryId) => {
    const { status } = await town.as('resident').submit({ photos: [], categoryId })
    expect(status).toBe('routed')
  })

  test.each([
    ['in the next community', { point: inEastStreet, words: '' }, otherBranch.name, false],
    ['on the border', { point: onTheBorder, words: '', accuracyMetres: 30 }, branch.name, true],
    ['in words', { words: '村口', namedUnitId: otherBranch.id }, otherBranch.name, true],
    ['far from every cell', { point: inTheSteppe, words: '' }, township.name, true],
    ['in words, in a township', { words: '镇上', namedUnitId: township.id }, township.name, true],
  ])('%s goes where it belongs', async (_what, place, branchName, isProvisional) => {
    expect(await town.as('resident').submit({ place })).toMatchObject({ branchName, isProvisional })
  })

  test('far from every cell joins the coverage gaps', async () => {
    const { reportId } = await town.as('resident').submit({ place: { point: inTheSteppe, words: '' } })
    expect(await town.documents<{ readonly _id: string }>('coverage_gaps', { _id: reportId })).toHaveLength(1)
  })
})

describe('a step that is refused', () => {
  const anId = () => ({ commandId: randomUUID() })

  test('on a report nobody has', async () => {
    for (const action of ['report.accept', 'report.withdraw', 'report.check']) {
      const input = { ...anId(), reportId: 'r0', rev: 1 }
      expect(await town.as('secretary').refused(action, input)).toBe('not-found')
    }
    expect(await town.as('resident').refused('report.get', { reportId: 'r0' })).toBe('not-found')
    expect(await town.as('secretary').refused('unit.targets', { reportId: 'r0' })).toBe('not-found')
  })

  test('by somebody it does not concern, changes nothing', async () => {
    const { reportId, rev } = await town.as('resident').submit()
    const before = await town.report(reportId)
    const input = { ...anId(), reportId, rev }
    for (const person of ['neighbour', 'other-secretary', 'handler']) {
      expect(await town.as(person).refused('report.accept', input)).toBe('not-allowed')
    }
    expect(await town.as(null).refused('report.accept', input)).toBe('sign-in-required')
    expect(await town.as('neighbour').refused('report.withdraw', input)).toBe('not-allowed')
    expect(await town.as('resident').refused('report.support', { ...anId(), reportId })).toBe('own-report')
    for (const person of ['resident', 'neighbour', 'other-secretary', 'handler', null])
      expect(await town.as(person).refused('unit.targets', { reportId })).toBe('not-found')
    expect(await town.report(reportId)).toEqual(before)
  })

  test('from an older screen says so and names the revision there is', async () => {
    const { reportId, rev } = await town.as('resident').submit()
    await town.as('secretary').step('report.accept', reportId, {})
    const answer = await town
      .as('secretary')
      .send('report.decline', { ...anId(), reportId, rev, reason: 'not-real', note: '没有' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'stale-rev', details: { rev: rev + 1 } } })
  })

  test('at the wrong time, and to a wrong unit', async () => {
    const { reportId, rev } = await town.as('resident').submit()
    const input = { ...anId(), reportId, rev }
    expect(await town.as('secretary').refused('report.check', input)).toBe('wrong-status')
    for (const toUnitId of ['999', housingBureau.id, branch.id]) {
      expect(await town.as('secretary').refused('report.transfer', { ...input, toUnitId, note: '转' })).toBe(
        'unknown-unit',
      )
    }
    const accepted = await town.as('secretary').step('report.accept', reportId, {})
    const again = { ...anId(), reportId, rev: accepted.rev, note: '请办' }
    expect(await town.as('secretary').refused('report.dispatch', { ...again, toUnitId: '999' })).toBe(
      'unknown-unit',
    )
    expect(
      await town.as('secretary').refused('report.dispatch', { ...again, toUnitId: otherBranch.id }),
    ).toBe('not-a-partner')
  })

  test('with evidence that is somebody else’s', async () => {
    const { reportId } = await town.as('resident').submit()
    const { rev } = await town.as('secretary').step('report.accept', reportId, {})
    const input = { ...anId(), reportId, rev, note: '好了', before: [], remedy: 'lasting' }
    for (const after of [['photo-of-resident'], ['photo-of-handler'], ['p000']]) {
      expect(await town.as('secretary').refused('report.resolve', { ...input, after })).toBe('photo-unknown')
    }
    // K1: nothing has to be photographed.
    expect((await town.as('secretary').send('report.resolve', { ...input, after: [] })).ok).toBe(true)
  })

  test('with dates from a client clock wrong by a year', async () => {
    const { reportId } = await town.as('resident').submit()
    const { rev } = await town.as('secretary').step('report.accept', reportId, {})
    const input = { ...anId(), reportId, rev, reason: '等预算', plan: '明年' }
    const off = (ms: number) => Math.round(town.now() + ms)
    const suspend = (untilAt: number) => town.as('secretary').refused('report.suspend', { ...input, untilAt })
    expect(await suspend(off(-365 * dayMs))).toBe('date-in-past')
    expect(await suspend(off(365 * dayMs))).toBe('suspension-too-long')
  })

  test('to merge into a report that is unknown, later or of another kind', async () => {
    const later = await town.as('neighbour').submit()
    const other = await town.as('neighbour').submit({ categoryId: 'street-lamp' })
    const { reportId, rev } = await town.as('resident').submit()
    const input = { ...anId(), reportId, rev }
    expect(await town.as('secretary').refused('report.merge', { ...input, parentReportId: 'r0' })).toBe(
      'merge-target',
    )
    expect(await town.as('secretary').refused('report.merge', { ...input, parentReportId: reportId })).toBe(
      'merge-target',
    )
    expect(
      await town.as('secretary').refused('report.merge', { ...input, parentReportId: other.reportId }),
    ).toBe('not-same-matter')
    const backward = { ...anId(), reportId: later.reportId, rev: later.rev, parentReportId: reportId }
    expect(await town.as('secretary').refused('report.merge', backward)).toBe('merge-target')
  })
})

describe('a call that is none', () => {
  test.each([
    ['an unknown action', 'report.drop'],
    ['a name of every object', '__proto__'],
    ['an action of another function', 'photo.add'],
  ])('is refused: %s', async (_what, action) => {
    expect(await town.as('resident').refused(action, {})).toBe('unknown-action')
  })

  test.each([[null], [[]], ['text'], [7], [{}], [{ action: { $ne: '' } }], [{ input: {} }]])(
    'is refused when the event is %j',
    async (event) => {
      for (const name of ['api', 'photos', 'papers']) {
        const { value } = await town.cloud.invoke(name, event, { kind: 'none' })
        expect(value).toMatchObject({ ok: false, error: { code: 'unknown-action' } })
      }
    },
  )

  test('is answered with the server’s hour, also when it is refused', async () => {
    const answer = await town.as('resident').send('report.get', { reportId: 'r0' })
    expect(Math.abs(answer.now - town.now())).toBeLessThan(60_000)
    expect(answer).toMatchObject({ ok: false, requestId: expect.stringMatching(/.+/) })
  })
})

describe('lists', () => {
  test.each([
    ['queue.list', { unitId: branch.id, tab: 'waiting' }, 'not-allowed'],
    ['queue.counts', { unitId: branch.id }, 'not-allowed'],
    ['inbox.list', { unitId: branch.id }, 'not-allowed'],
    ['inbox.read', { unitId: branch.id, untilAt: Date.UTC(2026, 3) }, 'not-allowed'],
    ['unit.get', { unitId: '999' }, 'unknown-unit'],
    ['unit.children', { unitId: '999' }, 'unknown-unit'],
    ['unit.children', { unitId: housingBureau.id }, 'unknown-unit'],
    ['redFace.list', { unitId: '999', tab: 'public' }, 'unknown-unit'],
    ['redFace.get', { entryId: 'r0:1' }, 'not-found'],
    ['ledger.list', { unitId: '999' }, 'unknown-unit'],
    ['grid.cells', { unitId: '999' }, 'unknown-unit'],
    ['place.preview', { point: inBeijing }, 'place-outside-region'],
    ['place.preview', {}, 'place-missing'],
  ])('%s %j is refused to a resident: %s', async (action, input, code) => {
    expect(await town.as('resident').refused(action, input)).toBe(code)
  })

  test.each(['report.mine', 'inbox.list'])('%s asks for a sign-in', async (action) => {
    expect(await town.as(null).refused(action, {})).toBe('sign-in-required')
  })

  test('take no tab that a unit has not', async () => {
    expect(await town.as('secretary').refused('queue.list', { unitId: branch.id, tab: 'sorting' })).toBe(
      'invalid-input',
    )
  })

  test('a page further than the last is empty and no error', async () => {
    const page = await town.as('resident').get('report.recent', { unitId: branch.id, cursor: '1~r0' })
    expect(page).toEqual({ rows: [], nextCursor: null })
  })

  test('a place says who would be responsible before anything is sent', async () => {
    const preview = await town.as(null).get('place.preview', { point: inTheLane })
    expect(preview).toMatchObject({ branchName: branch.name, isProvisional: false })
    expect(preview.cells.length).toBeGreaterThan(0)
  })
})

import { randomUUID } from 'node:crypto'
import type { FiguresDocument } from '../../cloudfunctions/contexts/figures/store'
import type { Answer } from '../../cloudfunctions/contract/contract'
import { dayMs, hourMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { keyedWith } from '../../cloudfunctions/platform/cloudbase/environment'
import { branch } from '../support/builders'
import { aSubmissionInput, openTestCloud, type TestCloud, testSecret } from '../support/cloud'

jest.setTimeout(180_000)

let town: TestCloud
const counted: unknown[] = []
beforeAll(async () => {
  town = await openTestCloud({ isLimited: true, onQuery: (query) => counted.push(query) })
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const written = async () =>
  JSON.stringify(
    await Promise.all(['reports', 'participants', 'inbox_messages'].map((name) => town.documents(name))),
  )

test('the eleventh report at once is refused and writes nothing; others and a later hour are free', async () => {
  const resident = town.as('resident')
  for (let no = 0; no < 10; no += 1) await resident.submit()
  const before = await written()
  const answer = await resident.send('report.submit', aSubmissionInput('resident'))
  expect(answer).toMatchObject({ ok: false, error: { code: 'too-many' } })
  const retryAt = answer.ok ? 0 : Number(answer.error.details?.retryAt)
  expect(retryAt).toBeGreaterThan(town.now() + hourMs)
  expect(retryAt).toBeLessThanOrEqual(town.now() + 72 * minuteMs)
  expect(await written()).toBe(before)
  await town.as('neighbour').submit()

  town.cloud.clock.step(retryAt - town.now())
  await resident.submit()
  expect(await resident.refused('report.submit', aSubmissionInput('resident'))).toBe('too-many')
})

test('a danger to life is reported when nothing else can be any more', async () => {
  const resident = town.as('resident')
  await resident.get('report.submit', aSubmissionInput('resident', { categoryId: 'danger' }))
  expect(await resident.refused('report.submit', aSubmissionInput('resident'))).toBe('too-many')
})

test('a bucket that is full again is dropped by the clock, and no other', async () => {
  await town.later(10 * minuteMs)
  await town.as('neighbour').submit()
  const kept = await town.documents<{ readonly endsAt: number }>('limits')
  expect(kept.length).toBeGreaterThan(0)
  expect(kept.every(({ endsAt }) => endsAt > town.now() - minuteMs)).toBe(true)
  await town.later(dayMs)
  expect(await town.documents('limits')).toEqual([])
})

test('a command sent again because its answer was lost counts once, and is answered when no other would be', async () => {
  await town.later(dayMs)
  const resident = town.as('resident')
  const input = aSubmissionInput('resident')
  const first = await resident.get('report.submit', input)
  for (let no = 0; no < 11; no += 1) expect(await resident.get('report.submit', input)).toEqual(first)
  for (let no = 0; no < 9; no += 1) await resident.submit()
  const before = await written()
  expect(await resident.refused('report.submit', aSubmissionInput('resident'))).toBe('too-many')
  town.cloud.reloadFunctions()
  expect(await resident.get('report.submit', input)).toEqual(first)
  expect(await resident.refused('report.submit', { ...input, text: '另一件事' })).toBe('too-many')
  expect(await written()).toBe(before)
})

test('calls at once, in several instances, cannot together be more than the limit', async () => {
  await town.later(dayMs)
  const answers = await Promise.all(
    Array.from({ length: 17 }, () =>
      town.as('second-neighbour').send('report.submit', aSubmissionInput('second-neighbour')),
    ),
  )
  const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code))
  expect(codes.filter((code) => code === 'ok')).toHaveLength(10)
  expect(codes.filter((code) => code === 'too-many')).toHaveLength(7)
})

test('a mistake that is seen before anything is asked does not count', async () => {
  await town.later(dayMs)
  const resident = town.as('resident')
  for (let no = 0; no < 20; no += 1)
    expect(await resident.refused('report.submit', aSubmissionInput('resident', { text: ' ' }))).toBe(
      'invalid-input',
    )
  await resident.submit()
})

test('no bucket names who it counts', async () => {
  await town.as('resident').send('report.support', { commandId: randomUUID(), reportId: 'r0' })
  const buckets = await town.documents('limits')
  expect(buckets.length).toBeGreaterThan(0)
  expect(JSON.stringify(buckets)).not.toMatch(/custom|resident/)
})

describe('who has not signed in', () => {
  const anyone = () => town.as(null)
  const queries = () => counted.length

  test('is answered from memory what was answered a moment ago, and the database is asked nothing', async () => {
    await town.later(dayMs)
    const first = await anyone().get('unit.get', { unitId: branch.id })
    const before = queries()
    for (let no = 0; no < 20; no += 1)
      expect(await anyone().get('unit.get', { unitId: branch.id })).toEqual(first)
    expect(queries()).toBe(before)
    town.cloud.clock.step(15_000)
    expect(await anyone().get('unit.get', { unitId: branch.id })).toEqual(first)
    expect(queries()).toBeGreaterThan(before)
  })

  test('sees what this instance has done at once, and what another has done after fifteen seconds', async () => {
    await town.later(dayMs)
    const open = async () => (await anyone().get('unit.get', { unitId: branch.id })).openCount
    const before = await open()
    await town.as('resident').submit()
    expect(await open()).toBe(before + 1)
    const [figures] = await town.documents<FiguresDocument>('figures', { _id: branch.id } as never)
    const openNow = figures?.own?.open ?? 0
    await town.meddle('figures', branch.id, { own: { open: openNow - 1 } })
    town.cloud.clock.step(15_000)
    expect(await open()).toBe(before)
    await town.meddle('figures', branch.id, { own: { open: openNow } })
  })

  test('is refused by where they call from, however often they come anonymously anew', async () => {
    await town.later(dayMs)
    // To the beginning of a minute, of which each instance has fifteen of its own.
    town.cloud.clock.step(minuteMs - (town.now() % minuteMs))
    const callFrom = async (address: string, no: number): Promise<string> => {
      const { value } = await town.cloud.invoke(
        'api',
        {
          action: 'report.nearby',
          input: { point: { lng: 110 + no / 10_000, lat: 40.5 }, categoryId: 'lane-repair' },
        },
        { kind: 'anonymous', uid: `anonymous-${no}` },
        { trigger: 'client', source: 'web_client', address },
      )
      const answer = value as Answer
      return answer.ok ? 'ok' : answer.error.code
    }
    const network = keyedWith(Buffer.from(testSecret, 'hex'))('limit|network|203.0.113.7').slice(0, 32)
    await town.put('limits', [
      { _id: `read:report.nearby:${network}`, endsAt: town.now() + dayMs, commands: [] } as never,
    ])
    for (let no = 0; no < 15; no += 1) expect(await callFrom('203.0.113.7', no)).toBe('ok')
    expect(await callFrom('203.0.113.7', 15)).toBe('too-many')
    const before = queries()
    expect(await callFrom('203.0.113.7', 16)).toBe('too-many')
    expect(queries()).toBe(before)
    expect(await callFrom('203.0.113.8', 17)).toBe('ok')
  })
})

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

test('an input nested a thousand deep is refused by the contract, and nothing breaks', async () => {
  for (const action of ['report.submit', 'report.nearby', 'photo.admit']) {
    expect(await town.as('resident').send(action, JSON.parse(nested(990)))).toMatchObject({
      ok: false,
      error: { code: 'invalid-input', message: '内容太多，请分几次提交' },
    })
  }
})

test('what is nested deeper than anything can walk through gets no further than the door', async () => {
  for (const route of ['/v1/functions/api', '/web', '/local/ticket', '/admin']) {
    const answer = await fetch(`${town.cloud.url}${route}`, { method: 'POST', body: nested(5000) })
    const told = (await answer.json()) as { code?: string }
    expect([route, answer.status < 500, told.code]).toEqual([route, true, 'INVALID_PARAM'])
  }
})

import { randomUUID } from 'node:crypto'
import { dayMs, minuteMs } from '../../cloudfunctions/ground/instant'
import { aSubmissionInput, openTestCloud, type TestCloud } from '../support/cloud'

jest.setTimeout(180_000)

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud({ isLimited: true })
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const written = async () =>
  JSON.stringify(
    await Promise.all(['reports', 'participants', 'inbox_messages'].map((name) => town.documents(name))),
  )

/** To the beginning of a window, so that none ends under what follows. */
const beginWindow = () => town.cloud.clock.step(10 * minuteMs - (town.now() % (10 * minuteMs)))

/** Ten minutes later, and nothing else happens. */
const nextWindow = () => town.cloud.clock.step(10 * minuteMs)

test('the twenty-first report of a day is refused and writes nothing; others and the next day are free', async () => {
  const resident = town.as('resident')
  for (let no = 0; no < 20; no += 1) {
    await resident.submit()
    if (no % 4 === 3) nextWindow()
  }
  const before = await written()
  const answer = await resident.send('report.submit', aSubmissionInput('resident'))
  expect(answer).toMatchObject({ ok: false, error: { code: 'too-many' } })
  const retryAt = answer.ok ? 0 : Number(answer.error.details?.retryAt)
  expect(new Date(retryAt + 8 * 3_600_000).toISOString()).toMatch(/T00:00:00\.000Z$/)
  expect(await written()).toBe(before)
  await town.as('neighbour').submit()

  await town.later(retryAt - town.now())
  await resident.submit()
  const kept = await town.documents<{ readonly endsAt: number }>('limits')
  expect(kept.every(({ endsAt }) => endsAt > town.now() - minuteMs)).toBe(true)
})

test('a command sent again because its answer was lost counts once, and is answered when no other would be', async () => {
  await town.later(dayMs)
  beginWindow()
  const resident = town.as('resident')
  const input = aSubmissionInput('resident')
  const first = await resident.get('report.submit', input)
  for (let no = 0; no < 6; no += 1) expect(await resident.get('report.submit', input)).toEqual(first)
  for (let no = 0; no < 4; no += 1) await resident.submit()
  const before = await written()
  expect(await resident.refused('report.submit', aSubmissionInput('resident'))).toBe('too-many')
  expect(await resident.get('report.submit', input)).toEqual(first)
  expect(await resident.refused('report.submit', { ...input, text: '另一件事' })).toBe('too-many')
  expect(await written()).toBe(before)
})

test('calls at once cannot together be more than the limit', async () => {
  await town.later(dayMs)
  const answers = await Promise.all(
    Array.from({ length: 12 }, () =>
      town.as('second-neighbour').send('report.submit', aSubmissionInput('second-neighbour')),
    ),
  )
  const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code))
  expect(codes.filter((code) => code === 'ok')).toHaveLength(5)
  expect(codes.filter((code) => code === 'too-many')).toHaveLength(7)
})

test('a mistake that is seen before anything is asked does not count', async () => {
  await town.later(dayMs)
  const resident = town.as('resident')
  for (let no = 0; no < 10; no += 1)
    expect(await resident.refused('report.submit', aSubmissionInput('resident', { text: ' ' }))).toBe(
      'invalid-input',
    )
  await resident.submit()
})

test('no window names who it counts', async () => {
  await town.as('resident').send('report.support', { commandId: randomUUID(), reportId: 'r0' })
  const windows = await town.documents('limits')
  expect(windows.length).toBeGreaterThan(0)
  expect(JSON.stringify(windows)).not.toMatch(/custom|resident/)
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

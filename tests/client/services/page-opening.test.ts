import { askAgain } from '../../../client/services/ask-again'
import { deviceNetwork } from '../../../client/services/device-network'
import { noteOwnStep } from '../../../client/services/own-steps'
import { callWithPage, openTogether } from '../../../client/services/page-opening'

const mockServer = jest.fn<Promise<unknown>, [name: string, payload: { readonly action: string }]>()
jest.mock('../../../client/services/cloud', () => ({
  cloud: {
    callFunction: async (name: string, payload: { readonly action: string }) => ({
      answer: await mockServer(name, payload),
      askedAt: Date.now(),
      answeredAt: Date.now(),
    }),
  },
}))
jest.mock('../../../client/services/device-network', () => ({
  deviceNetwork: { saysOffline: jest.fn(), onChange: jest.fn() },
}))
jest.mock('../../../client/services/device-storage', () => ({ deviceStorage: { read: jest.fn() } }))

const asked = (): readonly string[] => mockServer.mock.calls.map(([, { action }]) => action)
const alone = { ok: true, value: 'asked alone', now: 7 }

/** The page is answered these, and every other question something else. */
const answerTogether = (answers: readonly object[]) =>
  mockServer.mockImplementation(async (_name, { action }) =>
    action === 'page.open' ? { ok: true, value: { answers }, now: 5 } : alone,
  )

beforeEach(() => {
  jest.useFakeTimers()
  mockServer.mockReset()
  noteOwnStep()
  jest.mocked(deviceNetwork.saysOffline).mockResolvedValue(false)
  jest.spyOn(console, 'info').mockImplementation(() => undefined)
})
afterEach(() => {
  jest.restoreAllMocks()
  jest.useRealTimers()
})

const me = { action: 'me.get', input: {}, answer: { ok: true, value: 'together' } }
const recent = {
  action: 'report.recent',
  input: { limit: 10, unitId: '1' },
  answer: { ok: false, error: { code: 'unknown-unit', message: '没有' } },
}

test('what a page asks is answered with the page, a refusal too, in whatever order its input is put', async () => {
  answerTogether([me, recent])
  openTogether('pages/home', {})
  expect(await callWithPage('/pages/home?stamp=A', 'me.get', {})).toEqual({
    ok: true,
    value: 'together',
    now: 5,
  })
  expect(
    await callWithPage('/pages/home?stamp=A', 'report.recent', { unitId: '1', limit: 10 }),
  ).toMatchObject({
    ok: false,
    error: { code: 'unknown-unit' },
  })
  expect(asked()).toEqual(['page.open'])
})

test('what is asked again is asked anew, and so is what the page was not answered', async () => {
  answerTogether([me])
  openTogether('pages/home', {})
  await callWithPage('/pages/home?stamp=A', 'me.get', {})
  expect(await callWithPage('/pages/home?stamp=A', 'me.get', {})).toEqual(alone)
  expect(await callWithPage('/pages/home?stamp=A', 'report.recent', { unitId: '2' })).toEqual(alone)
  expect(asked()).toEqual(['page.open', 'me.get', 'report.recent'])
})

test('what the page does not ask waits for none of its answers', async () => {
  let answer: (value: unknown) => void = () => undefined
  const together = new Promise((resolve) => {
    answer = resolve
  })
  mockServer.mockImplementation((_name, { action }) =>
    action === 'page.open' ? together : Promise.resolve(alone),
  )
  openTogether('pages/home', {})
  expect(await callWithPage('/pages/home?stamp=A', 'category.list', {})).toEqual(alone)
  answer({ ok: true, value: { answers: [] }, now: 5 })
  await together
})

test('of two pages that open one after the other each is answered its own', async () => {
  answerTogether([me])
  openTogether('pages/home', {})
  openTogether('pages/mine', {})
  expect(await callWithPage('/pages/home', 'me.get', {})).toMatchObject({ value: 'together' })
  expect(await callWithPage('/pages/mine', 'me.get', {})).toMatchObject({ value: 'together' })
  expect(await callWithPage('/pages/public/ledger', 'me.get', {})).toEqual(alone)
})

test('a page that is on its way and then there asks once; opened a second time it asks anew', async () => {
  answerTogether([])
  openTogether('pages/matter/detail', { reportId: 'r1' })
  openTogether('pages/matter/detail', { reportId: 'r1' })
  openTogether('pages/matter/detail', { reportId: 'r1' }, true)
  expect(asked()).toEqual(['page.open'])
  openTogether('pages/matter/detail', { reportId: 'r1' })
  expect(asked()).toEqual(['page.open', 'page.open'])
})

test('nothing that was answered before one’s own step, or a minute ago, is shown', async () => {
  answerTogether([me])
  openTogether('pages/home', {})
  noteOwnStep()
  expect(await callWithPage('/pages/home?stamp=A', 'me.get', {})).toEqual(alone)
  openTogether('pages/home', {})
  await jest.advanceTimersByTimeAsync(60_000)
  expect(await callWithPage('/pages/home?stamp=A', 'me.get', {})).toEqual(alone)
})

test('a server that does not know the question is asked one by one', async () => {
  mockServer.mockImplementation(async (_name, { action }) =>
    action === 'page.open' ? { ok: false, error: { code: 'unknown-action', message: '' }, now: 1 } : alone,
  )
  openTogether('pages/home', {})
  expect(await callWithPage('/pages/home?stamp=A', 'me.get', {})).toEqual(alone)
})

test('where the network does not carry every part says so, and each is asked for when it is tried again', async () => {
  mockServer.mockRejectedValue(new TypeError('Failed to fetch'))
  openTogether('pages/home', {})
  const parts = Promise.all([
    callWithPage('/pages/home?stamp=A', 'me.get', {}),
    callWithPage('/pages/home?stamp=A', 'report.mine', { limit: 50 }),
  ])
  await jest.advanceTimersByTimeAsync(10_000)
  expect(await parts).toMatchObject([{ error: { code: 'network' } }, { error: { code: 'network' } }])
  mockServer.mockReset().mockResolvedValue(alone)
  askAgain()
  expect(await callWithPage('/pages/home?stamp=A', 'me.get', {})).toEqual(alone)
  expect(asked()).toEqual(['me.get'])
})

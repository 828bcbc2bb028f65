import { call, command } from '../../../client/services/api'
import { askAgain } from '../../../client/services/ask-again'
import { deviceNetwork } from '../../../client/services/device-network'

const mockServer = jest.fn<Promise<unknown>, [name: string, payload: object]>()
jest.mock('../../../client/services/cloud', () => ({
  cloud: {
    callFunction: async (name: string, payload: object) => ({
      answer: await mockServer(name, payload),
      askedAt: Date.now(),
      answeredAt: Date.now(),
    }),
  },
}))
jest.mock('../../../client/services/device-network', () => ({
  deviceNetwork: { saysOffline: jest.fn(), onChange: jest.fn() },
}))
const server = mockServer
const saysOffline = deviceNetwork.saysOffline as jest.MockedFunction<typeof deviceNetwork.saysOffline>
const answer = { ok: true, value: { isSignedIn: false }, now: 1_700_000_000_000 }

beforeEach(() => {
  jest.useFakeTimers()
  server.mockReset()
  saysOffline.mockResolvedValue(false)
  jest.spyOn(console, 'info').mockImplementation(() => undefined)
})
afterEach(() => {
  jest.restoreAllMocks()
  jest.useRealTimers()
})

const unreached = () => Promise.reject(new TypeError('Failed to fetch'))
const broken = () => Promise.reject(new Error('calling api failed: HTTP 500 INTERNAL'))
const never = new Promise<never>(() => undefined)

/** What comes of a call once all the time there is has passed. */
const outcomeOf = async (): Promise<unknown> => {
  const outcome = call('me.get', {})
  await jest.advanceTimersByTimeAsync(60_000)
  return outcome
}

describe('asking the server', () => {
  test('answers what it answers, a refusal too, and asks once', async () => {
    server.mockResolvedValueOnce(answer)
    expect(await outcomeOf()).toEqual(answer)
    const refusal = { ok: false, error: { code: 'not-allowed', message: '不行' }, now: 1 }
    server.mockResolvedValueOnce(refusal)
    expect(await outcomeOf()).toEqual(refusal)
    expect(server).toHaveBeenCalledTimes(2)
  })

  test('tries a broken connection once more, with the same input', async () => {
    server.mockImplementationOnce(unreached).mockResolvedValueOnce(answer)
    expect(await outcomeOf()).toEqual(answer)
    expect(server.mock.calls[1]).toEqual(server.mock.calls[0])
  })

  test.each([
    ['nobody is reached', unreached, false, 'network', '连不上服务'],
    ['there is no network', unreached, true, 'network', '没有网'],
    ['the server fails', broken, false, 'unavailable', '服务出了故障，不是您的网不好'],
    ['no answer comes', () => never, false, 'unavailable', '服务没有回应'],
  ])('never rejects: where %s, it says so in its own words', async (_what, serve, isOffline, code, words) => {
    server.mockImplementation(serve)
    saysOffline.mockResolvedValue(isOffline)
    expect(await outcomeOf()).toMatchObject({
      ok: false,
      error: { code, message: expect.stringContaining(words) },
    })
  })

  test('that a server fails is not blamed on a network that is there no more', async () => {
    server.mockImplementation(broken)
    saysOffline.mockResolvedValue(true)
    expect(await outcomeOf()).toMatchObject({ error: { message: expect.stringContaining('服务出了故障') } })
  })

  test('what is sent says that nothing is lost and nothing is done twice', async () => {
    server.mockImplementation(broken)
    const outcome = command('report.support', {
      commandId: '7a1d6f30-7d0b-4d39-9a46-000000000001',
      reportId: 'r',
    })
    await jest.advanceTimersByTimeAsync(60_000)
    expect(await outcome).toMatchObject({ error: { message: expect.stringMatching(/写的都在.*不会重复/) } })
  })

  test('whoever waits can ask again while the first question still waits: the first answer counts', async () => {
    let answerFirst = (_answer: unknown): void => undefined
    server.mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          answerFirst = resolve
        }),
    )
    server.mockImplementationOnce(() => never)
    const outcome = call('me.get', {})
    await jest.advanceTimersByTimeAsync(19_000)
    askAgain()
    await jest.advanceTimersByTimeAsync(19_000)
    expect(server).toHaveBeenCalledTimes(2)
    answerFirst(answer)
    expect(await outcome).toEqual(answer)
  })

  test.each([null, 'text', {}, { ok: 'yes' }])('takes %j for no answer', async (nonsense) => {
    server.mockResolvedValue(nonsense)
    expect(await outcomeOf()).toMatchObject({ ok: false, error: { code: 'unavailable' } })
  })

  test('leaves photographs to the function that has the memory for them', async () => {
    server.mockResolvedValue(answer)
    await call('photo.admit', { fileId: 'cloud://x/y' })
    expect(server.mock.calls[0]?.[0]).toBe('photos')
  })
})

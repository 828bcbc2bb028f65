import { call } from '../../../client/services/api'
import { cloud } from '../../../client/services/cloud'

jest.mock('../../../client/services/cloud', () => ({ cloud: { callFunction: jest.fn() } }))
const server = cloud.callFunction as jest.MockedFunction<typeof cloud.callFunction>
const answer = { ok: true, value: { isSignedIn: false }, now: 1_700_000_000_000 }

beforeEach(() => {
  jest.useFakeTimers()
  server.mockReset()
  jest.spyOn(console, 'info').mockImplementation(() => undefined)
})
afterEach(() => {
  jest.restoreAllMocks()
  jest.useRealTimers()
})

/** What comes of a call once all the time there is has passed. */
const outcomeOf = async (): Promise<unknown> => {
  const outcome = call('me.get', {})
  await jest.advanceTimersByTimeAsync(60_000)
  return outcome
}
const never = new Promise<never>(() => undefined)

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
    server.mockRejectedValueOnce(new Error('reset')).mockResolvedValueOnce(answer)
    expect(await outcomeOf()).toEqual(answer)
    expect(server.mock.calls[1]).toEqual(server.mock.calls[0])
  })

  test.each([
    ['is broken', () => Promise.reject(new Error('reset'))],
    ['never comes', () => never],
  ])('never rejects: where the answer %s twice, it says so in words', async (_what, serve) => {
    server.mockImplementation(serve)
    expect(await outcomeOf()).toMatchObject({ ok: false, error: { code: 'network' } })
    expect(server).toHaveBeenCalledTimes(2)
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

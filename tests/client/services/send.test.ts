import { deviceNetwork } from '../../../client/services/device-network'
import { send } from '../../../client/services/send'

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
jest.mock('react', () => ({ useSyncExternalStore: jest.fn() }))

const server = mockServer
const saysOffline = deviceNetwork.saysOffline as jest.MockedFunction<typeof deviceNetwork.saysOffline>
const onChange = deviceNetwork.onChange as jest.MockedFunction<typeof deviceNetwork.onChange>
const answer = { ok: true, value: { supportersCount: 2 }, now: 1_700_000_000_000 }
const command = { commandId: '7a1d6f30-7d0b-4d39-9a46-000000000001', reportId: 'r' }

beforeEach(() => {
  jest.useFakeTimers()
  server.mockReset()
  jest.spyOn(console, 'info').mockImplementation(() => undefined)
})
afterEach(() => {
  jest.restoreAllMocks()
  jest.useRealTimers()
})

const cutOff = () => {
  saysOffline.mockResolvedValue(true)
  server.mockRejectedValue(new TypeError('Failed to fetch'))
}

const connect = () => {
  saysOffline.mockResolvedValue(false)
  server.mockResolvedValue(answer)
  for (const [hear] of onChange.mock.calls) hear(true)
}

describe('a command without a network', () => {
  test('waits for it however long that takes, and is sent with the same id', async () => {
    cutOff()
    const outcome = send('report.support', command)
    await jest.advanceTimersByTimeAsync(3_600_000)
    expect(server).toHaveBeenCalledTimes(1)
    connect()
    await jest.advanceTimersByTimeAsync(1_000)
    expect(await outcome).toEqual(answer)
    expect(server.mock.calls.map(([, payload]) => payload)).toEqual([
      { action: 'report.support', input: command },
      { action: 'report.support', input: command },
    ])
  })
})

describe('a command with a network', () => {
  test('that fails says so and is not sent by itself later', async () => {
    saysOffline.mockResolvedValue(false)
    server.mockRejectedValue(new Error('HTTP 500'))
    const outcome = send('report.support', command)
    await jest.advanceTimersByTimeAsync(60_000)
    expect(await outcome).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    expect(server).toHaveBeenCalledTimes(2)
  })
})

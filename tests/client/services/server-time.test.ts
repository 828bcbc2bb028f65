import { noteServerTime, serverNow } from '../../../client/services/server-time'

test('a device whose clock is a year slow still counts by the server’s time', () => {
  const device = Date.parse('2025-11-23T10:00:00+08:00')
  const server = Date.parse('2026-11-23T10:00:00+08:00')
  jest.useFakeTimers({ now: device })
  try {
    noteServerTime(server, device - 200, device + 200)
    expect(serverNow()).toBe(server)
    jest.setSystemTime(device + 60_000)
    expect(serverNow()).toBe(server + 60_000)
  } finally {
    jest.useRealTimers()
  }
})

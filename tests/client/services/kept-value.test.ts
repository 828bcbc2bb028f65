import { deviceStorage } from '../../../client/services/device-storage'
import { isText, keptValue } from '../../../client/services/kept-value'

jest.mock('../../../client/services/device-storage', () => ({
  deviceStorage: { read: jest.fn(), write: jest.fn(), forget: jest.fn(), isLasting: jest.fn() },
}))

const device = new Map<string, unknown>()
const { read, write, forget, isLasting } = deviceStorage as jest.Mocked<typeof deviceStorage>

beforeEach(() => {
  device.clear()
  read.mockImplementation((name) => device.get(name))
  forget.mockImplementation((name) => void device.delete(name))
  write.mockImplementation(async (name, data) => void device.set(name, data))
  isLasting.mockReturnValue(true)
})
afterEach(() => jest.restoreAllMocks())

const home = () => keptValue(() => 'home', isText)

describe('a value that the device keeps', () => {
  test('is there again when the product is opened anew, until it is forgotten', () => {
    home().keep('150221')
    expect(home().read()).toBe('150221')
    home().forget()
    expect(home().read()).toBeUndefined()
  })

  test('is told to whoever reads it when it changes, and only as long as they listen', () => {
    const value = home()
    const seen: (string | undefined)[] = []
    const stop = value.hear(() => seen.push(value.read()))
    value.keep('150221')
    value.forget()
    stop()
    value.keep('150421')
    expect(seen).toEqual(['150221', undefined])
  })

  test('counts as none where something of another shape lies in its place', () => {
    device.set('home', { id: '150221' })
    expect(home().read()).toBeUndefined()
  })

  test.each([
    ['says so later', () => Promise.reject(new Error('exceeded'))],
    [
      'throws at once',
      () => {
        throw new Error('exceeded')
      },
    ],
  ])('holds until the product is closed on a device that is full and %s', async (_how, refuse) => {
    const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined)
    write.mockImplementation(refuse)
    const value = home()
    value.keep('150221')
    await Promise.resolve()
    await Promise.resolve()
    expect(value.read()).toBe('150221')
    expect(warned).toHaveBeenCalledTimes(1)
    expect(value.isKept()).toBe(false)
  })

  test('says that it is not kept until the device takes it, and when there is nothing to keep that nothing is lost', async () => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined)
    const value = home()
    expect(value.isKept()).toBe(true)
    const seen: boolean[] = []
    value.hear(() => seen.push(value.isKept()))
    write.mockRejectedValueOnce(new Error('exceeded'))
    value.keep('150221')
    await new Promise(setImmediate)
    expect(seen).toEqual([true, false])
    value.keep('150421')
    await new Promise(setImmediate)
    expect(value.isKept()).toBe(true)
    write.mockRejectedValueOnce(new Error('exceeded'))
    value.keep('150221')
    await new Promise(setImmediate)
    value.forget()
    expect(value.isKept()).toBe(true)
  })

  test('is not kept where the device keeps nothing beyond the page', () => {
    isLasting.mockReturnValue(false)
    const value = home()
    expect(value.isKept()).toBe(true)
    value.keep('150221')
    expect(value.isKept()).toBe(false)
    expect(home().isKept()).toBe(false)
  })
})

import Taro from '@tarojs/taro'
import { isText, keptValue } from '../../../client/services/kept-value'

jest.mock('@tarojs/taro', () => ({
  __esModule: true,
  default: { getStorageSync: jest.fn(), setStorage: jest.fn(), removeStorageSync: jest.fn() },
}))

const device = new Map<string, unknown>()
const setStorage = Taro.setStorage as unknown as jest.Mock

beforeEach(() => {
  device.clear()
  ;(Taro.getStorageSync as jest.Mock).mockImplementation((name: string) => device.get(name) ?? '')
  ;(Taro.removeStorageSync as jest.Mock).mockImplementation((name: string) => device.delete(name))
  setStorage.mockImplementation(async ({ key, data }: { key: string; data: unknown }) => {
    device.set(key, data)
  })
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
    setStorage.mockImplementation(refuse)
    const value = home()
    value.keep('150221')
    await Promise.resolve()
    await Promise.resolve()
    expect(value.read()).toBe('150221')
    expect(warned).toHaveBeenCalledTimes(1)
  })
})

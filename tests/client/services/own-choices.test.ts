import { deviceStorage } from '../../../client/services/device-storage'

jest.mock('../../../client/services/device-storage', () => ({
  deviceStorage: { read: jest.fn(), write: jest.fn(), forget: jest.fn(), isLasting: () => true },
}))

const device = new Map<string, unknown>()
const { read, write, forget } = deviceStorage as jest.Mocked<typeof deviceStorage>
const { REDFACE_LOCAL } = process.env

beforeEach(() => {
  device.clear()
  process.env.REDFACE_LOCAL = '1'
})
afterAll(() => {
  if (REDFACE_LOCAL === undefined) delete process.env.REDFACE_LOCAL
  else process.env.REDFACE_LOCAL = REDFACE_LOCAL
})

/** The product as it is opened by somebody on this device; nobody is a visitor. */
const openedBy = (id: string | undefined) => {
  if (id === undefined) device.delete('persona')
  else device.set('persona', { id })
  jest.resetModules()
  jest.doMock('../../../client/services/device-storage', () => ({ deviceStorage }))
  read.mockImplementation((name) => device.get(name))
  write.mockImplementation(async (name, data) => void device.set(name, data))
  forget.mockImplementation((name) => void device.delete(name))
  const { chosenHome } =
    require('../../../client/services/chosen-home') as typeof import('../../../client/services/chosen-home')
  const { chosenArea } =
    require('../../../client/services/chosen-area') as typeof import('../../../client/services/chosen-area')
  return { chosenHome, chosenArea }
}

describe.each(['chosenHome', 'chosenArea'] as const)('what somebody chose on a device, as %s', (choice) => {
  test.each([
    ['one resident', 'another', 'resident-1', 'resident-2'],
    ['a resident', 'a visitor', 'resident-1', undefined],
    ['a visitor', 'a resident', undefined, 'resident-1'],
  ])('by %s is never that of %s', (_one, _other, one, other) => {
    openedBy(one)[choice].keep('150221')
    expect(openedBy(other)[choice].read()).toBeUndefined()
    openedBy(other)[choice].keep('150421')
    expect(openedBy(one)[choice].read()).toBe('150221')
  })
})

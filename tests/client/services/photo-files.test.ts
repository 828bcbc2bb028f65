import { choosePhotos, openPhotoSettings } from '../../../client/services/photo-files.weapp'

const mockTaro = {
  chooseMedia: jest.fn(),
  openSetting: jest.fn(() => Promise.resolve()),
  openAppAuthorizeSetting: jest.fn(() => Promise.resolve()),
  getAppAuthorizeSetting: jest.fn(),
}

jest.mock('@tarojs/taro', () => ({
  __esModule: true,
  get default() {
    return mockTaro
  },
}))

beforeEach(() => {
  jest.clearAllMocks()
  jest.spyOn(console, 'info').mockImplementation(() => undefined)
})

afterEach(() => jest.restoreAllMocks())

describe('WeChat opens neither camera nor album: only who closed them themselves is told nothing', () => {
  test.each([
    ['chooseMedia:fail cancel', { ok: true, photos: [] }],
    ['chooseMedia:fail auth deny', { ok: false, why: 'barred' }],
    ['chooseMedia:fail:auth denied', { ok: false, why: 'barred' }],
    ['chooseMedia:fail system permission denied', { ok: false, why: 'barred' }],
    ['chooseMedia:fail privacy permission is not authorized', { ok: false, why: 'barred' }],
    ['chooseMedia:fail can not open camera', { ok: false, why: 'failed' }],
  ])('%s', async (errMsg, choice) => {
    mockTaro.chooseMedia.mockRejectedValue({ errMsg })
    await expect(choosePhotos(9)).resolves.toEqual(choice)
  })

  test('what was taken is handed on', async () => {
    mockTaro.chooseMedia.mockResolvedValue({ tempFiles: [{ tempFilePath: 'wxfile://1' }] })
    await expect(choosePhotos(9)).resolves.toEqual({
      ok: true,
      photos: [{ file: 'wxfile://1', previewUrl: 'wxfile://1' }],
    })
  })
})

describe('the way to the settings opens those in which it is barred, at the press itself', () => {
  test.each([
    [{ cameraAuthorized: 'authorized', albumAuthorized: 'authorized' }, 'openSetting'],
    [{ cameraAuthorized: 'denied', albumAuthorized: 'authorized' }, 'openAppAuthorizeSetting'],
    [{ cameraAuthorized: 'authorized', albumAuthorized: 'denied' }, 'openAppAuthorizeSetting'],
    [{ cameraAuthorized: 'authorized' }, 'openSetting'],
  ] as const)('%j: %s', (authorized, opened) => {
    mockTaro.getAppAuthorizeSetting.mockReturnValue(authorized)
    openPhotoSettings?.()
    for (const name of ['openSetting', 'openAppAuthorizeSetting'] as const)
      expect(mockTaro[name]).toHaveBeenCalledTimes(name === opened ? 1 : 0)
  })
})

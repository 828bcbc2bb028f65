import { device, onDeviceChange } from '../device'
import { miniProgram } from '../mini-program'
import { launchOptions, pageHeight } from '../routing'
import { api, apis, listeners } from './call'

const sdkVersion = '3.16.0'

const windowInfo = () => {
  const { statusBarHeight, safeAreaBottom } = device()
  return {
    pixelRatio: window.devicePixelRatio,
    screenWidth: window.innerWidth,
    screenHeight: window.innerHeight,
    windowWidth: window.innerWidth,
    windowHeight: pageHeight(),
    statusBarHeight,
    screenTop: statusBarHeight + device().navigationBarHeight,
    safeArea: {
      left: 0,
      right: window.innerWidth,
      top: statusBarHeight,
      bottom: window.innerHeight - safeAreaBottom,
      width: window.innerWidth,
      height: window.innerHeight - safeAreaBottom - statusBarHeight,
    },
  }
}

const deviceInfo = () => ({
  abi: 'arm64',
  benchmarkLevel: 30,
  brand: 'devtools',
  model: 'iPhone X',
  system: 'iOS 16.0',
  platform: 'devtools',
  memorySize: 4096,
})

const appBaseInfo = () => ({
  SDKVersion: sdkVersion,
  enableDebug: false,
  host: { env: 'WeChat' },
  language: 'zh_CN',
  version: '8.0.60',
  theme: 'light',
  fontSizeSetting: device().fontSizeSetting,
  fontSizeScaleFactor: device().fontSizeSetting / 16,
})

const systemInfo = () => ({ ...windowInfo(), ...deviceInfo(), ...appBaseInfo() })

const network = listeners('NetworkStatusChange')
const resize = listeners('WindowResize')
const theme = listeners('ThemeChange')
const keyboard = listeners('KeyboardHeightChange')
const memory = listeners('MemoryWarning')
const capture = listeners('UserCaptureScreen')
const errors = listeners('Error')
const rejections = listeners('UnhandledRejection')
const appShown = listeners('AppShow')
const appHidden = listeners('AppHide')
const pageNotFound = listeners('PageNotFound')

/** What is told to the app, and to those who listen by `wx`. */
export const appEvents: Readonly<Record<string, (given: unknown) => void>> = {
  onError: errors.tell,
  onUnhandledRejection: rejections.tell,
  onShow: appShown.tell,
  onHide: appHidden.tell,
  onPageNotFound: pageNotFound.tell,
}

let wasOnline = true
onDeviceChange(({ isOnline, networkType }) => {
  if (isOnline === wasOnline) return
  wasOnline = isOnline
  network.tell({ isConnected: isOnline, networkType: isOnline ? networkType : 'none' })
})
window.addEventListener('resize', () =>
  resize.tell({ size: { windowWidth: window.innerWidth, windowHeight: window.innerHeight } }),
)

/** `has` says what `wx` has. */
export const systemApis = (has: (name: string) => boolean): Record<string, unknown> => ({
  ...network.functions,
  ...resize.functions,
  ...theme.functions,
  ...keyboard.functions,
  ...memory.functions,
  ...capture.functions,
  ...errors.functions,
  ...rejections.functions,
  ...appShown.functions,
  ...appHidden.functions,
  ...pageNotFound.functions,
  ...apis({
    getSystemInfo: systemInfo,
    getSystemInfoAsync: systemInfo,
    getNetworkType: () => ({ networkType: device().isOnline ? device().networkType : 'none' }),
    checkIsSupportSoterAuthentication: () => ({ supportMode: [] }),
    vibrateShort: () => ({}),
    vibrateLong: () => ({}),
    setKeepScreenOn: () => ({}),
    hideKeyboard: () => {
      ;(document.activeElement as HTMLElement | null)?.blur()
    },
  }),
  getSystemInfoSync: systemInfo,
  getWindowInfo: windowInfo,
  getDeviceInfo: deviceInfo,
  getAppBaseInfo: appBaseInfo,
  getSystemSetting: () => ({
    bluetoothEnabled: true,
    locationEnabled: true,
    wifiEnabled: true,
    deviceOrientation: 'portrait',
  }),
  getAppAuthorizeSetting: () => ({
    albumAuthorized: 'authorized',
    cameraAuthorized: 'authorized',
    locationAuthorized: 'authorized',
    microphoneAuthorized: 'authorized',
    notificationAuthorized: 'authorized',
  }),
  getAccountInfoSync: () => ({
    miniProgram: { appId: 'touristappid', envVersion: 'develop', version: '' },
    plugin: {},
  }),
  getLaunchOptionsSync: launchOptions,
  getEnterOptionsSync: launchOptions,
  getMenuButtonBoundingClientRect: () => {
    const top = device().statusBarHeight + 6
    const right = window.innerWidth - 7
    return { width: 87, height: 32, left: right - 87, right, top, bottom: top + 32 }
  },
  canIUse: (given: string) => {
    const [name = ''] = given.split('.')
    return has(name) || name in (miniProgram().pages ?? {})
  },
  nextTick: (work: () => void) => void Promise.resolve().then(work),
  getUpdateManager: () => ({
    onCheckForUpdate: () => {},
    onUpdateReady: () => {},
    onUpdateFailed: () => {},
    applyUpdate: () => {},
  }),
  arrayBufferToBase64: (buffer: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))),
  base64ToArrayBuffer: (written: string) =>
    Uint8Array.from(atob(written), (letter) => letter.charCodeAt(0)).buffer,
  getLogManager: () => console,
  getRealtimeLogManager: () => ({ ...console, setFilterMsg: () => {}, addFilterMsg: () => {} }),
  reportEvent: () => {},
  reportAnalytics: () => {},
  setEnableDebug: api('setEnableDebug', () => ({})),
})

/** The phone that is played: CSS pixels of an iPhone with a notch. */
export interface Device {
  readonly statusBarHeight: number
  readonly navigationBarHeight: number
  readonly tabBarHeight: number
  readonly safeAreaBottom: number
  readonly isOnline: boolean
  readonly networkType: string
  /** Text size chosen in WeChat, 16 by default. */
  readonly fontSizeSetting: number
  readonly networkDelayMs: number
}

const defaults: Device = {
  statusBarHeight: 44,
  navigationBarHeight: 44,
  tabBarHeight: 50,
  safeAreaBottom: 34,
  isOnline: true,
  networkType: 'wifi',
  fontSizeSetting: 16,
  networkDelayMs: 0,
}

/** What the frame around the phone has set holds also when the phone is opened anew. */
const set = JSON.parse(sessionStorage.getItem('wx-device') ?? '{}') as Partial<Device>

let current: Device = { ...defaults, ...set }
const listeners = new Set<(device: Device) => void>()

export const device = (): Device => current

export const changeDevice = (change: Partial<Device>): void => {
  current = { ...current, ...change }
  for (const listener of listeners) listener(current)
}

/** Waits as long as the network of the phone makes one wait, and answers whether there is one. */
export const reachNetwork = async (): Promise<boolean> => {
  const { networkDelayMs } = current
  if (networkDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, networkDelayMs))
  return current.isOnline
}

export const onDeviceChange = (listener: (device: Device) => void): void => void listeners.add(listener)

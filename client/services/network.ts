import { askAgain } from './ask-again'
import { deviceNetwork } from './device-network'
import { sharedValue, useShared } from './shared-value'

const offline = sharedValue(false)
let isListening = false

const set = (isOffline: boolean): void => {
  if (offline.read() === isOffline) return
  offline.become(isOffline)
  if (!isOffline) askAgain()
}

/** Hears of the network from now on. */
const listen = (): void => {
  if (isListening) return
  isListening = true
  deviceNetwork.onChange((isOnline) => set(!isOnline))
}

/** An answer has come, so there is a network, whatever the device says. */
export const noteAnswer = (): void => set(false)

/** Nothing was reached: whether that is because this device has no network. */
export const isOfflineNow = async (): Promise<boolean> => {
  listen()
  set(await deviceNetwork.saysOffline())
  return offline.read()
}

const hear = (listener: () => void): (() => void) => {
  listen()
  return offline.hear(listener)
}

export const useIsOffline = (): boolean => useShared({ read: offline.read, hear })

/** Resolves when there is a network; at once when nothing says that there is none. */
export const whenOnline = (): Promise<void> =>
  new Promise((resolve) => {
    if (!offline.read()) {
      resolve()
      return
    }
    const stop = hear(() => {
      if (offline.read()) return
      stop()
      resolve()
    })
  })

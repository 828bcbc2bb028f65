import { useSyncExternalStore } from 'react'
import { askAgain } from './ask-again'
import { deviceNetwork } from './device-network'

const listeners = new Set<() => void>()
let isKnownOffline = false
let isListening = false

const set = (isOffline: boolean): void => {
  if (isKnownOffline === isOffline) return
  isKnownOffline = isOffline
  for (const listener of listeners) listener()
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
  return isKnownOffline
}

const subscribe = (listener: () => void): (() => void) => {
  listen()
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const read = (): boolean => isKnownOffline

export const useIsOffline = (): boolean => useSyncExternalStore(subscribe, read, read)

/** Resolves when there is a network; at once when nothing says that there is none. */
export const whenOnline = (): Promise<void> =>
  new Promise((resolve) => {
    if (!isKnownOffline) {
      resolve()
      return
    }
    const stop = subscribe(() => {
      if (isKnownOffline) return
      stop()
      resolve()
    })
  })

import Taro from '@tarojs/taro'
import { useSyncExternalStore } from 'react'

const storageKey = 'chosen-area'

const listeners = new Set<() => void>()
let chosen: string | undefined

const readChosen = (): string | undefined => {
  if (chosen === undefined) {
    const kept: unknown = Taro.getStorageSync(storageKey)
    chosen = typeof kept === 'string' ? kept : ''
  }
  return chosen || undefined
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Says which unit's area the public lists are about; this device remembers it. */
export const chooseArea = (unitId: string): void => {
  chosen = unitId
  Taro.setStorageSync(storageKey, unitId)
  for (const listener of listeners) listener()
}

/** The area chosen last is none: an address may have named anything, and units end. */
export const forgetArea = (): void => {
  chosen = ''
  Taro.removeStorageSync(storageKey)
  for (const listener of listeners) listener()
}

/** The area chosen last on this device, if any. */
export const useChosenArea = (): string | undefined => useSyncExternalStore(subscribe, readChosen, readChosen)

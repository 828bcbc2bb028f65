import Taro from '@tarojs/taro'
import { useSyncExternalStore } from 'react'

const storageKey = 'large-type'
/** WeChat's middle size is 17; from here on its user asked for visibly larger letters. */
const largeFromFontSize = 20

const listeners = new Set<() => void>()
let isLarge: boolean | undefined

const followsWeChat = (): boolean => {
  // Written as one condition, which the bundler evaluates at build time: the browser build is then spared Taro's list
  // of all browsers.
  if (process.env.TARO_ENV === 'weapp') {
    // WeChat answers it since base library 2.23; Taro's types do not know yet.
    const { fontSizeSetting = 0 } = Taro.getAppBaseInfo() as { fontSizeSetting?: number }
    return fontSizeSetting >= largeFromFontSize
  }
  return false
}

const readLargeType = (): boolean => {
  if (isLarge === undefined) {
    const chosen: unknown = Taro.getStorageSync(storageKey)
    isLarge = typeof chosen === 'boolean' ? chosen : followsWeChat()
  }
  return isLarge
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Turns 大字版 on or off; before anyone chose, WeChat's own font setting decides. */
export const setLargeType = (value: boolean): void => {
  isLarge = value
  Taro.setStorageSync(storageKey, value)
  for (const listener of listeners) listener()
}

export const useLargeType = (): boolean => useSyncExternalStore(subscribe, readLargeType, readLargeType)

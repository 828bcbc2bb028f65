import Taro from '@tarojs/taro'
import { keptValue } from './kept-value'
import { useShared } from './shared-value'

/** WeChat's middle size is 17; from here on its user asked for visibly larger letters. */
const largeFromFontSize = 20

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

const isSwitch = (kept: unknown): kept is boolean => typeof kept === 'boolean'

const chosen = keptValue(() => 'large-type', isSwitch)

/** Turns 大字版 on or off; before anyone chose, WeChat's own font setting decides. */
export const setLargeType = chosen.keep

export const useLargeType = (): boolean => useShared(chosen) ?? followsWeChat()

import Taro from '@tarojs/taro'

/** Ends WeChat's pull-down animation. */
export const stopRefreshing = (): void => Taro.stopPullDownRefresh()

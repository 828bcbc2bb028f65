import Taro from '@tarojs/taro'

/** What WeChat keeps for the mini-program. */
export const deviceStorage = {
  read: (name: string): unknown => Taro.getStorageSync(name),
  /** Rejects on a device that is full. */
  write: async (name: string, data: unknown): Promise<void> => {
    await Taro.setStorage({ key: name, data })
  },
  isLasting: (): boolean => true,
  forget: (name: string): void => Taro.removeStorageSync(name),
}

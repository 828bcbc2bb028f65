import Taro from '@tarojs/taro'

/** What a code says that somebody holds the camera to; undefined where they close it. */
export const scanCode = async (): Promise<string | undefined> => {
  try {
    return (await Taro.scanCode({ scanType: ['qrCode'] })).result
  } catch (error) {
    console.info('nothing was scanned', error)
    return undefined
  }
}

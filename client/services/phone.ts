import Taro from '@tarojs/taro'

/** Offers to ring up a number; a call not made is nobody's fault. */
export const ringUp = (phoneNumber: string): void => {
  Taro.makePhoneCall({ phoneNumber }).catch((error: unknown) => console.info('no call was made', error))
}

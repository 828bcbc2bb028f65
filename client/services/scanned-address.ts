import { useRouter } from '@tarojs/taro'
import { readParams } from './page-address'

/**
 * The address that somebody has scanned in WeChat, which hands it on whole as `q`: no name that an address of our own
 * would carry.
 */
export const useScannedAddress = (): string | undefined => readParams(useRouter().params).q

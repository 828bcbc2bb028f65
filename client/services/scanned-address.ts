import { useRouter } from '@tarojs/taro'
import { useEffect, useRef } from 'react'
import { readParams } from './page-address'

/**
 * The address that somebody has scanned in WeChat, which hands it on whole as `q`: no name that an address of our own
 * would carry.
 */
export const useScannedAddress = (): string | undefined => readParams(useRouter().params).q

/** Takes what a page was opened with, once; empty: nothing. */
export const useTakenOnce = (scanned: string, take: (scanned: string) => Promise<void>): void => {
  const isTaken = useRef(false)
  useEffect(() => {
    if (scanned === '' || isTaken.current) return
    isTaken.current = true
    void take(scanned)
  }, [scanned, take])
}

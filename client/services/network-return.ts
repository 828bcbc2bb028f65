import Taro from '@tarojs/taro'
import { useEffect, useRef } from 'react'

const connectionTroubles = ['network', 'unavailable']

/** The server could not be asked, or said nothing: another try may succeed. */
export const isTroubleOfTheWay = ({ code }: { readonly code: string }): boolean =>
  connectionTroubles.includes(code)

/** That the network is back is not always told: what waits for it tries by itself now and then. */
const tryEveryMs = 20_000

const onNetwork = (hear: () => void): (() => void) => {
  if (process.env.TARO_ENV === 'h5') {
    window.addEventListener('online', hear)
    return () => window.removeEventListener('online', hear)
  }
  const told = ({ isConnected }: { isConnected: boolean }) => isConnected && hear()
  Taro.onNetworkStatusChange(told)
  return () => Taro.offNetworkStatusChange(told)
}

const waiting = new Set<() => void>()

/** Whoever does not want to wait for the network has everything that waits for it try at once. */
export const tryNow = (): void => {
  for (const hear of [...waiting]) hear()
}

/** Does something each time the network may be back, while something waits for it. */
export const useNetworkReturn = (isWaiting: boolean, work: () => void): void => {
  const latest = useRef(work)
  latest.current = work

  useEffect(() => {
    if (!isWaiting) return
    const hear = () => latest.current()
    waiting.add(hear)
    const stop = onNetwork(hear)
    const timer = setInterval(hear, tryEveryMs)
    return () => {
      waiting.delete(hear)
      stop()
      clearInterval(timer)
    }
  }, [isWaiting])
}

import { useEffect, useRef } from 'react'
import { onAskAgain } from './ask-again'

/** That the network is back is not always told: what waits for it tries by itself now and then. */
const tryEveryMs = 20_000

/** Does something each time the network may be back, or somebody will not wait for it, while something waits for it. */
export const useNetworkReturn = (isWaiting: boolean, work: () => void): void => {
  const latest = useRef(work)
  latest.current = work

  useEffect(() => {
    if (!isWaiting) return
    const hear = () => latest.current()
    const stop = onAskAgain(hear)
    const timer = setInterval(hear, tryEveryMs)
    return () => {
      stop()
      clearInterval(timer)
    }
  }, [isWaiting])
}

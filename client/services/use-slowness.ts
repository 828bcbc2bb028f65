import { useEffect, useState } from 'react'
import { onAskAgain } from './ask-again'

const slowMs = 3_000
const stuckMs = 8_000

/** How long something has been waited for: not worth a word, worth a word, worth another try. */
export type Slowness = 'fresh' | 'slow' | 'stuck'

/** Counts while `isWaiting`, and anew each time it is asked again. */
export const useSlowness = (isWaiting = true): Slowness => {
  const [slowness, setSlowness] = useState<Slowness>('fresh')

  useEffect(() => {
    let timers: ReturnType<typeof setTimeout>[] = []
    const stop = () => {
      for (const timer of timers) clearTimeout(timer)
    }
    const begin = () => {
      stop()
      setSlowness('fresh')
      if (!isWaiting) return
      timers = [
        setTimeout(() => setSlowness('slow'), slowMs),
        setTimeout(() => setSlowness('stuck'), stuckMs),
      ]
    }
    begin()
    const stopListening = onAskAgain(begin)
    return () => {
      stopListening()
      stop()
    }
  }, [isWaiting])

  return slowness
}

import { useEffect, useState } from 'react'
import { serverNow } from '../services/server-time'

const tickMs = 30_000

/** The server's clock, read anew while one looks. */
export const useNow = (): number => {
  const [now, setNow] = useState(serverNow)

  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), tickMs)
    return () => clearInterval(timer)
  }, [])

  return now
}

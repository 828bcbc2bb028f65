import { useCallback, useEffect, useState } from 'react'
import { cleanText } from '../../cloudfunctions/ground/text/clean-text'

/** What is typed is asked once the fingers rest. */
const restMs = 400

/** A box in which one types what the server is to look for: as it is typed, and as it is asked. */
export const useSearch = () => {
  const [typed, setTyped] = useState('')
  const [sought, setSought] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSought(cleanText(typed)), restMs)
    return () => clearTimeout(timer)
  }, [typed])
  const clear = useCallback((): void => {
    setTyped('')
    setSought('')
  }, [])
  return { typed, setTyped, sought, clear }
}

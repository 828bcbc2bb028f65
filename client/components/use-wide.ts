import { useEffect, useState } from 'react'

const isWeb = process.env.TARO_ENV === 'h5'
const wide = '(min-width: 1024px)'

const isWideNow = (): boolean => isWeb && window.matchMedia(wide).matches

/** Whether the window has room for a page and what belongs to what is chosen on it, side by side. */
export const useWide = (): boolean => {
  const [isWide, setWide] = useState(isWideNow)
  useEffect(() => {
    if (!isWeb) return
    const watched = window.matchMedia(wide)
    const hear = () => setWide(watched.matches)
    hear()
    watched.addEventListener('change', hear)
    return () => watched.removeEventListener('change', hear)
  }, [])
  return isWide
}

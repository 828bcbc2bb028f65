import { useDidHide, useDidShow } from '@tarojs/taro'
import { useRef } from 'react'

/** Does something when the page comes back into view, and not when it appears for the first time. */
export const useReturn = (work: () => void): void => {
  // A part that is mounted late has missed the page's first `useDidShow`: only what follows a `useDidHide` is a
  // return.
  const wasHidden = useRef(false)
  useDidHide(() => {
    wasHidden.current = true
  })
  useDidShow(() => {
    if (!wasHidden.current) return
    wasHidden.current = false
    work()
  })
}

import { useDidHide, useDidShow } from '@tarojs/taro'
import { useRef } from 'react'

/** Does something when the page comes back into view, and not when it appears for the first time. */
export const useReturn = (work: () => void): void => {
  // What is drawn late in a page has not heard of its first appearance.
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

import { useDidHide, useDidShow } from '@tarojs/taro'
import { useRef } from 'react'

/**
 * Does something when the page comes back into view, and not when it appears for the first time; it is told when the page
 * was left.
 */
export const useReturn = (work: (leftAt: number) => void): void => {
  // A part that is mounted late has missed the page's first `useDidShow`: only what follows a `useDidHide` is a
  // return.
  const leftAt = useRef<number>()
  useDidHide(() => {
    leftAt.current = Date.now()
  })
  useDidShow(() => {
    if (leftAt.current === undefined) return
    work(leftAt.current)
    leftAt.current = undefined
  })
}

import { useDidShow } from '@tarojs/taro'
import { useEffect } from 'react'

const show = (isWide: boolean): void => {
  document.body.classList.toggle('wide', isWide)
}

/** In the browser every page is a telephone's column, or as wide as the window: the page in view says which. */
export const useWideWindow = (isWide: boolean): void => {
  useDidShow(() => {
    if (process.env.TARO_ENV === 'h5') show(isWide)
  })
  // A part that is mounted late has missed the page's first `useDidShow`.
  useEffect(() => {
    if (process.env.TARO_ENV === 'h5') show(isWide)
  }, [isWide])
}

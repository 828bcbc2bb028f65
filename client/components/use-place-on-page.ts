import { useDidHide } from '@tarojs/taro'
import { useEffect, useRef } from 'react'
import { useReturn } from '../services/use-return'
import { aria } from './aria'
import { isShown, standOn } from './focus'

const isWeb = process.env.TARO_ENV === 'h5'

/** The first page of a visit is read from its beginning by itself. */
let isFirst = true

/**
 * Where the keyboard and the reader stand in the browser: on the title when a page opens, so that it is heard, and on
 * what was left when one comes back to it. Answers the attributes of the title.
 */
export const usePlaceOnPage = (title: string) => {
  const heading = useRef<HTMLElement>(null)
  const left = useRef<HTMLElement>()
  const isOpened = useRef(false)

  useEffect(() => {
    if (!isWeb) return
    const isOpening = !isOpened.current && !isFirst
    isOpened.current = true
    isFirst = false
    // The router shows the page, and gives the window the title of its configuration, only after this.
    const timer = setTimeout(() => {
      if (!heading.current || !isShown(heading.current)) return
      document.title = title
      if (isOpening) standOn(heading.current)
    })
    return () => clearTimeout(timer)
  }, [title])

  useDidHide(() => {
    if (isWeb && document.activeElement instanceof HTMLElement) left.current = document.activeElement
  })
  useReturn(() => {
    if (!isWeb) return
    setTimeout(() => {
      document.title = title
      const place = left.current?.isConnected ? left.current : heading.current
      if (place) standOn(place)
    })
  })
  return { ref: heading, tabIndex: -1, ...aria({ role: 'heading', level: 1 }) }
}

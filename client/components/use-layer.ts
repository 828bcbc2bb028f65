import { type RefObject, useLayoutEffect, useRef } from 'react'
import { aria } from './aria'
import { isShown, reachableIn, standOn, standOnTitle } from './focus'

const isWeb = process.env.TARO_ENV === 'h5'

/** What lies over the page, the uppermost last; a page that waits below another one keeps its own, unseen. */
const layers: HTMLElement[] = []

const uppermost = (): HTMLElement | undefined => layers.filter(isShown).pop()

interface Layer {
  readonly ref: RefObject<HTMLElement>
  readonly [attribute: string]: unknown
}

/**
 * Attributes of what lies over the page and has to be answered first. It takes the keyboard when it opens, keeps it while
 * it is open, closes with Esc, and gives the keyboard back to what opened it. WeChat sees to that by itself.
 */
export const useLayer = (label: string, onClose: () => void): Layer => {
  const ref = useRef<HTMLElement>(null)
  const close = useRef(onClose)
  close.current = onClose

  // Before the first paint: a key pressed right after it would still reach what lies underneath.
  useLayoutEffect(() => {
    const layer = ref.current
    if (!isWeb || !layer) return
    const opener = document.activeElement
    layers.push(layer)
    standOn(layer)

    const hear = (event: KeyboardEvent) => {
      if (uppermost() !== layer || event.isComposing) return
      if (event.key === 'Escape') close.current()
      if (event.key !== 'Tab') return
      const all = reachableIn(layer)
      const last = all[all.length - 1]
      const isAtStart = document.activeElement === all[0] || document.activeElement === layer
      if (event.shiftKey ? !isAtStart : document.activeElement !== last) return
      event.preventDefault()
      ;(event.shiftKey ? last : all[0])?.focus()
    }
    const keep = (event: FocusEvent) => {
      if (uppermost() === layer && !layer.contains(event.target as Node))
        (reachableIn(layer)[0] ?? layer).focus()
    }
    document.addEventListener('keydown', hear)
    document.addEventListener('focusin', keep)
    return () => {
      document.removeEventListener('keydown', hear)
      document.removeEventListener('focusin', keep)
      layers.splice(layers.indexOf(layer), 1)
      if (!(opener instanceof HTMLElement) || opener === document.body) return
      if (opener.isConnected) opener.focus({ preventScroll: true })
      else standOnTitle()
    }
  }, [])

  return { ref, ...aria({ role: 'dialog', label, modal: true }), ...(isWeb && { tabIndex: -1 }) }
}

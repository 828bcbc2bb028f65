import { View } from '@tarojs/components'
import { useEffect, useRef } from 'react'
import { aria } from './aria'
import { isShown } from './focus'
import './keys.css'

const isWeb = process.env.TARO_ENV === 'h5'

/** One types there, or has to answer it first. */
const isBusyElsewhere = (target: EventTarget | null): boolean =>
  (target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null) ||
  [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].some(isShown)

/** Single keys that do something on this page; dead in fields and under a dialog. Each has a button besides. */
export const useKeys = (keys: Readonly<Record<string, () => void>>): void => {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    if (!isWeb) return
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      // A browser that fills in a field by itself sends a key without a name.
      const { key }: { readonly key?: string } = event
      const act = key === undefined ? undefined : latest.current[key.toLowerCase()]
      if (!act || isBusyElsewhere(event.target)) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [])
}

/** Puts the keyboard on the next or the one before of all elements of a class that are on the screen. */
export const stepAlong = (selector: string, step: 1 | -1): void => {
  if (!isWeb) return
  const all = [...document.querySelectorAll<HTMLElement>(selector)].filter(isShown)
  const here = all.findIndex((one) => one.contains(document.activeElement))
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step]
  const target = next?.querySelector<HTMLElement>('[tabindex="0"]') ?? next
  target?.focus()
  target?.scrollIntoView({ block: 'nearest' })
}

/** The same from an element, where the keyboard stands in it and no dialog lies over it. */
export const stepOnFrom = (from: string, selector: string): void => {
  if (isWeb && document.activeElement?.closest(from)) stepAlong(selector, 1)
}

/** Presses what has this test name within the element of a class in which the keyboard stands. */
export const pressWithin = (selector: string, name: string): void => {
  if (!isWeb) return
  const named = document.activeElement?.closest(selector)?.querySelector<HTMLElement>(`[data-test="${name}"]`)
  const pressable = named?.matches('[tabindex]') ? named : named?.querySelector<HTMLElement>('[tabindex]')
  pressable?.click()
}

interface KeyHintsProps {
  readonly keys: readonly { readonly keys: readonly string[]; readonly does: string }[]
}

/** The keys that work on this page, where there is a keyboard. */
export function KeyHints({ keys }: KeyHintsProps) {
  if (!isWeb) return null
  return (
    <View className="key-hints" {...aria({ role: 'note', label: '键盘' })}>
      {keys.map(({ keys: names, does }) => (
        <View key={does} className="key-hints__hint">
          {names.map((name) => (
            <View key={name} className="key-hints__key">
              {name}
            </View>
          ))}
          <View>{does}</View>
        </View>
      ))}
    </View>
  )
}

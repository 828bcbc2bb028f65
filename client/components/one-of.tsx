import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { aria } from './aria'

interface OneOfProps {
  readonly className: string
  /** In a `group` each is a button of its own. */
  readonly kind: 'radiogroup' | 'tablist' | 'group'
  /** What is chosen here. */
  readonly label: string | undefined
  readonly children: ReactNode
}

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
}

/** As in the browser's own radio buttons, the arrows go to the next choice and take it, round and round. */
const goOn = (event: KeyboardEvent) => {
  const step = steps[event.key]
  const choices = [
    ...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role="radio"], [role="tab"]'),
  ]
  const at = choices.indexOf(event.target as HTMLElement)
  if (step === undefined || at < 0) return
  event.preventDefault()
  const next = choices[(at + step + choices.length) % choices.length]
  next?.focus()
  next?.click()
}

/** Holds `Pressable`s of which one is chosen: Tab reaches that one alone, and the arrows go to the others. */
export function OneOf({ className, kind, label, children }: OneOfProps) {
  return (
    <View
      className={className}
      {...aria({ role: kind, label })}
      {...(process.env.TARO_ENV === 'h5' && { onKeyDown: goOn })}
    >
      {children}
    </View>
  )
}

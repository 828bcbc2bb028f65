import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { serverNow } from '../services/server-time'
import { withIcon } from './icon'
import { remainingText } from './time-text'
import './countdown.css'

const tickMs = 30_000

interface CountdownProps {
  readonly dueAt: number
  /** What is due: “办结”. */
  readonly what: string
  readonly isDueSoon?: boolean
}

/** How long is left by the server's clock, or how long it is past. */
export function Countdown({ dueAt, what, isDueSoon = false }: CountdownProps) {
  const [now, setNow] = useState(serverNow)

  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), tickMs)
    return () => clearInterval(timer)
  }, [])

  // The instant a deadline names is already late.
  const isPast = now >= dueAt
  const tone = isPast ? 'alert' : isDueSoon ? 'waiting' : 'plain'
  const icon = isPast ? 'circle-alert' : isDueSoon ? 'hourglass' : 'clock'
  return (
    <View className={`countdown countdown--${tone} ${withIcon(icon)}`}>
      {isPast ? `${what}已超期${remainingText(now - dueAt)}` : `${what}还剩${remainingText(dueAt - now)}`}
    </View>
  )
}

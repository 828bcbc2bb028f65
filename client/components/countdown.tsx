import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { serverNow } from '../services/server-time'
import { type IconName, withIcon } from './icon'
import type { Tone } from './status-tag'
import './countdown.css'

const tickMs = 30_000

interface CountdownProps {
  /** What is due and how long is left, or how long it is past, by the server's clock. */
  readonly say: (now: number) => {
    readonly tone: Tone
    readonly icon: IconName
    readonly text: string
  }
}

/** Words about a time that comes nearer, said anew while one looks. */
export function Countdown({ say }: CountdownProps) {
  const [now, setNow] = useState(serverNow)

  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), tickMs)
    return () => clearInterval(timer)
  }, [])

  const { tone, icon, text } = say(now)
  return <View className={`countdown countdown--${tone} ${withIcon(icon)}`}>{text}</View>
}

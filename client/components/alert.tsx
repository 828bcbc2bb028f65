import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { aria } from './aria'

interface AlertProps {
  readonly className: string
  /** Names it for tests. */
  readonly name?: string
  readonly children: ReactNode
}

/** What must be known now: it is said the moment it appears, wherever the reader is. */
export function Alert({ className, name, children }: AlertProps) {
  return (
    <View className={className} {...aria({ role: 'alert' })} {...(name && { 'data-test': name })}>
      {children}
    </View>
  )
}

import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { aria } from './aria'

interface HeadingProps {
  readonly className: string
  /** 1 is the page's title and stands in its frame; 2 heads a card or a sheet, 3 a part of one. */
  readonly level?: 1 | 2 | 3
  readonly children: ReactNode
}

/** What heads a part of the page: those who hear it go from one to the next. */
export function Heading({ className, level = 2, children }: HeadingProps) {
  return (
    <View className={className} {...aria({ role: 'heading', level })}>
      {children}
    </View>
  )
}

import { ScrollView, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { ConnectionNotice } from './connection-notice'
import { Icon } from './icon'
import './sheet.css'

interface SheetProps {
  readonly isOpen: boolean
  readonly title: string
  readonly onClose: () => void
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** A sheet that rises from the bottom edge, over the page. */
export function Sheet({ isOpen, title, onClose, children, action }: SheetProps) {
  if (!isOpen) return null
  return (
    <View className="sheet">
      <View className="sheet__shade" onClick={onClose} catchMove />
      <View className="sheet__panel" role="dialog" aria-label={title}>
        <View className="sheet__head">
          <View className="sheet__title">{title}</View>
          <View className="sheet__close" role="button" aria-label="关闭" onClick={onClose}>
            <Icon name="x" size={1.3} />
          </View>
        </View>
        <ConnectionNotice />
        {children && (
          <ScrollView className="sheet__body" scrollY>
            {children}
          </ScrollView>
        )}
        {action && <View className="sheet__action">{action}</View>}
      </View>
    </View>
  )
}

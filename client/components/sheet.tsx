import { ScrollView, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { ConnectionNotice } from './connection-notice'
import { Heading } from './heading'
import { Icon } from './icon'
import { Backdrop, Pressable } from './pressable'
import { useLayer } from './use-layer'
import './sheet.css'

interface SheetProps {
  readonly isOpen: boolean
  readonly title: string
  readonly onClose: () => void
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** A sheet that rises from the bottom edge, over the page. */
export function Sheet({ isOpen, ...rest }: SheetProps) {
  return isOpen ? <OpenSheet {...rest} /> : null
}

function OpenSheet({ title, onClose, children, action }: Omit<SheetProps, 'isOpen'>) {
  const layer = useLayer(title, onClose)
  return (
    <View className="sheet">
      <Backdrop className="sheet__shade" onPress={onClose} />
      <View className="sheet__panel" {...layer}>
        <View className="sheet__head">
          <Heading className="sheet__title">{title}</Heading>
          <Pressable className="sheet__close" label="关闭" onPress={onClose}>
            <Icon name="x" size={1.3} />
          </Pressable>
        </View>
        <ConnectionNotice />
        {children && (
          <ScrollView
            className="sheet__body"
            scrollY
            // Words alone are read on with the arrows.
            {...(process.env.TARO_ENV === 'h5' && { tabIndex: 0 })}
          >
            {children}
          </ScrollView>
        )}
        {action && <View className="sheet__action">{action}</View>}
      </View>
    </View>
  )
}

import { View } from '@tarojs/components'
import { Alert } from './alert'
import { LinkText } from './card'
import { Notice } from './rows'
import './clash-notice.css'

interface ClashNoticeProps {
  readonly title: string
  readonly text: string
  /** Shows how it stands now; absent where that is behind what lies open. */
  readonly onLook?: (() => void) | undefined
}

/** Somebody was quicker: who, what, when, and that nothing typed is lost. */
export function ClashNotice({ title, text, onLook }: ClashNoticeProps) {
  return (
    <Alert className="clash-notice" name="clash">
      <Notice tone="working" icon="users" title={title}>
        <View>{text}</View>
        {onLook && <LinkText label="看现在的" onPress={onLook} />}
      </Notice>
    </Alert>
  )
}

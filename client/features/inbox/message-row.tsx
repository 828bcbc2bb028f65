import { View } from '@tarojs/components'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { aria } from '../../components/aria'
import { FactLine } from '../../components/fact-line'
import { Icon } from '../../components/icon'
import { Pressable } from '../../components/pressable'
import { instantText } from '../../components/time-text'
import { serverNow } from '../../services/server-time'
import './message-row.css'

interface MessageRowProps {
  readonly message: OutputOf<'inbox.list'>['rows'][number]
  readonly onOpen: (reportId: string) => void
}

/** One message. Unread: bold, with a dot and the word. */
export function MessageRow({ message, onOpen }: MessageRowProps) {
  const { title, text, about, at, isRead, reportId } = message
  return (
    <Pressable
      className={`message-row ${isRead ? '' : 'message-row--unread'}`}
      name="message-row"
      onPress={reportId === null ? undefined : () => onOpen(reportId)}
    >
      <View className="message-row__words">
        <View className="message-row__head">
          {!isRead && <View className="message-row__dot" {...aria({ role: 'img', label: '未读' })} />}
          <View className="message-row__title">{title}</View>
          <View className="message-row__when">{instantText(at, serverNow())}</View>
        </View>
        <View className="message-row__text">{text}</View>
        {about !== null && <FactLine facts={about.split(' · ')} />}
      </View>
      {reportId !== null && <Icon name="chevron-right" size={1.1} />}
    </Pressable>
  )
}

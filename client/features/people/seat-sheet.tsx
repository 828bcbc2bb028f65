import { View } from '@tarojs/components'
import { useState } from 'react'
import { Facts, ListRow, Notice } from '../../components/rows'
import { Sheet } from '../../components/sheet'
import { serverNow } from '../../services/server-time'
import { roleLabels } from '../../words/roles'
import { termText } from '../../words/term'
import { HistorySheet } from './history-sheet'
import { DatesForm, EndForm, HandOverForm, type SeatFormProps, UndoForm } from './seat-forms'
import { actionWords, personText, type SeatAction, seatSigns } from './words'
import './people.css'

const forms: Readonly<Record<SeatAction, (props: SeatFormProps) => React.ReactNode>> = {
  'hand-over': HandOverForm,
  'change-dates': DatesForm,
  end: EndForm,
  undo: UndoForm,
}
/** The one that is meant most first. */
const order: readonly SeatAction[] = ['hand-over', 'change-dates', 'end', 'undo']

/** One seat: who, from when until when, and what may be done with it now. */
export function SeatSheet(props: SeatFormProps) {
  const { seat, onClose } = props
  const [open, setOpen] = useState<SeatAction | 'history'>()
  const now = serverNow()
  const title = `${personText(seat)} · ${roleLabels[seat.role]}`
  if (open === 'history') return <HistorySheet of={{ seatId: seat.id }} title={title} onClose={onClose} />
  if (open) {
    const Form = forms[open]
    return <Form {...props} />
  }
  return (
    <Sheet isOpen title={title} onClose={onClose}>
      <View className="people-form">
        <Facts
          facts={[
            { label: '单位', value: seat.unit.name },
            { label: '任期', value: termText(seat, now) },
            { label: '现在', value: seatSigns[seat.state].text },
            { label: '手机尾号', value: seat.phoneTail ?? '没有记' },
          ]}
        />
        <View data-test="seat-actions">
          {order
            .filter((action) => seat.actions.includes(action))
            .map((action) => (
              <ListRow
                key={action}
                name={`seat-${action}`}
                {...actionWords[action]}
                title={actionWords[action].label}
                onPress={() => setOpen(action)}
              />
            ))}
          <ListRow
            name="seat-history"
            icon="history"
            title="看经过"
            hint="谁在什么时候定的"
            onPress={() => setOpen('history')}
          />
        </View>
        {seat.isYou && (
          <Notice tone="plain" icon="info">
            自己的职务，由别的管理员来定；自己只能离任。
          </Notice>
        )}
      </View>
    </Sheet>
  )
}

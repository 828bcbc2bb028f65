import { Picker, View } from '@tarojs/components'
import { aria } from './aria'
import type { DateBoxProps } from './date-port'
import { useFormRow } from './form-row-context'
import './date-box.css'

const openText = '点这里选日期'

/** A day, turned over in WeChat's own wheels. */
export function DateBox({ value, text, first, last, beginsOn, onChange }: DateBoxProps) {
  const row = useFormRow()
  const shown = value ? text : openText
  return (
    <Picker
      mode="date"
      value={value || beginsOn}
      start={first}
      end={last}
      onChange={(event) => onChange(String(event.detail.value))}
    >
      <View
        className={`date-box ${value ? '' : 'date-box--open'}`}
        data-test="pick-date"
        {...aria({ role: 'button', label: row && `${row.label}：${shown}` })}
      >
        {shown}
      </View>
    </Picker>
  )
}

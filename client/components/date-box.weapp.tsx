import { Picker, View } from '@tarojs/components'
import type { DateBoxProps } from './date-port'
import './date-box.css'

/** A day, turned over in WeChat's own wheels. */
export function DateBox({ value, text, first, last, beginsOn, onChange }: DateBoxProps) {
  return (
    <Picker
      mode="date"
      value={value || beginsOn}
      start={first}
      end={last}
      onChange={(event) => onChange(String(event.detail.value))}
    >
      <View className={`date-box ${value ? '' : 'date-box--open'}`} data-test="pick-date">
        {value ? text : '点这里选日期'}
      </View>
    </Picker>
  )
}

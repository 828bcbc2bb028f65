import { aria } from './aria'
import type { DateBoxProps } from './date-port'
import { useFormRow } from './form-row-context'
import './date-box.css'

/** A day, in the browser's own field: it is written with the keyboard or chosen from the browser's calendar. */
export function DateBox({ value, first, last, onChange }: DateBoxProps) {
  const row = useFormRow()
  return (
    <input
      className="date-box"
      type="date"
      data-test="pick-date"
      value={value}
      min={first}
      max={last}
      {...aria({ label: row?.label, invalid: row?.isWrong ?? false, describedby: row?.describedBy })}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

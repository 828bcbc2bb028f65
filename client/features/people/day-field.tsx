import { useState } from 'react'
import { chinaDateOn, chinaDateText, dayMs, startOfChinaDate } from '../../../cloudfunctions/ground/instant'
import { DateBox } from '../../components/date-box'
import { FormRow } from '../../components/form-row'
import { serverNow } from '../../services/server-time'

/** A term longer than any that is given. */
const mostDays = 3653

/** A year whose last digits are still to be typed is read as one of the first centuries. */
const isWhole = (on: string): boolean => on >= '1000'

const said = (on: string): string => chinaDateText(startOfChinaDate(on))

interface DayFieldProps {
  readonly label: string
  readonly hint?: string
  readonly error?: string | undefined
  readonly isOptional?: boolean
  readonly value: string
  readonly onChange: (on: string) => void
}

/** A day from today on, `YYYY-MM-DD`; empty while none is said. */
export function DayField({ label, hint, error, isOptional, value, onChange }: DayFieldProps) {
  const now = serverNow()
  const [first, last] = [chinaDateOn(now), chinaDateOn(now + mostDays * dayMs)]
  // A day outside is never handed on, but what somebody writes stays in the field.
  const [typed, setTyped] = useState(value)
  const isInside = (on: string): boolean => on >= first && on <= last
  const outside = isWhole(typed) && !isInside(typed) ? `请选${said(first)}以后的日子` : undefined
  return (
    <FormRow
      label={label}
      {...(hint && { hint })}
      {...((outside ?? error) && { error: outside ?? error })}
      {...(isOptional && { isOptional })}
    >
      <DateBox
        value={typed}
        text={typed && said(typed)}
        first={first}
        last={last}
        beginsOn={first}
        onChange={(on) => {
          setTyped(on)
          onChange(isInside(on) ? on : '')
        }}
      />
    </FormRow>
  )
}

/** Its first instant, from which somebody begins; undefined while no day is said. */
export const fromDay = (on: string): number | undefined => (on === '' ? undefined : startOfChinaDate(on))

/** The instant after its last, until which somebody stays. */
export const throughDay = (on: string): number | undefined =>
  on === '' ? undefined : startOfChinaDate(on) + dayMs

import { useState } from 'react'
import { chinaDateOn, chinaDateText, dayMs, startOfChinaDate } from '../../cloudfunctions/ground/instant'
import { serverNow } from '../services/server-time'
import { DateBox } from './date-box'
import { FormRow } from './form-row'

/** Longer ago, or farther ahead, than anything is agreed, or any seat is given for. */
const mostDays = 3653

/** A year whose last digits are still to be typed is read as one of the first centuries. */
const isWhole = (on: string): boolean => on >= '1000'

const said = (on: string): string => chinaDateText(startOfChinaDate(on))

interface DayFieldProps {
  readonly label: string
  readonly hint?: string
  readonly error?: string | undefined
  readonly isOptional?: boolean
  /** Days that are past are no answer. */
  readonly isAhead?: boolean
  readonly value: string
  readonly onChange: (on: string) => void
}

/** A day, `YYYY-MM-DD`; empty while none is said. */
export function DayField(props: DayFieldProps) {
  const { label, hint, error, isOptional, isAhead = false, value, onChange } = props
  const now = serverNow()
  const first = chinaDateOn(isAhead ? now : now - mostDays * dayMs)
  const last = chinaDateOn(now + mostDays * dayMs)
  // A day outside is never handed on, but what somebody writes stays in the field.
  const [typed, setTyped] = useState(value)
  const isInside = (on: string): boolean => on >= first && on <= last
  const outside = isWhole(typed) && !isInside(typed) ? `请选${said(first)}以后的日子` : undefined
  return (
    <FormRow label={label} hint={hint} error={outside ?? error} isOptional={isOptional}>
      <DateBox
        value={typed}
        text={typed && said(typed)}
        first={first}
        last={last}
        beginsOn={chinaDateOn(now)}
        onChange={(on) => {
          setTyped(on)
          onChange(isInside(on) ? on : '')
        }}
      />
    </FormRow>
  )
}

/** The instant at which a day begins. */
export const dayBegins = (on: string): number | undefined => (on === '' ? undefined : startOfChinaDate(on))

/** The instant after a day: until then, the day itself with it. */
export const dayEnds = (on: string): number | undefined =>
  on === '' ? undefined : startOfChinaDate(on) + dayMs

/** The day of an instant, empty for none; of one that ends something the last day before it. */
export const dayOf = (at: number): string => chinaDateOn(at)
export const lastDayOf = (untilAt: number | null): string =>
  untilAt === null ? '' : chinaDateOn(untilAt - 1)

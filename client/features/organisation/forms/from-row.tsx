import { View } from '@tarojs/components'
import { chinaDateOn, dayMs, startOfChinaDate } from '../../../../cloudfunctions/ground/instant'
import { ChoiceChips } from '../../../components/choice-chips'
import { DateBox } from '../../../components/date-box'
import { FormRow } from '../../../components/form-row'
import { dateText } from '../../../components/time-text'
import { useNow } from '../../../components/use-now'

/** As far ahead as the server takes a change. */
const mostDaysAhead = 365

interface FromRowProps {
  /** The day from which it holds, `YYYY-MM-DD`; empty: now; undefined is not asked yet. */
  readonly value: string
  readonly isLater: boolean
  readonly onChange: (part: { readonly from?: string; readonly isLater?: boolean }) => void
  readonly error?: string | undefined
}

/** The draft of a deed that may hold from a day on. */
export interface FromDraft {
  readonly from: string
  readonly isLater: boolean
}
export const fromNow: FromDraft = { from: '', isLater: false }

/** What the server is told: nothing is from now on. */
export const fromAtOf = ({ from, isLater }: FromDraft): { readonly fromAt?: number } =>
  isLater && from !== '' ? { fromAt: startOfChinaDate(from) } : {}

/** Why it cannot be sent like this. */
export const fromTrouble = ({ from, isLater }: FromDraft): string | undefined =>
  isLater && from === '' ? '请选从哪天起' : undefined

/** From when on a change holds. */
export function FromRow({ value, isLater, onChange, error }: FromRowProps) {
  const now = useNow()
  const dayAfter = (days: number): string => chinaDateOn(now + days * dayMs)
  return (
    <FormRow label="从什么时候起" {...(error !== undefined && { error })}>
      <ChoiceChips
        name="from"
        layout="columns"
        choices={[
          { value: 'now', label: '现在' },
          { value: 'later', label: '选个日子' },
        ]}
        value={isLater ? 'later' : 'now'}
        onChange={(when) => onChange({ isLater: when === 'later' })}
      />
      {isLater && (
        <View className="deed-forms__date">
          <DateBox
            value={value}
            text={value === '' ? '' : dateText(startOfChinaDate(value), now)}
            first={dayAfter(1)}
            last={dayAfter(mostDaysAhead)}
            beginsOn={dayAfter(1)}
            onChange={(on) => onChange({ from: on })}
          />
        </View>
      )}
    </FormRow>
  )
}

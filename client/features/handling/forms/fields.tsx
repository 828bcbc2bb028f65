import { View } from '@tarojs/components'
import { useState } from 'react'
import {
  chinaDateOn,
  chinaDateText,
  dayMs,
  startOfChinaDate,
} from '../../../../cloudfunctions/ground/instant'
import { Card } from '../../../components/card'
import { type Choice, ChoiceChips } from '../../../components/choice-chips'
import { DateBox } from '../../../components/date-box'
import { FormRow, TextBox } from '../../../components/form-row'
import { PhotoPicker } from '../../../components/photo-picker'
import type { PickedPhoto } from '../../../components/picked-photo'
import { Skeleton } from '../../../components/skeleton'
import { StepwiseChoice } from '../../../components/stepwise-choice'
import { serverNow } from '../../../services/server-time'
import { useQuery } from '../../../services/use-query'
import { useUnitSteps } from '../../../words/use-unit-steps'
import type { Targets } from '../words'

/** The label of a question, and what is wrong with its answer. */
interface Row {
  readonly label: string
  readonly error: string | undefined
}

/** Who reads what is typed here. */
export type Audience = 'everyone' | 'everyone-later' | 'parties' | 'reporter' | 'colleagues'

const audienceHints: Readonly<Record<Audience, string>> = {
  everyone: '人人都看得到，不写居民是谁。',
  'everyone-later': '同意以后人人都看得到，不写居民是谁。',
  parties: '上报人和办理的人看得到。',
  reporter: '发给上报人，别的居民看不到。',
  colleagues: '只有同事看得到。',
}

interface WordsFieldProps {
  readonly row: Row
  readonly value: string
  readonly onChange: (value: string) => void
  readonly audience: Audience
  readonly isOptional?: boolean
  readonly max?: number
  readonly placeholder?: string
  /** Names the field for tests. */
  readonly name?: string
}

/** Words in plain language, with who will read them. */
export function WordsField(props: WordsFieldProps) {
  const { row, value, onChange, audience, isOptional, max = 300, placeholder = '用平常话写' } = props
  return (
    <Card>
      <FormRow {...row} hint={audienceHints[audience]} isOptional={isOptional}>
        <View data-test={props.name ?? 'note'}>
          <TextBox value={value} onChange={onChange} max={max} placeholder={placeholder} />
        </View>
      </FormRow>
    </Card>
  )
}

interface PhotosFieldProps {
  readonly row: Row
  readonly photos: readonly PickedPhoto[]
  readonly onChange: (photos: (before: readonly PickedPhoto[]) => readonly PickedPhoto[]) => void
  readonly name?: string
  readonly hint?: string
}

/** Photographs are asked for and never required (K1). */
export function PhotosField({ row, photos, onChange, name = 'photos-after', hint }: PhotosFieldProps) {
  return (
    <Card>
      <FormRow {...row} isOptional hint={hint ?? '照片会公开，请勿拍到人脸、车牌。没有照片也可以。'}>
        <View data-test={name}>
          <PhotoPicker photos={photos} onChange={onChange} what={row.label} />
        </View>
      </FormRow>
    </Card>
  )
}

interface ChoiceFieldProps<V extends string> {
  readonly row: Row
  readonly choices: readonly Choice<V>[]
  readonly value: V | undefined
  readonly onChange: (value: V) => void
  readonly layout: 'rows' | 'columns'
  readonly name: string
  readonly hint?: string
}

export function ChoiceField<V extends string>({ row, hint, ...chips }: ChoiceFieldProps<V>) {
  return (
    <Card>
      <FormRow {...row} hint={hint}>
        <ChoiceChips {...chips} />
      </FormRow>
    </Card>
  )
}

/** Where a report may go, as choices; asks nothing yet without one. `isNone` says that it may go nowhere. */
export const useTargets = (
  reportId: string | undefined,
  choicesFrom: (targets: Targets) => readonly Choice<string>[],
) => {
  const { query } = useQuery('unit.targets', reportId === undefined ? undefined : { reportId })
  const choices = query.state === 'ready' ? choicesFrom(query.value) : undefined
  return { query, choices, isNone: choices?.length === 0 }
}

interface TargetFieldProps {
  readonly row: Row
  readonly targets: ReturnType<typeof useTargets>
  readonly value: string | undefined
  readonly onChange: (value: string) => void
  /** What to say where there is nothing to choose. */
  readonly nothing: string
  readonly hint?: string
}

/** A unit or a report this one may go to. */
export function TargetField(props: TargetFieldProps) {
  const { row, targets, value, onChange, nothing, hint } = props
  const { query, choices, isNone } = targets
  return (
    <Card>
      <FormRow {...row} hint={hint}>
        {query.state === 'failed' && <View>{query.error.message}</View>}
        {query.state === 'loading' && <Skeleton count={1} />}
        {isNone && <View>{nothing}</View>}
        {choices !== undefined && !isNone && (
          <ChoiceChips choices={choices} value={value} onChange={onChange} layout="rows" name="target" />
        )}
      </FormRow>
    </Card>
  )
}

interface AccusedFieldProps {
  readonly row: Row
  readonly startUnitId: string
  readonly value: string | undefined
  readonly onChange: (unitId: string) => void
}

/** The unit that a complaint is about. */
export function AccusedField({ row, startUnitId, value, onChange }: AccusedFieldProps) {
  const steps = useUnitSteps(startUnitId, value)
  return (
    <Card>
      <FormRow {...row} hint="交给它的上一级来办，它自己看不到。选了就不能改。">
        {steps ? (
          <StepwiseChoice {...steps} value={value} onChange={onChange} name="accused" />
        ) : (
          <Skeleton count={1} />
        )}
      </FormRow>
    </Card>
  )
}

export const unitChoices = (units: Targets['branches']): readonly Choice<string>[] =>
  units.map(({ id, name }) => ({ value: id, label: name }))

/** The end of a Chinese day as an instant; undefined while none is chosen. */
export const endOfDay = (on: string | undefined): number | undefined =>
  on === undefined ? undefined : startOfChinaDate(on) + dayMs - 1000

interface DateFieldProps {
  readonly row: Row
  readonly value: string | undefined
  readonly onChange: (on: string | undefined) => void
  readonly hint?: string
  readonly mostDays?: number | undefined
  /** The day with which choosing begins, `YYYY-MM-DD`; a week ahead where none is likelier. */
  readonly beginsOn?: string | undefined
}

const dateText = (on: string): string => chinaDateText(startOfChinaDate(on))

/** A year whose last digits are still to be typed is read as one of the first centuries. */
const isWhole = (on: string): boolean => on >= '1000'

export function DateField({ row, value, onChange, hint, mostDays = 365, beginsOn }: DateFieldProps) {
  const now = serverNow()
  const [first, last] = [chinaDateOn(now), chinaDateOn(now + mostDays * dayMs)]
  // A day outside is never handed on, but what somebody writes stays in the field.
  const [typed, setTyped] = useState(value ?? '')
  const isInside = (on: string) => on >= first && on <= last
  const outside =
    isWhole(typed) && !isInside(typed) ? `请选${dateText(first)}到${dateText(last)}之间的日子` : undefined
  const type = (on: string) => {
    setTyped(on)
    onChange(isInside(on) ? on : undefined)
  }
  return (
    <Card>
      <FormRow {...row} error={outside ?? row.error} hint={hint}>
        <DateBox
          value={typed}
          text={typed && dateText(typed)}
          first={first}
          last={last}
          beginsOn={beginsOn ?? chinaDateOn(now + 7 * dayMs)}
          onChange={type}
        />
      </FormRow>
    </Card>
  )
}

import { View } from '@tarojs/components'
import { useState } from 'react'
import {
  chinaDateOn,
  chinaDateText,
  dayMs,
  startOfChinaDate,
} from '../../../../cloudfunctions/ground/instant'
import { townshipOf } from '../../../../cloudfunctions/ground/unit-path'
import { Card } from '../../../components/card'
import { type Choice, ChoiceChips } from '../../../components/choice-chips'
import { ChoiceRows } from '../../../components/choice-rows'
import { DateBox } from '../../../components/date-box'
import { FormRow, TextBox } from '../../../components/form-row'
import { PhotoPicker } from '../../../components/photo-picker'
import type { PickedPhoto } from '../../../components/picked-photo'
import { Skeleton } from '../../../components/skeleton'
import { StepwiseChoice } from '../../../components/stepwise-choice'
import { stillOffered } from '../../../components/still-offered'
import { serverNow } from '../../../services/server-time'
import { useQuery } from '../../../services/use-query'
import { distanceText, nearestFirst } from '../../../words/nearest-first'
import { useUnitSteps } from '../../../words/use-unit-steps'
import type { Matter, Targets } from '../words'

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

export function ChoiceField<V extends string>({ row, hint, layout, ...chips }: ChoiceFieldProps<V>) {
  return (
    <Card>
      <FormRow {...row} hint={hint}>
        {layout === 'rows' ? <ChoiceRows {...chips} /> : <ChoiceChips {...chips} layout={layout} />}
      </FormRow>
    </Card>
  )
}

/**
 * Where a report may go, as choices; asks nothing yet without one. `isNone` says that it may go nowhere, `chosen` is the
 * wanted one of them, if it still is among them.
 */
export const useTargets = (
  reportId: string | undefined,
  wanted: string | undefined,
  choicesFrom: (targets: Targets) => readonly Choice<string>[],
  /** Their order is not known yet: a list that changed it would be pressed at the wrong place. */
  isOrdering = false,
) => {
  const { query } = useQuery('unit.targets', reportId === undefined ? undefined : { reportId })
  const choices = query.state === 'ready' && !isOrdering ? choicesFrom(query.value) : undefined
  return { query, choices, isNone: choices?.length === 0, chosen: stillOffered(choices ?? [], wanted) }
}

/** What names the place of a matter, by which the units around it are told. */
type Placed = Pick<Matter, 'id' | 'point' | 'unitPath' | 'branch'>

/** The units to which a matter may go, behind what comes before all of them; those around its place first. */
export const useUnitTargets = (
  { id, point, unitPath, branch }: Placed,
  wanted: string | undefined,
  {
    isAsked = true,
    before = [],
  }: { readonly isAsked?: boolean; readonly before?: readonly Choice<string>[] } = {},
) => {
  const around = isAsked && point ? { unitId: townshipOf(unitPath) ?? branch.id } : undefined
  const { query: ground } = useQuery('grid.cells', around)
  const cells = ground.state === 'ready' ? ground.value.cells : []
  return useTargets(
    isAsked ? id : undefined,
    wanted,
    ({ branches }) => [
      ...before,
      ...nearestFirst(branches, point ?? undefined, cells).map(({ unit, metres }) => ({
        value: unit.id,
        label: unit.name,
        ...(metres === undefined ? {} : { hint: distanceText(metres) }),
      })),
    ],
    around !== undefined && ground.state === 'loading',
  )
}

interface TargetFieldProps {
  readonly row: Row
  readonly targets: ReturnType<typeof useTargets>
  readonly onChange: (value: string) => void
  /** What to say where there is nothing to choose. */
  readonly nothing: string
  readonly hint?: string
}

/** A unit or a report this one may go to. */
export function TargetField(props: TargetFieldProps) {
  const { row, targets, onChange, nothing, hint } = props
  const { query, choices, isNone, chosen } = targets
  return (
    <Card>
      <FormRow {...row} hint={hint}>
        {query.state === 'failed' && <View>{query.error.message}</View>}
        {choices === undefined && query.state !== 'failed' && <Skeleton count={1} />}
        {isNone && <View>{nothing}</View>}
        {choices !== undefined && !isNone && (
          <ChoiceRows choices={choices} value={chosen} onChange={onChange} name="target" />
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

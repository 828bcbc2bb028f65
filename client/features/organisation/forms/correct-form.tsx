import { useEffect, useState } from 'react'
import { cleanText } from '../../../../cloudfunctions/ground/text/clean-text'
import { FormRow, TextBox } from '../../../components/form-row'
import { FormSheet } from '../../../components/form-sheet'
import { useDraft } from '../../../services/drafts'
import { toast } from '../../../services/toast'
import { mistakesText } from '../../../words/mistakes'
import { deedWords, type KeptUnit, unitFieldLabels } from '../../../words/unit-change'
import type { DeedFormProps } from '../deed-props'
import { useDeed } from '../use-deed'
import { type CorrectField, correctFields, factsTyped, numberProblems, typedOf } from './facts-typed'

/** All of it as it is shown, and what of it was written here: the rest is as it is there, whoever changes it meanwhile. */
type CorrectDraft = Readonly<Record<CorrectField, string>> & { readonly written: readonly CorrectField[] }

const asKept = (unit: KeptUnit): Readonly<Record<CorrectField, string>> => ({
  dutyPhone: typedOf(unit, 'dutyPhone'),
  phone: typedOf(unit, 'phone'),
  address: typedOf(unit, 'address'),
  hours: typedOf(unit, 'hours'),
  areaName: typedOf(unit, 'areaName'),
  population: typedOf(unit, 'population'),
  floatingShare: typedOf(unit, 'floatingShare'),
})

const writtenIn = (draft: CorrectDraft): Readonly<Partial<Record<CorrectField, string>>> =>
  Object.fromEntries(draft.written.map((field) => [field, draft[field]]))

const hints: Readonly<Partial<Record<CorrectField, string>>> = {
  dutyPhone: '下班后有人接的电话',
  areaName: '居民嘴上怎么叫这个地方',
  hours: '比如：周一到周五 8:30–17:30',
  floatingShare: '外来人口占百分之几',
}

interface FactRowProps {
  readonly field: CorrectField
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (typed: string) => void
}

function FactRow({ field, value, error, onChange }: FactRowProps) {
  const hint = hints[field]
  return (
    <FormRow
      label={unitFieldLabels[field]}
      isOptional={field !== 'areaName'}
      {...(hint && { hint })}
      {...(error && { error })}
    >
      <TextBox
        value={value}
        onChange={onChange}
        kind={field === 'phone' || field === 'dutyPhone' ? 'phone' : 'text'}
        isSingleLine
      />
    </FormRow>
  )
}

/** 改电话、地址: how a unit is reached, and what is there. */
export function CorrectForm(props: DeedFormProps) {
  const { unit, slot, onDone, onClose } = props
  const { draft, change, drop, intentions } = useDraft<CorrectDraft>(slot.name, {
    ...asKept(unit),
    written: [],
  })
  const { send, isBusy, problems, clash, trouble } = useDeed(
    'unit.correct',
    props,
    unitFieldLabels,
    intentions,
  )
  const [isTried, setTried] = useState(false)
  const wrong = isTried ? numberProblems(writtenIn(draft)) : {}

  // Somebody else has changed it: what was not written here is shown as it is now.
  useEffect(() => {
    const kept = asKept(unit)
    const stale = correctFields.filter(
      (field) => !draft.written.includes(field) && draft[field] !== kept[field],
    )
    if (stale.length > 0) change(Object.fromEntries(stale.map((field) => [field, kept[field]])))
  }, [unit, draft, change])

  const mistakes = mistakesText(
    Object.entries(wrong).map(([field, why]) => ({ label: unitFieldLabels[field as CorrectField], why })),
  )

  const correct = async (): Promise<void> => {
    setTried(true)
    if (Object.keys(numberProblems(writtenIn(draft))).length > 0) return
    const done = await send({ unitId: unit.id, rev: unit.rev, ...changedFacts(unit, writtenIn(draft)) })
    if (!done) return
    drop()
    toast('改好了')
    onDone()
  }

  return (
    <FormSheet
      title={deedWords.correct.label}
      onClose={onClose}
      isBesideAnother={slot.isBesideAnother}
      clash={clash}
      trouble={mistakes ?? trouble}
      send={{ name: 'send-deed', label: '保存', isBusy, onPress: () => void correct() }}
    >
      {correctFields.map((field) => (
        <FactRow
          key={field}
          field={field}
          value={draft[field]}
          error={wrong[field] ?? problems[field]}
          onChange={(typed) =>
            change((before) => ({
              [field]: typed,
              written: before.written.includes(field) ? before.written : [...before.written, field],
            }))
          }
        />
      ))}
    </FormSheet>
  )
}

const changedFacts = (unit: KeptUnit, draft: Readonly<Partial<Record<CorrectField, string>>>) =>
  factsTyped(
    Object.fromEntries(
      correctFields.flatMap((field) => {
        const typed = draft[field]
        return typed === undefined || cleanText(typed) === typedOf(unit, field) ? [] : [[field, typed]]
      }),
    ),
  )

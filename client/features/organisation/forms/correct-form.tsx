import { useState } from 'react'
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

/** Only what was written here: the rest is as it is there now, whoever changes it meanwhile. */
type CorrectDraft = Readonly<Partial<Record<CorrectField, string>>>

const hints: Readonly<Partial<Record<CorrectField, string>>> = {
  dutyPhone: '下班后有人接的电话',
  areaName: '居民嘴上怎么叫这个地方',
  hours: '比如：周一到周五 8:30–17:30',
  floatingShare: '每一百人里有几个是外来的',
}

/** 改电话、地址: how a unit is reached, and what is there. */
export function CorrectForm(props: DeedFormProps) {
  const { unit, slot, onDone, onClose } = props
  const { draft, change, drop, intentions } = useDraft<CorrectDraft>(slot.name, {})
  const { send, isBusy, problems, clash, trouble } = useDeed(
    'unit.correct',
    props,
    unitFieldLabels,
    intentions,
  )
  const [isTried, setTried] = useState(false)
  const wrong = isTried ? numberProblems(draft) : {}
  const shown = (field: CorrectField): string => draft[field] ?? typedOf(unit, field)
  const mistakes = mistakesText(
    Object.entries(wrong).map(([field, why]) => ({ label: unitFieldLabels[field as CorrectField], why })),
  )

  const correct = async (): Promise<void> => {
    setTried(true)
    if (Object.keys(numberProblems(draft)).length > 0) return
    const done = await send({ unitId: unit.id, rev: unit.rev, ...changedFacts(unit, draft) })
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
      {correctFields.map((field) => {
        const error = wrong[field] ?? problems[field]
        const hint = hints[field]
        return (
          <FormRow
            key={field}
            label={unitFieldLabels[field]}
            isOptional={field !== 'areaName'}
            {...(hint && { hint })}
            {...(error && { error })}
          >
            <TextBox
              value={draft[field] ?? shown(field)}
              onChange={(typed) => change({ [field]: typed })}
              kind={field === 'phone' || field === 'dutyPhone' ? 'phone' : 'text'}
              isSingleLine
            />
          </FormRow>
        )
      })}
    </FormSheet>
  )
}

const changedFacts = (unit: KeptUnit, draft: CorrectDraft) =>
  factsTyped(
    Object.fromEntries(
      correctFields.flatMap((field) => {
        const typed = draft[field]
        return typed === undefined || cleanText(typed) === typedOf(unit, field) ? [] : [[field, typed]]
      }),
    ),
  )

import { useState } from 'react'
import { mostName } from '../../../../cloudfunctions/contexts/organisation/rules/tree'
import { cleanText } from '../../../../cloudfunctions/ground/text/clean-text'
import { FormRow, TextBox } from '../../../components/form-row'
import { FormSheet } from '../../../components/form-sheet'
import { useDraft } from '../../../services/drafts'
import { toast } from '../../../services/toast'
import { deedWords, unitFieldLabels } from '../../../words/unit-change'
import type { DeedFormProps } from '../deed-props'
import { useDeed } from '../use-deed'
import { type FromDraft, FromRow, fromAtOf, fromNow, fromTrouble } from './from-row'
import './deed-forms.css'

interface RenameDraft extends FromDraft {
  readonly name: string
}

/** 改名称: now, or from a day on. */
export function RenameForm(props: DeedFormProps) {
  const { unit, slot, onDone, onClose } = props
  const { draft, change, drop, intentions } = useDraft<RenameDraft>(slot.name, {
    ...fromNow,
    name: unit.name,
  })
  const { send, isBusy, problems, clash, trouble } = useDeed(
    'unit.rename',
    props,
    unitFieldLabels,
    intentions,
  )
  const [isTried, setTried] = useState(false)
  const dayMissing = isTried ? fromTrouble(draft) : undefined

  const rename = async (): Promise<void> => {
    setTried(true)
    if (fromTrouble(draft)) return
    const done = await send({
      unitId: unit.id,
      rev: unit.rev,
      name: cleanText(draft.name),
      fromAt: fromAtOf(draft).fromAt,
    })
    if (!done) return
    drop()
    toast(draft.isLater ? '记下了，到日子就改' : '改好了')
    onDone()
  }

  return (
    <FormSheet
      title={deedWords.rename.label}
      onClose={onClose}
      isBesideAnother={slot.isBesideAnother}
      clash={clash}
      trouble={dayMissing ?? trouble}
      send={{ name: 'send-deed', label: '改', isBusy, onPress: () => void rename() }}
    >
      <FormRow label="新名称" {...(problems.name && { error: problems.name })}>
        <TextBox value={draft.name} onChange={(name) => change({ name })} max={mostName} isSingleLine />
      </FormRow>
      <FromRow value={draft.from} isLater={draft.isLater} onChange={change} error={dayMissing} />
    </FormSheet>
  )
}

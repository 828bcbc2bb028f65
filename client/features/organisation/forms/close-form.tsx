import { useState } from 'react'
import { whyNoHeir } from '../../../../cloudfunctions/contexts/organisation/rules/tree'
import { ChoiceChips } from '../../../components/choice-chips'
import { FormRow } from '../../../components/form-row'
import { FormSheet } from '../../../components/form-sheet'
import { Notice } from '../../../components/rows'
import { useDraft } from '../../../services/drafts'
import { toast } from '../../../services/toast'
import { deedWords, unitFieldLabels } from '../../../words/unit-change'
import type { DeedFormProps } from '../deed-props'
import { useDeed } from '../use-deed'
import { type FromDraft, FromRow, fromAtOf, fromNow, fromTrouble } from './from-row'
import { asUnit } from './kept'
import { noWayBack } from './no-way-back'
import { type PickedUnit, UnitPick } from './unit-pick'
import './deed-forms.css'

interface CloseDraft extends FromDraft {
  /** Whether somebody takes over what it leaves. */
  readonly how: 'merge' | 'end'
  readonly heir: PickedUnit | null
}

/** 撤销或合并: it ends, and another one takes over what it leaves. */
export function CloseForm(props: DeedFormProps) {
  const { unit, seatUnitId, slot, onDone, onClose } = props
  const { draft, change, drop, intentions } = useDraft<CloseDraft>(slot.name, {
    ...fromNow,
    how: 'merge',
    heir: null,
  })
  const { send, isBusy, clash, trouble } = useDeed('unit.close', props, unitFieldLabels, intentions)
  const [isTried, setTried] = useState(false)
  const isMerge = draft.how === 'merge'
  const unchosen = isMerge && draft.heir === null ? '请选由谁接手' : undefined
  const missing = isTried ? (unchosen ?? fromTrouble(draft)) : undefined

  const close = async (): Promise<void> => {
    setTried(true)
    if (unchosen || fromTrouble(draft)) return
    const done = await send({
      unitId: unit.id,
      rev: unit.rev,
      ...(isMerge && draft.heir ? { successorId: draft.heir.id } : {}),
      fromAt: fromAtOf(draft).fromAt,
    })
    if (!done) return
    drop()
    toast(draft.isLater ? '记下了，到日子就撤' : `${unit.name}撤了`)
    onDone()
  }

  return (
    <FormSheet
      title={deedWords.close.label}
      onClose={onClose}
      isBesideAnother={slot.isBesideAnother}
      clash={clash}
      trouble={missing ?? trouble}
      keep="先不撤"
      send={{
        name: 'send-deed',
        label: isMerge ? '合并' : '撤销',
        isBusy,
        onPress: () => void close(),
      }}
    >
      <Notice tone="waiting" icon="triangle-alert">
        撤了的单位不删，以前的事和数字都查得到。{noWayBack(draft)}
      </Notice>
      <FormRow label="它的事以后谁办">
        <ChoiceChips
          name="close-how"
          layout="rows"
          choices={[
            { value: 'merge', label: '并入别的单位', hint: '人、网格、在办的事都由它接手' },
            { value: 'end', label: '没有留下什么，直接撤', hint: '还有人或下级的，系统会拦住' },
          ]}
          value={draft.how}
          onChange={(how) => change({ how })}
        />
      </FormRow>
      {isMerge && (
        <FormRow label={unitFieldLabels.successorId} {...(isTried && unchosen && { error: unchosen })}>
          <UnitPick
            seatUnitId={seatUnitId}
            around={unit.parentId}
            mayBe={(heir) => heir.id !== unit.id && whyNoHeir(asUnit(unit), asUnit(heir)) === undefined}
            picked={draft.heir}
            onPick={(heir) => change({ heir })}
            name="heir"
          />
        </FormRow>
      )}
      <FromRow value={draft.from} isLater={draft.isLater} onChange={change} />
    </FormSheet>
  )
}

import { useState } from 'react'
import { whyNotUnder } from '../../../../cloudfunctions/contexts/organisation/rules/tree'
import { FormRow } from '../../../components/form-row'
import { FormSheet } from '../../../components/form-sheet'
import { Notice } from '../../../components/rows'
import { useDraft } from '../../../services/drafts'
import { toast } from '../../../services/toast'
import { deedWords, unitFieldLabels } from '../../../words/unit-change'
import type { DeedFormProps } from '../deed-props'
import { useDeed } from '../use-deed'
import { type FromDraft, FromRow, fromAtOf, fromNow, fromTrouble } from './from-row'
import { asUnit, parentOfParent } from './kept'
import { noWayBack } from './no-way-back'
import { type PickedUnit, UnitPick } from './unit-pick'
import './deed-forms.css'

interface MoveDraft extends FromDraft {
  readonly to: PickedUnit | null
}

/** 移到别的上级: it ends where it is and goes on there. */
export function MoveForm(props: DeedFormProps) {
  const { unit, seatUnitId, slot, onDone, onClose } = props
  const { draft, change, drop, intentions } = useDraft<MoveDraft>(slot.name, { ...fromNow, to: null })
  const { send, isBusy, clash, trouble } = useDeed('unit.move', props, unitFieldLabels, intentions)
  const [isTried, setTried] = useState(false)
  const unchosen = draft.to === null ? '请选移到谁下面' : undefined
  const missing = isTried ? (unchosen ?? fromTrouble(draft)) : undefined

  const move = async (): Promise<void> => {
    setTried(true)
    if (draft.to === null || fromTrouble(draft)) return
    const done = await send({
      unitId: unit.id,
      rev: unit.rev,
      parentId: draft.to.id,
      fromAt: fromAtOf(draft).fromAt,
    })
    if (!done) return
    drop()
    toast(draft.isLater ? '记下了，到日子就移' : `已移到${draft.to.name}下面`)
    onDone(draft.isLater ? undefined : done.change.newUnitIds[0])
  }

  return (
    <FormSheet
      title={deedWords.move.label}
      onClose={onClose}
      isBesideAnother={slot.isBesideAnother}
      clash={clash}
      trouble={missing ?? trouble}
      send={{
        name: 'send-deed',
        label: draft.to === null ? '移过去' : `移到${draft.to.name}`,
        isBusy,
        onPress: () => void move(),
      }}
    >
      <Notice tone="plain" icon="info">
        以前的数字留在原来的上级；在办的事、人、网格和下级都跟着过去。{noWayBack(draft)}
      </Notice>
      <FormRow label="移到谁下面" {...(isTried && unchosen && { error: unchosen })}>
        <UnitPick
          seatUnitId={seatUnitId}
          around={parentOfParent(unit)}
          mayBe={(above) =>
            above.id !== unit.parentId && whyNotUnder(asUnit(unit), asUnit(above)) === undefined
          }
          picked={draft.to}
          onPick={(to) => change({ to })}
          name="move-to"
        />
      </FormRow>
      <FromRow value={draft.from} isLater={draft.isLater} onChange={change} />
    </FormSheet>
  )
}

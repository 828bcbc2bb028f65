import type { UnitDeed } from '../../../cloudfunctions/contexts/organisation/rules/unit-deeds'
import { InDraftSlot } from '../../components/in-draft-slot'
import { draftName } from '../../services/draft-slot'
import type { DeedFormProps, DeedSheetProps } from './deed-props'
import { AddForm } from './forms/add-form'
import { CloseForm } from './forms/close-form'
import { CorrectForm } from './forms/correct-form'
import { MoveForm } from './forms/move-form'
import { RenameForm } from './forms/rename-form'
import { SplitForm } from './forms/split-form'

const forms: Readonly<Record<UnitDeed, (props: DeedFormProps) => JSX.Element>> = {
  correct: CorrectForm,
  rename: RenameForm,
  add: AddForm,
  move: MoveForm,
  split: SplitForm,
  close: CloseForm,
}

/** One deed of a unit in a sheet; what is written stays until it is sent. */
export function DeedSheet(props: DeedSheetProps) {
  const Form = forms[props.deed]
  return (
    <InDraftSlot name={draftName('unit', props.deed, props.unit.id)}>
      {(slot) => <Form {...props} slot={slot} />}
    </InDraftSlot>
  )
}

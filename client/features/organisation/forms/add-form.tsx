import { levelUnder, mostName } from '../../../../cloudfunctions/contexts/organisation/rules/tree'
import { type UnitKind, unitKinds } from '../../../../cloudfunctions/contexts/organisation/rules/unit'
import { cleanText } from '../../../../cloudfunctions/ground/text/clean-text'
import { ChoiceChips } from '../../../components/choice-chips'
import { FormRow, TextBox } from '../../../components/form-row'
import { FormSheet } from '../../../components/form-sheet'
import { stillOffered } from '../../../components/still-offered'
import { useDraft } from '../../../services/drafts'
import { toast } from '../../../services/toast'
import { kindIcons, kindLabels, levelLabels } from '../../../words/unit'
import { deedWords, unitFieldLabels } from '../../../words/unit-change'
import type { DeedFormProps } from '../deed-props'
import { useDeed } from '../use-deed'
import { asUnit } from './kept'

interface AddDraft {
  readonly name: string
  readonly kind: UnitKind | null
  readonly code: string
}

const labels = { ...unitFieldLabels, kind: '类别', code: '编码' }

/** 新建下级: a unit below this one. */
export function AddForm(props: DeedFormProps) {
  const { unit, slot, onDone, onClose } = props
  const { draft, change, drop, intentions } = useDraft<AddDraft>(slot.name, {
    name: '',
    kind: null,
    code: '',
  })
  const { send, isBusy, problems, clash, trouble } = useDeed('unit.add', props, labels, intentions)
  const above = asUnit(unit)
  const choices = unitKinds.flatMap((kind) => {
    const level = levelUnder(kind, above)
    return level
      ? [{ value: kind, label: kindLabels[kind], hint: levelLabels[level], icon: kindIcons[kind] }]
      : []
  })
  const only = choices.length === 1 ? choices[0]?.value : undefined
  const kind = stillOffered(choices, draft.kind ?? only)

  const add = async (): Promise<void> => {
    const done = await send({
      parentId: unit.id,
      name: cleanText(draft.name),
      kind,
      ...(cleanText(draft.code) === '' ? {} : { code: cleanText(draft.code) }),
    })
    if (!done) return
    drop()
    toast(`建好了：${done.unit.name}`)
    onDone(done.unit.id)
  }

  return (
    <FormSheet
      title={`在${unit.name}下面新建`}
      onClose={onClose}
      isBesideAnother={slot.isBesideAnother}
      clash={clash}
      trouble={trouble}
      send={{ name: 'send-deed', label: deedWords.add.label, isBusy, onPress: () => void add() }}
    >
      <FormRow label={labels.name} {...(problems.name && { error: problems.name })}>
        <TextBox
          value={draft.name}
          onChange={(name) => change({ name })}
          placeholder="写全称，比如：后炭市社区党支部"
          max={mostName}
          isSingleLine
        />
      </FormRow>
      <FormRow label={labels.kind} {...(problems.kind && { error: '请选类别' })}>
        <ChoiceChips
          choices={choices}
          value={kind}
          onChange={(chosen) => change({ kind: chosen })}
          layout="rows"
          name="kind"
        />
      </FormRow>
      <FormRow
        label={labels.code}
        hint="国家统计编码，或旗里自己的编号。以后用表格导入时靠它认。"
        isOptional
        {...(problems.code && { error: problems.code })}
      >
        <TextBox value={draft.code} onChange={(code) => change({ code })} isSingleLine />
      </FormRow>
    </FormSheet>
  )
}

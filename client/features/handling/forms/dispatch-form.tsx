import { ActForm, type FormProps, useActForm } from './act-form'
import { TargetField, unitChoices, WordsField } from './fields'

/** 派给共建单位 */
export function DispatchForm(props: FormProps) {
  const form = useActForm(
    'dispatch',
    props,
    { toUnitId: '派给谁', note: '要办什么' },
    { targetId: undefined as string | undefined, note: '' },
  )
  const { targetId, note } = form.draft
  return (
    <ActForm form={form} input={{ toUnitId: targetId, note }}>
      <TargetField
        row={form.row('toUnitId')}
        reportId={props.matter.id}
        choicesFrom={({ partners }) =>
          unitChoices(partners.filter(({ id }) => id !== props.matter.handler?.id))
        }
        value={targetId}
        onChange={(chosen) => form.change({ targetId: chosen })}
        nothing="本社区还没有共建单位，请自办或请上级协调。"
        hint="与本社区结对的共建单位"
      />
      <WordsField
        row={form.row('note')}
        value={note}
        onChange={(words) => form.change({ note: words })}
        audience="colleagues"
      />
    </ActForm>
  )
}

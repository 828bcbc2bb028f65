import { ActForm, type FormProps, useActForm } from './act-form'
import { WordsField } from './fields'

const maxSummary = 60

type SummaryAction = 'accept' | 'correct-summary'

/** 受理, 改公开摘要: the words everyone will read about the matter. */
export function SummaryForm({ action, ...props }: FormProps & { readonly action: SummaryAction }) {
  const form = useActForm<SummaryAction, { readonly summary: string }>(
    action,
    props,
    { publicSummary: '公开摘要' },
    { summary: props.matter.publicSummary },
  )
  const { summary } = form.draft
  return (
    <ActForm form={form} input={{ ...form.on, publicSummary: summary }}>
      <WordsField
        row={form.row('publicSummary')}
        value={summary}
        onChange={(words) => form.change({ summary: words })}
        audience="everyone"
        max={maxSummary}
        placeholder="什么地方，什么事"
      />
    </ActForm>
  )
}

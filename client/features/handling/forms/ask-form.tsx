import { ActForm, type FormProps, useActForm } from './act-form'
import { WordsField } from './fields'

/** 询问: one question at a time; no clock stops for the answer. */
export function AskForm(props: FormProps) {
  const form = useActForm('ask', props, { words: '问什么' }, { words: '' })
  const { words } = form.draft
  return (
    <ActForm form={form} input={{ ...form.on, words }}>
      <WordsField
        row={form.row('words')}
        value={words}
        onChange={(typed) => form.change({ words: typed })}
        audience="reporter"
        placeholder="比如：12月1日施工，车能挪到广场吗？"
      />
    </ActForm>
  )
}

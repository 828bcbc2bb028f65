import { ActForm, type FormProps, useActForm } from './act-form'
import { DateField, endOfDay, WordsField } from './fields'

/** 报计划: what, until when, from which money (K3). */
export function PlanForm(props: FormProps) {
  const form = useActForm(
    'lay-plan',
    props,
    { text: '怎么办', doneBy: '哪天办完', budget: '经费' },
    { text: '', on: undefined as string | undefined, budget: '' },
  )
  const { text, on, budget } = form.draft
  return (
    <ActForm form={form} input={{ ...form.on, text, doneBy: endOfDay(on), budget }}>
      <WordsField
        row={form.row('text')}
        value={text}
        onChange={(words) => form.change({ text: words })}
        audience="everyone"
        placeholder="比如：硬化120米、4米宽，十五公分混凝土"
        name="plan-text"
      />
      <DateField row={form.row('doneBy')} value={on} onChange={(day) => form.change({ on: day })} />
      <WordsField
        row={form.row('budget')}
        value={budget}
        onChange={(words) => form.change({ budget: words })}
        audience="everyone"
        max={100}
        placeholder="多少钱，从哪来"
        name="plan-budget"
      />
    </ActForm>
  )
}

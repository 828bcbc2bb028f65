import { ActForm, type FormProps, useActForm } from './act-form'

/** 催办: pressing the button is all. */
export function UrgeForm(props: FormProps) {
  const form = useActForm('urge', props, {}, {})
  return <ActForm form={form} input={form.on} />
}

/** 请上级现场核实: the level above decides by what it sees, not by words. */
export function AskLookForm(props: FormProps) {
  const form = useActForm('ask-look', props, { note: '说明' }, {})
  return <ActForm form={form} input={{ ...form.on, note: undefined }} />
}

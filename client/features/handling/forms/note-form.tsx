import { BeforeAfter } from '../../../components/before-after'
import { Card } from '../../../components/card'
import { FormRow } from '../../../components/form-row'
import type { StaffAction } from '../../../words/staff-steps'
import type { Matter } from '../words'
import { ActForm, type FormProps, useActForm } from './act-form'
import { type Audience, WordsField } from './fields'

interface NoteForm {
  readonly label: string
  readonly audience: Audience
  readonly isOptional?: boolean
  /** The handler's claim stands above the words. */
  readonly comparesClaim?: boolean
}

const noteForms = {
  check: { label: '核查说明', audience: 'everyone', isOptional: true, comparesClaim: true },
  rework: { label: '哪里没办好', audience: 'colleagues', comparesClaim: true },
  recall: { label: '说明', audience: 'colleagues', isOptional: true },
  note: { label: '备注', audience: 'colleagues' },
  'send-back': { label: '为什么办不了', audience: 'colleagues' },
  resume: { label: '说明', audience: 'colleagues', isOptional: true },
  supervise: { label: '督办要求', audience: 'colleagues' },
  'declare-red-face': { label: '为什么群众不满意', audience: 'everyone' },
} as const satisfies Partial<Readonly<Record<StaffAction, NoteForm>>>

/** The actions of which a note is all that is typed. */
type NoteAction = keyof typeof noteForms

export function NoteForm({ action, ...props }: FormProps & { readonly action: NoteAction }) {
  const { label, audience, isOptional, comparesClaim }: NoteForm = noteForms[action]
  const form = useActForm<NoteAction, { readonly note: string }>(action, props, { note: label }, { note: '' })
  const { note } = form.draft
  return (
    <ActForm form={form} input={{ ...form.on, note }}>
      {comparesClaim && <Claim matter={props.matter} />}
      <WordsField
        row={form.row('note')}
        value={note}
        onChange={(words) => form.change({ note: words })}
        audience={audience}
        isOptional={isOptional}
      />
    </ActForm>
  )
}

/** What the handler says was done. */
function Claim({ matter }: { readonly matter: Matter }) {
  const { fixClaim } = matter
  if (!fixClaim) return null
  return (
    <Card>
      <FormRow label={`${fixClaim.unitName}报的`} hint={fixClaim.note}>
        <BeforeAfter before={fixClaim.before} after={fixClaim.after} />
      </FormRow>
    </Card>
  )
}

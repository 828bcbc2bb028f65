import { type ReactNode, useState } from 'react'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { InDraftSlot } from '../../components/in-draft-slot'
import { Skeleton } from '../../components/skeleton'
import { replacePage } from '../../services/navigation'
import { useQuery } from '../../services/use-query'
import { type StaffAction, staffSteps } from '../../words/staff-steps'
import type { FormProps } from './forms/act-form'
import { AskForm } from './forms/ask-form'
import { AskLookForm, UrgeForm } from './forms/bare-forms'
import { ContactForm } from './forms/contact-form'
import { MergeForm, ReclassifyForm, RelocateForm } from './forms/correction-forms'
import { DispatchForm } from './forms/dispatch-form'
import { NoteForm } from './forms/note-form'
import { MoveForm, ReturnForm, RouteForm, TakeOverForm } from './forms/pass-forms'
import { PlanForm } from './forms/plan-form'
import { AppealRedFaceForm, DeclineForm, ExtendForm, SuspendForm } from './forms/request-forms'
import { RuleOnForm } from './forms/rule-on-form'
import { SummaryForm } from './forms/summary-form'
import { EvidenceForm, LookForm, ProgressForm, WorkForm } from './forms/work-forms'
import { actDraftName, wordsOf } from './words'
import './act-screen.css'

/** The form of each thing staff can do. */
const forms: Readonly<Record<StaffAction, (props: FormProps) => ReactNode>> = {
  accept: (props) => <SummaryForm {...props} action="accept" />,
  contact: (props) => <ContactForm {...props} />,
  ask: (props) => <AskForm {...props} />,
  dispatch: (props) => <DispatchForm {...props} />,
  recall: (props) => <NoteForm {...props} action="recall" />,
  resolve: (props) => <WorkForm {...props} action="resolve" />,
  check: (props) => <NoteForm {...props} action="check" />,
  rework: (props) => <NoteForm {...props} action="rework" />,
  'claim-fixed': (props) => <WorkForm {...props} action="claim-fixed" />,
  progress: (props) => <ProgressForm {...props} />,
  note: (props) => <NoteForm {...props} action="note" />,
  'lay-plan': (props) => <PlanForm {...props} />,
  'lay-evidence': (props) => <EvidenceForm {...props} />,
  reclassify: (props) => <ReclassifyForm {...props} />,
  relocate: (props) => <RelocateForm {...props} />,
  'correct-summary': (props) => <SummaryForm {...props} action="correct-summary" />,
  merge: (props) => <MergeForm {...props} />,
  route: (props) => <RouteForm {...props} />,
  'take-over': (props) => <TakeOverForm {...props} />,
  transfer: (props) => <MoveForm {...props} action="transfer" />,
  return: (props) => <ReturnForm {...props} />,
  'send-back': (props) => <NoteForm {...props} action="send-back" />,
  decline: (props) => <DeclineForm {...props} />,
  suspend: (props) => <SuspendForm {...props} />,
  extend: (props) => <ExtendForm {...props} />,
  resume: (props) => <NoteForm {...props} action="resume" />,
  'ask-look': (props) => <AskLookForm {...props} />,
  'declare-red-face': (props) => <NoteForm {...props} action="declare-red-face" />,
  'appeal-red-face': (props) => <AppealRedFaceForm {...props} />,
  'rule-on': (props) => <RuleOnForm {...props} />,
  look: (props) => <LookForm {...props} />,
  reassign: (props) => <MoveForm {...props} action="reassign" />,
  supervise: (props) => <NoteForm {...props} action="supervise" />,
  urge: (props) => <UrgeForm {...props} />,
}

interface ActScreenProps extends Pick<FormProps, 'placeField'> {
  readonly reportId: string
  readonly action: StaffAction
  /** Puts the page together, under the name that the step has as the matter stands. */
  readonly frame: (title: string, body: ReactNode, button?: ReactNode) => ReactNode
}

/** The form of one action on one report. */
export function ActScreen({ reportId, action, frame, placeField }: ActScreenProps) {
  const { query, reload, retry } = useQuery('report.get', { reportId })
  if (query.state === 'failed') {
    return frame(staffSteps[action].label, <ErrorState message={query.error.message} onRetry={retry} />)
  }
  const meanwhile = frame(staffSteps[action].label, <Skeleton shape="page" />)
  if (query.state === 'loading') return meanwhile
  const matter = query.value
  const { label } = wordsOf(action, matter)
  return (
    <DraftedForm
      key={`${reportId} ${action}`}
      action={action}
      matter={matter}
      reload={reload}
      meanwhile={meanwhile}
      placeField={placeField}
      frame={(body, button) => frame(label, body, button)}
    />
  )
}

interface DraftedFormProps extends Omit<FormProps, 'slot'> {
  readonly action: StaffAction
  readonly meanwhile: ReactNode
}

/** What was begun stays open, whatever happens to the matter meanwhile: the draft keeps the name it had then. */
function DraftedForm({ meanwhile, ...props }: DraftedFormProps) {
  const [name] = useState(() => actDraftName(props.action, props.matter))
  return (
    <InDraftSlot name={name} meanwhile={meanwhile}>
      {(slot) => <OfferedForm {...props} slot={slot} />}
    </InDraftSlot>
  )
}

/** What the page of the matter does not offer is no more to be had by its address; what was begun stays open. */
function OfferedForm({ action, ...props }: FormProps & { readonly action: StaffAction }) {
  const { matter, frame } = props
  const [isOffered] = useState(() => matter.actions.includes(action))
  if (isOffered) return forms[action](props)
  return frame(
    <EmptyState
      icon="circle-help"
      title="这一步现在不能办"
      hint="也许已经办过了，或者不归您办。"
      action={{
        label: '看这件事',
        icon: 'eye',
        onPress: () => replacePage('handle', { reportId: matter.id }),
      }}
    />,
  )
}

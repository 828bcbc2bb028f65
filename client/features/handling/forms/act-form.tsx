import { View } from '@tarojs/components'
import { type ReactNode, useRef, useState } from 'react'
import { callOf } from '../../../../cloudfunctions/contexts/report/rules/call-of'
import { BigButton } from '../../../components/big-button'
import { FormFoot } from '../../../components/form-foot'
import { WrittenElsewhere } from '../../../components/in-draft-slot'
import { photosIn, photosTrouble } from '../../../components/picked-photo'
import { Notice } from '../../../components/rows'
import type { CommandInput } from '../../../services/api'
import type { ChosenPlace } from '../../../services/chosen-place'
import type { DraftSlot } from '../../../services/draft-slot'
import { useDraft } from '../../../services/drafts'
import { goBack } from '../../../services/navigation'
import { toast } from '../../../services/toast'
import type { Clash } from '../../../words/clash'
import { leftOpenIn, questionsOf } from '../../../words/mistakes'
import type { StaffAction, StepWords } from '../../../words/staff-steps'
import { onReport, useStep } from '../../../words/use-step'
import { type CommandOf, doneText, type Matter, wordsOf } from '../words'

/** The question where it is, as a resident is asked it. */
export interface PlaceFieldProps {
  readonly unitId: string
  readonly place: ChosenPlace
  readonly error: string | undefined
  readonly onChange: (part: Partial<ChosenPlace>) => void
}

/** What every form gets: the matter, the way to fetch it anew, the page around it. */
export interface FormProps {
  readonly matter: Matter
  readonly reload: () => Promise<void>
  readonly slot: DraftSlot
  readonly frame: (body: ReactNode, action?: ReactNode) => ReactNode
  readonly placeField: (props: PlaceFieldProps) => ReactNode
}

type FormInput<A extends StaffAction> = CommandInput<CommandOf<A>>

/** The questions of a form: what is sent beside the report, its revision and whose seat acts. */
type Labels<A extends StaffAction> = Readonly<
  Record<Exclude<keyof FormInput<A> & string, 'reportId' | 'rev' | 'asUnitId'>, string>
>

/**
 * State of the form of one action: the draft stays until it has been sent, and what the server finds wrong is said
 * at each question under the label it has here. `isStill` says whether what a draft is about is still there: what was said
 * of something else is not restored.
 */
export const useActForm = <A extends StaffAction, D extends object>(
  action: A,
  props: FormProps,
  labels: Labels<A>,
  initial: D,
  keepable?: (draft: D) => D,
  isStill: (draft: D) => boolean = () => true,
) => {
  const { matter, reload, slot, frame } = props
  const { draft: kept, change: changeKept, drop, intentions } = useDraft<D>(slot.name, initial, keepable)
  const isOutlived = !isStill(kept)
  const draft = isOutlived ? initial : kept
  const change = (part: Partial<D> | ((before: D) => Partial<D>)) =>
    changeKept((before) => {
      const begun = isStill(before) ? before : initial
      return { ...begun, ...(typeof part === 'function' ? part(begun) : part) }
    })
  const words = wordsOf(action, matter)
  const { step, isBusy, clash, hasMoved, message, problems } = useStep<CommandOf<A>>(
    callOf(action),
    matter.timeline,
    reload,
    intentions,
  )
  const [leftOpen, setLeftOpen] = useState<readonly string[]>([])
  /** The page is on its way out: what is pressed now was meant for what has been done. */
  const isDone = useRef(false)
  const { row, mistakes } = questionsOf(labels, problems, leftOpen)

  const send = async (input: FormInput<A>) => {
    if (isDone.current) return
    setLeftOpen(leftOpenIn(input))
    const outcome = await step(input)
    if (!outcome.ok) return
    isDone.current = true
    drop()
    toast(doneText(action, words.label, outcome.value.view))
    goBack()
  }

  return {
    action,
    words,
    isBesideAnother: slot.isBesideAnother,
    isOutlived,
    frame,
    draft,
    change,
    /** The report as it was when it was read: the beginning of every input. */
    on: onReport(matter),
    send,
    isBusy,
    trouble: mistakes ?? message,
    clash,
    /** What was refused is, as the matter stands now, not theirs to do any more. */
    isOver: hasMoved && !matter.actions.includes(action),
    row,
  }
}

interface ActFormProps<I> {
  readonly form: {
    readonly frame: FormProps['frame']
    readonly send: (input: I) => Promise<void>
    readonly isBusy: boolean
    readonly trouble: string | undefined
    readonly clash: Clash | undefined
    readonly isOver: boolean
    readonly isBesideAnother: boolean
    readonly isOutlived: boolean
    readonly words: StepWords
    /** With all pictures that have been picked, whichever question they answer. */
    readonly draft: object
  }
  readonly input: NoInfer<I>
  /** Something has to be chosen first; the form says what. */
  readonly isBlocked?: boolean
  readonly children?: ReactNode
}

/** The page of one action: what it is about, its questions, and the button within the thumb's reach. */
export function ActForm<I>({ form, input, isBlocked = false, children }: ActFormProps<I>) {
  const { words, clash } = form
  const photosNow = photosTrouble(photosIn(form.draft))
  return form.frame(
    <View className="act-screen">
      <Notice tone="plain" icon="info">
        {words.hint}
      </Notice>
      {form.isBesideAnother && <WrittenElsewhere />}
      {form.isOutlived && (
        <Notice tone="waiting" icon="info">
          那一项已经有结果了。
        </Notice>
      )}
      {children}
    </View>,
    <View data-test="send-action">
      <FormFoot clash={clash} onLook={form.isOver ? undefined : goBack} trouble={form.trouble}>
        {form.isOver ? (
          <BigButton label="看现在的" icon="eye" onPress={goBack} />
        ) : (
          <BigButton
            label={words.send ?? words.label}
            icon={words.icon}
            isBusy={form.isBusy}
            isDisabled={photosNow !== undefined || isBlocked}
            hint={photosNow}
            onPress={() => void form.send(input)}
          />
        )}
      </FormFoot>
    </View>,
  )
}

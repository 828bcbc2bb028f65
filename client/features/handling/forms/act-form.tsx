import { View } from '@tarojs/components'
import { type ReactNode, useRef, useState } from 'react'
import type { InputOf } from '../../../../cloudfunctions/contract/contract'
import { Alert } from '../../../components/alert'
import { BigButton } from '../../../components/big-button'
import { ClashNotice } from '../../../components/clash-notice'
import { WrittenElsewhere } from '../../../components/in-draft-slot'
import { Notice } from '../../../components/rows'
import type { DraftSlot } from '../../../services/draft-slot'
import { useDraft } from '../../../services/drafts'
import { fieldProblems } from '../../../services/field-problems'
import { goBack } from '../../../services/navigation'
import { toast } from '../../../services/toast'
import { useCommand } from '../../../services/use-command'
import type { Clash } from '../../../words/clash'
import { mistakesText } from '../../../words/mistakes'
import type { StaffAction, StepWords } from '../../../words/staff-steps'
import { useClash } from '../../../words/use-clash'
import { type CommandOf, commands, doneText, type FormInput, type Matter, wordsOf } from '../words'

/** A place on the map or in words, chosen as a resident chooses it. */
export interface ChosenPlace {
  readonly point: { readonly lng: number; readonly lat: number } | null
  readonly placeWords: string
  readonly community: { readonly id: string; readonly name: string } | null
}

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

/** A question left open is sent as nothing, and the server says that it is missing. */
export type Unfinished<T> = { readonly [K in keyof T]: T[K] | undefined }

type Labels<A extends StaffAction> = Readonly<Record<keyof FormInput<A> & string, string>>

/**
 * State of the form of one action: the draft stays until it has been sent, and what the server finds wrong is said
 * at each question under the label it has here.
 */
export const useActForm = <A extends StaffAction, D extends object>(
  action: A,
  props: FormProps,
  labels: Labels<A>,
  initial: D,
  keepable?: (draft: D) => D,
) => {
  const { matter, reload, slot, frame } = props
  const { draft, change, drop } = useDraft<D>(slot.name, initial, keepable)
  const words = wordsOf(action, matter)
  const { run, isBusy, error } = useCommand<CommandOf<A>>(commands[action])
  const { clash, hasMoved, begin, meet } = useClash(matter.timeline, error, reload)
  const shown = clash ? undefined : error
  const [sent, setSent] = useState<Unfinished<FormInput<A>>>()
  /** The page is on its way out: what is pressed now was meant for what has been done. */
  const isDone = useRef(false)
  const isField = (name: string): name is keyof Labels<A> & string => Object.hasOwn(labels, name)
  const found = fieldProblems(shown)
  const wrong = Object.keys(found).filter(isField)
  /** What was not chosen at all is not “wrong”: it is asked for by its name. */
  const problemOf = (name: keyof Labels<A> & string): string | undefined => {
    const why = found[name]
    if (why === undefined || why.startsWith('请')) return why
    return sent !== undefined && sent[name] === undefined ? `请选“${labels[name]}”` : why
  }
  const mistakes = wrong.map((name) => ({ label: labels[name], why: problemOf(name) ?? '' }))

  const send = async (input: Unfinished<FormInput<A>>) => {
    if (isDone.current) return
    begin()
    setSent(input)
    const whole = { ...input, reportId: matter.id, rev: matter.rev }
    const outcome = await run(whole as unknown as Omit<InputOf<CommandOf<A>>, 'commandId'>)
    if (outcome.ok) {
      isDone.current = true
      drop()
      toast(doneText(action, words.label, outcome.value.status))
      goBack()
    } else await meet(outcome.error)
  }

  return {
    action,
    words,
    isBesideAnother: slot.isBesideAnother,
    frame,
    draft,
    change,
    send,
    isBusy,
    trouble: mistakesText(mistakes) ?? shown?.message,
    clash,
    /** What was refused is, as the matter stands now, not theirs to do any more. */
    isOver: hasMoved && !matter.actions.includes(action),
    /** The label of a question, and what is wrong with the answer. */
    row: (name: keyof Labels<A> & string) => ({ label: labels[name], error: problemOf(name) }),
  }
}

interface ActFormProps<A extends StaffAction> {
  readonly form: {
    readonly frame: FormProps['frame']
    readonly send: (input: Unfinished<FormInput<A>>) => Promise<void>
    readonly isBusy: boolean
    readonly trouble: string | undefined
    readonly clash: Clash | undefined
    readonly isOver: boolean
    readonly isBesideAnother: boolean
    readonly words: StepWords
  }
  readonly input: Unfinished<FormInput<A>>
  /** Photographs are still on their way. */
  readonly isSending?: boolean
  /** Something has to be chosen first; the form says what. */
  readonly isBlocked?: boolean
  readonly children?: ReactNode
}

/** The page of one action: what it is about, its questions, and the button within the thumb's reach. */
export function ActForm<A extends StaffAction>({
  form,
  input,
  isSending = false,
  isBlocked = false,
  children,
}: ActFormProps<A>) {
  const { words, clash } = form
  return form.frame(
    <View className="act-screen">
      <Notice tone="plain" icon="info">
        {words.hint}
      </Notice>
      {form.isBesideAnother && <WrittenElsewhere />}
      {children}
    </View>,
    <View data-test="send-action">
      {clash && <ClashNotice {...clash} onLook={form.isOver ? undefined : goBack} />}
      {form.trouble && (
        <Alert className="act-screen__trouble" name="act-error">
          {form.trouble}
        </Alert>
      )}
      {form.isOver ? (
        <BigButton label="看现在的" icon="eye" onPress={goBack} />
      ) : (
        <BigButton
          label={words.send ?? words.label}
          icon={words.icon}
          isBusy={form.isBusy}
          isDisabled={isSending || isBlocked}
          hint={isSending ? '照片还在上传' : undefined}
          onPress={() => void form.send(input)}
        />
      )}
    </View>,
  )
}

import { View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import type { CommandAction } from '../../../cloudfunctions/contract/contract'
import { countText } from '../../../cloudfunctions/ground/text/typed-text'
import { FormRow, TextBox } from '../../components/form-row'
import { FormSheet } from '../../components/form-sheet'
import { InDraftSlot } from '../../components/in-draft-slot'
import { PhotoPicker } from '../../components/photo-picker'
import { keepablePhotos, type PickedPhoto, photosTrouble, sentPhotoIds } from '../../components/picked-photo'
import { Notice } from '../../components/rows'
import type { CommandInput } from '../../services/api'
import { type DraftSlot, draftName } from '../../services/draft-slot'
import { useDraft } from '../../services/drafts'
import { isByReceipt } from '../../services/receipt'
import { mistakesText } from '../../words/mistakes'
import { onReport, useStep } from '../../words/use-step'
import type { ReportDetail } from './words'
import './step-sheet.css'

/** One step of a resident: what it says, what it asks, and what it sends. */
export interface StepForm<A extends CommandAction> {
  readonly action: A
  /** What it is about where that may come again: what was written of one is not sent for the next. */
  readonly about?: string | number | undefined
  readonly title: string
  readonly send: string
  /** Plain words above the questions. */
  readonly lead?: string
  readonly words?: {
    readonly label: string
    readonly placeholder: string
    /** What to say when nothing was written; without it the words may be left out. */
    readonly empty?: string
  }
  readonly photosLabel?: string
  /** A photograph alone says enough. */
  readonly takesPhotosAlone?: boolean
  /** What comes of it. */
  readonly notice?: string
  /** For what cannot be taken back: the button that leaves everything as it is. */
  readonly keep?: string
  readonly input: (on: ReturnType<typeof onReport>, words: string, photos: string[]) => CommandInput<A>
}

interface StepSheetProps<A extends CommandAction> {
  readonly form: StepForm<A>
  readonly report: ReportDetail
  readonly reload: () => Promise<void>
  readonly onDone: () => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

const maxWords = 300

interface StepDraft {
  readonly words: string
  readonly photos: readonly PickedPhoto[]
}

const empty: StepDraft = { words: '', photos: [] }

/** The sheet of any step that needs a few words, a photograph or a second thought. */
export function StepSheet<A extends CommandAction>(props: StepSheetProps<A>) {
  // What is being written stays, whatever happens meanwhile: the sheet says that something has.
  const [name] = useState(() => draftName(props.form.action, props.report.id, props.form.about))
  return <InDraftSlot name={name}>{(slot) => <StepDraftSheet {...props} slot={slot} />}</InDraftSlot>
}

function StepDraftSheet<A extends CommandAction>(props: StepSheetProps<A> & { readonly slot: DraftSlot }) {
  const { form, report, slot, reload, onDone, onClose } = props
  const { draft, change, drop, intentions } = useDraft(slot.name, empty, (kept) => ({
    ...kept,
    photos: keepablePhotos(kept.photos),
  }))
  const { step, isBusy, clash, message, problems } = useStep(form.action, report.timeline, reload, intentions)
  const [isAsked, setAsked] = useState(false)

  const length = countText(draft.words)
  const hasSaidIt = length > 0 || (form.takesPhotosAlone === true && draft.photos.length > 0)
  const wordsNow = length > maxWords ? `最多写${maxWords}个字` : hasSaidIt ? undefined : form.words?.empty
  const photosNow = photosTrouble(draft.photos)
  const isWrong = wordsNow !== undefined || photosNow !== undefined
  const wordsProblem = (isAsked ? wordsNow : undefined) ?? problems.words ?? problems.reason
  const photosProblem = (isAsked ? photosNow : undefined) ?? problems.photos
  const mistakes = mistakesText([
    ...(form.words && wordsProblem ? [{ label: form.words.label, why: wordsProblem }] : []),
    ...(form.photosLabel && photosProblem ? [{ label: form.photosLabel, why: photosProblem }] : []),
  ])

  const send = async () => {
    setAsked(true)
    if (isWrong) return
    const outcome = await step(form.input(onReport(report), draft.words.trim(), sentPhotoIds(draft.photos)))
    if (!outcome.ok) return
    drop()
    onDone()
  }

  return (
    <FormSheet
      title={form.title}
      onClose={onClose}
      isBesideAnother={slot.isBesideAnother && form.words !== undefined}
      clash={clash}
      trouble={mistakes ?? message}
      keep={form.keep}
      send={{ name: 'send-step', label: form.send, isBusy, onPress: () => void send() }}
    >
      {form.lead && <View className="step-sheet__lead">{form.lead}</View>}
      {props.children}
      {form.words && (
        <View data-test="step-words">
          <FormRow label={form.words.label} isOptional={form.words.empty === undefined} error={wordsProblem}>
            <TextBox
              value={draft.words}
              max={maxWords}
              onChange={(words) => change({ words })}
              placeholder={form.words.placeholder}
            />
          </FormRow>
        </View>
      )}
      {form.photosLabel && !isByReceipt(report.id) && (
        <View data-test="step-photos">
          <FormRow label={form.photosLabel} isOptional error={photosProblem}>
            <PhotoPicker
              photos={draft.photos}
              onChange={(next) => change((before) => ({ photos: next(before.photos) }))}
            />
          </FormRow>
        </View>
      )}
      {form.notice && (
        <Notice tone="plain" icon="info">
          {form.notice}
        </Notice>
      )}
    </FormSheet>
  )
}

import { View } from '@tarojs/components'
import { useState } from 'react'
import { countText } from '../../../cloudfunctions/ground/text/typed-text'
import { FormRow, TextBox } from '../../components/form-row'
import { FormSheet } from '../../components/form-sheet'
import { InDraftSlot } from '../../components/in-draft-slot'
import { PhotoPicker } from '../../components/photo-picker'
import { keepablePhotos, type PickedPhoto, photosTrouble, sentPhotoIds } from '../../components/picked-photo'
import { type DraftSlot, draftName } from '../../services/draft-slot'
import { useDraft } from '../../services/drafts'
import { isByReceipt } from '../../services/receipt'
import { toast } from '../../services/toast'
import type { Rules } from '../../services/use-rules'
import { goneLabels } from '../../words/households'
import { mistakesText } from '../../words/mistakes'
import { goneText } from '../../words/rules'
import { objectionText } from '../../words/sentences'
import type { Trace } from '../../words/trace-lines'
import { useStep } from '../../words/use-step'

/** The most characters the server takes for a note. */
const maxNote = 300
const photoLabel = '拍一张现在的样子'
const noteLabel = '哪里没修好'

interface AnswerSheetProps {
  readonly reportId: string
  readonly rev: number
  /** The matter's trace as the page has it: it says what somebody else has done meanwhile. */
  readonly timeline: Trace
  readonly isGone: boolean
  /** Names what they are asked about: when the evidence was laid, or until when a yes is posted. */
  readonly askedOf: number | null
  /** By which the matter is judged. */
  readonly rules: Rules | undefined
  /** They have said so before: only a picture makes it something new. */
  readonly needsPicture: boolean
  readonly reload: () => Promise<void>
  readonly onAnswered: () => void
  readonly onClose: () => void
}

interface AnswerDraft {
  readonly note: string
  readonly photos: readonly PickedPhoto[]
}

const empty: AnswerDraft = { note: '', photos: [] }

/** A resident's word on the evidence: 修好了, or 没修好. What was written is about this evidence and no other. */
export function AnswerSheet(props: AnswerSheetProps) {
  const { reportId, isGone, askedOf } = props
  return (
    <InDraftSlot name={draftName('redFace.answer', reportId, isGone ? 'gone' : 'not-gone', askedOf)}>
      {(slot) => <AnswerDraftSheet {...props} slot={slot} />}
    </InDraftSlot>
  )
}

function AnswerDraftSheet(props: AnswerSheetProps & { readonly slot: DraftSlot }) {
  const { reportId, rev, timeline, isGone, rules, needsPicture, slot, reload, onAnswered, onClose } = props
  const { draft, change, drop, intentions } = useDraft(slot.name, empty, (kept) => ({
    ...kept,
    photos: keepablePhotos(kept.photos),
  }))
  const { note, photos } = draft
  const { step, isBusy, clash, message, problems } = useStep('redFace.answer', timeline, reload, intentions)
  const [isAsked, setAsked] = useState(false)
  const said = isGone ? goneLabels.yes : goneLabels.no
  const photosNow =
    photosTrouble(photos) ?? (needsPicture && photos.length === 0 ? '请拍一张照片' : undefined)
  const isTooLong = countText(note) > maxNote
  const photoProblem = (isAsked ? photosNow : undefined) ?? problems.photo
  const noteProblem = isTooLong ? `最多写${maxNote}个字` : problems.note
  const trouble = mistakesText([
    ...(photoProblem ? [{ label: photoLabel, why: photoProblem }] : []),
    ...(noteProblem ? [{ label: noteLabel, why: noteProblem }] : []),
  ])

  const answer = async () => {
    setAsked(true)
    if (photosNow !== undefined || isTooLong) return
    const [photo] = sentPhotoIds(photos)
    const outcome = await step({
      reportId,
      rev,
      isGone,
      note,
      ...(photo ? { photo } : {}),
    })
    if (!outcome.ok) return
    drop()
    toast(`已记下：${said}`)
    onAnswered()
  }

  return (
    <FormSheet
      title={said}
      onClose={onClose}
      isBesideAnother={slot.isBesideAnother}
      clash={clash}
      trouble={trouble ?? message}
      send={{
        name: 'send-answer',
        label: isGone ? said : `${said}，告诉办的人`,
        isBusy,
        onPress: () => void answer(),
      }}
    >
      <View>{isGone ? `${goneText(rules)}。记录一直留着。` : `${objectionText}。`}</View>
      {needsPicture && <View>这句话您说过了，再说要有一张照片。</View>}
      {!isByReceipt(reportId) && (
        <FormRow label={photoLabel} isOptional={!needsPicture} error={photoProblem}>
          <View data-test="answer-photo">
            <PhotoPicker
              photos={photos}
              onChange={(next) => change((before) => ({ photos: next(before.photos) }))}
              max={1}
              label="拍照"
            />
          </View>
        </FormRow>
      )}
      {!isGone && (
        <FormRow label={noteLabel} isOptional error={noteProblem}>
          <TextBox
            value={note}
            onChange={(words) => change({ note: words })}
            max={maxNote}
            placeholder="比如：只铺了一半，下雨还积水"
          />
        </FormRow>
      )}
    </FormSheet>
  )
}

import { View } from '@tarojs/components'
import { useState } from 'react'
import { countText } from '../../../cloudfunctions/ground/text/typed-text'
import { FormRow, TextBox } from '../../components/form-row'
import { FormSheet } from '../../components/form-sheet'
import { PhotoPicker } from '../../components/photo-picker'
import { isSendingPhotos, type PickedPhoto, sentPhotoIds } from '../../components/picked-photo'
import { Notice } from '../../components/rows'
import { toast } from '../../services/toast'
import type { Rules } from '../../services/use-rules'
import type { Trace } from '../../words/clash'
import { goneLabels } from '../../words/households'
import { mistakesText } from '../../words/mistakes'
import { goneText } from '../../words/rules'
import { objectionText } from '../../words/sentences'
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
  /** By which the matter is judged. */
  readonly rules: Rules | undefined
  /** Told to those of a unit concerned, whose yes does not count. */
  readonly warning?: string | undefined
  readonly reload: () => Promise<void>
  readonly onAnswered: () => void
  readonly onClose: () => void
}

/** A resident's word on the evidence: 修好了, or 没修好. */
export function AnswerSheet(props: AnswerSheetProps) {
  const { reportId, rev, timeline, isGone, rules, warning, reload, onAnswered, onClose } = props
  const { step, isBusy, clash, message, problems } = useStep('redFace.answer', timeline, reload)
  const [note, setNote] = useState('')
  const [photos, setPhotos] = useState<readonly PickedPhoto[]>([])
  const [isAsked, setAsked] = useState(false)
  const said = isGone ? goneLabels.yes : goneLabels.no
  const isSending = isSendingPhotos(photos)
  const isTooLong = countText(note) > maxNote
  const photoProblem = isAsked && isSending ? '请等照片传完' : problems.photo
  const noteProblem = isTooLong ? `最多写${maxNote}个字` : problems.note
  const trouble = mistakesText([
    ...(photoProblem ? [{ label: photoLabel, why: photoProblem }] : []),
    ...(noteProblem ? [{ label: noteLabel, why: noteProblem }] : []),
  ])

  const answer = async () => {
    setAsked(true)
    if (isSending || isTooLong) return
    const [photo] = sentPhotoIds(photos)
    const outcome = await step({
      reportId,
      rev,
      isGone,
      note,
      ...(photo ? { photo } : {}),
    })
    if (!outcome.ok) return
    toast(`已记下：${said}`)
    onAnswered()
  }

  return (
    <FormSheet
      title={said}
      onClose={onClose}
      clash={clash}
      trouble={trouble ?? message}
      send={{
        name: 'send-answer',
        label: isGone ? said : `${said}，告诉办的人`,
        isBusy,
        onPress: () => void answer(),
      }}
    >
      {warning && (
        <Notice tone="waiting" icon="info">
          {warning}
        </Notice>
      )}
      <View>{isGone ? `${goneText(rules)}。记录一直留着。` : `${objectionText}。`}</View>
      <FormRow label={photoLabel} isOptional error={photoProblem}>
        <View data-test="answer-photo">
          <PhotoPicker photos={photos} onChange={setPhotos} max={1} label="拍照" />
        </View>
      </FormRow>
      {!isGone && (
        <FormRow label={noteLabel} isOptional error={noteProblem}>
          <TextBox value={note} onChange={setNote} max={maxNote} placeholder="比如：只铺了一半，下雨还积水" />
        </FormRow>
      )}
    </FormSheet>
  )
}

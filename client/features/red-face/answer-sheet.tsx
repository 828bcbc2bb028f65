import { View } from '@tarojs/components'
import { useState } from 'react'
import { countText } from '../../../cloudfunctions/domain/text/typed-text'
import { BigButton } from '../../components/big-button'
import { ErrorState } from '../../components/empty-state'
import { FormRow, TextBox } from '../../components/form-row'
import { PhotoPicker } from '../../components/photo-picker'
import { isSendingPhotos, type PickedPhoto, sentPhotoIds } from '../../components/picked-photo'
import { Notice } from '../../components/rows'
import { Sheet } from '../../components/sheet'
import { Skeleton } from '../../components/skeleton'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import { useQuery } from '../../services/use-query'
import { useRules } from '../../services/use-rules'
import { neighboursYesText } from './rule-words'
import './answer-sheet.css'

/** The most characters the server takes for a note. */
const maxNote = 300

interface AnswerSheetProps {
  readonly reportId: string
  readonly isGone: boolean
  readonly onAnswered: () => void
  readonly onClose: () => void
}

/** A resident's word on the evidence: put right and may be cleared, or not yet. */
export function AnswerSheet({ reportId, isGone, onAnswered, onClose }: AnswerSheetProps) {
  const report = useQuery('report.get', { reportId })
  const { run, isBusy, error } = useCommand('redFace.answer')
  const [note, setNote] = useState('')
  const [photos, setPhotos] = useState<readonly PickedPhoto[]>([])
  const { query } = report
  const rules = useRules(query.state === 'ready' ? query.value.branch.id : undefined)

  const answer = async () => {
    if (query.state !== 'ready') return
    const [photo] = sentPhotoIds(photos)
    const outcome = await run({
      reportId,
      rev: query.value.rev,
      isGone,
      note,
      ...(photo ? { photo } : {}),
    })
    if (outcome.ok) {
      toast(isGone ? '已记下：办好了' : '已记下：还没办好')
      onAnswered()
    } else if (outcome.error.code === 'stale-rev') {
      await report.reload()
    }
  }

  const isReporter = query.state === 'ready' && query.value.part === 'reporter'
  return (
    <Sheet
      isOpen
      title={isGone ? '办好了，同意销号' : '还没办好'}
      onClose={onClose}
      action={
        <View data-test="send-answer">
          <BigButton
            label={isGone ? '同意销号' : '告诉支部还没办好'}
            isBusy={isBusy}
            isDisabled={query.state !== 'ready' || isSendingPhotos(photos) || countText(note) > maxNote}
            onPress={answer}
          />
        </View>
      }
    >
      {query.state === 'loading' && <Skeleton count={1} />}
      {query.state === 'failed' && <ErrorState message={query.error.message} onRetry={report.retry} />}
      {query.state === 'ready' && (
        <View className="answer-sheet">
          {isGone ? (
            <View>
              {isReporter
                ? '这件事是您上报的。您同意，它就从榜上销号，记录一直留着。'
                : `您的回答会算进去。${neighboursYesText(rules)}`}
            </View>
          ) : (
            <View>
              <FormRow label="拍一张现在的样子" hint="有照片，这一次的销号就不算数，支部要再办。" isOptional>
                <PhotoPicker photos={photos} onChange={setPhotos} max={1} label="拍照" />
              </FormRow>
              <View className="answer-sheet__gap" />
              <FormRow label="哪里没办好" isOptional>
                <TextBox
                  value={note}
                  onChange={setNote}
                  max={maxNote}
                  placeholder="比如：只铺了一半，下雨还积水"
                />
              </FormRow>
            </View>
          )}
          {error && (
            <Notice tone="alert" icon="circle-alert">
              {error.code === 'stale-rev'
                ? '这件事刚刚有了新进展，已经取来最新的。您填的还在，请再按一次。'
                : error.message}
            </Notice>
          )}
        </View>
      )}
    </Sheet>
  )
}
